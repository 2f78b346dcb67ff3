//! One process owns a data folder. The lock is the operating system's, so it ends with the process, however the
//! process ends; the file itself stays.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::OpenError;

/// Held until dropped.
#[derive(Debug)]
pub(crate) struct FolderLock {
    file: File,
}

/// Said aloud, not left to the closing of the file: a process that was just started from here shares the file until
/// it runs its own program, and would keep the lock.
impl Drop for FolderLock {
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the folder's lock was not given back");
        }
    }
}

impl FolderLock {
    pub(crate) fn take(path: &Path) -> Result<Self, OpenError> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Held),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
