//! The log's rows: the exact bytes of an entry and the hash that chains them.

use laci_core::{Body, Entry, Hash};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::LedgerError;
use crate::sql::{Fault, bad, int, seq};

/// 500 lines with the longest names stay well below it.
const ENTRY_BYTES_MAX: usize = 512 * 1024;

/// Adds `entry` behind the entry whose hash is `previous`; returns its own hash.
pub(crate) fn append(conn: &Connection, entry: &Entry, previous: Hash) -> Result<Hash, Fault> {
    let text = entry.encode().map_err(|error| LedgerError::contradiction(error.to_string()))?;
    if text.len() > ENTRY_BYTES_MAX {
        return Err(LedgerError::TooLarge { what: "an entry", most: ENTRY_BYTES_MAX }.into());
    }
    let hash = Hash::chained(previous, text.as_bytes());
    conn.prepare_cached("INSERT INTO log (seq, entry, hash) VALUES (?1, ?2, ?3)")?
        .execute(params![int(entry.seq), text, hash.0])?;
    Ok(hash)
}

/// The last row as it stands; none in an empty log.
pub(crate) fn last(conn: &Connection) -> Result<Option<(Entry, Hash)>, Fault> {
    let sql = "SELECT seq, entry, hash FROM log ORDER BY seq DESC LIMIT 1";
    conn.prepare_cached(sql)?.query_and_then([], decoded)?.next().transpose()
}

/// Up to `limit` entries from `from` on, in order.
pub(crate) fn from(conn: &Connection, from: u64, limit: u32) -> Result<Vec<(Entry, Hash)>, Fault> {
    let sql = "SELECT seq, entry, hash FROM log WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
    conn.prepare_cached(sql)?.query_and_then(params![int(from), limit], decoded)?.collect()
}

/// The hash stored at `at`.
pub(crate) fn hash_at(conn: &Connection, at: u64) -> Result<Option<Hash>, Fault> {
    let sql = "SELECT hash FROM log WHERE seq = ?1";
    let found = conn
        .prepare_cached(sql)?
        .query_row([int(at)], |row| row.get::<_, [u8; 32]>(0))
        .optional()?;
    Ok(found.map(Hash))
}

/// The first entry's body, which names the ledger.
pub(crate) fn first_body(conn: &Connection) -> Result<Option<Body>, Fault> {
    Ok(from(conn, 1, 1)?.pop().filter(|(entry, _)| entry.seq == 1).map(|(entry, _)| entry.body))
}

/// The highest sequence number; 0 in an empty log.
pub(crate) fn end(conn: &Connection) -> Result<u64, Fault> {
    let sql = "SELECT coalesce(max(seq), 0) AS seq FROM log";
    conn.prepare_cached(sql)?.query_and_then([], |row| seq(row, "seq"))?.next().unwrap_or(Ok(0))
}

fn decoded(row: &Row<'_>) -> Result<(Entry, Hash), Fault> {
    let at = seq(row, "seq")?;
    let text = row.get_ref("entry")?.as_str().map_err(|_| bad("entry"))?;
    let entry = Entry::decode(text)
        .map_err(|error| LedgerError::corrupt(format!("entry {at}: {error}")))?;
    Ok((entry, Hash(row.get("hash")?)))
}
