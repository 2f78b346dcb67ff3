//! When each attempt is asked next and how the last asking went: back-off, not evidence, so a plain table outside
//! the log. A rebuild leaves it alone; losing it only means asking sooner.

use std::fmt::Display;

use laci_core::UnixMs;
use rusqlite::{Connection, Row, params};

use crate::sql::{Fault, moment};

/// An attempt's or a bill's place in the poll worker's schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollState {
    pub next_at_ms: UnixMs,
    pub last_asked_at_ms: UnixMs,
    /// Askings without a usable answer since the last usable one; of a bill all askings so far.
    pub misses: u32,
    /// The last problem's stable code; none after a usable answer.
    pub last_problem: Option<String>,
}

/// `id` is an attempt's or a bill's: both are UUIDs, which never meet.
pub(crate) fn note(conn: &Connection, id: impl Display, poll: &PollState) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO poll (attempt_id, next_at_ms, last_asked_at_ms, misses, last_problem)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (attempt_id) DO UPDATE SET next_at_ms = excluded.next_at_ms,
           last_asked_at_ms = excluded.last_asked_at_ms, misses = excluded.misses,
           last_problem = excluded.last_problem",
    )?
    .execute(params![
        id.to_string(),
        poll.next_at_ms.0,
        poll.last_asked_at_ms.0,
        poll.misses,
        poll.last_problem,
    ])?;
    Ok(())
}

pub(crate) fn of(conn: &Connection, id: impl Display) -> Result<Option<PollState>, Fault> {
    let sql = "SELECT * FROM poll WHERE attempt_id = ?1";
    conn.prepare_cached(sql)?.query_and_then([id.to_string()], state)?.next().transpose()
}

fn state(row: &Row<'_>) -> Result<PollState, Fault> {
    Ok(PollState {
        next_at_ms: moment(row, "next_at_ms")?,
        last_asked_at_ms: moment(row, "last_asked_at_ms")?,
        misses: row.get("misses")?,
        last_problem: row.get("last_problem")?,
    })
}
