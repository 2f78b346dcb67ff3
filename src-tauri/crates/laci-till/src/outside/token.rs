//! The phone's token: 32 random bytes, kept sealed, shown once. A new one makes the one before it worthless.

use laci_core::Hash;
use laci_qris::symbol::{Level, Symbol};

use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::RelayToken;

const NAME: &str = "relay/token";

impl Till {
    /// Makes a token for a phone that sends to `address` (`http://192.168.1.7:8787`). Whoever asks is the owner. The
    /// symbol holds the token behind a `#`, which no client ever sends along in an address.
    /// Refused: `passphrase_required`, `secrets_locked`.
    pub fn relay_token_new(&self, _: By, address: &str) -> Result<RelayToken> {
        let mut bytes = [0; 32];
        self.ports.ids.fill(&mut bytes);
        let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut vault = self.vault();
        vault.ready_to_keep(None)?;
        vault.keep(&[(NAME.to_owned(), Some(token.clone()))])?;
        drop(vault);
        let address = format!("{}/relay", address.trim_end_matches('/'));
        // Not through the symbols that are kept: a secret does not stay in memory for the next cart.
        let svg = Symbol::draw(&format!("{address}#{token}"), Level::M)?.to_svg();
        Ok(RelayToken { address, token, svg })
    }

    pub(crate) fn has_relay_token(&self) -> bool {
        self.vault().get(NAME).is_some()
    }

    /// Whether this is the phone's token; none while the secrets are locked. Two hashes are compared, so that the time
    /// it takes tells nothing of the token.
    pub(super) fn is_relay_token(&self, given: Option<&str>) -> Option<bool> {
        if self.secrets_locked() {
            return None;
        }
        let kept = self.vault().get(NAME);
        let same = kept.zip(given).is_some_and(|(kept, given)| {
            Hash::of_bytes(kept.expose().as_bytes()) == Hash::of_bytes(given.as_bytes())
        });
        Some(same)
    }
}
