//! The shape of a projection: tables that are a function of the log, and how an entry changes them.

use laci_core::Entry;
use rusqlite::Connection;

use crate::sql::Fault;

/// One projection. When its tables or its reading of the log change, `version` goes up, and the next start
/// replays the log into the new tables.
pub(crate) struct Projection {
    pub(crate) name: &'static str,
    pub(crate) version: i64,
    pub(crate) create: &'static str,
    pub(crate) tables: &'static [Table],
    pub(crate) apply: fn(&Connection, &Entry) -> Result<(), Fault>,
}

/// A table and the column that orders its rows.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
}
