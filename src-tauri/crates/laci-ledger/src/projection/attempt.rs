//! Attempts as they were started: fixed terms, one row each. What became of them stands in `standing`.

use laci_core::{Attempt, AttemptId, Body, Entry, GatewayName, Method, Rupiah, SaleId, Terms};
use rusqlite::{Connection, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int, moment, money, parsed};

pub(crate) const PROJECTION: Projection = Projection {
    name: "attempt",
    version: 1,
    create: "
CREATE TABLE attempt (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL REFERENCES sale (id),
  started_at INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  gateway TEXT,
  gateway_method TEXT,
  unique_code INTEGER,
  CHECK ((gateway IS NULL) = (unique_code IS NOT NULL))
) STRICT;
CREATE INDEX attempt_by_sale ON attempt (sale_id, seq);
",
    tables: &[Table { name: "attempt", key: "seq" }],
    apply,
};

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::AttemptStarted { attempt } => start(conn, entry.seq, attempt),
        Body::LedgerCreated { .. }
        | Body::ShopSet { .. }
        | Body::LimitsSet { .. }
        | Body::OwnQrisSet { .. }
        | Body::OwnerPinSet { .. }
        | Body::GatewaySet { .. }
        | Body::GatewayRemoved { .. }
        | Body::GatewayPinned { .. }
        | Body::SaleRecorded { .. }
        | Body::SaleVoided { .. }
        | Body::EvidenceAdded { .. }
        | Body::SaleCovered { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. } => Ok(()),
    }
}

fn start(conn: &Connection, seq: u64, attempt: &Attempt) -> Result<(), Fault> {
    let (gateway, method, code) = match &attempt.terms.method {
        Method::Gateway { gateway, method } => (Some(gateway.as_str()), method.as_deref(), None),
        Method::OwnQris { unique_code } => (None, None, Some(unique_code.get())),
    };
    conn.prepare_cached(
        "INSERT INTO attempt (seq, id, sale_id, started_at, amount, gateway, gateway_method, unique_code)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        int(seq),
        attempt.id.to_string(),
        attempt.sale_id.to_string(),
        attempt.started_at.0,
        attempt.terms.amount.get(),
        gateway,
        method,
        code,
    ])?;
    Ok(())
}

pub(crate) fn by_id(conn: &Connection, id: AttemptId) -> Result<Option<Attempt>, Fault> {
    let sql = "SELECT * FROM attempt WHERE id = ?1";
    conn.prepare_cached(sql)?.query_and_then([id.to_string()], attempt)?.next().transpose()
}

/// The attempts of a sale, in the order in which they were started.
pub(crate) fn of_sale(conn: &Connection, sale: SaleId) -> Result<Vec<Attempt>, Fault> {
    let sql = "SELECT * FROM attempt WHERE sale_id = ?1 ORDER BY seq";
    conn.prepare_cached(sql)?.query_and_then([sale.to_string()], attempt)?.collect()
}

pub(crate) fn attempt(row: &Row<'_>) -> Result<Attempt, Fault> {
    let terms = Terms { amount: money(row, "amount")?, method: method(row)? };
    Ok(Attempt {
        id: parsed(row, "id")?,
        sale_id: parsed(row, "sale_id")?,
        started_at: moment(row, "started_at")?,
        terms,
    })
}

pub(crate) fn method(row: &Row<'_>) -> Result<Method, Fault> {
    let gateway: Option<String> = row.get("gateway")?;
    match (gateway, row.get::<_, Option<i64>>("unique_code")?) {
        (Some(name), None) => {
            let gateway = GatewayName::new(&name).map_err(|_| bad("gateway"))?;
            Ok(Method::Gateway { gateway, method: row.get("gateway_method")? })
        }
        (None, Some(code)) => {
            Ok(Method::OwnQris { unique_code: Rupiah::new(code).map_err(|_| bad("unique_code"))? })
        }
        (None, None) | (Some(_), Some(_)) => Err(bad("gateway")),
    }
}

/// The attempt that an entry names; refuses one that was never started.
pub(crate) fn known(conn: &Connection, id: AttemptId) -> Result<Attempt, Fault> {
    by_id(conn, id)?
        .ok_or_else(|| LedgerError::contradiction(format!("attempt {id} was never started")).into())
}
