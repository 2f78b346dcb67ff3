//! Secrets on their way in: `key=value` lines on standard input, or `LACI_PIN` and `LACI_PASSPHRASE`. Never
//! arguments: other users of the machine can read those.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};

use serde::{Deserialize, Serialize};

const STDIN_BYTES_MAX: u64 = 64 * 1024;

#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Lines(BTreeMap<String, String>);

impl Lines {
    pub(crate) fn from_env() -> Self {
        let mut lines = BTreeMap::new();
        for (variable, name) in [("LACI_PIN", "pin"), ("LACI_PASSPHRASE", "passphrase")] {
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

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Everything that is neither PIN nor passphrase: a gateway's keys.
    pub(crate) fn keys(&self) -> BTreeMap<String, String> {
        let own = |name: &str| name == "pin" || name == "passphrase";
        self.0.iter().filter(|(name, _)| !own(name)).map(|(k, v)| (k.clone(), v.clone())).collect()
    }
}
