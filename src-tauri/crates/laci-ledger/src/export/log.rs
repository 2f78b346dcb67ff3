//! The log as it was chained, and the bodies that it names: a line of JSON for each.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use laci_core::Hash;
use rusqlite::Connection;
use serde::Serialize;

use crate::change::Head;
use crate::error::LedgerError;
use crate::export::watch::Watch;
use crate::export_error::ExportError;
use crate::sql::{Fault, bad, seq};

/// `entry` is text inside the text: its bytes are what was hashed, and a reader gets them back exactly.
#[derive(Serialize)]
struct EntryLine<'a> {
    seq: u64,
    hash: Hash,
    entry: &'a str,
}

/// Text where the body is text, else base64; neither once it was erased.
#[derive(Serialize)]
struct BodyLine<'a> {
    hash: Hash,
    erased: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// Writes every entry, each checked against the one before it; returns the last.
pub(crate) fn entries(
    conn: &Connection,
    to: &mut impl Write,
    watch: &mut Watch<'_, '_>,
) -> Result<Head, ExportError> {
    let mut head = Head { seq: 0, hash: Hash::GENESIS };
    let sql = "SELECT seq, entry, hash FROM log ORDER BY seq";
    let mut statement = conn.prepare(sql).map_err(Fault::from)?;
    let mut rows = statement.query([]).map_err(Fault::from)?;
    while let Some(row) = rows.next().map_err(Fault::from)? {
        let found = seq(row, "seq")?;
        let entry = row.get_ref("entry").map_err(Fault::from)?;
        let entry = entry.as_str().map_err(|_| bad("entry"))?;
        let hash = Hash(row.get("hash").map_err(Fault::from)?);
        let sound = found == head.seq + 1 && Hash::chained(head.hash, entry.as_bytes()) == hash;
        if !sound {
            let detail = format!("the chain is broken at entry {}", head.seq + 1);
            return Err(LedgerError::corrupt(detail).into());
        }
        line(to, &EntryLine { seq: found, hash, entry })?;
        head = Head { seq: found, hash };
        watch.row()?;
    }
    Ok(head)
}

/// Writes every body, each checked against its name.
pub(crate) fn bodies(
    conn: &Connection,
    to: &mut impl Write,
    watch: &mut Watch<'_, '_>,
) -> Result<(), ExportError> {
    let mut statement =
        conn.prepare("SELECT hash, bytes FROM blob ORDER BY hash").map_err(Fault::from)?;
    let mut rows = statement.query([]).map_err(Fault::from)?;
    while let Some(row) = rows.next().map_err(Fault::from)? {
        let hash = Hash(row.get("hash").map_err(Fault::from)?);
        let bytes = row.get_ref("bytes").map_err(Fault::from)?;
        let bytes = bytes.as_blob_or_null().map_err(|_| bad("bytes"))?;
        if bytes.is_some_and(|bytes| Hash::of_bytes(bytes) != hash) {
            return Err(LedgerError::corrupt(format!("body {hash}")).into());
        }
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        let base64 = bytes.filter(|_| text.is_none()).map(|bytes| STANDARD.encode(bytes));
        line(to, &BodyLine { hash, erased: bytes.is_none(), text, base64 })?;
        watch.row()?;
    }
    Ok(())
}

fn line(to: &mut impl Write, value: &impl Serialize) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *to, value).map_err(std::io::Error::from)?;
    Ok(to.write_all(b"\n")?)
}
