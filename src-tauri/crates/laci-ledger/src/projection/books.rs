//! Double entry: each entry that moves money as one or more facts with what reports group them by, and the legs that
//! they post. Reports and balances are sums over these rows and nothing else.
//!
//! When the rules in laci-core's `books` change, the version must go up.

use laci_core::attempt::fold;
use laci_core::bill_books;
use laci_core::books::{Collected, Fact, Owed, Pocket, RefundOf, SaleIs, Why, fee, legs, pocket};
use laci_core::{
    Attempt, AttemptId, BillChange, BillEvent, Body, BookRules, Entry, InboxEvent, InboxId, Rupiah,
    SaleId, ShiftEvent, Standing, Zone,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::projection::sale::{self, SaleState};
use crate::projection::{attempt, bill, evidence, inbox, settings, shift};
use crate::sql::{Fault, int, json, to_json};

pub(crate) const PROJECTION: Projection = Projection {
    name: "books",
    version: 2,
    create: "
CREATE TABLE book_line (
  seq INTEGER NOT NULL,
  part INTEGER NOT NULL,
  shift INTEGER NOT NULL,
  date TEXT NOT NULL,
  hour INTEGER NOT NULL,
  cashier TEXT NOT NULL,
  fact TEXT NOT NULL,
  PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX book_line_by_date ON book_line (date);
CREATE TABLE posting (
  seq INTEGER NOT NULL,
  part INTEGER NOT NULL,
  account TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (seq, part, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE booked (
  attempt_id TEXT PRIMARY KEY,
  received INTEGER NOT NULL CHECK (received > 0),
  again INTEGER NOT NULL CHECK (again BETWEEN 0 AND received)
) STRICT, WITHOUT ROWID;
",
    tables: &[
        Table { name: "book_line", key: "seq, part" },
        Table { name: "posting", key: "seq, part, account" },
        Table { name: "booked", key: "attempt_id" },
    ],
    apply,
};

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::EvidenceAdded { attempt_id, .. } => seen(conn, entry, *attempt_id),
        Body::SaleCovered { sale_id, attempt_id, .. } => {
            covered(conn, entry, *sale_id, *attempt_id)
        }
        Body::SaleVoided { sale_id } => {
            let cashier = seller(conn, *sale_id)?;
            book(conn, entry, &cashier, &[Fact::SaleVoided])
        }
        Body::SaleRefunded { sale_id, amount, by, surplus, .. } => {
            if *surplus && surplus_of(conn, *sale_id)? < Rupiah::ZERO {
                let detail = "more was given back than came beyond the price";
                return Err(LedgerError::contradiction(detail).into());
            }
            let of = if *surplus { RefundOf::Owed(Owed::Surplus) } else { RefundOf::Sale };
            let fact = Fact::RefundPaid { of, amount: *amount, by: *by };
            book(conn, entry, &entry.actor.key(), &[fact])
        }
        Body::Shift { event } => match event {
            ShiftEvent::Opened { float, by, .. } => {
                let cashier = shift::opener(entry, *by);
                book(conn, entry, &cashier, &[Fact::ShiftOpened { float: *float }])
            }
            ShiftEvent::CashMoved { kind, amount, .. } => {
                book(conn, entry, &entry.actor.key(), &[kind.fact(*amount)])
            }
            ShiftEvent::Closed { closing } => {
                let (expected, counted) = (closing.expected, closing.counted);
                let fact = Fact::ShiftClosed { expected, counted };
                book(conn, entry, &entry.actor.key(), &[fact])
            }
            ShiftEvent::DrawerOpened { .. } | ShiftEvent::Counted { .. } => Ok(()),
        },
        Body::Bill { event } => bill_event(conn, entry, event),
        Body::Inbox { event } => inbox_money(conn, entry, event),
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
        | Body::AttemptStarted { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::BookRulesSet { .. }
        | Body::People { .. }
        | Body::ReceiptCopied { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

/// Money without a sale is owed to whoever sent it, until an attempt books it or a person says that it is none.
fn inbox_money(conn: &Connection, entry: &Entry, event: &InboxEvent) -> Result<(), Fault> {
    let fact = match event {
        InboxEvent::Seen { amount: Some(amount), .. } => {
            let rules = settings::book_rules(conn)?;
            let fee = fee::fee(&rules.fees(), rules.class, None, *amount, entry.date);
            let fee = fee.unwrap_or_default();
            Fact::MoneyReceived { at: Pocket::OwnQris, amount: *amount, fee, why: Why::NoSale }
        }
        InboxEvent::Matched { id, .. } | InboxEvent::Dismissed { id, .. } => {
            let Some(fact) = withdrawn(conn, *id)? else { return Ok(()) };
            fact
        }
        InboxEvent::Seen { amount: None, .. } | InboxEvent::ColumnsSet { .. } => return Ok(()),
    };
    book(conn, entry, &entry.actor.key(), &[fact])
}

/// What takes the receipt of an inbox row back, to the rupiah: its fee is the one that was booked then.
fn withdrawn(conn: &Connection, id: InboxId) -> Result<Option<Fact>, Fault> {
    let seen = inbox::seen_seq(conn, id)?;
    let sql = "SELECT fact FROM book_line WHERE seq = ?1 AND part = 0";
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_and_then([int(seen)], |row| json::<Fact>(row, "fact"))?.next();
    let Some(Fact::MoneyReceived { at, amount, fee, .. }) = found.transpose()? else {
        return Ok(None);
    };
    Ok(Some(Fact::MoneyWithdrawn { at, amount, fee }))
}

fn seen(conn: &Connection, entry: &Entry, id: AttemptId) -> Result<(), Fault> {
    let row = known(conn, id)?;
    let sale = sale_row(conn, row.attempt.sale_id)?;
    let is = match sale.state {
        SaleState::Open => SaleIs::Open,
        SaleState::Covered => SaleIs::Covered,
        SaleState::Voided => SaleIs::Voided,
    };
    let rules = settings::book_rules(conn)?;
    let now = collected(conn, &row)?;
    let Some(fact) =
        now.seen(is, |amount| fee_of(&rules, entry, &row, amount)).map_err(unbooked)?
    else {
        return Ok(());
    };
    let again = if let Fact::MoneyReceived { amount, why: Why::Again, .. } = &fact {
        *amount
    } else {
        Rupiah::ZERO
    };
    note_booked(conn, id, now.received(), again)?;
    book(conn, entry, &sale.cashier, &[fact])
}

fn covered(conn: &Connection, entry: &Entry, sale: SaleId, id: AttemptId) -> Result<(), Fault> {
    let row = known(conn, id)?;
    let rules = settings::book_rules(conn)?;
    let now = collected(conn, &row)?;
    let facts = now.covering(|amount| fee_of(&rules, entry, &row, amount)).map_err(unbooked)?;
    if pocket(&row.attempt.terms.method).is_some() {
        note_booked(conn, id, now.received(), Rupiah::ZERO)?;
    }
    book(conn, entry, &seller(conn, sale)?, &facts)
}

/// What the last change of a bill posts beyond what those before it did.
fn bill_event(conn: &Connection, entry: &Entry, event: &BillEvent) -> Result<(), Fault> {
    let BillEvent::Happened { id, what } = event else { return Ok(()) };
    let found = bill::by_id(conn, *id)?;
    let row = found.ok_or_else(|| LedgerError::contradiction(format!("no bill {id}")))?;
    let mut facts = bill_books::last(&row.bill, &row.changes).map_err(unbooked)?;
    if let BillChange::RefundPaid { cash, by, .. } = what {
        facts.push(Fact::BillRefunded { held: cash.price, rounding: cash.rounding, by: *by });
    }
    book(conn, entry, &entry.actor.key(), &facts)
}

fn collected<'a>(conn: &Connection, row: &'a Known) -> Result<Collected<'a>, Fault> {
    let sql = "SELECT received FROM booked WHERE attempt_id = ?1";
    let booked: Option<i64> = conn
        .prepare_cached(sql)?
        .query_row([row.attempt.id.to_string()], |found| found.get(0))
        .optional()?;
    let booked =
        Rupiah::new(booked.unwrap_or_default()).map_err(|_| crate::sql::bad("received"))?;
    Ok(Collected { terms: &row.attempt.terms, standing: &row.standing, booked })
}

/// `received` of an attempt in all, `again` of it now, for a sale that was covered before.
fn note_booked(
    conn: &Connection,
    id: AttemptId,
    received: Rupiah,
    again: Rupiah,
) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO booked (attempt_id, received, again) VALUES (?1, ?2, ?3)
         ON CONFLICT (attempt_id) DO UPDATE
         SET received = excluded.received, again = again + excluded.again",
    )?
    .execute(params![id.to_string(), received.get(), again.get()])?;
    Ok(())
}

/// What came for a covered sale beyond what it cost and was not given back yet, in rupiah: its other payments, and what
/// its own one brought too much.
pub(crate) fn surplus_of(conn: &Connection, id: SaleId) -> Result<Rupiah, Fault> {
    let sql = "SELECT coalesce(sum(booked.again + iif(attempt.id = sale.covered_by,
                   max(0, booked.received - booked.again - sale.paid), 0)), 0)
                 - coalesce(max(sale.surplus_returned), 0) AS surplus
               FROM sale JOIN attempt ON attempt.sale_id = sale.id
               JOIN booked ON booked.attempt_id = attempt.id
               WHERE sale.id = ?1 AND sale.state = 'covered'";
    let found: i64 =
        conn.prepare_cached(sql)?.query_row([id.to_string()], |row| row.get("surplus"))?;
    Rupiah::new(found).map_err(|_| crate::sql::bad("surplus"))
}

