//! How large the ledger is and what it is made of.

use std::collections::BTreeMap;

use crate::change::Head;
use crate::error::LedgerError;
use crate::ledger::shared::Shared;
use crate::log::rows;
use crate::sql::{Fault, seq};

/// Sizes in bytes. Counting reads the whole log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    pub entries: u64,
    pub head: Head,
    pub file_bytes: u64,
    pub wal_bytes: u64,
    pub blobs: u64,
    pub blob_bytes: u64,
    /// By the body's type, as the log spells it.
    pub by_type: BTreeMap<String, u64>,
    pub sqlite: String,
}

pub(crate) fn stats(shared: &Shared) -> Result<Stats, LedgerError> {
    let length = |path| std::fs::metadata(path).map_or(0, |found: std::fs::Metadata| found.len());
    let (file_bytes, wal_bytes) = (length(shared.folder.database()), length(shared.folder.wal()));
    let stats = shared.readers.with(|conn| {
        let last = rows::last(conn)?.map(|(entry, hash)| Head { seq: entry.seq, hash });
        let head = last.unwrap_or_else(|| shared.head());
        let mut by_type = BTreeMap::new();
        let mut statement = conn.prepare(
            "SELECT json_extract(entry, '$.body.type') AS type, count(*) AS n FROM log GROUP BY 1",
        )?;
        let mut types = statement.query([])?;
        while let Some(row) = types.next()? {
            by_type.insert(row.get("type")?, seq(row, "n")?);
        }
        let sql = "SELECT count(*) AS n, coalesce(sum(length(bytes)), 0) AS bytes FROM blob";
        let (blobs, blob_bytes) = conn
            .prepare(sql)?
            .query_and_then([], |row| Ok::<_, Fault>((seq(row, "n")?, seq(row, "bytes")?)))?
            .next()
            .unwrap_or(Ok((0, 0)))?;
        let (entries, sqlite) = (head.seq, rusqlite::version().to_owned());
        Ok::<_, Fault>(Stats {
            entries,
            head,
            file_bytes,
            wal_bytes,
            blobs,
            blob_bytes,
            by_type,
            sqlite,
        })
    });
    Ok(stats?)
}
