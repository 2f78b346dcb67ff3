//! Making room on a full disk. First the WAL: moved into the file it often gives back more than the file grows. Then
//! the ballast, for what completes only: for new sales it is no room at all.

use rusqlite::{Connection, ErrorCode};

use crate::change::Op;
use crate::error::LedgerError;
use crate::file::disk::{self, DiskState};
use crate::file::{ballast, connect};
use crate::ledger::shared::Shared;
use crate::ledger::writer::checkpoint;
use crate::sql::Fault;

/// What can be given back, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Wal,
    Ballast,
}

/// What an operation may take: one that begins something new leaves the ballast to those that complete.
pub(crate) fn sources(begins: bool) -> &'static [Source] {
    if begins { &[Source::Wal] } else { &[Source::Wal, Source::Ballast] }
}

/// Whether SQLite says that the disk is full. From a COMMIT it means that nothing was committed: the frame that
/// commits is the last one written, and it did not fit. Any other error of a COMMIT leaves the outcome open.
pub(crate) fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

/// Gives room back; whether there was any to give.
pub(crate) fn gain(shared: &Shared, conn: &Connection, source: Source) -> bool {
    match source {
        Source::Wal => gain_wal(shared, conn),
        Source::Ballast => {
            let had = ballast::release(&shared.folder);
            shared.ask_for_ballast();
            // The file may have had no room to take the WAL's pages in.
            if had {
                gain_wal(shared, conn);
            }
            had
        }
    }
}

/// Moves the WAL into the file and cuts it to nothing, unless somebody still reads from it: nobody waits for that.
fn gain_wal(shared: &Shared, conn: &Connection) -> bool {
    if std::fs::metadata(shared.folder.wal()).map_or(0, |found| found.len()) == 0 {
        return false;
    }
    let moved = connect::without_waiting(conn, |conn| checkpoint(conn, "TRUNCATE"));
    match moved {
        Ok(moved) => moved,
        Err(error) => {
            tracing::warn!(error = %LedgerError::from(error), "the WAL was not moved");
            false
        }
    }
}

/// Before a transaction. Refuses what would begin something new on a disk that is nearly full; for what completes, the
/// last free room is looked after.
pub(crate) fn before(shared: &Shared, conn: &Connection, op: Op) -> Result<(), LedgerError> {
    let Some(found) = shared.look() else { return Ok(()) };
    let is_critical = found.disk.state == DiskState::Critical;
    // A WAL that took the last free room could not be moved any more, since moving it makes the file grow.
    let is_tight = found.disk.free < 2 * found.marks.wal;
    if is_critical && (op.begins() || is_tight) {
        gain(shared, conn, Source::Wal);
    }
    let still = || shared.disk().is_some_and(|disk| disk.state == DiskState::Critical);
    if is_critical && op.begins() && still() {
        return Err(LedgerError::NoRoomForNew);
    }
    Ok(())
}

/// Runs a write of one statement; on a full disk again with the room that could be made.
pub(crate) fn with_room<T>(
    shared: &Shared,
    conn: &Connection,
    begins: bool,
    mut write: impl FnMut(&Connection) -> Result<T, Fault>,
) -> Result<T, LedgerError> {
    let mut done = write(conn).map_err(LedgerError::from);
    for source in sources(begins) {
        if done.as_ref().err() != Some(&LedgerError::DiskFull) {
            break;
        }
        if gain(shared, conn, *source) {
            done = write(conn).map_err(LedgerError::from);
        }
    }
    done
}

/// Whether a copy of `bytes` may be laid into `to`. On another disk always; on the ledger's own only when new sales
/// can be begun afterwards.
pub(crate) fn may_copy(shared: &Shared, to: &std::path::Path, bytes: u64) -> bool {
    let Some(found) = shared.look() else { return true };
    let left = found.spare.saturating_sub(bytes);
    !disk::is_same(&shared.folder.data, to) || left >= found.marks.critical
}
