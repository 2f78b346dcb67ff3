//! What the ledger's clones and its keeper share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::change::Head;
use crate::error::LedgerError;
use crate::file::anchor;
use crate::file::folder::Folder;
use crate::file::lock::FolderLock;
use crate::header::Header;
use crate::ledger::readers::Readers;
use crate::ledger::writer::{Writer, checkpoint};

/// The WAL is moved into the file when it holds about 4 MB.
const CHECKPOINT_BYTES: u64 = 4 * 1024 * 1024;

/// Fields are dropped in this order: readers before the writer, whose closing tidies the WAL, and the folder's
/// lock last.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) folder: Folder,
    pub(crate) header: Header,
    pub(crate) readers: Readers,
    writer: Mutex<Writer>,
    head: Mutex<Head>,
    anchored: Mutex<Option<Head>>,
    _lock: FolderLock,
}

impl Shared {
    pub(crate) fn new(folder: &Folder, header: Header, writer: Writer, lock: FolderLock) -> Self {
        Self {
            folder: folder.clone(),
            header,
            readers: Readers::new(folder.database()),
            head: Mutex::new(writer.tip.head),
            writer: Mutex::new(writer),
            anchored: Mutex::new(None),
            _lock: lock,
        }
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn head(&self) -> Head {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_head(&self, head: Head) {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner) = head;
    }

    /// Writes the high-water file when it does not name the head yet.
    pub(crate) fn write_anchor(&self) -> Result<(), LedgerError> {
        let mut anchored = self.anchored.lock().unwrap_or_else(PoisonError::into_inner);
        let head = self.head();
        if *anchored != Some(head) {
            anchor::write(&self.folder, self.header, head)?;
            *anchored = Some(head);
        }
        Ok(())
    }

    /// Moves a long WAL into the file, outside any sale's own commit.
    pub(crate) fn tidy_wal(&self) -> Result<(), LedgerError> {
        let length = std::fs::metadata(self.folder.wal()).map_or(0, |found| found.len());
        if length < CHECKPOINT_BYTES {
            return Ok(());
        }
        let writer = self.writer();
        if let Some(conn) = writer.conn() {
            checkpoint(conn, "PASSIVE")?;
        }
        Ok(())
    }
}
