//! Shifts: who had the drawer, with which float, what was counted, and the Z that ended it. Numbered without gaps.

use laci_core::books::{Count, Shifts, ZNumber};
use laci_core::{Body, BusinessDate, Closing, Entry, Hash, PersonId, Rupiah, ShiftEvent, UnixMs};
use rusqlite::{Connection, Params, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, int, moment, moment_opt, money, parsed, seq, seq_opt, to_json};

pub(crate) const PROJECTION: Projection = Projection {
    name: "shift",
    version: 1,
    create: "
CREATE TABLE shift (
  number INTEGER PRIMARY KEY,
  opened_seq INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  date TEXT NOT NULL,
  cashier TEXT NOT NULL,
  float INTEGER NOT NULL,
  counted_seq INTEGER,
  counted_at INTEGER,
  first_counted INTEGER,
  counted INTEGER,
  count TEXT,
  witness TEXT,
  counts INTEGER NOT NULL DEFAULT 0,
  closed_seq INTEGER,
  closed_at INTEGER,
  z_number TEXT,
  closing TEXT,
  CHECK ((closed_seq IS NULL) = (closing IS NULL))
) STRICT;
CREATE UNIQUE INDEX shift_by_z ON shift (z_number) WHERE z_number IS NOT NULL;
",
    tables: &[Table { name: "shift", key: "number" }],
    apply,
};

/// A drawer's count that was locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub at: UnixMs,
    pub counted: Rupiah,
    pub count: Option<Count>,
    pub witness: Option<String>,
    /// How often this shift was counted.
    pub counts: u32,
    /// What the first count came to, before anybody had seen what is expected.
    pub first: Rupiah,
    pub seq: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftRow {
    pub number: u32,
    pub opened_seq: u64,
    pub opened_at: UnixMs,
    pub date: BusinessDate,
    /// A person's id, or `counter`.
    pub cashier: String,
    pub float: Rupiah,
    pub counted: Option<Counted>,
    pub closed_seq: Option<u64>,
    pub closed_at: Option<UnixMs>,
    pub closing: Option<Closing>,
}

