//! Making every table anew from the log. The long part reads beside the sales; only what came in meanwhile is
//! replayed, and the rows swapped, while a sale waits.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::change::Head;
use crate::error::LedgerError;
use crate::ledger::scratch::Scratch;
use crate::ledger::shared::Shared;
use crate::log::chain::{self, Step};
use crate::log::rows;
use crate::projection::replay::{Progress, replay};
use crate::projection::{apply_all, tables};
use crate::sql::Fault;

/// After this many rounds beside the sales, or with fewer new entries than this, the rest is done in one go.
const ROUNDS_MAX: u32 = 5;
const REST_MAX: u64 = 200;

/// What was rebuilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    pub entries: u64,
    pub head: Head,
}

/// Refuses a log whose chain is broken: its tables may be the last trace of what was lost.
pub(crate) fn rebuild(
    shared: &Shared,
    progress: &mut Progress<'_>,
) -> Result<Rebuilt, LedgerError> {
    let mut scratch = Scratch::new(shared.folder.replay("rebuild"))?;
    let mut done = 0;
    let mut watched =
        |done: u64, of: u64| !shared.readers.are_wanted_closed() && progress(done, of);
    for _ in 0..ROUNDS_MAX {
        let end = shared.readers.with(|log| {
            let end = rows::end(log)?;
            must_be_whole(log, done + 1, &mut watched)?;
            replay(log, scratch.conn()?, done + 1, end, apply_all, &mut watched)?;
            Ok::<_, Fault>(end)
        })?;
        let new = end - done;
        done = end;
        if new <= REST_MAX {
            break;
        }
    }
    swap(shared, &mut scratch, done)
}

fn must_be_whole(log: &Connection, from: u64, progress: &mut Progress<'_>) -> Result<(), Fault> {
    chain::walk(log, from, &mut |step| match step {
        Step::Sound(entry) if entry.seq % 1_000 == 0 && !progress(0, entry.seq) => {
            Err(LedgerError::Cancelled.into())
        }
        Step::Sound(..) => Ok(true),
        Step::Broken(seq, _) => {
            Err(LedgerError::corrupt(format!("the chain is broken at entry {seq}")).into())
        }
    })
}

fn swap(shared: &Shared, scratch: &mut Scratch, done: u64) -> Result<Rebuilt, LedgerError> {
    let mut writer = shared.writer();
    let maintenance = writer.maintenance.clone();
    let (conn, tip) = writer.ready(&shared.readers)?;
    let head = tip.head;
    replay(conn, scratch.conn()?, done + 1, head.seq, apply_all, &mut |_, _| true)?;
    let path = scratch.finish()?.to_string_lossy().into_owned();
    maintenance.set(true);
    let swapped = swap_rows(conn, &path);
    let detached = conn.execute_batch("DETACH replayed").map_err(Fault::from);
    maintenance.set(false);
    if swapped.is_err() || detached.is_err() {
        // Old rows or new ones: both are what the log says. Only the connection is not to be trusted.
        writer.settle(&shared.readers, head)?;
    }
    swapped?;
    Ok(Rebuilt { entries: head.seq, head })
}

fn swap_rows(conn: &Connection, path: &str) -> Result<(), Fault> {
    // As a literal: of a bound file name the guard is not told which it is, so it refuses.
    conn.execute_batch(&format!("ATTACH '{}' AS replayed", path.replace('\'', "''")))?;
    let together = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    for table in tables().rev() {
        conn.execute_batch(&format!("DELETE FROM main.{}", table.name))?;
    }
    for table in tables() {
        let name = table.name;
        conn.execute_batch(&format!("INSERT INTO main.{name} SELECT * FROM replayed.{name}"))?;
    }
    Ok(together.commit()?)
}
