//! Where this computer's backups go: a setting of the computer, no part of the books.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::error::{Result, Sentence, TillError};
use crate::lock::held;

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

    /// The usual place, whatever was chosen.
    pub(crate) fn beside(&self) -> &Path {
        &self.beside
    }

    pub(crate) fn folder(&self) -> PathBuf {
        held(&self.now).folder.clone().unwrap_or_else(|| self.beside.clone())
    }

    /// Whether the owner has chosen it.
    pub(crate) fn is_chosen(&self) -> bool {
        held(&self.now).folder.is_some()
    }

    pub(crate) fn set(&self, folder: PathBuf) -> Result<()> {
        let setting = Setting { folder: Some(folder) };
        let bytes = serde_json::to_vec_pretty(&setting).unwrap_or_default();
        laci_receipt::write(&self.file, &bytes).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        *held(&self.now) = setting;
        Ok(())
    }
}
