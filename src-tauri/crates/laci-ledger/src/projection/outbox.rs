//! The effects owed to the outside, each with its delivery class. An effect is named by the entry that owes it.

use laci_core::{
    AttemptId, Body, Entry, Method, OutboxEnd, OutboxId, OutboxState, OwedCreate, SaleId,
};
use rusqlite::{Connection, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int, parsed, parsed_opt, seq};

pub(crate) const PROJECTION: Projection = Projection {
    name: "outbox",
    version: 2,
    create: "
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('gateway_create', 'receipt')),
  attempt_id TEXT,
  sale_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'not_sent', 'unknown', 'waiting')),
  tries INTEGER NOT NULL CHECK (tries BETWEEN 0 AND 255),
  later INTEGER NOT NULL,
  CHECK ((kind = 'gateway_create') = (attempt_id IS NOT NULL)),
  CHECK ((kind = 'receipt') = (sale_id IS NOT NULL))
) STRICT;
CREATE INDEX outbox_by_open ON outbox (kind, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_later ON outbox (id) WHERE later = 1;
CREATE INDEX outbox_by_waiting ON outbox (id) WHERE state = 'waiting';
",
    tables: &[Table { name: "outbox", key: "id" }],
    apply,
};

/// What is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxKind {
    GatewayCreate { attempt_id: AttemptId },
    Receipt { sale_id: SaleId },
}

impl OutboxKind {
    pub fn queue(self) -> OutboxQueue {
        match self {
            Self::GatewayCreate { .. } => OutboxQueue::GatewayCreate,
            Self::Receipt { .. } => OutboxQueue::Receipt,
        }
    }
}

/// The kinds without what they name: one worker serves each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxQueue {
    GatewayCreate,
    Receipt,
}

impl OutboxQueue {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GatewayCreate => "gateway_create",
            Self::Receipt => "receipt",
        }
    }

    /// A create may charge a customer twice; a receipt is the same file again.
    pub fn class(self) -> DeliveryClass {
        match self {
            Self::GatewayCreate => DeliveryClass::AtMostOnce,
            Self::Receipt => DeliveryClass::AtLeastOnce,
        }
    }
}

/// What may happen when nobody knows whether an effect was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryClass {
    /// Never again, but for the retry that the gateway's contract names or a person's word.
    AtMostOnce,
    /// Again until acknowledged.
    AtLeastOnce,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// The sequence number of the entry that owes it.
    pub id: OutboxId,
    pub kind: OutboxKind,
    pub class: DeliveryClass,
    pub state: OutboxState,
    /// Since the last one that certainly reached nobody.
    pub tries: u8,
    /// It was put off until the outside can be reached, whether it is done by now or not.
    pub later: bool,
}

