//! How the window looks and sounds on this computer: a small file beside the ledger, no part of the books.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::error::{Result, Sentence, TillError};
use crate::till::{Till, held};
use crate::wire::Prefs;

const SIZES: [u16; 3] = [100, 112, 125];

pub struct PrefsFile {
    path: PathBuf,
    now: Mutex<Prefs>,
}

impl PrefsFile {
    /// A missing or broken file means the defaults: looks are never worth a refusal to start.
    pub fn load(folder: &Path) -> Self {
        let path = folder.join("prefs.json");
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { path, now: Mutex::new(read.unwrap_or_default()) }
    }

    pub fn get(&self) -> Prefs {
        held(&self.now).clone()
    }
}

impl Till {
    pub fn prefs(&self) -> Prefs {
        self.prefs.get()
    }

    pub fn prefs_set(&self, mut prefs: Prefs) -> Result<Prefs> {
        if !SIZES.contains(&prefs.text_size) {
            prefs.text_size = 100;
        }
        prefs.volume = prefs.volume.min(100);
        let bytes = serde_json::to_vec_pretty(&prefs).unwrap_or_default();
        laci_receipt::write(&self.prefs.path, &bytes).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        *held(&self.prefs.now) = prefs.clone();
        self.tell(crate::wire::Push::CustomerChanged);
        Ok(prefs)
    }
}
