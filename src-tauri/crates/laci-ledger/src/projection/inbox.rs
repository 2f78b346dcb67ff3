//! Money that was told of and has no sale, what a person said of it, and everything that was ever told, by its bytes: the
//! same notification or row twice is one, wherever its money went. How statements are read stands here too.
//!
//! Deliberately absent: the told texts; they lie in the side table, so that names can be erased.

use laci_core::{
    AttemptId, Body, Columns, Entry, Hash, InboxEvent, InboxId, Rupiah, Source, UnixMs,
};
use rusqlite::{Connection, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int, json, moment, parsed, parsed_opt, seq, to_json};

pub(crate) const PROJECTION: Projection = Projection {
    name: "inbox",
    version: 1,
    create: "
CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  amount INTEGER CHECK (amount > 0),
  at INTEGER NOT NULL,
  about TEXT NOT NULL,
  raw TEXT NOT NULL,
  state TEXT NOT NULL,
  attempt_id TEXT,
  reason TEXT
) STRICT;
CREATE INDEX inbox_by_state ON inbox (state, seq);
CREATE TABLE told (
  raw TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE statement_columns (
  header TEXT PRIMARY KEY,
  columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;
",
    tables: &[
        Table { name: "inbox", key: "seq" },
        Table { name: "told", key: "raw" },
        Table { name: "statement_columns", key: "header" },
    ],
    apply,
};

/// What a person said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboxState {
    Waiting,
    Matched,
    Dismissed,
}

