//! Keys and the PIN's pepper. One encrypted file in the data folder; its own key lies in the operating system's
//! keyring or comes from a passphrase. Deliberately absent: any way for a secret to reach the window.

mod lockout;
mod pin;
mod sealed;
mod vault;
mod words;

pub(crate) use lockout::Turnstile;
pub(crate) use pin::{PinRecord, check_form};
pub(crate) use vault::{Vault, VaultState};
pub(crate) use words::locked;
