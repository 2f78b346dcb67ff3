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
const PRAGMAS: [&str; 6] = [
    "quick_check",
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