impl InboxState {
    const ALL: [Self; 3] = [Self::Waiting, Self::Matched, Self::Dismissed];

    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Matched => "matched",
            Self::Dismissed => "dismissed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub seq: u64,
    pub id: InboxId,
    pub source: Source,
    pub amount: Option<Rupiah>,
    /// When the money came, as it was told.
    pub at: UnixMs,
    pub about: String,
    pub raw: Hash,
    pub state: InboxState,
    pub attempt_id: Option<AttemptId>,
    pub reason: Option<String>,
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::Inbox { event } => inbox(conn, entry.seq, event),
        Body::EvidenceAdded { evidence, .. } => match evidence.raw {
            Some(raw) if evidence.source.tells_of_money() => note_told(conn, entry.seq, raw),
            Some(_) | None => Ok(()),
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
        | Body::SaleCovered { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Bill { .. }
        | Body::BookRulesSet { .. }
        | Body::People { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

fn inbox(conn: &Connection, seq: u64, event: &InboxEvent) -> Result<(), Fault> {
    match event {
        InboxEvent::Seen { id, source, amount, at, about, raw } => {
            if was_told(conn, *raw)? {
                let twice = format!("{} was told before", raw.short());
                return Err(LedgerError::contradiction(twice).into());
            }
            note_told(conn, seq, *raw)?;
            conn.prepare_cached(
                "INSERT INTO inbox (seq, id, source, amount, at, about, raw, state)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                int(seq),
                id.to_string(),
                source.as_str(),
                amount.map(Rupiah::get),
                at.0,
                about,
                raw.to_string(),
                InboxState::Waiting.as_str(),
            ])?;
            Ok(())
        }
        InboxEvent::Matched { id, attempt_id } => {
            settle(conn, *id, InboxState::Matched, Some(*attempt_id), None)
        }
        InboxEvent::Dismissed { id, reason } => {
            settle(conn, *id, InboxState::Dismissed, None, Some(reason))
        }
        InboxEvent::ColumnsSet { header, columns } => {
            conn.prepare_cached(
                "INSERT INTO statement_columns (header, columns) VALUES (?1, ?2)
                 ON CONFLICT (header) DO UPDATE SET columns = excluded.columns",
            )?
            .execute(params![header.to_string(), to_json(columns)?])?;
            Ok(())
        }
    }
}

/// A person settles each row once.
fn settle(
    conn: &Connection,
    id: InboxId,
    state: InboxState,
    attempt: Option<AttemptId>,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let changed = conn
        .prepare_cached(
            "UPDATE inbox SET state = ?2, attempt_id = ?3, reason = ?4
             WHERE id = ?1 AND state = 'waiting'",
        )?
        .execute(params![
            id.to_string(),
            state.as_str(),
            attempt.map(|id| id.to_string()),
            reason
        ])?;
    if changed == 1 {
        return Ok(());
    }
    Err(LedgerError::contradiction(format!("money {id} does not wait in the inbox")).into())
}

/// What waited in the inbox is told already when its evidence follows.
fn note_told(conn: &Connection, seq: u64, raw: Hash) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO told (raw, seq) SELECT ?1, ?2
         WHERE NOT EXISTS (SELECT 1 FROM told WHERE raw = ?1)",
    )?
    .execute(params![raw.to_string(), int(seq)])?;
    Ok(())
}

pub(crate) fn was_told(conn: &Connection, raw: Hash) -> Result<bool, Fault> {
    Ok(conn.prepare_cached("SELECT 1 FROM told WHERE raw = ?1")?.exists([raw.to_string()])?)
}

/// The entry that told of it first.
pub(crate) fn seen_seq(conn: &Connection, id: InboxId) -> Result<u64, Fault> {
    let found = by_id(conn, id)?;
    let unseen = || LedgerError::contradiction(format!("money {id} was never seen"));
    Ok(found.ok_or_else(unseen)?.seq)
}

pub(crate) fn by_id(conn: &Connection, id: InboxId) -> Result<Option<InboxRow>, Fault> {
    let sql = "SELECT * FROM inbox WHERE id = ?1";
    conn.prepare_cached(sql)?.query_and_then([id.to_string()], inbox_row)?.next().transpose()
}

/// Newest first.
pub(crate) fn list(conn: &Connection, all: bool, limit: u32) -> Result<Vec<InboxRow>, Fault> {
    let sql = "SELECT * FROM inbox WHERE ?1 OR state = 'waiting' ORDER BY seq DESC LIMIT ?2";
    conn.prepare_cached(sql)?.query_and_then(params![all, limit], inbox_row)?.collect()
}

/// How many wait, and how much they name together, in rupiah.
pub(crate) fn waiting(conn: &Connection) -> Result<(u32, Rupiah), Fault> {
    let sql = "SELECT count(*), coalesce(sum(amount), 0) FROM inbox WHERE state = 'waiting'";
    let (rows, sum): (u32, i64) =
        conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((rows, Rupiah::new(sum).map_err(|_| bad("amount"))?))
}

pub(crate) fn columns_of(conn: &Connection, header: Hash) -> Result<Option<Columns>, Fault> {
    let sql = "SELECT columns FROM statement_columns WHERE header = ?1";
    conn.prepare_cached(sql)?
        .query_and_then([header.to_string()], |row| json(row, "columns"))?
        .next()
        .transpose()
}

fn inbox_row(row: &Row<'_>) -> Result<InboxRow, Fault> {
    let word = |column: &str| -> Result<String, Fault> { Ok(row.get(column)?) };
    let state = word("state")?;
    let amount: Option<i64> = row.get("amount")?;
    Ok(InboxRow {
        seq: seq(row, "seq")?,
        id: parsed(row, "id")?,
        source: Source::from_word(&word("source")?).ok_or_else(|| bad("source"))?,
        amount: amount.map(Rupiah::new).transpose().map_err(|_| bad("amount"))?,
        at: moment(row, "at")?,
        about: word("about")?,
        raw: Hash::from_hex(&word("raw")?).ok_or_else(|| bad("raw"))?,
        state: InboxState::ALL
            .into_iter()
            .find(|known| known.as_str() == state)
            .ok_or_else(|| bad("state"))?,
        attempt_id: parsed_opt(row, "attempt_id")?,
        reason: row.get("reason")?,
    })
}
