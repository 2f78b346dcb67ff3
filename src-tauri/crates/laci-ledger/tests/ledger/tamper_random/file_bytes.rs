//! Changes of the files themselves, and whether they touched anything that the ledger says.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::tamper_random::rng::Rng;

/// Cuts the end off.
pub(super) fn cut(bytes: &mut Vec<u8>, rng: &mut Rng) {
    bytes.truncate(rng.below(bytes.len()));
}

/// Writes 1 to 64 random bytes over a random place; at least one of them is another one.
pub(super) fn overwrite(bytes: &mut [u8], rng: &mut Rng) {
    let length = 1 + rng.below(64);
    let at = rng.below(bytes.len() - length);
    let range = &mut bytes[at..at + length];
    let before = range.to_vec();
    while range == before {
        range.iter_mut().for_each(|byte| *byte = rng.next() as u8);
    }
}

/// Everything that a file says: its two numbers, its schema, every row of every table, in no order that an index
/// would have to give.
pub(super) type Dump = BTreeMap<String, Vec<String>>;

/// None when it cannot be read to its end, or when an index is not what its table is.
pub(super) fn dump(file: &Path) -> Option<Dump> {
    let conn = Connection::open(file).ok()?;
    let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).ok();
    let said: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).ok()?;
    if said != "ok" {
        return None;
    }
    let numbers = format!("{:?} {:?}", pragma("application_id")?, pragma("user_version")?);
    let mut dump = Dump::from([("numbers".to_owned(), vec![numbers])]);
    let schema = rows(&conn, "SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    dump.insert("schema".to_owned(), schema);
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut statement = conn.prepare(names).ok()?;
    let names: Vec<String> =
        statement.query_map([], |row| row.get(0)).ok()?.collect::<Result<_, _>>().ok()?;
    for name in names {
        let all = rows(&conn, &format!("SELECT * FROM \"{name}\" NOT INDEXED"))?;
        dump.insert(name, all);
    }
    Some(dump)
}

fn rows(conn: &Connection, sql: &str) -> Option<Vec<String>> {
    let mut statement = conn.prepare(sql).ok()?;
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| {
        let values: Result<Vec<Value>, _> = (0..columns).map(|column| row.get(column)).collect();
        values.map(|values| format!("{values:?}"))
    };
    let mut all: Vec<String> =
        statement.query_map([], read).ok()?.collect::<Result<_, _>>().ok()?;
    all.sort();
    Some(all)
}
