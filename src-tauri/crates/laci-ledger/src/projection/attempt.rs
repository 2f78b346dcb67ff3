//! Attempts: the terms as they were started, and beside them what the evidence folds to, in columns that can be
//! searched. The whole standing is folded again when an attempt is read; these columns only find it.
//!
//! When the fold in laci-core changes its mind about anything stored here, the version must go up.

use std::collections::BTreeSet;

use laci_core::{
    Attempt, AttemptId, AttemptState, Body, Entry, Evidence, Flag, GatewayName, Method, Rupiah,
    SaleId, Standing, Terms, UnixMs, later, way,
};
use rusqlite::{Connection, Row, params};

use crate::error::LedgerError;
use crate::projection::evidence;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int, json, moment, money, parsed, to_json};

/// From `state` on, the columns are folded.
pub(crate) const PROJECTION: Projection = Projection {
    name: "attempt",
    version: 6,
    create: "
CREATE TABLE attempt (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL REFERENCES sale (id),
  started_at INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  gateway TEXT,
  gateway_method TEXT,
  gateway_extra TEXT,
  unique_code INTEGER,
  cash_tendered INTEGER,
  cash_rounding INTEGER,
  state TEXT NOT NULL,
  total INTEGER NOT NULL,
  gateway_id TEXT,
  watch_until INTEGER,
  open_own_total INTEGER,
  is_late INTEGER NOT NULL,
  needs_review INTEGER NOT NULL,
  CHECK ((gateway IS NOT NULL) + (unique_code IS NOT NULL) + (cash_tendered IS NOT NULL) = 1),
  CHECK ((cash_tendered IS NULL) = (cash_rounding IS NULL))
) STRICT;
CREATE INDEX attempt_by_sale ON attempt (sale_id);
CREATE INDEX attempt_by_gateway_id ON attempt (gateway_id) WHERE gateway_id IS NOT NULL;
CREATE INDEX attempt_by_watch ON attempt (watch_until) WHERE watch_until IS NOT NULL;
CREATE INDEX attempt_by_open_own ON attempt (open_own_total) WHERE open_own_total IS NOT NULL;
CREATE INDEX attempt_by_own_total ON attempt (total) WHERE unique_code IS NOT NULL;
",
    tables: &[Table { name: "attempt", key: "seq" }],
    apply,
};

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::AttemptStarted { attempt } => start(conn, entry.seq, attempt),
        Body::EvidenceAdded { attempt_id, .. }
        | Body::OutboxSending { attempt_id: Some(attempt_id), .. } => fold_again(conn, *attempt_id),
        Body::OutboxSending { attempt_id: None, .. }
        | Body::LedgerCreated { .. }
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
        | Body::SaleCovered { .. }
        | Body::OutboxEnded { .. }
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

fn start(conn: &Connection, seq: u64, attempt: &Attempt) -> Result<(), Fault> {
    let (mut gateway, mut method, mut code, mut cash) = (None, None, None, None);
    let mut given = None;
    match &attempt.terms.method {
        Method::Gateway { gateway: name, method: word, extra } => {
            (gateway, method) = (Some(name.as_str()), word.as_deref());
            given = (!extra.is_empty()).then(|| to_json(extra)).transpose()?;
        }
        Method::OwnQris { unique_code } => code = Some(unique_code.get()),
        Method::Cash { tendered, rounding } => cash = Some((tendered.get(), rounding.get())),
    }
    let folded = Folded::of(attempt, &[]);
    conn.prepare_cached(
        "INSERT INTO attempt (seq, id, sale_id, started_at, amount, gateway, gateway_method, unique_code,
           cash_tendered, cash_rounding, state, total, gateway_id, watch_until, open_own_total, is_late, needs_review,
           gateway_extra)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL, NULL, ?13, 0, 0, ?14)",
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
        cash.map(|(tendered, _)| tendered),
        cash.map(|(_, rounding)| rounding),
        folded.standing.state.as_str(),
        folded.standing.total.get(),
        folded.open_own_total.map(Rupiah::get),
        given,
    ])?;
    Ok(())
}

