//! Where this computer's backups go: a setting of the computer, no part of the books.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::error::{Result, Sentence, TillError};
use crate::lock::held;
use crate::till::Till;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Setting {
    /// None: beside the data folder.
    folder: Option<PathBuf>,
}

pub(crate) struct BackupPlace {
    file: PathBuf,
    beside: PathBuf,
    now: Mutex<Setting>,
}

impl BackupPlace {
    /// A missing or broken file means the usual place: a backup there beats none.
    pub(crate) fn load(data: &Path) -> Self {
        let file = data.join("backup.json");
        let read = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut name = data.file_name().unwrap_or_default().to_owned();
        name.push("-cadangan");
        Self { file, beside: data.with_file_name(name), now: Mutex::new(read.unwrap_or_default()) }
    }

    pub(super) fn folder(&self) -> PathBuf {
        held(&self.now).folder.clone().unwrap_or_else(|| self.beside.clone())
    }

    /// Whether the owner has chosen it.
    pub(super) fn is_chosen(&self) -> bool {
        held(&self.now).folder.is_some()
    }

    fn set(&self, folder: PathBuf) -> Result<()> {
        let setting = Setting { folder: Some(folder) };
        let bytes = serde_json::to_vec_pretty(&setting).unwrap_or_default();
        laci_receipt::write(&self.file, &bytes).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        *held(&self.now) = setting;
        Ok(())
    }
}

impl Till {
    /// Chooses the folder for backups from here on; the owner's. Refused: `backup_folder` (it is no folder that can be
    /// written to), `backup_inside_data`, `pin_required`, `pin_wrong`.
    pub fn backup_folder_set(&self, folder: &Path, pin: Option<&str>) -> Result<()> {
        self.owner(pin)?;
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
