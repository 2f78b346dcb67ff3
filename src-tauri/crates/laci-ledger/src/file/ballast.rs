//! The ballast: a file of no content, kept so that there is something to delete when the disk is full. What was begun
//! can then still be completed: the evidence that a customer has paid is recorded, though no byte was free.
//!
//! It is really allocated, since a sparse file frees nothing. It is made where there is comfortably room and never
//! takes the last of it, and outside any sale's path. What it holds means nothing, so it may be lost at any time.

use std::fs::File;
use std::io::{ErrorKind, Write};

use fs4::FileExt;

use crate::file::disk::{self, DiskState, Found};
use crate::file::folder::Folder;

const CHUNK: usize = 64 * 1024;

/// Whether a ledger keeps a ballast. Practice keeps none: there is no money to complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    Ballast,
    Nothing,
}

impl Keeps {
    pub(crate) fn of(practice: bool) -> Self {
        if practice { Self::Nothing } else { Self::Ballast }
    }
}

/// Its length; 0 when there is none.
pub(crate) fn length(folder: &Folder) -> u64 {
    std::fs::metadata(folder.ballast()).map_or(0, |found| found.len())
}

/// How much room the ledger's disk has, besides what is kept back.
pub(crate) fn look(folder: &Folder, keeps: Keeps) -> Option<Found> {
    let length = match keeps {
        Keeps::Ballast => length(folder),
        Keeps::Nothing => u64::MAX,
    };
    disk::look(&folder.data, length)
}

/// Gives its room back; whether there was any.
pub(crate) fn release(folder: &Folder) -> bool {
    let had = length(folder) > 0;
    match std::fs::remove_file(folder.ballast()) {
        Ok(()) => {
            tracing::warn!("the disk is full: the ballast was given up");
            had
        }
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => {
            tracing::error!(%error, "the ballast could not be given up");
            false
        }
    }
}

/// Makes what is lacking, where the disk stays roomy with it. Returns whether it is whole afterwards.
pub(crate) fn tend(folder: &Folder, found: &Found) -> std::io::Result<bool> {
    if found.lacks == 0 {
        return Ok(true);
    }
    if found.disk.state != DiskState::Roomy {
        return Ok(false);
    }
    let made = fill(folder, found.marks.ballast);
    if made.is_err() {
        // Half a ballast would count as room that is kept back, and its error may be that there is none.
        release(folder);
    }
    made.map(|()| true)
}

fn fill(folder: &Folder, bytes: u64) -> std::io::Result<()> {
    let mut file = File::create(folder.ballast())?;
    match FileExt::allocate(&file, bytes) {
        Ok(()) => file.set_len(bytes),
        Err(error) if is_final(error.kind()) => Err(error),
        // A file system that cannot allocate is written to; no block of this is zero, or like the one before.
        Err(_) => {
            let mut left = bytes;
            let mut number = 1_u64;
            while left > 0 {
                let chunk = noise(number);
                let most = usize::try_from(left).map_or(CHUNK, |left| left.min(CHUNK));
                file.write_all(&chunk[..most])?;
                left -= u64::try_from(most).unwrap_or(left);
                number += 1;
            }
            file.sync_all()
        }
    }
}

/// Whether writing the bytes would fail in the same way.
fn is_final(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
}

/// Bytes that no file system makes smaller (xorshift).
fn noise(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.take(CHUNK / 8).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::disk::{Disk, Marks};

    fn found(state: DiskState, lacks: u64) -> Found {
        let marks = Marks { ballast: 300_000, ..Marks::of(0) };
        Found { disk: Disk { state, free: 0, total: 0 }, marks, spare: 0, lacks }
    }

    fn folder() -> (Folder, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        (Folder { data: dir.path().to_owned(), anchors: dir.path().join("anchors") }, dir)
    }

    #[test]
    fn it_is_made_where_there_is_room_and_really_takes_it() {
        let (folder, _dir) = folder();
        for state in [DiskState::Low, DiskState::Critical] {
            assert!(!tend(&folder, &found(state, 300_000)).unwrap());
            assert_eq!(length(&folder), 0, "{state:?}: it never takes the last room");
        }
        assert!(tend(&folder, &found(DiskState::Roomy, 300_000)).unwrap());
        assert_eq!(length(&folder), 300_000);
        #[cfg(unix)]
        {
            let there = std::fs::metadata(folder.ballast()).unwrap();
            let blocks = std::os::unix::fs::MetadataExt::blocks(&there);
            assert!(blocks * 512 >= 300_000, "a sparse file frees nothing: {blocks} blocks");
        }
        assert!(tend(&folder, &found(DiskState::Critical, 0)).unwrap(), "a whole one is left");
    }

    #[test]
    fn giving_it_up_says_whether_there_was_room_in_it() {
        let (folder, _dir) = folder();
        assert!(!release(&folder), "there is none");
        std::fs::write(folder.ballast(), "").unwrap();
        assert!(!release(&folder), "an empty one gives nothing");
        std::fs::write(folder.ballast(), "x").unwrap();
        assert!(release(&folder));
        assert!(!folder.ballast().exists());
    }

    #[test]
    fn noise_differs_from_block_to_block() {
        assert_ne!(noise(1), noise(2));
        assert_eq!(noise(1).len(), CHUNK);
        assert_ne!(noise(1)[..4096], noise(1)[4096..8192]);
    }
}
