//! One key of 32 bytes in the operating system's keyring. Deliberately absent: the secrets themselves; they lie
//! encrypted in the data folder (laci-till), since keyrings differ in what they can hold.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use laci_till::{KeyStore, KeyStoreError};

const SERVICE: &str = "laci";
/// A keyring that asks for a password must not freeze the till.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) fn key_store(practice: bool) -> Arc<dyn KeyStore> {
    let refused = std::env::var_os("LACI_NO_KEYRING").is_some_and(|value| value == "1");
    if practice || refused { Arc::new(NoKeyring) } else { Arc::new(Keyring) }
}

struct NoKeyring;

impl KeyStore for NoKeyring {
    fn load(&self, _: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        Err(KeyStoreError("switched off".to_owned()))
    }

    fn save(&self, _: &str, _: &[u8; 32]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError("switched off".to_owned()))
    }
}

struct Keyring;

impl KeyStore for Keyring {
    fn load(&self, account: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        let account = account.to_owned();
        in_time(move || {
            let entry = keyring::Entry::new(SERVICE, &account).map_err(unusable)?;
            match entry.get_secret() {
                Ok(bytes) => {
                    let key = <[u8; 32]>::try_from(bytes.as_slice());
                    key.map(Some).map_err(|_| KeyStoreError("a key of another length".to_owned()))
                }
                Err(keyring::Error::NoEntry) => Ok(None),
                Err(error) => Err(unusable(error)),
            }
        })
    }

    fn save(&self, account: &str, key: &[u8; 32]) -> Result<(), KeyStoreError> {
        let (account, key) = (account.to_owned(), *key);
        in_time(move || {
            let entry = keyring::Entry::new(SERVICE, &account).map_err(unusable)?;
            entry.set_secret(&key).map_err(unusable)?;
            // Some stores accept and keep nothing: read back.
            match entry.get_secret() {
                Ok(kept) if kept == key => Ok(()),
                Ok(_) => Err(KeyStoreError("it gave back another key".to_owned())),
                Err(error) => Err(unusable(error)),
            }
        })
    }
}

fn unusable(error: keyring::Error) -> KeyStoreError {
    KeyStoreError(error.to_string())
}

/// Runs on a thread of its own: the D-Bus client blocks, and must not do so inside the async runtime.
fn in_time<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyStoreError> + Send + 'static,
) -> Result<T, KeyStoreError> {
    let (done, answer) = mpsc::channel();
    std::thread::spawn(move || {
        // Whoever waited may have gone; then nobody needs the answer.
        let _ = done.send(work());
    });
    answer
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err(KeyStoreError("no answer in time".to_owned())))
}
