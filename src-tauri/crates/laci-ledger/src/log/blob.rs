//! Raw bodies, receipts and PIN hashes, keyed by their SHA-256. The log holds only the hash, so a body can be
//! erased and the chain still holds. Deliberately absent: erasing, which comes with the rules for it.

use laci_core::Hash;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::LedgerError;
use crate::sql::Fault;

/// The executor's limit for an answer is far below it.
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// Stores `bytes` once; the same bytes again are the same body.
pub(crate) fn put(conn: &Connection, bytes: &[u8]) -> Result<Hash, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(LedgerError::TooLarge { what: "a body", most: BYTES_MAX }.into());
    }
    let hash = Hash::of_bytes(bytes);
    conn.prepare_cached(
        "INSERT INTO blob (hash, bytes) SELECT ?1, ?2
         WHERE NOT EXISTS (SELECT 1 FROM blob WHERE hash = ?1)",
    )?
    .execute(params![hash.0, bytes])?;
    Ok(hash)
}

/// The body, unless it was never stored or was erased.
pub(crate) fn get(conn: &Connection, hash: Hash) -> Result<Option<Vec<u8>>, Fault> {
    let found = conn
        .prepare_cached("SELECT bytes FROM blob WHERE hash = ?1")?
        .query_row([hash.0], |row| row.get::<_, Option<Vec<u8>>>(0))
        .optional()?;
    Ok(found.flatten())
}

/// The hash of the first body, in the order of hashes, whose bytes are not those that it is named by.
pub(crate) fn first_changed(conn: &Connection) -> Result<Option<Hash>, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT hash, bytes FROM blob WHERE erased = 0 ORDER BY hash")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hash = Hash(row.get("hash")?);
        if row.get_ref("bytes")?.as_blob().ok().map(Hash::of_bytes) != Some(hash) {
            return Ok(Some(hash));
        }
    }
    Ok(None)
}