fn fold_again(conn: &Connection, id: AttemptId) -> Result<(), Fault> {
    let attempt = by_id(conn, id)?
        .ok_or_else(|| LedgerError::contradiction(format!("attempt {id} was never started")))?;
    let Folded { standing, watch_until, open_own_total } =
        Folded::of(&attempt, &evidence::of_attempt(conn, id)?);
    conn.prepare_cached(
        "UPDATE attempt SET state = ?2, total = ?3, gateway_id = ?4, watch_until = ?5, open_own_total = ?6,
           is_late = ?7, needs_review = ?8
         WHERE id = ?1",
    )?
    .execute(params![
        id.to_string(),
        standing.state.as_str(),
        standing.total.get(),
        standing.gateway_id,
        watch_until.map(|until| until.0),
        open_own_total.map(Rupiah::get),
        standing.flags.contains(&Flag::Late),
        standing.flags.contains(&Flag::NeedsReview),
    ])?;
    Ok(())
}

/// A standing, and what the till does about it.
struct Folded {
    standing: Standing,
    watch_until: Option<UnixMs>,
    open_own_total: Option<Rupiah>,
}

impl Folded {
    fn of(attempt: &Attempt, evidence: &[Evidence]) -> Self {
        let standing = laci_core::attempt::fold(&attempt.terms, evidence);
        let (watch_until, open_own_total) = match attempt.terms.method {
            Method::Gateway { .. } => {
                let made = later::made_at(attempt.started_at, evidence);
                (way::watched_until(made, &standing), None)
            }
            Method::OwnQris { .. } => (None, open_own_total(&standing)),
            Method::Cash { .. } => (None, None),
        };
        Self { standing, watch_until, open_own_total }
    }
}

/// The total that an own-QRIS attempt reserves. Only an entry ends it: confirmed, paid or cancelled.
fn open_own_total(standing: &Standing) -> Option<Rupiah> {
    (standing.state <= AttemptState::Unverified).then_some(standing.total)
}

/// The totals of the shop's own QRIS that are still reserved.
pub(crate) fn open_own_totals(conn: &Connection) -> Result<BTreeSet<Rupiah>, Fault> {
    let sql = "SELECT DISTINCT open_own_total FROM attempt WHERE open_own_total IS NOT NULL";
    conn.prepare_cached(sql)?.query_and_then([], |row| money(row, "open_own_total"))?.collect()
}

/// The newest attempts on the shop's own QRIS that asked for exactly this total, at most `limit`.
pub(crate) fn of_own_total(
    conn: &Connection,
    total: Rupiah,
    limit: u32,
) -> Result<Vec<Attempt>, Fault> {
    let sql = "SELECT * FROM attempt WHERE unique_code IS NOT NULL AND total = ?1
               ORDER BY seq DESC LIMIT ?2";
    conn.prepare_cached(sql)?.query_and_then(params![total.get(), limit], attempt)?.collect()
}

/// The newest attempt that this gateway calls so, among those that are watched and the newest of all: an index for the
/// rest would cost every payment a page on a disk that is nearly full.
pub(crate) fn of_gateway_id(
    conn: &Connection,
    gateway: &GatewayName,
    gateway_id: &str,
) -> Result<Option<Attempt>, Fault> {
    let watched = "SELECT * FROM attempt WHERE watch_until IS NOT NULL
                   AND gateway = ?1 AND gateway_id = ?2 ORDER BY seq DESC LIMIT 1";
    let newest =
        "SELECT * FROM attempt WHERE seq > (SELECT coalesce(max(seq), 0) FROM attempt) - 50000
                  AND gateway = ?1 AND gateway_id = ?2 ORDER BY seq DESC LIMIT 1";
    for sql in [watched, newest] {
        let mut statement = conn.prepare_cached(sql)?;
        let named = params![gateway.as_str(), gateway_id];
        let found = statement.query_and_then(named, attempt)?.next().transpose()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
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
    let code: Option<i64> = row.get("unique_code")?;
    let tendered: Option<i64> = row.get("cash_tendered")?;
    match (gateway, code, tendered) {
        (Some(name), None, None) => {
            let gateway = GatewayName::new(&name).map_err(|_| bad("gateway"))?;
            let given: Option<String> = row.get("gateway_extra")?;
            let extra = given.is_some().then(|| json(row, "gateway_extra")).transpose()?;
            let extra = extra.unwrap_or_default();
            Ok(Method::Gateway { gateway, method: row.get("gateway_method")?, extra })
        }
        (None, Some(_), None) => Ok(Method::OwnQris { unique_code: money(row, "unique_code")? }),
        (None, None, Some(_)) => Ok(Method::Cash {
            tendered: money(row, "cash_tendered")?,
            rounding: money(row, "cash_rounding")?,
        }),
        (None, None, None)
        | (Some(_), Some(_), _)
        | (Some(_), _, Some(_))
        | (_, Some(_), Some(_)) => Err(bad("gateway")),
    }
}
