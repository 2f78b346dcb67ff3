//! A verified copy of the open ledger, and its contents for other programs. Deliberately absent: restoring, which needs the ledger closed (the station's).

use std::path::Path;

use laci_ledger::{Copied, CopyError, Exported};

use crate::error::{Result, TillError};
use crate::till::Till;

impl Till {
    /// Writes the ledger out in files that any program reads, into `dir`, which is new or empty. It holds what customers
    /// left, so it is the owner's business; whoever calls asks for the PIN.
    pub fn export(
        &self,
        dir: &Path,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Exported> {
        Ok(self.ledger.export(dir, self.ports.now(), progress)?)
    }

    /// Copies the ledger to `file` while selling goes on. A copy that is not sound speaks against the ledger itself,
    /// since it was read from there just now.
    pub fn backup(
        &self,
        file: &Path,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Copied> {
        self.ledger.backup(file, progress).map_err(|error| match error {
            CopyError::NotSound(found) => {
                TillError::Integrity(TillError::from(found).sentence().clone())
            }
            CopyError::InsideData
            | CopyError::Place { .. }
            | CopyError::DiskFull
            | CopyError::Cancelled
            | CopyError::Occupied { .. }
            | CopyError::OtherLedger { .. }
            | CopyError::Folder(_) => error.into(),
        })
    }
}
