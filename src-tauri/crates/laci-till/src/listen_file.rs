//! Where this computer listens, in a file beside the books: a setting of the computer, no part of them.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::error::{Result, Sentence, TillError};
use crate::lock::held;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Listen {
    pub(crate) on: bool,
    pub(crate) lan: bool,
    pub(crate) port: u16,
}

impl Listen {
    pub(crate) const PORT: u16 = 8787;
}

impl Default for Listen {
    fn default() -> Self {
        Self { on: false, lan: false, port: Self::PORT }
    }
}

pub(crate) struct ListenFile {
    file: PathBuf,
    now: Mutex<Listen>,
}

impl ListenFile {
    /// A missing or broken file means that nothing listens.
    pub(crate) fn load(data: &Path) -> Self {
        let file = data.join("listener.json");
        let read = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file, now: Mutex::new(read.unwrap_or_default()) }
    }

    pub(crate) fn get(&self) -> Listen {
        held(&self.now).clone()
    }

    pub(crate) fn set(&self, setting: Listen) -> Result<()> {
        let bytes = serde_json::to_vec_pretty(&setting).unwrap_or_default();
        laci_receipt::write(&self.file, &bytes).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        *held(&self.now) = setting;
        Ok(())
    }
}
