//! Sales: what is owed, since when, and the entry by which money first covered it. A sale counts on the business
//! date of that entry; until then it is open, and in no turnover.

use laci_core::{
    AttemptId, Body, BusinessDate, Entry, Hash, Rupiah, Sale, SaleId, SaleNumber, UnixMs,
};
use rusqlite::{Connection, Params, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{
    Fault, bad, int, json, moment, moment_opt, money, parsed, parsed_opt, seq_opt, to_json,
};

/// `key` is the packed number, which rises with the log: one register writes a ledger. `book_date` is the turnover
/// date once there is one, else the date of recording: the day that a person looks under. Each index costs every
/// sale one more page in its commit, so there are three.
pub(crate) const PROJECTION: Projection = Projection {
    name: "sale",
    version: 4,
    create: "
CREATE TABLE sale (
  key INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL,
  order_id TEXT,
  total INTEGER NOT NULL CHECK (total > 0),
  lines TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_date TEXT NOT NULL,
  book_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'covered', 'voided')),
  covered_by TEXT,
  covered_at INTEGER,
  covered_seq INTEGER,
  turnover_date TEXT,
  receipt BLOB,
  copies INTEGER NOT NULL DEFAULT 0,
  cashier TEXT NOT NULL,
  paid INTEGER,
  refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded = 0 OR refunded BETWEEN 0 AND paid),
  surplus_returned INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'covered') = (covered_seq IS NOT NULL))
) STRICT;
CREATE INDEX sale_by_book_date ON sale (book_date);
CREATE UNIQUE INDEX sale_by_order ON sale (order_id) WHERE order_id IS NOT NULL;
",
    tables: &[Table { name: "sale", key: "key" }],
    apply,
};

/// Whether money covers a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaleState {
    Open,
    Covered,
    Voided,
}

/// A sale with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRow {
    pub sale: Sale,
    pub recorded_at: UnixMs,
    pub recorded_date: BusinessDate,
    pub state: SaleState,
    pub covered_by: Option<AttemptId>,
    pub covered_at: Option<UnixMs>,
    pub turnover_date: Option<BusinessDate>,
    /// Names the resolved receipt document in the side table.
    pub receipt: Option<Hash>,
    pub covered_seq: Option<u64>,
    /// How many copies of its receipt were made.
    pub copies: u32,
    /// Who recorded it: a person's id, or `counter`.
    pub cashier: String,
    /// What the customer paid for it, with code or rounding and without a surplus; zero until it is covered.
    pub paid: Rupiah,
    /// What was given back of it, in rupiah.
    pub refunded: Rupiah,
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::SaleRecorded { sale } => record(conn, entry, sale),
        Body::SaleVoided { sale_id } => {
            let sql = "UPDATE sale SET state = 'voided' WHERE id = ?1 AND state = 'open'";
            let changed = conn.prepare_cached(sql)?.execute([sale_id.to_string()])?;
            one(changed, "only an open sale can be voided", *sale_id)
        }
        Body::SaleCovered { sale_id, attempt_id, receipt } => {
            let changed = conn
                .prepare_cached(
                    "UPDATE sale SET state = 'covered', covered_by = ?2, covered_at = ?3, covered_seq = ?4,
                       turnover_date = ?5, book_date = ?5, receipt = ?6,
                       paid = (SELECT total FROM attempt WHERE id = ?2)
                     WHERE id = ?1 AND state = 'open'",
                )?
                .execute(params![
                    sale_id.to_string(),
                    attempt_id.to_string(),
                    entry.at.0,
                    int(entry.seq),
                    entry.date.to_string(),
                    receipt.0,
                ])?;
            one(changed, "only an open sale can be covered", *sale_id)
        }
        Body::SaleRefunded { sale_id, amount, surplus: true, .. } => {
            // That it is not more than came stands in the books, which are applied later.
            let sql = "UPDATE sale SET surplus_returned = surplus_returned + ?2
                       WHERE id = ?1 AND state = 'covered' AND ?2 > 0";
            let changed =
                conn.prepare_cached(sql)?.execute(params![sale_id.to_string(), amount.get()])?;
            one(changed, "only a covered sale has a surplus", *sale_id)
        }
        Body::SaleRefunded { sale_id, amount, surplus: false, .. } => {
            let sql = "UPDATE sale SET refunded = refunded + ?2
                       WHERE id = ?1 AND state = 'covered' AND ?2 > 0 AND refunded + ?2 <= paid";
            let changed =
                conn.prepare_cached(sql)?.execute(params![sale_id.to_string(), amount.get()])?;
            one(changed, "what is given back was paid before", *sale_id)
        }
        Body::ReceiptCopied { sale_id, nth } => {
            let sql = "UPDATE sale SET copies = ?2 WHERE id = ?1 AND state = 'covered' AND copies = ?2 - 1";
            let changed = conn.prepare_cached(sql)?.execute(params![sale_id.to_string(), nth])?;
            one(changed, "copies of a paid sale's receipt count up by one", *sale_id)
        }
        Body::LedgerCreated { .. }
        | Body::ShopSet { .. }
        | Body::LimitsSet { .. }
        | Body::OwnQrisSet { .. }
        | Body::OwnerPinSet { .. }
        | Body::GatewaySet { .. }
        | Body::GatewayRemoved { .. }
        | Body::GatewayPinned { .. }
        | Body::GatewayCall { .. }
        | Body::AttemptStarted { .. }
        | Body::EvidenceAdded { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::BookRulesSet { .. }
        | Body::Bill { .. }
        | Body::People { .. }
        | Body::Shift { .. }
        | Body::Inbox { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

/// Numbers of one register and epoch have no gap; a replay finds the same ones free.
fn record(conn: &Connection, entry: &Entry, sale: &Sale) -> Result<(), Fault> {
    let SaleNumber { register, epoch, counter } = sale.number;
    if counter != next_counter(conn, register, epoch)? {
        let detail = format!("{} is not the next number", sale.number);
        return Err(LedgerError::contradiction(detail).into());
    }
    conn.prepare_cached(
        "INSERT INTO sale (key, seq, id, number, order_id, total, lines, recorded_at, recorded_date,
           book_date, state, cashier)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, 'open', ?10)",
    )?
    .execute(params![
        key(sale.number),
        int(entry.seq),
        sale.id.to_string(),
        sale.number.to_string(),
        sale.order,
        sale.total.get(),
        to_json(&sale.lines)?,
        entry.at.0,
        entry.date.to_string(),
        entry.actor.key(),
    ])?;
    Ok(())
}

