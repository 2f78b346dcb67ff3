//! Keys and the PIN's pepper. One encrypted file in the data folder; its own key lies in the operating system's
//! keyring or comes from a passphrase. Deliberately absent: any way for a secret to reach the window.

mod pin;
mod vault;

pub use pin::{PinRecord, check_form};
pub use vault::{Vault, VaultState};
