//! Wrong PINs and the wait that is owed for them: a plain table outside the log, since it says nothing about money.
//! A rebuild leaves it alone. There is no moment in it: clocks are set, and a wait must not end with one.

use rusqlite::{Connection, Row, params};

use crate::sql::{Fault, seq};

/// What is held against whoever gives somebody's PIN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lockout {
    /// Wrong PINs since the last right one, one that is being looked at included.
    pub failures: u32,
    /// The wait that was owed when the last one was noted, in milliseconds; 0 when none was.
    pub left_ms: u64,
}

pub(crate) fn note(conn: &Connection, who: &str, lockout: Lockout) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO lockout (who, failures, left_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, left_ms = excluded.left_ms",
    )?
    .execute(params![who, lockout.failures, crate::sql::int(lockout.left_ms)])?;
    Ok(())
}

/// All zero for somebody whom no wrong PIN is held against.
pub(crate) fn of(conn: &Connection, who: &str) -> Result<Lockout, Fault> {
    let sql = "SELECT failures, left_ms FROM lockout WHERE who = ?1";
    let found = conn.prepare_cached(sql)?.query_and_then([who], lockout)?.next().transpose()?;
    Ok(found.unwrap_or_default())
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<(String, Lockout)>, Fault> {
    let sql = "SELECT who, failures, left_ms FROM lockout WHERE failures > 0 ORDER BY who";
    conn.prepare_cached(sql)?
        .query_and_then([], |row| Ok((row.get("who")?, lockout(row)?)))?
        .collect()
}

fn lockout(row: &Row<'_>) -> Result<Lockout, Fault> {
    Ok(Lockout { failures: row.get("failures")?, left_ms: seq(row, "left_ms")? })
}
