//! Changes of the tables that are projected from the log, of the side table, and of the guards.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::tamper_random::rng::Rng;

/// Every projected table, and the columns that a second copy of a row must have of its own.
pub(super) const TABLES: [(&str, &[&str]); 13] = [
    ("sale", &["key", "id", "order_id"]),
    ("attempt", &["seq", "id"]),
    ("evidence", &["seq"]),
    ("outbox", &["id"]),
    ("setting", &["name"]),
    ("gateway", &["name", "added_seq"]),
    ("person", &["id", "added_seq"]),
    ("recovery", &["only"]),
    ("shift", &["number", "z_number"]),
    ("book_line", &["part"]),
    ("posting", &["part"]),
    ("booked", &["attempt_id"]),
    ("feed", &["seq"]),
];

const TRIGGERS: [&str; 6] = [
    "log_only_grows",
    "log_never_changes",
    "log_never_shrinks",
    "blob_never_replaced",
    "blob_only_erased",
    "blob_never_removed",
];

/// A row as it stands, with the names of its columns.
struct Row {
    table: &'static str,
    columns: Vec<String>,
    values: Vec<Value>,
}

impl Row {
    fn any(conn: &Connection, table: &'static str, rng: &mut Rng) -> Self {
        let count = conn
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0));
        let at = rng.below(usize::try_from(count.unwrap()).unwrap());
        let sql = format!("SELECT * FROM {table} LIMIT 1 OFFSET {at}");
        let mut statement = conn.prepare(&sql).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let read = |row: &rusqlite::Row<'_>| {
            (0..columns.len()).map(|column| row.get(column)).collect::<Result<Vec<Value>, _>>()
        };
        let values = statement.query_row([], read).unwrap();
        Self { table, columns, values }
    }

    /// Names this row and no other.
    fn found(&self) -> String {
        let one = |(at, column): (usize, &String)| format!("{column} IS ?{}", at + 1);
        self.columns.iter().enumerate().map(one).collect::<Vec<_>>().join(" AND ")
    }

    fn set(&self, conn: &Connection, column: usize, value: Value) -> rusqlite::Result<usize> {
        let (name, place) = (&self.columns[column], self.values.len() + 1);
        let sql = format!("UPDATE {} SET {name} = ?{place} WHERE {}", self.table, self.found());
        conn.execute(&sql, params_from_iter(self.values.iter().cloned().chain([value])))
    }
}

pub(super) fn cell(conn: &Connection, rng: &mut Rng) {
    loop {
        let (table, _) = *rng.pick(&TABLES);
        let row = Row::any(conn, table, rng);
        let column = rng.below(row.columns.len());
        let value = another(conn, &row, column, rng);
        // A key that is taken, or nothing where something must stand: another cell.
        if value != row.values[column] && row.set(conn, column, value) == Ok(1) {
            return;
        }
    }
}

fn another(conn: &Connection, row: &Row, column: usize, rng: &mut Rng) -> Value {
    match &row.values[column] {
        _ if rng.below(12) == 0 => Value::Null,
        Value::Null => of_type(conn, row.table, &row.columns[column]),
        Value::Integer(old) => Value::Integer(match rng.below(6) {
            0 => old.wrapping_add(1),
            1 => old.wrapping_sub(1),
            2 => old.wrapping_neg(),
            3 => rng.next() as i64,
            4 => i64::MAX,
            _ => old ^ (1 << rng.below(40)),
        }),
        Value::Text(old) => Value::Text(another_text(old, rng)),
        Value::Blob(old) => {
            let mut bytes = old.clone();
            let at = rng.below(bytes.len());
            bytes[at] ^= 1 << rng.below(8);
            Value::Blob(bytes)
        }
        Value::Real(_) => panic!("no table has such a column"),
    }
}

fn another_text(old: &str, rng: &mut Rng) -> String {
    let mut chars: Vec<char> = old.chars().collect();
    match rng.below(4) {
        0 => chars.push('0'),
        1 => chars.truncate(rng.below(chars.len().max(1))),
        _ if chars.is_empty() => chars.push('x'),
        _ => {
            let at = rng.below(chars.len());
            chars[at] = char::from(b' ' + u8::try_from(rng.below(95)).unwrap());
        }
    }
    chars.into_iter().collect()
}

