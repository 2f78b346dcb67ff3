//! How the window looks and sounds on this computer: a small file beside the ledger, no part of the books.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::lock::held;
use crate::wire::Prefs;

pub(crate) struct PrefsFile {
    path: PathBuf,
    now: Mutex<Prefs>,
}

impl PrefsFile {
    /// A missing or broken file means the defaults: looks are never worth a refusal to start.
    pub(crate) fn load(folder: &Path) -> Self {
        let path = folder.join("prefs.json");
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { path, now: Mutex::new(read.unwrap_or_default()) }
    }

    pub(crate) fn get(&self) -> Prefs {
        held(&self.now).clone()
    }

    /// Refused by the disk: the old ones stay.
    pub(crate) fn set(&self, prefs: Prefs) -> std::result::Result<(), laci_receipt::WriteError> {
        let bytes = serde_json::to_vec_pretty(&prefs).unwrap_or_default();
        laci_receipt::write(&self.path, &bytes)?;
        *held(&self.now) = prefs;
        Ok(())
    }
}
