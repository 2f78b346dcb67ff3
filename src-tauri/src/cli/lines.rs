//! Secrets on their way in: `key=value` lines on standard input, or `LACI_PIN`, `LACI_PERSON` (whose PIN it is) and
//! `LACI_PASSPHRASE`. Never
//! arguments: other users of the machine can read those.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};

use laci_till::Word;
use serde::{Deserialize, Serialize};

const STDIN_BYTES_MAX: u64 = 64 * 1024;

#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Lines(BTreeMap<String, String>);

impl Lines {
    pub(crate) fn from_env() -> Self {
        let mut lines = BTreeMap::new();
        let known =
            [("LACI_PIN", "pin"), ("LACI_PERSON", "person"), ("LACI_PASSPHRASE", "passphrase")];
        for (variable, name) in known {
            if let Ok(value) = std::env::var(variable)
                && !value.is_empty()
            {
                lines.insert(name.to_owned(), value);
            }
        }
        Self(lines)
    }

    /// Adds standard input's lines; `false` when a person sits at a terminal there or nothing came.
    pub(crate) fn read_stdin(&mut self) -> bool {
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            return false;
        }
        let mut text = String::new();
        if stdin.lock().take(STDIN_BYTES_MAX).read_to_string(&mut text).is_err() {
            return false;
        }
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let before = self.0.len();
        self.0.extend(pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())));
        self.0.len() > before
    }

    pub(crate) fn pin(&self) -> Option<&str> {
        self.get("pin")
    }

    pub(crate) fn passphrase(&self) -> Option<&str> {
        self.get("passphrase")
    }

    /// A PIN with whose it is, as `person=` says; the owner's where nothing is said.
    pub(crate) fn word(&self) -> Option<Word> {
        let person = self.get("person").map(str::to_owned);
        self.pin().map(|pin| Word { person, pin: pin.to_owned() })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Everything that says nothing about who asks: a gateway's keys.
    pub(crate) fn keys(&self) -> BTreeMap<String, String> {
        let own = |name: &str| matches!(name, "pin" | "person" | "passphrase" | "new_pin");
        self.0.iter().filter(|(name, _)| !own(name)).map(|(k, v)| (k.clone(), v.clone())).collect()
    }
}