/// What the gateway is expected to keep; nothing where no rate is known.
fn fee_of(rules: &BookRules, entry: &Entry, row: &Known, amount: Rupiah) -> Rupiah {
    use laci_core::Method;
    let gateway = match &row.attempt.terms.method {
        Method::Gateway { gateway, .. } => Some(gateway),
        Method::OwnQris { .. } => None,
        Method::Cash { .. } => return Rupiah::ZERO,
    };
    fee::fee(&rules.fees(), rules.class, gateway, amount, entry.date).unwrap_or_default()
}

/// An attempt and what all its evidence says.
struct Known {
    attempt: Attempt,
    standing: Standing,
}

fn known(conn: &Connection, id: AttemptId) -> Result<Known, Fault> {
    let found = attempt::by_id(conn, id)?;
    let attempt = found.ok_or_else(|| LedgerError::contradiction(format!("no attempt {id}")))?;
    let standing = fold(&attempt.terms, &evidence::of_attempt(conn, id)?);
    Ok(Known { attempt, standing })
}

fn sale_row(conn: &Connection, id: SaleId) -> Result<sale::SaleRow, Fault> {
    let found = sale::by_id(conn, id)?;
    found.ok_or_else(|| LedgerError::contradiction(format!("no sale {id}")).into())
}