/// Register, epoch and counter side by side; a register's number stays far below 32,768.
fn key(number: SaleNumber) -> i64 {
    i64::from(number.register) << 48 | i64::from(number.epoch) << 32 | i64::from(number.counter)
}

fn one(changed: usize, rule: &str, sale: SaleId) -> Result<(), Fault> {
    if changed == 1 {
        return Ok(());
    }
    Err(LedgerError::contradiction(format!("{rule} ({sale})")).into())
}

/// The counter after the highest one of this register and epoch; they start at 1. Only the register and the epoch
/// that wrote last can go on.
pub(crate) fn next_counter(conn: &Connection, register: u16, epoch: u16) -> Result<u32, Fault> {
    let sql = "SELECT coalesce(max(key), 0) FROM sale";
    let last: i64 = conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    let before_first = key(SaleNumber { register, epoch, counter: 0 });
    let next = last.max(before_first).saturating_add(1).saturating_sub(before_first);
    u32::try_from(next).map_err(|_| LedgerError::contradiction("this register cannot go on").into())
}

pub(crate) fn by_id(conn: &Connection, id: SaleId) -> Result<Option<SaleRow>, Fault> {
    one_row(conn, "SELECT * FROM sale WHERE id = ?1", [id.to_string()])
}

pub(crate) fn by_number(conn: &Connection, number: SaleNumber) -> Result<Option<SaleRow>, Fault> {
    one_row(conn, "SELECT * FROM sale WHERE key = ?1", [key(number)])
}

pub(crate) fn by_order(conn: &Connection, order: &str) -> Result<Option<SaleRow>, Fault> {
    one_row(conn, "SELECT * FROM sale WHERE order_id = ?1", [order])
}

fn one_row(conn: &Connection, sql: &str, key: impl Params) -> Result<Option<SaleRow>, Fault> {
    conn.prepare_cached(sql)?.query_and_then(key, sale_row)?.next().transpose()
}

pub(crate) fn sale_row(row: &Row<'_>) -> Result<SaleRow, Fault> {
    let sale = Sale {
        id: parsed(row, "id")?,
        number: parsed(row, "number")?,
        lines: json(row, "lines")?,
        total: money(row, "total")?,
        order: row.get("order_id")?,
    };
    Ok(SaleRow {
        sale,
        recorded_at: moment(row, "recorded_at")?,
        recorded_date: parsed(row, "recorded_date")?,
        state: state(row)?,
        covered_by: parsed_opt(row, "covered_by")?,
        covered_at: moment_opt(row, "covered_at")?,
        turnover_date: parsed_opt(row, "turnover_date")?,
        receipt: row.get::<_, Option<[u8; 32]>>("receipt")?.map(Hash),
        covered_seq: seq_opt(row, "covered_seq")?,
        copies: row.get("copies")?,
        cashier: row.get("cashier")?,
        paid: Rupiah::new(row.get::<_, Option<i64>>("paid")?.unwrap_or_default())
            .map_err(|_| bad("paid"))?,
        refunded: money(row, "refunded")?,
    })
}

fn state(row: &Row<'_>) -> Result<SaleState, Fault> {
    match row.get_ref("state")?.as_str().unwrap_or_default() {
        "open" => Ok(SaleState::Open),
        "covered" => Ok(SaleState::Covered),
        "voided" => Ok(SaleState::Voided),
        _ => Err(bad("state")),
    }
}
