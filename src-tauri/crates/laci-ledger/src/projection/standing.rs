//! What the evidence about each attempt folds to, in columns that can be searched. The whole standing is folded
//! again when an attempt is read; this table only finds it.
//!
//! When the fold in laci-core changes its mind about anything stored here, the version must go up.

use std::collections::BTreeSet;

use laci_core::{
    Attempt, AttemptId, AttemptState, Body, Entry, Flag, Method, Rupiah, Standing, UnixMs,
};
use rusqlite::{Connection, params};

use crate::projection::kind::{Projection, Table};
use crate::projection::{attempt, evidence};
use crate::sql::{Fault, money};

/// Money may still come this long after a bill expired.
const WATCH_MS: i64 = 24 * 60 * 60 * 1000;

pub(crate) const PROJECTION: Projection = Projection {
    name: "standing",
    version: 1,
    create: "
CREATE TABLE standing (
  attempt_seq INTEGER PRIMARY KEY REFERENCES attempt (seq),
  state TEXT NOT NULL,
  total INTEGER NOT NULL,
  received INTEGER NOT NULL,
  gateway_id TEXT,
  watch_until INTEGER,
  open_own_total INTEGER,
  is_late INTEGER NOT NULL,
  needs_review INTEGER NOT NULL
) STRICT;
CREATE INDEX standing_by_watch ON standing (watch_until) WHERE watch_until IS NOT NULL;
CREATE INDEX standing_by_open_own ON standing (open_own_total) WHERE open_own_total IS NOT NULL;
",
    tables: &[Table { name: "standing", key: "attempt_seq" }],
    apply,
};

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::AttemptStarted { attempt } => fold_again(conn, attempt.id),
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
        | Body::SaleRecorded { .. }
        | Body::SaleVoided { .. }
        | Body::SaleCovered { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. } => Ok(()),
    }
}

fn fold_again(conn: &Connection, id: AttemptId) -> Result<(), Fault> {
    let attempt = attempt::known(conn, id)?;
    let evidence = evidence::of_attempt(conn, id)?;
    let standing = laci_core::attempt::fold(&attempt.terms, &evidence);
    conn.prepare_cached(
        "INSERT INTO standing (attempt_seq, state, total, received, gateway_id, watch_until, open_own_total,
           is_late, needs_review)
         VALUES ((SELECT seq FROM attempt WHERE id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (attempt_seq) DO UPDATE SET state = excluded.state, total = excluded.total,
           received = excluded.received, gateway_id = excluded.gateway_id,
           watch_until = excluded.watch_until, open_own_total = excluded.open_own_total,
           is_late = excluded.is_late, needs_review = excluded.needs_review",
    )?
    .execute(params![
        id.to_string(),
        standing.state.as_str(),
        standing.total.get(),
        standing.received.get(),
        standing.gateway_id,
        watch_until(&attempt, &standing).map(|until| until.0),
        open_own_total(&attempt, &standing).map(Rupiah::get),
        standing.flags.contains(&Flag::Late),
        standing.flags.contains(&Flag::NeedsReview),
    ])?;
    Ok(())
}

/// Until when the gateway is asked. Expired and cancelled bills are watched like open ones, since money that
/// comes later is still money; only a paid one, or one that the gateway never named, is not.
fn watch_until(attempt: &Attempt, standing: &Standing) -> Option<UnixMs> {
    let asked = match attempt.terms.method {
        Method::Gateway { .. } => true,
        Method::OwnQris { .. } => false,
    };
    let open = asked && standing.gateway_id.is_some() && standing.state != AttemptState::Paid;
    open.then(|| standing.expires_at.unwrap_or(attempt.started_at).plus_ms(WATCH_MS))
}

/// The total that an own-QRIS attempt reserves. Only an entry ends it: confirmed, paid or cancelled.
fn open_own_total(attempt: &Attempt, standing: &Standing) -> Option<Rupiah> {
    let own = match attempt.terms.method {
        Method::OwnQris { .. } => true,
        Method::Gateway { .. } => false,
    };
    let reserved = standing.state <= AttemptState::Unverified;
    (own && reserved).then_some(standing.total)
}

/// The totals of the shop's own QRIS that are still reserved.
pub(crate) fn open_own_totals(conn: &Connection) -> Result<BTreeSet<Rupiah>, Fault> {
    let sql = "SELECT DISTINCT open_own_total FROM standing WHERE open_own_total IS NOT NULL";
    conn.prepare_cached(sql)?.query_and_then([], |row| money(row, "open_own_total"))?.collect()
}