impl ShiftRow {
    pub fn is_open(&self) -> bool {
        self.closing.is_none()
    }
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::Shift { event } => change(conn, entry, event),
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
        | Body::Bill { .. }
        | Body::BookRulesSet { .. }
        | Body::People { .. }
        | Body::SaleRefunded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Inbox { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

fn change(conn: &Connection, entry: &Entry, event: &ShiftEvent) -> Result<(), Fault> {
    match event {
        ShiftEvent::Opened { shift, float, by } => {
            open(conn, entry, *shift, *float, opener(entry, *by))
        }
        ShiftEvent::Counted { shift, counted, count, witness } => {
            let count = count.as_ref().map(to_json).transpose()?;
            let changed = conn
                .prepare_cached(
                    "UPDATE shift SET counted_at = ?2, counted = ?3, count = ?4, witness = ?5, counts = counts + 1,
                       counted_seq = ?6, first_counted = coalesce(first_counted, ?3)
                     WHERE number = ?1 AND closed_seq IS NULL",
                )?
                .execute(params![
                    shift,
                    entry.at.0,
                    counted.get(),
                    count,
                    witness,
                    int(entry.seq)
                ])?;
            one(changed, "only an open shift is counted")
        }
        ShiftEvent::Closed { closing } => close(conn, entry, closing),
        ShiftEvent::CashMoved { .. } if current(conn)?.is_none() => {
            Err(LedgerError::contradiction("cash moves in an open shift").into())
        }
        ShiftEvent::CashMoved { .. } | ShiftEvent::DrawerOpened { .. } => Ok(()),
    }
}

/// Whose shift it is, as reports name people.
pub(crate) fn opener(entry: &Entry, by: Option<PersonId>) -> String {
    by.map_or_else(|| entry.actor.key(), |person| person.to_string())
}

fn open(
    conn: &Connection,
    entry: &Entry,
    number: u32,
    float: Rupiah,
    cashier: String,
) -> Result<(), Fault> {
    let last = newest(conn)?;
    let next = last.as_ref().map_or(1, |last| last.number.saturating_add(1));
    if number != next || last.is_some_and(|last| last.is_open()) {
        return Err(LedgerError::contradiction("shifts follow one another").into());
    }
    conn.prepare_cached(
        "INSERT INTO shift (number, opened_seq, opened_at, date, cashier, float)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        number,
        int(entry.seq),
        entry.at.0,
        entry.date.to_string(),
        cashier,
        float.get()
    ])?;
    Ok(())
}

/// Zs have no gap: each is the next in number and is chained to the one before.
fn close(conn: &Connection, entry: &Entry, closing: &Closing) -> Result<(), Fault> {
    let last = last_z(conn)?;
    let follows = closing.number.may_follow(last.map(|(number, _)| number))
        && closing.previous == last.map_or(Hash::GENESIS, |(_, hash)| hash);
    if !follows {
        return Err(LedgerError::contradiction("a Z follows the one before it").into());
    }
    let changed = conn
        .prepare_cached(
            "UPDATE shift SET closed_seq = ?2, closed_at = ?3, z_number = ?4, closing = ?5
             WHERE number = ?1 AND closed_seq IS NULL AND counted = ?6",
        )?
        .execute(params![
            closing.shift,
            int(entry.seq),
            entry.at.0,
            closing.number.to_string(),
            to_json(closing)?,
            closing.counted.get(),
        ])?;
    one(changed, "an open shift is closed on its locked count")
}

fn one(changed: usize, rule: &str) -> Result<(), Fault> {
    if changed == 1 { Ok(()) } else { Err(LedgerError::contradiction(rule).into()) }
}

/// How often a shift was counted so far.
pub(crate) fn times_counted(conn: &Connection, number: u32) -> Result<u32, Fault> {
    let counted = by_number(conn, number)?.and_then(|row| row.counted);
    Ok(counted.map_or(0, |counted| counted.counts))
}

/// Which shift the next thing belongs to.
pub(crate) fn state(conn: &Connection) -> Result<Shifts, Fault> {
    let newest = newest(conn)?;
    Ok(newest.map_or_else(Shifts::default, |row| Shifts::after(row.number, row.is_open())))
}

pub(crate) fn current(conn: &Connection) -> Result<Option<ShiftRow>, Fault> {
    Ok(newest(conn)?.filter(ShiftRow::is_open))
}

pub(crate) fn newest(conn: &Connection) -> Result<Option<ShiftRow>, Fault> {
    one_row(conn, "SELECT * FROM shift ORDER BY number DESC LIMIT 1", [])
}

pub(crate) fn by_number(conn: &Connection, number: u32) -> Result<Option<ShiftRow>, Fault> {
    one_row(conn, "SELECT * FROM shift WHERE number = ?1", [number])
}

pub(crate) fn by_z(conn: &Connection, number: ZNumber) -> Result<Option<ShiftRow>, Fault> {
    one_row(conn, "SELECT * FROM shift WHERE z_number = ?1", [number.to_string()])
}

/// Newest first.
pub(crate) fn list(conn: &Connection, limit: u32) -> Result<Vec<ShiftRow>, Fault> {
    let sql = "SELECT * FROM shift ORDER BY number DESC LIMIT ?1";
    conn.prepare_cached(sql)?.query_and_then([limit], shift_row)?.collect()
}

/// First to last.
pub(crate) fn closings(conn: &Connection) -> Result<Vec<Closing>, Fault> {
    let sql = "SELECT closing FROM shift WHERE closing IS NOT NULL ORDER BY number";
    conn.prepare_cached(sql)?.query_and_then([], |row| crate::sql::json(row, "closing"))?.collect()
}

/// The number and hash of the last Z.
pub(crate) fn last_z(conn: &Connection) -> Result<Option<(ZNumber, Hash)>, Fault> {
    let sql = "SELECT * FROM shift WHERE closing IS NOT NULL ORDER BY number DESC LIMIT 1";
    let last = one_row(conn, sql, [])?.and_then(|row| row.closing);
    Ok(last.map(|closing| (closing.number, closing.hash)))
}

fn one_row(conn: &Connection, sql: &str, key: impl Params) -> Result<Option<ShiftRow>, Fault> {
    conn.prepare_cached(sql)?.query_and_then(key, shift_row)?.next().transpose()
}

fn shift_row(row: &Row<'_>) -> Result<ShiftRow, Fault> {
    let text = |column| -> Result<Option<String>, Fault> { Ok(row.get(column)?) };
    let read = |text: String| serde_json::from_str(&text).map_err(|_| crate::sql::bad("shift"));
    let counted = match moment_opt(row, "counted_at")? {
        None => None,
        Some(at) => Some(Counted {
            at,
            counted: money(row, "counted")?,
            count: text("count")?
                .map(|text| serde_json::from_str(&text).map_err(|_| crate::sql::bad("count")))
                .transpose()?,
            witness: row.get("witness")?,
            counts: row.get("counts")?,
            first: money(row, "first_counted")?,
            seq: seq(row, "counted_seq")?,
        }),
    };
    Ok(ShiftRow {
        number: row.get("number")?,
        opened_seq: seq(row, "opened_seq")?,
        opened_at: moment(row, "opened_at")?,
        date: parsed(row, "date")?,
        cashier: row.get("cashier")?,
        float: money(row, "float")?,
        counted,
        closed_seq: seq_opt(row, "closed_seq")?,
        closed_at: moment_opt(row, "closed_at")?,
        closing: text("closing")?.map(read).transpose()?,
    })
}
