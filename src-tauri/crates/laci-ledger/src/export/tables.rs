//! What people want of a ledger in a spreadsheet: sales, their lines, payments. RFC 4180 with commas; amounts are whole
//! rupiah, moments are RFC 3339 in the shop's zone.

use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};
use laci_core::{Source, UnixMs, Zone};
use rusqlite::Connection;

use crate::export::cell::text;
use crate::export::watch::Watch;
use crate::export_error::ExportError;
use crate::projection::sale::{self, SaleRow, SaleState};
use crate::projection::{attempt, settings};
use crate::query::attempt::{self as query, AttemptRow};
use crate::sql::Fault;

const SALE: [&str; 12] = [
    "number",
    "sale_id",
    "order",
    "recorded_at",
    "book_date",
    "state",
    "total",
    "lines",
    "covered_at",
    "covered_by",
    "receipt_copies",
    "receipt_hash",
];
const LINE: [&str; 6] = ["number", "line", "name", "quantity", "unit_price", "amount"];
const PAYMENT: [&str; 19] = [
    "payment_id",
    "sale_number",
    "sale_id",
    "started_at",
    "way",
    "gateway",
    "gateway_method",
    "gateway_id",
    "amount",
    "unique_code",
    "cash_rounding",
    "cash_tendered",
    "total",
    "received",
    "state",
    "flags",
    "expires_at",
    "paid_at",
    "reason",
];

pub(crate) fn zone(conn: &Connection) -> Result<Zone, ExportError> {
    let shop = settings::shop(conn)?;
    Ok(shop.map(|shop| shop.zone).unwrap_or_default())
}

/// A row per sale into `to`, a row per line of it into `lines`; returns how many sales.
pub(crate) fn sales(
    conn: &Connection,
    to: impl Write,
    lines: impl Write,
    watch: &mut Watch<'_, '_>,
) -> Result<u64, ExportError> {
    let zone = zone(conn)?;
    let (mut to, mut lines) = (table(to, &SALE)?, table(lines, &LINE)?);
    let mut count = 0;
    let mut statement = conn.prepare("SELECT * FROM sale ORDER BY key").map_err(Fault::from)?;
    let mut rows = statement.query([]).map_err(Fault::from)?;
    while let Some(row) = rows.next().map_err(Fault::from)? {
        let row = sale::sale_row(row)?;
        write(&mut to, &sale_cells(&row, zone))?;
        let number = row.sale.number.to_string();
        for (line, nth) in row.sale.lines.iter().zip(1_u32..) {
            let amount = line.amount().map(|amount| amount.get().to_string());
            let cells = [
                number.clone(),
                nth.to_string(),
                text(&line.name).into_owned(),
                line.quantity.to_string(),
                line.unit_price.get().to_string(),
                amount.unwrap_or_default(),
            ];
            write(&mut lines, &cells)?;
        }
        count += 1;
        watch.row()?;
    }
    to.flush()?;
    lines.flush()?;
    Ok(count)
}

fn sale_cells(row: &SaleRow, zone: Zone) -> [String; SALE.len()] {
    let sale = &row.sale;
    let state = match row.state {
        SaleState::Open => "open",
        SaleState::Covered => "covered",
        SaleState::Voided => "voided",
    };
    [
        sale.number.to_string(),
        sale.id.to_string(),
        text(sale.order.as_deref().unwrap_or_default()).into_owned(),
        row.recorded_at.rfc3339(zone),
        row.turnover_date.unwrap_or(row.recorded_date).to_string(),
        state.to_owned(),
        sale.total.get().to_string(),
        sale.lines.len().to_string(),
        time(row.covered_at, zone),
        row.covered_by.map(|id| id.to_string()).unwrap_or_default(),
        row.copies.to_string(),
        row.receipt.map(|hash| hash.to_string()).unwrap_or_default(),
    ]
}

/// A row per attempt to collect; returns how many.
pub(crate) fn payments(
    conn: &Connection,
    to: impl Write,
    watch: &mut Watch<'_, '_>,
) -> Result<u64, ExportError> {
    let zone = zone(conn)?;
    let mut to = table(to, &PAYMENT)?;
    let mut count = 0;
    let sql = "SELECT a.*, (SELECT s.number FROM sale s WHERE s.id = a.sale_id) AS sale_number
               FROM attempt a ORDER BY a.seq";
    let mut statement = conn.prepare(sql).map_err(Fault::from)?;
    let mut rows = statement.query([]).map_err(Fault::from)?;
    while let Some(row) = rows.next().map_err(Fault::from)? {
        let number: String = row.get("sale_number").map_err(Fault::from)?;
        let attempt = attempt::attempt(row)?;
        let whole = query::whole(conn, attempt)?;
        write(&mut to, &payment_cells(whole, number, zone))?;
        count += 1;
        watch.row()?;
    }
    to.flush()?;
    Ok(count)
}

fn payment_cells(row: AttemptRow, number: String, zone: Zone) -> [String; PAYMENT.len()] {
    use laci_core::Method;
    let (attempt, standing) = (row.attempt, row.standing);
    // What is added to the price is a unique code, or in cash a rounding.
    let added = standing.unique_code.get().to_string();
    let none = String::new;
    let (way, gateway, method, [code, rounding, tendered]) = match attempt.terms.method {
        Method::Gateway { gateway, method, .. } => {
            let method = method.unwrap_or_default();
            ("gateway", gateway.to_string(), method, [added, none(), none()])
        }
        Method::OwnQris { .. } => ("own_qris", none(), none(), [added, none(), none()]),
        Method::Cash { tendered, .. } => {
            ("cash", none(), none(), [none(), added, tendered.get().to_string()])
        }
    };
    let flags: Vec<_> = standing.flags.iter().map(|flag| flag.as_str()).collect();
    let persons = row.evidence.iter().filter(|piece| piece.source == Source::Person);
    let reason = persons.filter_map(|piece| piece.reason.as_deref()).next_back();
    [
        attempt.id.to_string(),
        number,
        attempt.sale_id.to_string(),
        attempt.started_at.rfc3339(zone),
        way.to_owned(),
        gateway,
        text(&method).into_owned(),
        text(standing.gateway_id.as_deref().unwrap_or_default()).into_owned(),
        attempt.terms.amount.get().to_string(),
        code,
        rounding,
        tendered,
        standing.total.get().to_string(),
        standing.received.get().to_string(),
        standing.state.as_str().to_owned(),
        flags.join(" "),
        time(standing.expires_at, zone),
        time(standing.paid_at, zone),
        text(reason.unwrap_or_default()).into_owned(),
    ]
}

fn time(at: Option<UnixMs>, zone: Zone) -> String {
    at.map(|at| at.rfc3339(zone)).unwrap_or_default()
}

fn table<W: Write>(to: W, heads: &[&str]) -> Result<Writer<W>, ExportError> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    table.write_record(heads).map_err(std::io::Error::from)?;
    Ok(table)
}

fn write<W: Write>(table: &mut Writer<W>, cells: &[String]) -> Result<(), ExportError> {
    Ok(table.write_record(cells).map_err(std::io::Error::from)?)
}
