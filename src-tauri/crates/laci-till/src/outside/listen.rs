//! Where this computer listens: a setting of the computer, no part of the books. Off until the owner switches it on.

use laci_core::Act;

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::listen_file::Listen;
use crate::till::Till;
use crate::wire::{ListenerSet, ListenerView};

/// Below it the system asks for rights that a till should not have.
const PORT_LEAST: u16 = 1024;

impl Till {
    pub fn listener(&self) -> ListenerView {
        let Listen { on, lan, port } = self.listen_file.get();
        ListenerView { on, lan, port, has_token: self.has_relay_token() }
    }

    /// Refused: `port_out_of_range`, `role_too_low`.
    pub fn listener_set(&self, by: By, input: &ListenerSet) -> Result<ListenerView> {
        if !by.may(Act::Settings) {
            return Err(laci_core::Refusal::RoleTooLow { role: Act::Settings.rule().0 }.into());
        }
        let ListenerSet { on, lan, port } = *input;
        if port < PORT_LEAST {
            let usual = Listen::PORT;
            return Err(TillError::Refused(Sentence::new(
                "port_out_of_range",
                format!(
                    "Porta {PORT_LEAST} sampai 65535 bisa dipakai. Tidak ada yang diubah. Pilih porta lain, misalnya {usual}."
                ),
                format!(
                    "Ports {PORT_LEAST} to 65535 can be used. Nothing was changed. Choose another one, such as {usual}."
                ),
            )));
        }
        self.listen_file.set(Listen { on, lan, port })?;
        Ok(self.listener())
    }
}
