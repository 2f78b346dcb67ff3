//! Which attempts the poll worker still asks about, and when.

use laci_core::{Attempt, AttemptId, GatewayName, UnixMs};
use rusqlite::{Connection, Row, params};

use crate::poll::{self, PollState};
use crate::projection::attempt;
use crate::query::attempt::{AttemptRow, whole};
use crate::sql::{Fault, bad, parsed};

/// Gateway attempts with a gateway's id that are not paid, until 24 hours after they expire (or started, when
/// they have no expiry); at most `limit` of each gateway, so that one with many holds back no other. Soonest due
/// first; one that was never asked comes before all.
pub(crate) fn to_watch(
    conn: &Connection,
    only: Option<&GatewayName>,
    now: UnixMs,
    limit: u32,
) -> Result<Vec<(AttemptRow, Option<PollState>)>, Fault> {
    let sql = "SELECT * FROM (
                 SELECT a.*, p.next_at_ms AS next_at, row_number() OVER (
                   PARTITION BY a.gateway ORDER BY p.next_at_ms NULLS FIRST, a.seq) AS place
                 FROM attempt a LEFT JOIN poll p ON p.attempt_id = a.id WHERE a.watch_until >= ?1
                   AND (?3 IS NULL OR a.gateway = ?3))
               WHERE place <= ?2 ORDER BY next_at NULLS FIRST, seq";
    let attempts: Vec<Attempt> = conn
        .prepare_cached(sql)?
        .query_and_then(
            params![now.0, limit.min(1_000), only.map(GatewayName::as_str)],
            attempt::attempt,
        )?
        .collect::<Result<_, Fault>>()?;
    attempts
        .into_iter()
        .map(|attempt| {
            let poll = poll::of(conn, attempt.id)?;
            Ok((whole(conn, attempt)?, poll))
        })
        .collect()
}

/// The attempts that a gateway's name for a bill is known of, with their gateways: one, unless a gateway names a bill
/// twice.
pub(crate) fn named(
    conn: &Connection,
    gateway_id: &str,
) -> Result<Vec<(AttemptId, GatewayName)>, Fault> {
    let sql = "SELECT id, gateway FROM attempt WHERE gateway_id = ?1 AND gateway IS NOT NULL";
    let read = |row: &Row<'_>| -> Result<(AttemptId, GatewayName), Fault> {
        let gateway: String = row.get("gateway")?;
        Ok((parsed(row, "id")?, GatewayName::new(&gateway).map_err(|_| bad("gateway"))?))
    };
    conn.prepare_cached(sql)?.query_and_then([gateway_id], read)?.collect()
}

/// Paid attempts of one gateway that were started after `since` and last asked about before `asked`; at most `limit`,
/// the longest unasked first.
pub(crate) fn paid_through(
    conn: &Connection,
    gateway: &GatewayName,
    (since, asked): (UnixMs, UnixMs),
    limit: u32,
) -> Result<Vec<(AttemptRow, Option<PollState>)>, Fault> {
    let sql = "SELECT a.* FROM attempt a LEFT JOIN poll p ON p.attempt_id = a.id
               WHERE a.gateway = ?1 AND a.state = 'paid' AND a.started_at >= ?2
                 AND ifnull(p.last_asked_at_ms, a.started_at) < ?3
               ORDER BY p.last_asked_at_ms NULLS FIRST, a.seq LIMIT ?4";
    let attempts: Vec<Attempt> = conn
        .prepare_cached(sql)?
        .query_and_then(params![gateway.as_str(), since.0, asked.0, limit], attempt::attempt)?
        .collect::<Result<_, Fault>>()?;
    attempts
        .into_iter()
        .map(|attempt| {
            let poll = poll::of(conn, attempt.id)?;
            Ok((whole(conn, attempt)?, poll))
        })
        .collect()
}
