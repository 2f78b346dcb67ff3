//! Bills that the shop pays for customers: what was inquired, and beside it what everything since folds to, in columns
//! that can be searched. The whole standing is folded again when a bill is read.
//!
//! When the fold in laci-core changes its mind about anything stored here, the version must go up.

use laci_core::bill::{BillStanding, fold};
use laci_core::{
    Bill, BillChange, BillEvent, BillId, BillState, Body, Entry, GatewayName, Rupiah, UnixMs,
};
use rusqlite::{Connection, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, int, json, money, to_json};

/// `open_since` is when the payment left whose end is open; `balance` the deposit as this bill's last answer told it, in the
/// entry `balance_seq`.
pub(crate) const PROJECTION: Projection = Projection {
    name: "bill",
    version: 2,
    create: "
CREATE TABLE bill (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  gateway TEXT NOT NULL,
  customer TEXT NOT NULL,
  inquired TEXT NOT NULL,
  state TEXT NOT NULL,
  open_since INTEGER,
  balance INTEGER,
  balance_seq INTEGER
) STRICT;
CREATE INDEX bill_by_customer ON bill (customer);
CREATE INDEX bill_by_open ON bill (open_since) WHERE open_since IS NOT NULL;
CREATE TABLE bill_change (
  bill_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  change TEXT NOT NULL,
  PRIMARY KEY (bill_id, seq)
) STRICT, WITHOUT ROWID;
",
    tables: &[
        Table { name: "bill", key: "seq" },
        Table { name: "bill_change", key: "bill_id, seq" },
    ],
    apply,
};

/// A bill with everything that is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillRow {
    pub bill: Bill,
    /// In the order of the log.
    pub changes: Vec<BillChange>,
    /// The fold of `changes`.
    pub standing: BillStanding,
}

/// Which bills to list; newest first, at most `limit` (itself at most 1,000).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillFilter {
    pub state: Option<BillState>,
    pub limit: u32,
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::Bill { event } => match event {
            BillEvent::Inquired { bill } => inquired(conn, entry.seq, bill),
            BillEvent::Happened { id, what } => happened(conn, entry.seq, *id, what),
        },
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
        | Body::AttemptStarted { .. }
        | Body::EvidenceAdded { .. }
        | Body::SaleCovered { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Inbox { .. }
        | Body::BookRulesSet { .. }
        | Body::People { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

fn inquired(conn: &Connection, seq: u64, bill: &Bill) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO bill (seq, id, gateway, customer, inquired, state, open_since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)",
    )?
    .execute(params![
        int(seq),
        bill.id.to_string(),
        bill.gateway.as_str(),
        bill.customer.to_string(),
        to_json(bill)?,
        fold(bill, &[]).state.as_str(),
    ])?;
    told_deposit(conn, seq, bill.id, bill.amounts.balance)
}

fn happened(conn: &Connection, seq: u64, id: BillId, what: &BillChange) -> Result<(), Fault> {
    conn.prepare_cached("INSERT INTO bill_change (seq, bill_id, change) VALUES (?1, ?2, ?3)")?
        .execute(params![int(seq), id.to_string(), to_json(what)?])?;
    let row = by_id(conn, id)?
        .ok_or_else(|| LedgerError::contradiction(format!("bill {id} was never inquired")))?;
    let standing = &row.standing;
    let open_since = standing.sent_at.filter(|_| standing.is_asked_about());
    conn.prepare_cached("UPDATE bill SET state = ?2, open_since = ?3 WHERE id = ?1")?.execute(
        params![id.to_string(), standing.state.as_str(), open_since.map(|since| since.0)],
    )?;
    match what {
        BillChange::Answered { evidence } => told_deposit(conn, seq, id, evidence.amounts.balance),
        BillChange::MoneyReceived { .. }
        | BillChange::PaySending { .. }
        | BillChange::PayNotSent { .. }
        | BillChange::Resolved { .. }
        | BillChange::RefundPaid { .. } => Ok(()),
    }
}

fn told_deposit(
    conn: &Connection,
    seq: u64,
    id: BillId,
    balance: Option<Rupiah>,
) -> Result<(), Fault> {
    let Some(balance) = balance else { return Ok(()) };
    conn.prepare_cached("UPDATE bill SET balance = ?2, balance_seq = ?3 WHERE id = ?1")?
        .execute(params![id.to_string(), balance.get(), int(seq)])?;
    Ok(())
}

/// The shop's deposit as the gateway told it last.
pub(crate) fn deposit(conn: &Connection, gateway: &GatewayName) -> Result<Option<Rupiah>, Fault> {
    let sql = "SELECT balance FROM bill WHERE gateway = ?1 AND balance IS NOT NULL
               ORDER BY balance_seq DESC LIMIT 1";
    conn.prepare_cached(sql)?
        .query_and_then([gateway.as_str()], |row| money(row, "balance"))?
        .next()
        .transpose()
}

pub(crate) fn by_id(conn: &Connection, id: BillId) -> Result<Option<BillRow>, Fault> {
    let sql = "SELECT inquired FROM bill WHERE id = ?1";
    let bill =
        conn.prepare_cached(sql)?.query_and_then([id.to_string()], bill)?.next().transpose()?;
    bill.map(|bill| whole(conn, bill)).transpose()
}

/// Every other bill of its customer at its gateway, in the order of the log.
pub(crate) fn others(conn: &Connection, of: &Bill) -> Result<Vec<BillRow>, Fault> {
    let sql = "SELECT inquired FROM bill WHERE customer = ?1 AND id <> ?2 ORDER BY seq";
    let asked = params![of.customer.to_string(), of.id.to_string()];
    rows(conn, sql, asked)
}

pub(crate) fn list(conn: &Connection, filter: &BillFilter) -> Result<Vec<BillRow>, Fault> {
    let limit = filter.limit.min(1_000);
    match filter.state {
        None => rows(conn, "SELECT inquired FROM bill ORDER BY seq DESC LIMIT ?1", [limit]),
        Some(state) => rows(
            conn,
            "SELECT inquired FROM bill WHERE state = ?1 ORDER BY seq DESC LIMIT ?2",
            params![state.as_str(), limit],
        ),
    }
}

/// Bills whose payment left after `since` and whose end is open, the oldest first.
pub(crate) fn open(conn: &Connection, since: UnixMs, limit: u32) -> Result<Vec<BillRow>, Fault> {
    let sql = "SELECT b.inquired FROM bill b LEFT JOIN poll p ON p.attempt_id = b.id
               WHERE b.open_since > ?1 ORDER BY p.next_at_ms NULLS FIRST, b.seq LIMIT ?2";
    rows(conn, sql, params![since.0, limit])
}

fn rows(conn: &Connection, sql: &str, asked: impl rusqlite::Params) -> Result<Vec<BillRow>, Fault> {
    let bills: Vec<Bill> =
        conn.prepare_cached(sql)?.query_and_then(asked, bill)?.collect::<Result<_, Fault>>()?;
    bills.into_iter().map(|bill| whole(conn, bill)).collect()
}

fn bill(row: &Row<'_>) -> Result<Bill, Fault> {
    json(row, "inquired")
}

fn whole(conn: &Connection, bill: Bill) -> Result<BillRow, Fault> {
    let sql = "SELECT change FROM bill_change WHERE bill_id = ?1 ORDER BY seq";
    let changes: Vec<BillChange> = conn
        .prepare_cached(sql)?
        .query_and_then([bill.id.to_string()], |row| json(row, "change"))?
        .collect::<Result<_, Fault>>()?;
    let standing = fold(&bill, &changes);
    Ok(BillRow { bill, changes, standing })
}