fn seller(conn: &Connection, id: SaleId) -> Result<String, Fault> {
    Ok(sale_row(conn, id)?.cashier)
}

fn book(conn: &Connection, entry: &Entry, cashier: &str, facts: &[Fact]) -> Result<(), Fault> {
    let zone = settings::shop(conn)?.map_or_else(Zone::default, |shop| shop.zone);
    let mut shifts = shift::state(conn)?;
    for (part, fact) in (0_i64..).zip(facts) {
        let number = shifts.place(fact).map_err(unbooked)?;
        conn.prepare_cached(
            "INSERT INTO book_line (seq, part, shift, date, hour, cashier, fact)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            int(entry.seq),
            part,
            number,
            entry.date.to_string(),
            entry.at.hour(zone),
            cashier,
            to_json(fact)?,
        ])?;
        let sql = "INSERT INTO posting (seq, part, account, amount) VALUES (?1, ?2, ?3, ?4)";
        let mut post = conn.prepare_cached(sql)?;
        for leg in legs(fact).map_err(unbooked)? {
            post.execute(params![int(entry.seq), part, leg.account.to_string(), leg.amount.get()])?;
        }
    }
    Ok(())
}

/// An entry that cannot be booked is refused with its whole transaction.
fn unbooked(error: laci_core::books::BooksError) -> Fault {
    LedgerError::contradiction(format!("{}: {error}", error.code())).into()
}