impl OutboxRow {
    /// What the rules about creates ask of it.
    pub fn owed(&self) -> OwedCreate {
        OwedCreate { state: self.state, tries: self.tries }
    }
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::AttemptStarted { attempt } => match attempt.terms.method {
            Method::Gateway { .. } => {
                owe(conn, entry.seq, OutboxKind::GatewayCreate { attempt_id: attempt.id })
            }
            Method::OwnQris { .. } | Method::Cash { .. } => Ok(()),
        },
        Body::SaleCovered { sale_id, .. } => {
            owe(conn, entry.seq, OutboxKind::Receipt { sale_id: *sale_id })
        }
        Body::OutboxSending { item, tries, attempt_id } => send(conn, *item, *tries, *attempt_id),
        Body::OutboxEnded { item, end } => finish(conn, *item, end),
        Body::LedgerCreated { .. }
        | Body::ShopSet { .. }
        | Body::LimitsSet { .. }
        | Body::OwnQrisSet { .. }
        | Body::OwnerPinSet { .. }
        | Body::GatewaySet { .. }
        | Body::GatewayRemoved { .. }
        | Body::GatewayPinned { .. }
        | Body::GatewayCall { .. }
        | Body::SaleRecorded { .. }
        | Body::SaleVoided { .. }
        | Body::EvidenceAdded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Bill { .. }
        | Body::Inbox { .. }
        | Body::BookRulesSet { .. }
        | Body::People { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

fn owe(conn: &Connection, seq: u64, kind: OutboxKind) -> Result<(), Fault> {
    let (attempt, sale) = match kind {
        OutboxKind::GatewayCreate { attempt_id } => (Some(attempt_id.to_string()), None),
        OutboxKind::Receipt { sale_id } => (None, Some(sale_id.to_string())),
    };
    conn.prepare_cached(
        "INSERT INTO outbox (id, kind, attempt_id, sale_id, state, tries, later) VALUES (?1, ?2, ?3, ?4, 'queued', 0, 0)",
    )?
    .execute(params![int(seq), kind.queue().as_str(), attempt, sale])?;
    Ok(())
}

/// Each try counts one up, and names the attempt that it may charge.
fn send(
    conn: &Connection,
    item: OutboxId,
    tries: u8,
    attempt: Option<AttemptId>,
) -> Result<(), Fault> {
    let row = must_be_open(conn, item)?;
    let named = match row.kind {
        OutboxKind::GatewayCreate { attempt_id } => attempt == Some(attempt_id),
        OutboxKind::Receipt { .. } => attempt.is_none(),
    };
    if !named {
        let detail = format!("effect {} is not owed for this attempt", item.0);
        return Err(LedgerError::contradiction(detail).into());
    }
    if row.tries.checked_add(1) != Some(tries) {
        let detail = format!("try {tries} of effect {} follows try {}", item.0, row.tries);
        return Err(LedgerError::contradiction(detail).into());
    }
    let sql = "UPDATE outbox SET state = 'sending', tries = ?2 WHERE id = ?1";
    conn.prepare_cached(sql)?.execute(params![int(item.0), tries])?;
    Ok(())
}

fn finish(conn: &Connection, item: OutboxId, end: &OutboxEnd) -> Result<(), Fault> {
    must_be_open(conn, item)?;
    let state = match end {
        OutboxEnd::Done => "done",
        OutboxEnd::NotSent => "not_sent",
        OutboxEnd::Unknown => "unknown",
        OutboxEnd::Later => return put_off(conn, item),
    };
    let sql = "UPDATE outbox SET state = ?2 WHERE id = ?1";
    conn.prepare_cached(sql)?.execute(params![int(item.0), state])?;
    Ok(())
}

/// What never left counts as no try.
fn put_off(conn: &Connection, item: OutboxId) -> Result<(), Fault> {
    let sql = "UPDATE outbox SET state = 'waiting', tries = 0, later = 1 WHERE id = ?1";
    conn.prepare_cached(sql)?.execute([int(item.0)])?;
    Ok(())
}

/// What is done is done; an unknown or unsent effect may still be tried again, by a person's word.
fn must_be_open(conn: &Connection, item: OutboxId) -> Result<OutboxRow, Fault> {
    let row = by_id(conn, item)?.ok_or_else(|| {
        LedgerError::contradiction(format!("no effect is owed by entry {}", item.0))
    })?;
    if row.state == OutboxState::Done {
        let detail = format!("effect {} was done already", item.0);
        return Err(LedgerError::contradiction(detail).into());
    }
    Ok(row)
}

pub(crate) fn by_id(conn: &Connection, item: OutboxId) -> Result<Option<OutboxRow>, Fault> {
    let sql = "SELECT * FROM outbox WHERE id = ?1";
    conn.prepare_cached(sql)?.query_and_then([int(item.0)], row)?.next().transpose()
}

/// The create that an attempt owes; none for the shop's own QRIS.
pub(crate) fn of_attempt(conn: &Connection, id: AttemptId) -> Result<Option<OutboxRow>, Fault> {
    let sql = "SELECT o.* FROM attempt a JOIN outbox o ON o.id = a.seq WHERE a.id = ?1";
    conn.prepare_cached(sql)?.query_and_then([id.to_string()], row)?.next().transpose()
}

/// What is queued, or was being sent when nobody saw its end; oldest first.
pub(crate) fn due(
    conn: &Connection,
    queue: OutboxQueue,
    limit: u32,
) -> Result<Vec<OutboxRow>, Fault> {
    let sql = "SELECT * FROM outbox WHERE state IN ('queued', 'sending') AND kind = ?1 ORDER BY id LIMIT ?2";
    conn.prepare_cached(sql)?.query_and_then(params![queue.as_str(), limit], row)?.collect()
}

/// What was put off until the outside can be reached; oldest first.
pub(crate) fn waiting(conn: &Connection, limit: u32) -> Result<Vec<OutboxRow>, Fault> {
    let sql = "SELECT * FROM outbox WHERE state = 'waiting' ORDER BY id LIMIT ?1";
    conn.prepare_cached(sql)?.query_and_then([limit], row)?.collect()
}

/// What was ever put off; newest first.
pub(crate) fn put_off_ever(conn: &Connection, limit: u32) -> Result<Vec<OutboxRow>, Fault> {
    let sql = "SELECT * FROM outbox WHERE later = 1 ORDER BY id DESC LIMIT ?1";
    conn.prepare_cached(sql)?.query_and_then([limit], row)?.collect()
}

/// How many effects of all kinds are not ended.
pub(crate) fn unsent(conn: &Connection) -> Result<u64, Fault> {
    let sql = "SELECT (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))
                 + (SELECT count(*) FROM outbox WHERE state = 'waiting') AS n";
    let found = conn.prepare_cached(sql)?.query_and_then([], |row| seq(row, "n"))?.next();
    found.unwrap_or(Ok(0))
}

fn row(row: &Row<'_>) -> Result<OutboxRow, Fault> {
    let sale: Option<SaleId> = parsed_opt(row, "sale_id")?;
    let kind = match sale {
        Some(sale_id) => OutboxKind::Receipt { sale_id },
        None => OutboxKind::GatewayCreate { attempt_id: parsed(row, "attempt_id")? },
    };
    let state = match row.get_ref("state")?.as_str().unwrap_or_default() {
        "queued" => OutboxState::Queued,
        "sending" => OutboxState::Sending,
        "done" => OutboxState::Done,
        "not_sent" => OutboxState::NotSent,
        "unknown" => OutboxState::Unknown,
        "waiting" => OutboxState::Waiting,
        _ => return Err(bad("state")),
    };
    let id = OutboxId(seq(row, "id")?);
    let (class, tries, later) = (kind.queue().class(), row.get("tries")?, row.get("later")?);
    Ok(OutboxRow { id, kind, class, state, tries, later })
}
