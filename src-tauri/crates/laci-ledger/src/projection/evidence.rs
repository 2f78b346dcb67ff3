//! Evidence in the order of the log. An effect that is being sent is evidence too: whoever finds the attempt
//! later must know that a byte may have left.

use laci_core::{AttemptId, AttemptState, Body, Entry, Evidence, Observed, Source};
use rusqlite::{Connection, params};

use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, int, json, to_json};

pub(crate) const PROJECTION: Projection = Projection {
    name: "evidence",
    version: 1,
    create: "
CREATE TABLE evidence (
  seq INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_by_attempt ON evidence (attempt_id, seq);
",
    tables: &[Table { name: "evidence", key: "seq" }],
    apply,
};

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::EvidenceAdded { attempt_id, evidence } => add(conn, entry.seq, *attempt_id, evidence),
        Body::OutboxSending { attempt_id: Some(attempt_id), .. } => {
            add(conn, entry.seq, *attempt_id, &sending(entry))
        }
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
        | Body::AttemptStarted { .. }
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

fn sending(entry: &Entry) -> Evidence {
    Evidence {
        source: Source::Till,
        at: entry.at,
        observed: Observed::bare(AttemptState::Submitting),
        raw: None,
        reason: None,
    }
}

/// Whether there is such an attempt is found when its standing is folded, in the same transaction.
fn add(conn: &Connection, seq: u64, attempt_id: AttemptId, piece: &Evidence) -> Result<(), Fault> {
    conn.prepare_cached("INSERT INTO evidence (seq, attempt_id, evidence) VALUES (?1, ?2, ?3)")?
        .execute(params![int(seq), attempt_id.to_string(), to_json(piece)?])?;
    Ok(())
}

/// All evidence about an attempt, in the order of the log.
pub(crate) fn of_attempt(conn: &Connection, id: AttemptId) -> Result<Vec<Evidence>, Fault> {
    let sql = "SELECT evidence FROM evidence WHERE attempt_id = ?1 ORDER BY seq";
    conn.prepare_cached(sql)?
        .query_and_then([id.to_string()], |row| json(row, "evidence"))?
        .collect()
}
