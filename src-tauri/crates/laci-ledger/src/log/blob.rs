//! Raw bodies, receipts and PIN hashes, keyed by their SHA-256. The log holds only the hash, so a body can be
//! erased and the chain still holds. Deliberately absent: erasing, which comes with the rules for it.

use laci_core::{
    BillChange, BillEvent, Body, CallEvent, Hash, InboxEvent, PeopleChange, ShiftEvent,
};
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

/// Every body that an entry names: a bill's answer is kept as it came and as it was read.
pub(crate) fn all_named_by(entry: &Body) -> impl Iterator<Item = Hash> {
    let raw = if let Body::Bill { event } = entry { raw_of_bill(event) } else { None };
    named_by(entry).into_iter().chain(raw)
}

fn raw_of_bill(event: &BillEvent) -> Option<Hash> {
    match event {
        BillEvent::Inquired { bill } => bill.raw,
        BillEvent::Happened { what: BillChange::Answered { evidence }, .. } => evidence.raw,
        BillEvent::Happened { .. } => None,
    }
}

/// The body that an entry names.
fn named_by(entry: &Body) -> Option<Hash> {
    match entry {
        Body::OwnerPinSet { hash } => Some(*hash),
        Body::EvidenceAdded { evidence, .. } => evidence.raw,
        Body::SaleCovered { receipt, .. } => Some(*receipt),
        Body::People { change } => match change {
            PeopleChange::Set { person } => Some(person.name),
            PeopleChange::PinSet { hash, .. } | PeopleChange::RecoverySet { hash } => Some(*hash),
            PeopleChange::Removed { .. }
            | PeopleChange::PinCleared { .. }
            | PeopleChange::PinFailed { .. }
            | PeopleChange::SignedIn { .. }
            | PeopleChange::RecoveryUsed { .. }
            | PeopleChange::RecoveryFailed
            | PeopleChange::DoorUnguarded => None,
        },
        Body::Shift { event: ShiftEvent::Closed { closing } } => Some(closing.report),
        Body::GatewayCall { event: CallEvent::Ended { raw, .. } } => *raw,
        Body::Inbox { event: InboxEvent::Seen { raw, .. } } => Some(*raw),
        Body::Bill { event: BillEvent::Inquired { bill } } => Some(bill.details),
        Body::Bill {
            event: BillEvent::Happened { what: BillChange::Answered { evidence }, .. },
        } => evidence.details,
        Body::Bill { .. }
        | Body::LedgerCreated { .. }
        | Body::ShopSet { .. }
        | Body::LimitsSet { .. }
        | Body::OwnQrisSet { .. }
        | Body::GatewaySet { .. }
        | Body::GatewayRemoved { .. }
        | Body::GatewayPinned { .. }
        | Body::GatewayCall { .. }
        | Body::SaleRecorded { .. }
        | Body::SaleVoided { .. }
        | Body::AttemptStarted { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. }
        | Body::BookRulesSet { .. }
        | Body::Inbox { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::LedgerRestored { .. } => None,
    }
}

/// Whether the body is stored, or was and is erased.
pub(crate) fn is_known(conn: &Connection, hash: Hash) -> Result<bool, Fault> {
    Ok(conn.prepare_cached("SELECT 1 FROM blob WHERE hash = ?1")?.exists([hash.0])?)
}

/// Whether the body can be read. Nothing erases bodies yet, so one that was erased was tampered with.
pub(crate) fn is_there(conn: &Connection, hash: Hash) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM blob WHERE hash = ?1 AND erased = 0";
    Ok(conn.prepare_cached(sql)?.exists([hash.0])?)
}

/// Refuses an entry that names a body nobody stored: what it names must be there as long as the entry.
pub(crate) fn must_be_known(conn: &Connection, entry: &Body) -> Result<(), Fault> {
    for hash in all_named_by(entry) {
        if !is_known(conn, hash)? {
            let detail = format!("body {} is not stored", hash.short());
            return Err(LedgerError::contradiction(detail).into());
        }
    }
    Ok(())
}

/// The first body, in the order of hashes, whose bytes are not those that it is named by; its hash in hex.
pub(crate) fn first_changed(conn: &Connection) -> Result<Option<String>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT hash, bytes, hex(hash) AS name FROM blob WHERE erased = 0 ORDER BY hash",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // Changed behind our back, both columns may hold anything.
        let hash = row.get_ref("hash")?.as_blob().unwrap_or_default();
        let bytes = row.get_ref("bytes")?.as_blob().ok();
        if bytes.is_none_or(|bytes| Hash::of_bytes(bytes).0 != hash) {
            return Ok(Some(row.get("name")?));
        }
    }
    Ok(None)
}
