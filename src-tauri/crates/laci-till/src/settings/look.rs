//! Look and sound of this computer's window; no part of the books, so a PIN is asked only for when the window locks itself.

use laci_core::{Act, Refusal};

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::{Prefs, Push};

const SIZES: [u16; 3] = [100, 112, 125];

impl Till {
    pub fn prefs(&self) -> Prefs {
        self.prefs.get()
    }

    /// Keeps them; what is out of range is brought into it. When the window locks itself is a supervisor's business, once
    /// there are PINs. Refused: `pin_required`.
    pub fn prefs_set(&self, by: By, mut prefs: Prefs) -> Result<Prefs> {
        let other_lock = prefs.lock_minutes != self.prefs.get().lock_minutes;
        if other_lock && self.read(|view| view.has_pin())? && !by.may(Act::Setor) {
            return Err(Refusal::ApprovalRequired { role: Act::Setor.rule().0 }.into());
        }
        if !SIZES.contains(&prefs.text_size) {
            prefs.text_size = 100;
        }
        prefs.volume = prefs.volume.min(100);
        self.prefs.set(prefs.clone()).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        self.tell(Push::CustomerChanged);
        Ok(prefs)
    }
}
