//! Calls that changed something at a gateway, and how they ended.

use laci_core::call_event::{CallEnd, CallEvent};
use laci_core::{Body, CallId, Entry, GatewayName};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int};

pub(crate) const PROJECTION: Projection = Projection {
    name: "call",
    version: 1,
    create: "
CREATE TABLE gateway_call (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  gateway TEXT NOT NULL,
  operation TEXT NOT NULL,
  reference TEXT,
  spends INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX call_by_reference ON gateway_call (gateway, operation, reference)
  WHERE reference IS NOT NULL;
",
    tables: &[Table { name: "gateway_call", key: "seq" }],
    apply,
};

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::GatewayCall {
            event: CallEvent::Sending { id, gateway, operation, reference, spends },
        } => {
            conn.prepare_cached(
                "INSERT INTO gateway_call (seq, id, gateway, operation, reference, spends, state)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                int(entry.seq),
                id.to_string(),
                gateway.as_str(),
                operation,
                reference,
                spends,
                CallEnd::Unknown.as_str(),
            ])?;
            Ok(())
        }
        Body::GatewayCall { event: CallEvent::Ended { id, end, .. } } => ended(conn, *id, *end),
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
        | Body::AttemptStarted { .. }
        | Body::EvidenceAdded { .. }
        | Body::SaleCovered { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Inbox { .. }
        | Body::BookRulesSet { .. }
        | Body::Bill { .. }
        | Body::People { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

fn ended(conn: &Connection, id: CallId, end: CallEnd) -> Result<(), Fault> {
    let changed = conn
        .prepare_cached("UPDATE gateway_call SET state = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), end.as_str()])?;
    if changed == 1 {
        return Ok(());
    }
    Err(LedgerError::contradiction(format!("call {id} was never sent")).into())
}

/// How the newest call of this name ended whose effect may stand; `None` where the same may be sent.
pub(crate) fn standing(
    conn: &Connection,
    gateway: &GatewayName,
    operation: &str,
    reference: &str,
) -> Result<Option<CallEnd>, Fault> {
    let sql = "SELECT state FROM gateway_call
               WHERE gateway = ?1 AND operation = ?2 AND reference = ?3
                 AND state NOT IN ('refused', 'not_sent')
               ORDER BY seq DESC LIMIT 1";
    let word: Option<String> = conn
        .prepare_cached(sql)?
        .query_row(params![gateway.as_str(), operation, reference], |row| row.get(0))
        .optional()?;
    word.map(|word| CallEnd::from_word(&word).ok_or_else(|| bad("state"))).transpose()
}
