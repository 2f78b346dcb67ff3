//! Replaying the log into other tables, by the same code that keeps the live ones.

use rusqlite::Connection;

use crate::error::LedgerError;
use crate::log::rows;
use crate::sql::Fault;

const BATCH: u32 = 1_000;

/// Asked with (done, of); answers whether to go on.
pub(crate) type Progress<'a> = dyn FnMut(u64, u64) -> bool + 'a;

/// Applies the entries `from..=to` of `log` to the tables of `target`.
pub(crate) fn replay(
    log: &Connection,
    target: &Connection,
    from: u64,
    to: u64,
    apply: fn(&Connection, &laci_core::Entry) -> Result<(), Fault>,
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    let mut next = from;
    while next <= to {
        let batch = rows::from(log, next, BATCH)?;
        let Some((last, _)) = batch.last() else {
            return Err(LedgerError::corrupt(format!("entry {next} is not there")).into());
        };
        next = last.seq + 1;
        batch
            .iter()
            .filter(|(entry, _)| entry.seq <= to)
            .try_for_each(|(entry, _)| apply(target, entry))?;
        if !progress((next - 1).min(to), to) {
            return Err(LedgerError::Cancelled.into());
        }
    }
    Ok(())
}

/// Makes every table of the file anew from its own log, inside the caller's transaction.
pub(crate) fn tables_anew(conn: &Connection) -> Result<(), Fault> {
    super::drop_all(conn)?;
    super::create_all(conn)?;
    let end = rows::end(conn)?;
    replay(conn, conn, 1, end, super::apply_all, &mut |_, _| true)
}
