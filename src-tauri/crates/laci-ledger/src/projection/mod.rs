//! The tables that screens read, each a function of the log alone: one file per table with its SQL, its version,
//! `apply` and its rows. Applied in the transaction that appends the entry; replayed by the same code.
//!
//! Deliberately absent: clocks, ids and anything else that a replay could not repeat.

pub(crate) mod attempt;
pub(crate) mod bill;
pub(crate) mod books;
pub(crate) mod call;
pub(crate) mod evidence;
pub(crate) mod feed;
pub(crate) mod inbox;
pub(crate) mod kind;
pub(crate) mod outbox;
pub(crate) mod people;
pub(crate) mod replay;
pub(crate) mod sale;
pub(crate) mod settings;
pub(crate) mod shift;

use laci_core::Entry;
use rusqlite::{Connection, OptionalExtension, params};

use crate::projection::kind::{Projection, Table};
use crate::sql::Fault;

/// In the order in which they are applied, and in which their tables may refer to one another. An attempt's
/// standing is folded from its evidence, so evidence comes first, and a bill before what it books. What an entry books
/// depends on the shift before it, so books come before shifts; what a person's word on the inbox books depends on what
/// was seen, so the inbox comes before books.
pub(crate) static ALL: [Projection; 12] = [
    settings::PROJECTION,
    people::PROJECTION,
    sale::PROJECTION,
    evidence::PROJECTION,
    attempt::PROJECTION,
    outbox::PROJECTION,
    bill::PROJECTION,
    inbox::PROJECTION,
    books::PROJECTION,
    shift::PROJECTION,
    call::PROJECTION,
    feed::PROJECTION,
];

/// Every table, referred-to ones first.
pub(crate) fn tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    ALL.iter().flat_map(|projection| projection.tables)
}

pub(crate) fn apply_all(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    ALL.iter().try_for_each(|projection| (projection.apply)(conn, entry))
}

/// Makes every table and notes its version.
pub(crate) fn create_all(conn: &Connection) -> Result<(), Fault> {
    for projection in &ALL {
        conn.execute_batch(projection.create)?;
    }
    note_versions(conn)
}

/// Drops what any version of this program may have left.
pub(crate) fn drop_all(conn: &Connection) -> Result<(), Fault> {
    for table in tables().rev() {
        conn.execute_batch(&format!("DROP TABLE IF EXISTS {}", table.name))?;
    }
    Ok(())
}

fn note_versions(conn: &Connection) -> Result<(), Fault> {
    for projection in &ALL {
        conn.execute(
            "INSERT INTO projection (name, version) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET version = excluded.version",
            params![projection.name, projection.version],
        )?;
    }
    Ok(())
}

/// Whether every table was made by this version of its projection.
pub(crate) fn are_current(conn: &Connection) -> Result<bool, Fault> {
    for projection in &ALL {
        let sql = "SELECT version FROM projection WHERE name = ?1";
        let stored =
            conn.query_row(sql, [projection.name], |row| row.get::<_, i64>(0)).optional()?;
        if stored != Some(projection.version) {
            return Ok(false);
        }
    }
    Ok(true)
}
