//! The owner chooses where backups go.

use std::path::Path;

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;

impl Till {
    /// Chooses the folder for backups from here on; the owner's. Refused: `backup_folder` (it is no folder that can be
    /// written to), `backup_inside_data`.
    pub fn backup_folder_set(&self, _owner: By, folder: &Path) -> Result<()> {
        if !folder.is_absolute() || std::fs::create_dir_all(folder).is_err() {
            return Err(no_folder());
        }
        let real = folder.canonicalize().map_err(|_| no_folder())?;
        if self.place.data().canonicalize().is_ok_and(|data| real.starts_with(data)) {
            return Err(laci_ledger::CopyError::InsideData.into());
        }
        let probe = real.join(".laci-coba");
        laci_receipt::write(&probe, b"Laci").map_err(|_| no_folder())?;
        // Left behind it is an empty promise of four bytes.
        let _ = std::fs::remove_file(probe);
        self.backup_place.set(real)
    }
}

fn no_folder() -> TillError {
    TillError::Refused(Sentence::new(
        "backup_folder",
        "Folder cadangan tidak bisa ditulis. Tempat lama tetap dipakai. Pasang drivenya, atau pilih folder lain.",
        "The folder for backups cannot be written to. The old place is still used. Plug the drive in, or choose another folder.",
    ))
}
