//! Where this computer listens: a setting of the computer, no part of the books. Off until the owner switches it on.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use laci_core::Act;
use serde::{Deserialize, Serialize};

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::lock::held;
use crate::till::Till;
use crate::wire::{ListenerSet, ListenerView};

const PORT: u16 = 8787;
/// Below it the system asks for rights that a till should not have.
const PORT_LEAST: u16 = 1024;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Setting {
    on: bool,
    lan: bool,
    port: u16,
}

impl Default for Setting {
    fn default() -> Self {
        Self { on: false, lan: false, port: PORT }
    }
}

pub(crate) struct ListenFile {
    file: PathBuf,
    now: Mutex<Setting>,
}

impl ListenFile {
    /// A missing or broken file means that nothing listens.
    pub(crate) fn load(data: &Path) -> Self {
        let file = data.join("listener.json");
        let read = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file, now: Mutex::new(read.unwrap_or_default()) }
    }

    fn get(&self) -> Setting {
        held(&self.now).clone()
    }

    fn set(&self, setting: Setting) -> Result<()> {
        let bytes = serde_json::to_vec_pretty(&setting).unwrap_or_default();
        laci_receipt::write(&self.file, &bytes).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        *held(&self.now) = setting;
        Ok(())
    }
}

impl Till {
    pub fn listener(&self) -> ListenerView {
        let Setting { on, lan, port } = self.listen_file.get();
        ListenerView { on, lan, port, has_token: self.has_relay_token() }
    }

    /// Refused: `port_out_of_range`, `role_too_low`.
    pub fn listener_set(&self, by: By, input: &ListenerSet) -> Result<ListenerView> {
        if !by.may(Act::Settings) {
            return Err(laci_core::Refusal::RoleTooLow { role: Act::Settings.rule().0 }.into());
        }
        let ListenerSet { on, lan, port } = *input;
        if port < PORT_LEAST {
            return Err(TillError::Refused(Sentence::new(
                "port_out_of_range",
                format!(
                    "Porta {PORT_LEAST} sampai 65535 bisa dipakai. Tidak ada yang diubah. Pilih porta lain, misalnya {PORT}."
                ),
                format!(
                    "Ports {PORT_LEAST} to 65535 can be used. Nothing was changed. Choose another one, such as {PORT}."
                ),
            )));
        }
        self.listen_file.set(Setting { on, lan, port })?;
        Ok(self.listener())
    }
}
