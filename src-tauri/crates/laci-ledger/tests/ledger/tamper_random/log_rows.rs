//! Changes of the log's rows, and the entry that each must be found at.

use laci_core::{Actor, Entry, Hash, UnixMs};
use rusqlite::{Connection, params};

use crate::tamper::{flip, swap};
use crate::tamper_random::rng::Rng;

pub(super) fn text_byte(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    let row = any(end, rng);
    flip(conn, "entry", row, rng.below(2_000), rng.below(8) as u8);
    row
}

pub(super) fn hash_byte(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    let row = any(end, rng);
    flip(conn, "hash", row, rng.below(32), rng.below(8) as u8);
    row
}

pub(super) fn row_deleted(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    // Without the last one: that is a cut tail.
    let row = any(end - 1, rng);
    conn.execute("DELETE FROM log WHERE seq = ?1", [row as i64]).unwrap();
    row
}

pub(super) fn texts_swapped(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    let row = any(end, rng);
    let other = (row - 1 + 1 + rng.below(end as usize - 1) as u64) % end + 1;
    swap(conn, row.min(other), row.max(other), rng.below(2) == 0);
    row.min(other)
}

pub(super) fn tail_cut(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    let last = any(end - 1, rng);
    conn.execute("DELETE FROM log WHERE seq > ?1", [last as i64]).unwrap();
    last + 1
}

pub(super) fn rows_deleted_and_renumbered(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    let first = any(end - 1, rng);
    let count = 1 + rng.below((end - first) as usize) as u64;
    let (last, far) = (first + count - 1, 1_000_000);
    conn.execute_batch(&format!(
        "DELETE FROM log WHERE seq BETWEEN {first} AND {last};
         UPDATE log SET seq = seq + {far} WHERE seq > {last};
         UPDATE log SET seq = seq - {far} - {count} WHERE seq > {far};"
    ))
    .unwrap();
    first
}

/// What somebody does who knows the method: the chain is whole, and only the high-water mark tells.
pub(super) fn rewritten_and_rechained(conn: &Connection, end: u64, rng: &mut Rng) -> u64 {
    let mut entries = entries(conn);
    // The first entry names the ledger; it is changed too, but not left out.
    let at = rng.below(entries.len());
    match rng.below(3) {
        0 if at > 0 => {
            entries.remove(at);
        }
        1 => {
            let entry = &mut entries[at];
            let other = if entry.actor == Actor::Till { Actor::Counter } else { Actor::Till };
            entry.actor = other;
        }
        _ => {
            let entry = &mut entries[at];
            entry.at = UnixMs(entry.at.0 - 1 - rng.below(1_000_000) as i64);
        }
    }
    conn.execute("DELETE FROM log", []).unwrap();
    let mut previous = Hash::GENESIS;
    for (seq, mut entry) in (1_u64..).zip(entries) {
        entry.seq = seq;
        let text = entry.encode().unwrap();
        previous = Hash::chained(previous, text.as_bytes());
        let sql = "INSERT INTO log (seq, entry, hash) VALUES (?1, ?2, ?3)";
        conn.execute(sql, params![seq as i64, text, previous.0]).unwrap();
    }
    end
}

fn entries(conn: &Connection) -> Vec<Entry> {
    let mut statement = conn.prepare("SELECT entry FROM log ORDER BY seq").unwrap();
    let texts = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    texts.map(|text| Entry::decode(&text.unwrap()).unwrap()).collect()
}

fn any(end: u64, rng: &mut Rng) -> u64 {
    1 + rng.below(end as usize) as u64
}
