//! Which statements a run-time connection may prepare. The triggers of the log stop a row from changing; this
//! stops the triggers from being dropped, and everything else that the till never does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::sql::Fault;

/// Rows of these are added, and never changed or removed.
const APPEND_ONLY: [&str; 2] = ["log", "blob"];

/// The few pragmas that ask or tidy. None of them changes a setting that was read back at the start.
const PRAGMAS: [&str; 7] = [
    "quick_check",
    "integrity_check",
    "foreign_key_check",
    "wal_checkpoint",
    "page_count",
    "page_size",
    "freelist_count",
];

/// Lets a rebuild attach its replayed file, and nothing else; off at all other times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Maintenance(Arc<AtomicBool>);

impl Maintenance {
    pub(crate) fn set(&self, on: bool) {
        self.0.store(on, Ordering::SeqCst);
    }

    fn is_on(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

pub(crate) fn install(conn: &mut Connection, maintenance: Maintenance) -> Result<(), Fault> {
    let judge = move |asked: AuthContext<'_>| {
        if is_allowed(&asked.action, maintenance.is_on()) {
            Authorization::Allow
        } else {
            Authorization::Deny
        }
    };
    Ok(conn.authorizer(Some(judge))?)
}

fn is_allowed(action: &AuthAction<'_>, maintenance: bool) -> bool {
    match action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Recursive
        | AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. } => true,
        AuthAction::Function { function_name } => *function_name != "load_extension",
        AuthAction::Insert { table_name } => !is_internal(table_name),
        AuthAction::Update { table_name, .. } | AuthAction::Delete { table_name } => {
            !is_internal(table_name) && !APPEND_ONLY.contains(table_name)
        }
        // The file's version is asked, and never set.
        AuthAction::Pragma { pragma_name: "user_version", pragma_value } => pragma_value.is_none(),
        AuthAction::Pragma { pragma_name, .. } => PRAGMAS.contains(pragma_name),
        AuthAction::Attach { .. } | AuthAction::Detach { .. } => maintenance,
        AuthAction::Unknown { .. }
        | AuthAction::CreateIndex { .. }
        | AuthAction::CreateTable { .. }
        | AuthAction::CreateTempIndex { .. }
        | AuthAction::CreateTempTable { .. }
        | AuthAction::CreateTempTrigger { .. }
        | AuthAction::CreateTempView { .. }
        | AuthAction::CreateTrigger { .. }
        | AuthAction::CreateView { .. }
        | AuthAction::DropIndex { .. }
        | AuthAction::DropTable { .. }
        | AuthAction::DropTempIndex { .. }
        | AuthAction::DropTempTable { .. }
        | AuthAction::DropTempTrigger { .. }
        | AuthAction::DropTempView { .. }
        | AuthAction::DropTrigger { .. }
        | AuthAction::DropView { .. }
        | AuthAction::AlterTable { .. }
        | AuthAction::Reindex { .. }
        | AuthAction::Analyze { .. }
        | AuthAction::CreateVtable { .. }
        | AuthAction::DropVtable { .. } => false,
        // The library's list may grow; what this program does not know it does not do.
        _ => false,
    }
}

/// The schema itself and SQLite's own tables.
fn is_internal(table: &str) -> bool {
    table.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("sqlite_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{connect, schema};
    use crate::projection;

    /// A writer as it runs, with a row in the log and one in the side table.
    fn running(maintenance: &Maintenance) -> (Connection, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let conn = connect::create(&dir.path().join("laci.db")).unwrap();
        schema::migrate(&conn).unwrap();
        projection::create_all(&conn).unwrap();
        conn.execute_batch(
            "INSERT INTO log VALUES (1, 'x', zeroblob(32));
             INSERT INTO blob (hash, bytes) VALUES (zeroblob(32), x'01');",
        )
        .unwrap();
        (connect::guarded(conn, maintenance.clone()).unwrap(), dir)
    }

    #[test]
    fn nothing_but_the_tills_own_statements_is_prepared() {
        let (conn, _dir) = running(&Maintenance::default());
        for sql in [
            "UPDATE log SET entry = 'y'",
            "UPDATE LOG SET hash = zeroblob(32)",
            "DELETE FROM log",
            "DELETE FROM main.log WHERE seq = 1",
            "UPDATE blob SET bytes = NULL, erased = 1",
            "DELETE FROM blob",
            "DROP TRIGGER log_never_changes",
            "DROP TABLE log",
            "DROP TABLE sale",
            "ALTER TABLE log RENAME TO old",
            "ALTER TABLE log ADD COLUMN x",
            "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM poll; END",
            "CREATE TEMP TRIGGER t BEFORE INSERT ON log BEGIN SELECT RAISE(IGNORE); END",
            "CREATE TABLE x (y)",
            "CREATE VIEW v AS SELECT 1",
            "UPDATE sqlite_schema SET sql = ''",
            "DELETE FROM sqlite_master WHERE name = 'log'",
            "PRAGMA writable_schema = ON",
            "PRAGMA recursive_triggers = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA user_version = 9",
            "PRAGMA query_only",
            "ATTACH ':memory:' AS other",
            "REINDEX",
            "VACUUM INTO 'copy.db'",
            "SELECT load_extension('x')",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        let rows: i64 = conn.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
        conn.execute_batch("INSERT INTO log VALUES (2, 'x', zeroblob(32))").unwrap();
    }

    #[test]
    fn replacing_is_stopped_by_the_trigger_where_the_guard_cannot_see_it() {
        let (conn, _dir) = running(&Maintenance::default());
        for sql in [
            "INSERT OR REPLACE INTO log VALUES (1, 'y', zeroblob(32))",
            "INSERT OR IGNORE INTO log VALUES (1, 'y', zeroblob(32))",
            "REPLACE INTO blob (hash, bytes) VALUES (zeroblob(32), x'02')",
        ] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        let text: String = conn.query_row("SELECT entry FROM log", [], |row| row.get(0)).unwrap();
        assert_eq!(text, "x");
    }

    #[test]
    fn a_rebuild_may_attach_and_nothing_more() {
        let maintenance = Maintenance::default();
        let (conn, _dir) = running(&maintenance);
        maintenance.set(true);
        conn.execute_batch("ATTACH ':memory:' AS other; DETACH other").unwrap();
        for sql in ["DELETE FROM log", "DROP TABLE sale", "CREATE TABLE x (y)"] {
            assert!(conn.execute_batch(sql).is_err(), "{sql}");
        }
        maintenance.set(false);
        assert!(conn.execute_batch("ATTACH ':memory:' AS other").is_err());
    }

    #[test]
    fn a_reader_cannot_write() {
        let (_conn, dir) = running(&Maintenance::default());
        let reader = connect::reader(&dir.path().join("laci.db")).unwrap();
        for sql in ["INSERT INTO poll VALUES ('x', 1, 1, 0, NULL)", "PRAGMA query_only = OFF"] {
            assert!(reader.execute_batch(sql).is_err(), "{sql}");
        }
    }
}
