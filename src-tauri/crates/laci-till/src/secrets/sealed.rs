//! What stands in `secrets.json`: which ledger it belongs to, how its key is found, and the sealed map.

use serde::{Deserialize, Serialize};

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
