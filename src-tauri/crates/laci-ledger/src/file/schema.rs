//! What stands in the file beside the projections: the log, the side table, the poll times, lock-outs, and who
//! guards them.
//! Migrations are numbered, only go forward, and each is one transaction together with its number.

use rusqlite::{Connection, OptionalExtension};

use crate::error::OpenError;
use crate::sql::Fault;

/// "LACI": marks the file as ours.
pub(crate) const APPLICATION_ID: i64 = 0x4C41_4349;

/// Never edit one that shipped; add the next, and its golden file in `tests/fixtures`.
const MIGRATIONS: [&str; 2] = [MIGRATION_1, MIGRATION_2];

const MIGRATION_1: &str = "
CREATE TABLE log (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  entry TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER log_only_grows BEFORE INSERT ON log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
BEGIN SELECT RAISE(ABORT, 'the log only grows by the next entry'); END;
CREATE TRIGGER log_never_changes BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
CREATE TRIGGER log_never_shrinks BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;

CREATE TABLE blob (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  bytes BLOB,
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
  CHECK ((bytes IS NULL) = erased)
) STRICT;
CREATE TRIGGER blob_never_replaced BEFORE INSERT ON blob
WHEN EXISTS (SELECT 1 FROM blob WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'a body is stored once'); END;
CREATE TRIGGER blob_only_erased BEFORE UPDATE ON blob
WHEN NEW.hash IS NOT OLD.hash OR NEW.bytes IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a body never changes'); END;
CREATE TRIGGER blob_never_removed BEFORE DELETE ON blob
BEGIN SELECT RAISE(ABORT, 'a body is erased, not removed'); END;

CREATE TABLE poll (
  attempt_id TEXT PRIMARY KEY,
  next_at_ms INTEGER NOT NULL,
  last_asked_at_ms INTEGER NOT NULL,
  misses INTEGER NOT NULL CHECK (misses >= 0),
  last_problem TEXT
) STRICT;

CREATE TABLE projection (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
";

/// Who guessed a PIN wrong how often, and the wait that is owed for it (`lockout.rs`).
const MIGRATION_2: &str = "
CREATE TABLE lockout (
  who TEXT PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  left_ms INTEGER NOT NULL CHECK (left_ms >= 0)
) STRICT;
";

/// The tables and triggers on which the log's safety rests.
const GUARDED: [&str; 8] = [
    "log",
    "log_only_grows",
    "log_never_changes",
    "log_never_shrinks",
    "blob",
    "blob_never_replaced",
    "blob_only_erased",
    "blob_never_removed",
];

/// The schema version that this program writes.
pub(crate) fn known_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Refuses a file that is not ours or is newer. Reads only.
pub(crate) fn check_header(conn: &Connection) -> Result<(), OpenError> {
    let pragma = |name: &str| -> Result<i64, OpenError> {
        conn.pragma_query_value(None, name, |row| row.get(0)).map_err(|e| Fault::from(e).into())
    };
    if pragma("application_id")? != APPLICATION_ID {
        return Err(OpenError::NotALedger);
    }
    let (found, known) = (pragma("user_version")?, known_version());
    if found > known {
        return Err(OpenError::NewerVersion { found, known });
    }
    if found < 1 {
        return Err(OpenError::NotALedger);
    }
    Ok(())
}

/// The file's schema version, when it is one that must be migrated.
pub(crate) fn outdated(conn: &Connection) -> Result<Option<i64>, Fault> {
    let at = version(conn)?;
    Ok((at < known_version()).then_some(at))
}

fn version(conn: &Connection) -> Result<i64, Fault> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the file to this program's schema version.
pub(crate) fn migrate(conn: &Connection) -> Result<(), Fault> {
    migrate_to(conn, known_version(), crate::fault::point)
}

/// `reached` is told the points at which a crash test may end the process.
fn migrate_to(conn: &Connection, last: i64, reached: fn(&'static str)) -> Result<(), Fault> {
    let at = version(conn)?;
    for (number, sql) in (1..=last).zip(MIGRATIONS) {
        if number > at {
            step(conn, number, sql, reached).inspect_err(|_| roll_back(conn))?;
            reached("migration.step");
        }
    }
    Ok(())
}

fn step(conn: &Connection, number: i64, sql: &str, reached: fn(&'static str)) -> Result<(), Fault> {
    conn.execute_batch(&format!("BEGIN IMMEDIATE; {sql} PRAGMA user_version = {number};"))?;
    reached("migration.inside");
    Ok(conn.execute_batch("COMMIT")?)
}

fn roll_back(conn: &Connection) {
    if !conn.is_autocommit()
        && let Err(error) = conn.execute_batch("ROLLBACK")
    {
        tracing::warn!(%error, "rolling back");
    }
}

/// A new file of the same version, in memory, without the projections.
pub(crate) fn fresh_as(conn: &Connection) -> Result<Connection, Fault> {
    let fresh = Connection::open_in_memory()?;
    // A point reached here would not be one of the file's.
    migrate_to(&fresh, version(conn)?, |_| ())?;
    Ok(fresh)
}

/// Whether every guard is exactly as a new file of the same version has it, and no other trigger stands on the log.
pub(crate) fn guards_stand(conn: &Connection) -> Result<bool, Fault> {
    let fresh = fresh_as(conn)?;
    for name in GUARDED {
        if definition(conn, name)? != definition(&fresh, name)? {
            return Ok(false);
        }
    }
    let triggers = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'";
    let count = |conn: &Connection| conn.query_row(triggers, [], |row| row.get::<_, i64>(0));
    Ok(count(conn)? == count(&fresh)?)
}

fn definition(conn: &Connection, name: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT sql FROM sqlite_schema WHERE name = ?1";
    Ok(conn.query_row(sql, [name], |row| row.get(0)).optional()?)
}
