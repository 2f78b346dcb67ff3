//! Look and sound of this computer's window; no part of the books, so nobody is asked for a PIN.

use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::{Prefs, Push};

const SIZES: [u16; 3] = [100, 112, 125];

impl Till {
    pub fn prefs(&self) -> Prefs {
        self.prefs.get()
    }

    /// Keeps them; what is out of range is brought into it.
    pub fn prefs_set(&self, mut prefs: Prefs) -> Result<Prefs> {
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
