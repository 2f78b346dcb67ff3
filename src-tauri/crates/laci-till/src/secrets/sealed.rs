//! What stands in `secrets.json`: which ledger it belongs to, how its key is found, and the sealed map.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::secrets::words::broken;

/// How the file's own key is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(crate) enum Opener {
    Keyring { account: String },
    Passphrase { salt: String },
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Sealed {
    /// The ledger that these belong to; files from before it was written name it in their keyring's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ledger: Option<String>,
    pub(crate) opener: Opener,
    pub(crate) nonce: String,
    pub(crate) sealed: String,
}

impl Sealed {
    pub(crate) fn ledger(&self) -> Option<String> {
        self.ledger.clone().or_else(|| match &self.opener {
            Opener::Keyring { account } => Some(account.clone()),
            Opener::Passphrase { .. } => None,
        })
    }
}

/// Argon2id, 64 MiB and three passes: it runs once per start, so it may cost more than a PIN.
pub(super) fn stretched(passphrase: &str, salt: &[u8]) -> Result<[u8; 32]> {
    let params = Params::new(65_536, 3, 1, Some(32)).map_err(|_| broken())?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|_| broken())?;
    Ok(key)
}

pub(super) fn decode(text: &str) -> Result<Vec<u8>> {
    BASE64.decode(text).map_err(|_| broken())
}
