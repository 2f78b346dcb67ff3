//! A verified copy of the open ledger, made while selling goes on.

use std::path::Path;

use crate::copy_error::CopyError;
use crate::error::LedgerError;
use crate::header::Header;
use crate::ledger::copy::{self, Copied};
use crate::ledger::restore;
use crate::ledger::room;
use crate::ledger::shared::Shared;
use crate::projection::replay::Progress;
use crate::sql::Fault;

/// Copies a snapshot to the file `to` and judges the copy. What stood there is replaced only by a whole copy. The
/// writer never waits for it. On a disk that it would fill it is refused: a copy must not keep a sale from being made.
pub(crate) fn backup(
    shared: &Shared,
    to: &Path,
    progress: &mut Progress<'_>,
) -> Result<Copied, CopyError> {
    if is_inside(to, &shared.folder.data) {
        return Err(CopyError::InsideData);
    }
    if to.symlink_metadata().is_ok() && !is_copy_of(to, shared.header) {
        return Err(CopyError::Occupied { file: to.display().to_string() });
    }
    let length = |path| std::fs::metadata(path).map_or(0, |found: std::fs::Metadata| found.len());
    let bytes = length(shared.folder.database()) + length(shared.folder.wal());
    let place = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    if !room::may_copy(shared, place.unwrap_or(Path::new(".")), bytes) {
        return Err(CopyError::DiskFull);
    }
    // Taken before the snapshot, so the copy must hold it.
    let head = shared.head();
    let mut watched =
        |done: u64, of: u64| !shared.readers.are_wanted_closed() && progress(done, of);
    let copied = shared.readers.with(|conn| Ok::<_, Fault>(copy::make(conn, to, &mut watched)))?;
    let copied = copied?;
    if copied.entries < head.seq {
        return Err(LedgerError::Busy.into());
    }
    Ok(copied)
}

/// Whether an older copy of the same ledger stands there; nothing else is ever replaced.
fn is_copy_of(file: &Path, header: Header) -> bool {
    file.is_file()
        && restore::standing(file).is_some_and(|(there, _)| there.ledger_id == header.ledger_id)
}

/// Whether `path` lies in `folder`, however it is written; a folder that does not exist holds nothing.
pub(crate) fn is_inside(path: &Path, folder: &Path) -> bool {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new(".")).canonicalize();
    match (parent, folder.canonicalize()) {
        (Ok(parent), Ok(folder)) => parent.starts_with(folder),
        (Err(_), _) | (_, Err(_)) => false,
    }
}
