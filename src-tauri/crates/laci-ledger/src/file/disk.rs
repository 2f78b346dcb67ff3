//! How much room the disk has, and from when on that is too little. The marks go with the disk's size and have
//! bounds: a memory card of one gigabyte and a disk of one terabyte both warn in time.
//!
//! What counts is the *spare* room: what is free, less what the ballast still lacks. So giving the ballast up does not
//! make the disk look roomier: its room is for what was begun, not for new sales.

use std::path::Path;

const KB: u64 = 1024;
const MB: u64 = 1024 * KB;

/// How much room the disk of the data folder has for new sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskState {
    Roomy,
    /// Selling goes on; somebody should make room soon.
    Low,
    /// Nothing new is begun. What was begun can be completed.
    Critical,
}

/// A look at the disk of the data folder, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disk {
    pub state: DiskState,
    /// What this user may still write.
    pub free: u64,
    pub total: u64,
}

/// From when on the room of a disk is little, and how much is kept back; in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) low: u64,
    pub(crate) critical: u64,
    pub(crate) ballast: u64,
    /// The WAL is moved into the file when it is so long.
    pub(crate) wal: u64,
}

impl Marks {
    /// The lower bounds are what completing costs: the index beside the WAL (32 KB), and a commit (some 30 KB in the
    /// WAL) until the WAL is moved and its room used again.
    pub(crate) fn of(total: u64) -> Self {
        Self {
            low: (total / 20).clamp(128 * KB, 1024 * MB),
            critical: (total / 50).clamp(64 * KB, 200 * MB),
            ballast: (total / 16).clamp(128 * KB, 64 * MB),
            wal: (total / 16).clamp(64 * KB, 4 * MB),
        }
    }

    fn state(&self, spare: u64) -> DiskState {
        if spare < self.critical {
            DiskState::Critical
        } else if spare < self.low {
            DiskState::Low
        } else {
            DiskState::Roomy
        }
    }
}

/// What one look found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) disk: Disk,
    pub(crate) marks: Marks,
    /// Free, less what the ballast lacks.
    pub(crate) spare: u64,
    /// What the ballast lacks.
    pub(crate) lacks: u64,
}

/// Asks the file system of `folder`, where a ballast of so many bytes lies: a system call of microseconds, so nothing is
/// remembered and nothing can be stale. None when it cannot say; a full disk is then learnt from the write that fails.
pub(crate) fn look(folder: &Path, ballast: u64) -> Option<Found> {
    let stats = fs4::statvfs(folder).ok().filter(|stats| stats.total_space() > 0)?;
    Some(found(stats.available_space(), stats.total_space(), ballast))
}

fn found(free: u64, total: u64, ballast: u64) -> Found {
    let marks = Marks::of(total);
    let lacks = marks.ballast.saturating_sub(ballast);
    let spare = free.saturating_sub(lacks);
    Found { disk: Disk { state: marks.state(spare), free, total }, marks, spare, lacks }
}

/// The size of a folder's file system; none when it does not say.
pub(crate) fn total(folder: &Path) -> Option<u64> {
    fs4::total_space(folder).ok().filter(|total| *total > 0)
}

/// Whether both lie on the same file system; a path that cannot be asked lies nowhere.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    file_system(one).is_some_and(|found| file_system(other) == Some(found))
}

#[cfg(unix)]
fn file_system(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|found| std::os::unix::fs::MetadataExt::dev(&found))
}

/// The drive or share. A folder that is a drive's mount point counts as its parent's, which only refuses too much.
#[cfg(not(unix))]
fn file_system(path: &Path) -> Option<std::ffi::OsString> {
    let real = path.canonicalize().ok()?;
    real.components().next().map(|first| first.as_os_str().to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GB: u64 = 1024 * MB;

    #[test]
    fn the_marks_of_a_shops_disk_and_of_a_tiny_one() {
        let shop = Marks { low: GB, critical: 200 * MB, ballast: 64 * MB, wal: 4 * MB };
        assert_eq!(Marks::of(250 * GB), shop);
        let tiny = Marks { low: 128 * KB, critical: 64 * KB, ballast: 128 * KB, wal: 64 * KB };
        assert_eq!(Marks::of(MB), tiny);
        let card = Marks::of(4 * GB);
        assert_eq!((card.low, card.ballast), (4 * GB / 20, 64 * MB));
        assert_eq!(card.critical, 4 * GB / 50);
    }

    #[test]
    fn the_state_goes_with_the_spare_room() {
        let state = |free, ballast| found(free, 250 * GB, ballast).disk.state;
        let whole = 64 * MB;
        assert_eq!(state(GB, whole), DiskState::Roomy);
        assert_eq!(state(GB - 1, whole), DiskState::Low);
        assert_eq!(state(200 * MB, whole), DiskState::Low);
        assert_eq!(state(200 * MB - 1, whole), DiskState::Critical);
        assert_eq!(state(GB, 0), DiskState::Low, "the ballast is lacking");
        assert_eq!(state(GB + whole, 0), DiskState::Roomy, "it can be made");
        assert_eq!(state(0, 0), DiskState::Critical);
    }

    proptest! {
        #[test]
        fn giving_the_ballast_up_changes_no_state(
            total in MB..4096 * GB,
            free in 0..4096 * GB,
        ) {
            let free = free % total;
            let whole = Marks::of(total).ballast;
            let (before, after) = (found(free, total, whole), found(free + whole, total, 0));
            prop_assert_eq!(before.disk.state, after.disk.state);
            prop_assert_eq!(before.spare, after.spare);
        }

        #[test]
        fn the_marks_leave_most_of_any_disk(total in MB..4096 * GB) {
            let marks = Marks::of(total);
            prop_assert!(marks.critical < marks.low);
            prop_assert!(marks.low + marks.ballast + marks.wal <= total / 2, "{marks:?}");
        }
    }
}
