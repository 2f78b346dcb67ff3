//! What the ledger's clones and its keeper share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::change::Head;
use crate::error::LedgerError;
use crate::file::anchor;
use crate::file::ballast::{self, Keeps};
use crate::file::disk::{self, Disk, Found, Marks};
use crate::file::folder::Folder;
use crate::file::lock::FolderLock;
use crate::header::Header;
use crate::ledger::readers::Readers;
use crate::ledger::writer::{Writer, checkpoint};

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
    /// Whether the keeper should look at the ballast from time to time.
    lacks_ballast: AtomicBool,
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
            lacks_ballast: AtomicBool::new(!header.practice),
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
        if *anchored == Some(head) {
            return Ok(());
        }
        let write = || anchor::write(&self.folder, self.header, head).map_err(LedgerError::from);
        match write() {
            Err(LedgerError::DiskFull) if self.gives_ballast_for_anchor() => write()?,
            written => written?,
        }
        *anchored = Some(head);
        Ok(())
    }

    /// The high-water file takes one block. Without it a cut tail would not be seen.
    fn gives_ballast_for_anchor(&self) -> bool {
        let there = disk::is_same(&self.folder.data, &self.folder.anchors);
        let gave = there && ballast::release(&self.folder);
        self.ask_for_ballast();
        gave
    }

    /// Moves a long WAL into the file, outside any sale's own commit.
    pub(crate) fn tidy_wal(&self) -> Result<(), LedgerError> {
        let length = std::fs::metadata(self.folder.wal()).map_or(0, |found| found.len());
        let most = self.look().map_or(Marks::of(u64::MAX), |found| found.marks).wal;
        if length < most {
            return Ok(());
        }
        let writer = self.writer();
        if let Some(conn) = writer.conn() {
            checkpoint(conn, "PASSIVE")?;
        }
        Ok(())
    }

    pub(crate) fn look(&self) -> Option<Found> {
        ballast::look(&self.folder, Keeps::of(self.header.practice))
    }

    pub(crate) fn disk(&self) -> Option<Disk> {
        self.look().map(|found| found.disk)
    }

    /// Makes the ballast when it is lacking and there is room for it. Not in a sale's path.
    pub(crate) fn tend_ballast(&self) {
        if !self.lacks_ballast() {
            return;
        }
        match self.look().map(|found| ballast::tend(&self.folder, &found)) {
            Some(Ok(whole)) => self.lacks_ballast.store(!whole, Ordering::SeqCst),
            Some(Err(error)) => tracing::warn!(%error, "the ballast was not made"),
            // A file system that does not say what is free gets none.
            None => self.lacks_ballast.store(false, Ordering::SeqCst),
        }
    }

    pub(crate) fn lacks_ballast(&self) -> bool {
        self.lacks_ballast.load(Ordering::SeqCst)
    }

    pub(crate) fn ask_for_ballast(&self) {
        self.lacks_ballast.store(!self.header.practice, Ordering::SeqCst);
    }
}
