//! Opening connections with every setting set and read back. One connection writes and owns the checkpoints; the
//! others can only read.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::error::{LedgerError, OpenError};
use crate::file::disk;
use crate::file::guard::{self, Maintenance};
use crate::sql::Fault;

/// 3.51.3 is the first release without the WAL-reset bug, which loses committed pages
/// (sqlite.org/wal.html#walresetbug).
const SQLITE_OLDEST: i32 = 3_051_003;
/// A payment's start changes some ten pages, and a commit writes whole pages: 22 KB instead of 40 KB with 4,096.
const PAGE_BYTES: i64 = 2_048;
const BUSY_MS: u64 = 5_000;
const STATEMENTS_CACHED: usize = 128;
/// The keeper checkpoints long before this; it only bounds the WAL when the keeper cannot. On a small disk it is less:
/// moving the WAL makes the file grow, and a WAL that took the last room could not be moved any more.
const CHECKPOINT_PAGES_MAX: i64 = 10_000;
const WAL_BYTES_KEPT: i64 = 64 * 1024 * 1024;
const VALUE_BYTES_MAX: i32 = 64 * 1024 * 1024;

pub(crate) fn check_sqlite() -> Result<(), OpenError> {
    if rusqlite::version_number() < SQLITE_OLDEST {
        return Err(OpenError::SqliteTooOld { found: rusqlite::version().to_owned() });
    }
    Ok(())
}

/// Runs `work` so that a lock of somebody else is told at once.
pub(crate) fn without_waiting<T>(
    conn: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    conn.busy_timeout(Duration::ZERO)?;
    let done = work(conn);
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    done
}

/// The one writer, before its guard stands: for migrations and rebuilding tables at the start.
pub(crate) fn writer(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    writable(Connection::open_with_flags(path, flags)?, path)
}

/// A new file of its own, before it has the ledger's name.
pub(crate) fn create(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    set(&conn, "page_size", PAGE_BYTES)?;
    writable(conn, path)
}

fn writable(conn: Connection, path: &Path) -> Result<Connection, Fault> {
    common(&conn)?;
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |r| r.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(not_taken("journal_mode", &mode));
    }
    set(&conn, "synchronous", 2)?;
    set(&conn, "wal_autocheckpoint", checkpoint_pages(path))?;
    set(&conn, "journal_size_limit", WAL_BYTES_KEPT)?;
    if cfg!(target_os = "macos") {
        set(&conn, "fullfsync", 1)?;
        set(&conn, "checkpoint_fullfsync", 1)?;
    }
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    Ok(conn)
}

fn checkpoint_pages(path: &Path) -> i64 {
    let folder = path.parent().unwrap_or(Path::new("."));
    let share = disk::total(folder).map(|total| total / 16 / PAGE_BYTES.unsigned_abs());
    let pages = share.and_then(|pages| i64::try_from(pages).ok());
    pages.unwrap_or(CHECKPOINT_PAGES_MAX).clamp(32, CHECKPOINT_PAGES_MAX)
}

/// Puts the guard in front of the writer; from here on nothing changes the schema or an entry.
pub(crate) fn guarded(mut conn: Connection, door: Maintenance) -> Result<Connection, Fault> {
    guard::install(&mut conn, door)?;
    Ok(conn)
}

/// A connection that can only read, and never checkpoints.
pub(crate) fn reader(path: &Path) -> Result<Connection, Fault> {
    let mut conn = unguarded_reader(path)?;
    set(&conn, "query_only", 1)?;
    set(&conn, "wal_autocheckpoint", 0)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    guard::install(&mut conn, Maintenance::default())?;
    Ok(conn)
}

/// Reads the header of a file of which nothing is known yet; never writes to it.
pub(crate) fn unguarded_reader(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    common(&conn)?;
    Ok(conn)
}

/// A throw-away file that the log is replayed into: fast, and of no worth after a crash.
pub(crate) fn replay(path: &Path) -> Result<Connection, Fault> {
    let conn = Connection::open(path)?;
    conn.pragma_update(None, "journal_mode", "OFF")?;
    conn.pragma_update(None, "synchronous", "OFF")?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    Ok(conn)
}

fn common(conn: &Connection) -> Result<(), Fault> {
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX)?;
    for (flag, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        conn.set_db_config(flag, on)?;
        if conn.db_config(flag)? != on {
            return Err(not_taken("db_config", &format!("{flag:?}")));
        }
    }
    for (name, value) in [
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
    ] {
        set(conn, name, value)?;
    }
    Ok(())
}

/// Sets a pragma and reads it back: SQLite ignores what it does not know or cannot do.
fn set(conn: &Connection, name: &str, value: i64) -> Result<(), Fault> {
    conn.pragma_update(None, name, value)?;
    let mut found = None;
    conn.pragma_query(None, name, |row| {
        found = Some(row.get::<_, i64>(0)?);
        Ok(())
    })?;
    if found == Some(value) { Ok(()) } else { Err(not_taken(name, &format!("{found:?}"))) }
}

fn not_taken(name: &str, found: &str) -> Fault {
    LedgerError::Io { detail: format!("SQLite did not take {name}: {found}") }.into()
}