fn of_type(conn: &Connection, table: &str, column: &str) -> Value {
    let sql = "SELECT type FROM pragma_table_info(?1) WHERE name = ?2";
    let kind: String = conn.query_row(sql, [table, column], |row| row.get(0)).unwrap();
    match kind.as_str() {
        "INTEGER" => Value::Integer(1),
        "TEXT" => Value::Text("x".to_owned()),
        "BLOB" => Value::Blob(vec![7; 32]),
        other => panic!("{other}"),
    }
}

pub(super) fn row_deleted(conn: &Connection, rng: &mut Rng) {
    let (table, _) = *rng.pick(&TABLES);
    let row = Row::any(conn, table, rng);
    let sql = format!("DELETE FROM {table} WHERE {}", row.found());
    assert_eq!(conn.execute(&sql, params_from_iter(row.values.iter())), Ok(1));
}

pub(super) fn row_copied(conn: &Connection, rng: &mut Rng) {
    let (table, own) = *rng.pick(&TABLES);
    let mut row = Row::any(conn, table, rng);
    for (column, value) in row.columns.iter().zip(&mut row.values) {
        if own.contains(&column.as_str()) {
            match value {
                Value::Integer(old) => *old += 100 + rng.below(900) as i64,
                Value::Text(old) => old.push('x'),
                Value::Null | Value::Blob(_) | Value::Real(_) => {}
            }
        }
    }
    let marks = vec!["?"; row.values.len()].join(", ");
    let sql = format!("INSERT INTO {table} VALUES ({marks})");
    assert_eq!(conn.execute(&sql, params_from_iter(row.values.iter())), Ok(1), "{table}");
}

pub(super) fn body_changed(conn: &Connection, rng: &mut Rng) {
    let row = Row::any(conn, "blob", rng);
    let column = rng.below(2);
    let Value::Blob(mut bytes) = row.values[column].clone() else { panic!("bytes") };
    match rng.below(3) {
        0 if column == 1 => bytes.push(b'0'),
        1 if column == 1 => bytes.truncate(rng.below(bytes.len())),
        _ => {
            let at = rng.below(bytes.len());
            bytes[at] ^= 1 << rng.below(8);
        }
    }
    assert_eq!(row.set(conn, column, Value::Blob(bytes)), Ok(1));
}

pub(super) fn body_deleted(conn: &Connection, rng: &mut Rng) {
    let row = Row::any(conn, "blob", rng);
    // Gone, or erased in the way that the guards allow: nothing erases bodies yet.
    let done = if rng.below(2) == 0 {
        "DELETE FROM blob"
    } else {
        "UPDATE blob SET bytes = NULL, erased = 1"
    };
    let sql = format!("{done} WHERE {}", row.found());
    assert_eq!(conn.execute(&sql, params_from_iter(row.values.iter())), Ok(1));
}

pub(super) fn guard(conn: &Connection, rng: &mut Rng) {
    let name = *rng.pick(&TRIGGERS);
    let rewritten = |from: &str, to: &str, name: &str| {
        let sql = "UPDATE sqlite_schema SET sql = replace(sql, ?1, ?2) WHERE name = ?3";
        conn.execute_batch("PRAGMA writable_schema = ON").unwrap();
        assert_eq!(conn.execute(sql, [from, to, name]), Ok(1));
        conn.execute_batch("PRAGMA writable_schema = OFF").unwrap();
    };
    match rng.below(5) {
        0 => conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap(),
        1 => rewritten("RAISE(ABORT,", "RAISE(FAIL,", name),
        2 => rewritten("SELECT RAISE", "SELECT 1 WHERE 0 AND RAISE", name),
        3 => {
            let (table, _) = *rng.pick(&TABLES);
            let number = rng.below(1_000);
            conn.execute_batch(&format!(
                "CREATE TRIGGER helper_{number} AFTER INSERT ON {table} BEGIN SELECT 1; END"
            ))
            .unwrap();
        }
        _ => {
            let table = *rng.pick(&["log", "blob"]);
            rewritten("length(hash) = 32", "length(hash) > 1", table);
        }
    }
}
