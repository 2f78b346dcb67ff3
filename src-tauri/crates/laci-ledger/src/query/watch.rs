//! Which attempts the poll worker still asks about, and when.

use laci_core::{Attempt, GatewayName, UnixMs};
use rusqlite::{Connection, params};

use crate::poll::{self, PollState};
use crate::projection::attempt;
use crate::query::attempt::{AttemptRow, whole};
use crate::sql::Fault;

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
            let poll = poll::of_attempt(conn, attempt.id)?;
            Ok((whole(conn, attempt)?, poll))
        })
        .collect()
}
