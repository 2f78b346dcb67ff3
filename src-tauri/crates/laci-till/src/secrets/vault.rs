//! The encrypted file `secrets.json`: XChaCha20-Poly1305 over a JSON map. Keyrings differ in what they can hold
//! (Windows: 2,560 bytes), so the keyring holds only 32 bytes and everything else stands here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use laci_gateway::Secret;

use crate::error::{Result, Sentence, TillError};
use crate::ports::{Ids, KeyStore};
use crate::secrets::sealed::{Opener, Sealed, decode, stretched};
use crate::secrets::words::{broken, locked, short, wanted, wrong};

const FILE: &str = "secrets.json";
const TAG: &[u8] = b"laci-secrets/1";
const PASSPHRASE_CHARS_MIN: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VaultState {
    /// Nothing was ever kept. `keyring` tells whether a passphrase will be needed.
    Empty {
        keyring: bool,
    },
    Open,
    /// A file is there, and its key is not: the passphrase is missing or the keyring cannot be read.
    Locked,
}

pub(crate) struct Vault {
    path: PathBuf,
    account: String,
    key_store: Arc<dyn KeyStore>,
    ids: Arc<dyn Ids>,
    open: Option<Open>,
    /// What the caller brought along, for a file that is not there yet.
    offered: Option<Secret>,
}

struct Open {
    opener: Opener,
    key: [u8; 32],
    secrets: BTreeMap<String, String>,
}

impl Vault {
    /// Opens what can be opened now; never asks. `account` names this folder's key in the keyring.
    pub(crate) fn load(
        folder: &Path,
        account: String,
        passphrase: Option<&str>,
        key_store: Arc<dyn KeyStore>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        let offered = passphrase.map(Secret::new);
        let path = folder.join(FILE);
        let mut vault = Self { path, account, key_store, ids, open: None, offered };
        if let Err(error) = vault.stand_by_its_ledger() {
            tracing::warn!(
                code = error.code(),
                "the secrets of another ledger stay where they are"
            );
        }
        // Secrets that cannot be opened never keep a till shut: it sells with the shop's own QRIS.
        if let Err(error) = vault.try_open(passphrase) {
            tracing::warn!(code = error.code(), "the secrets stay locked");
        }
        vault
    }

    /// A restore can put another ledger into the folder. The secrets of the one before it are laid aside under its
    /// name, and found again when it comes back.
    fn stand_by_its_ledger(&self) -> Result<()> {
        let of = self.read()?.and_then(|sealed| sealed.ledger());
        if let Some(other) = of.filter(|of| *of != self.account) {
            fs::rename(&self.path, self.aside(&other)).map_err(|_| broken())?;
        }
        let mine = self.aside(&self.account);
        if !self.path.exists() && mine.exists() {
            fs::rename(mine, &self.path).map_err(|_| broken())?;
        }
        Ok(())
    }

    /// Whether a new file could begin with this passphrase, or with the keyring. Refused: `passphrase_required`,
    /// `passphrase_short`.
    pub(crate) fn could_begin(&self, passphrase: Option<&str>) -> Result<()> {
        if self.key_store.load(&self.account).is_ok() {
            return Ok(());
        }
        let passphrase = passphrase.ok_or_else(wanted)?;
        if passphrase.chars().count() < PASSPHRASE_CHARS_MIN { Err(short()) } else { Ok(()) }
    }

    /// Secrets whose key is gone are kept under another name, and a new file can begin. Only when they are locked.
    pub(crate) fn lay_aside(&mut self) -> Result<()> {
        if self.state() != VaultState::Locked {
            return Ok(());
        }
        let free = (1..).map(|n| self.path.with_file_name(format!("secrets-locked-{n}.json")));
        let to = free.into_iter().find(|path| !path.exists()).ok_or_else(broken)?;
        fs::rename(&self.path, to).map_err(|_| broken())
    }

    fn aside(&self, ledger: &str) -> PathBuf {
        self.path.with_file_name(format!("secrets-{ledger}.json"))
    }

    fn try_open(&mut self, passphrase: Option<&str>) -> Result<()> {
        let Some(sealed) = self.read()? else { return Ok(()) };
        match (&sealed.opener, passphrase) {
            (Opener::Keyring { account }, _) => {
                let found = self.key_store.load(account);
                if let Err(error) = &found {
                    tracing::warn!(%error, "the keyring cannot be read");
                }
                match found {
                    Ok(Some(key)) => self.open_with(&sealed, key),
                    Ok(None) | Err(_) => Err(locked()),
                }
            }
            (Opener::Passphrase { .. }, Some(passphrase)) => self.unlock(passphrase),
            (Opener::Passphrase { .. }, None) => Ok(()),
        }
    }

    pub(crate) fn state(&self) -> VaultState {
        if self.open.is_some() {
            VaultState::Open
        } else if self.path.exists() {
            VaultState::Locked
        } else {
            VaultState::Empty { keyring: self.key_store.load(&self.account).is_ok() }
        }
    }

    /// Opens the file with its passphrase. Refused: `passphrase_wrong`.
    pub(crate) fn unlock(&mut self, passphrase: &str) -> Result<()> {
        let Some(sealed) = self.read()? else { return Err(locked()) };
        let Opener::Passphrase { salt } = &sealed.opener else { return Err(locked()) };
        let key = stretched(passphrase, &decode(salt)?)?;
        self.open_with(&sealed, key)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Secret> {
        self.open.as_ref()?.secrets.get(name).map(Secret::new)
    }

    /// Whether anything can be kept now; refused with `passphrase_required` or `secrets_locked`.
    pub(crate) fn ready_to_keep(&mut self, passphrase: Option<&str>) -> Result<()> {
        match self.state() {
            VaultState::Open => Ok(()),
            VaultState::Locked => Err(locked()),
            VaultState::Empty { .. } => self.start(passphrase),
        }
    }

    /// Keeps `changes` (a `None` forgets), durably, before it returns.
    pub(crate) fn keep(&mut self, changes: &[(String, Option<String>)]) -> Result<()> {
        let path = self.path.clone();
        let mut nonce = [0; 24];
        self.ids.fill(&mut nonce);
        let open = self.open.as_mut().ok_or_else(locked)?;
        let mut secrets = open.secrets.clone();
        for (name, value) in changes {
            match value {
                Some(value) => secrets.insert(name.clone(), value.clone()),
                None => secrets.remove(name),
            };
        }
        let plain = serde_json::to_vec(&secrets).map_err(|_| broken())?;
        let cipher = XChaCha20Poly1305::new((&open.key).into());
        let sealed = cipher
            .encrypt(
                &XNonce::from(nonce),
                chacha20poly1305::aead::Payload { msg: &plain, aad: TAG },
            )
            .map_err(|_| broken())?;
        let file = Sealed {
            ledger: Some(self.account.clone()),
            opener: open.opener.clone(),
            nonce: BASE64.encode(nonce),
            sealed: BASE64.encode(sealed),
        };
        let text = serde_json::to_vec(&file).map_err(|_| broken())?;
        laci_receipt::write(&path, &text).map_err(|error| {
            TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
        })?;
        owner_only(&path);
        open.secrets = secrets;
        Ok(())
    }

    /// Chooses the opener for a new file: the keyring where there is one, else the passphrase.
    fn start(&mut self, passphrase: Option<&str>) -> Result<()> {
        let mut key = [0; 32];
        self.ids.fill(&mut key);
        match self.key_store.save(&self.account, &key) {
            Ok(()) => {
                let opener = Opener::Keyring { account: self.account.clone() };
                self.open = Some(Open { opener, key, secrets: BTreeMap::new() });
            }
            Err(error) => {
                tracing::warn!(%error, "no keyring; a passphrase opens the secrets");
                let offered = self.offered.as_ref().map(Secret::expose);
                let passphrase = passphrase.or(offered).ok_or_else(wanted)?;
                if passphrase.chars().count() < PASSPHRASE_CHARS_MIN {
                    return Err(short());
                }
                let mut salt = [0; 16];
                self.ids.fill(&mut salt);
                let key = stretched(passphrase, &salt)?;
                let opener = Opener::Passphrase { salt: BASE64.encode(salt) };
                self.open = Some(Open { opener, key, secrets: BTreeMap::new() });
            }
        }
        self.keep(&[])
    }

    fn read(&self) -> Result<Option<Sealed>> {
        match fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| broken()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(broken()),
        }
    }

    fn open_with(&mut self, sealed: &Sealed, key: [u8; 32]) -> Result<()> {
        let nonce: [u8; 24] = decode(&sealed.nonce)?.try_into().map_err(|_| broken())?;
        let body = decode(&sealed.sealed)?;
        let cipher = XChaCha20Poly1305::new((&key).into());
        let payload = chacha20poly1305::aead::Payload { msg: &body, aad: TAG };
        let plain = cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| wrong())?;
        let secrets = serde_json::from_slice(&plain).map_err(|_| broken())?;
        self.open = Some(Open { opener: sealed.opener.clone(), key, secrets });
        Ok(())
    }
}

/// The content is sealed already; the rights only keep the curious away, so a file system without them is fine.
fn owner_only(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
            tracing::warn!(%error, "the secrets file keeps its rights");
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::ports::KeyStoreError;

    struct Counting(Mutex<u8>);

    impl Ids for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            let mut next = self.0.lock().unwrap();
            for byte in bytes {
                *next = next.wrapping_add(1);
                *byte = *next;
            }
        }
    }

    #[derive(Default)]
    struct Ring {
        broken: bool,
        keys: Mutex<BTreeMap<String, [u8; 32]>>,
    }

    impl KeyStore for Ring {
        fn load(&self, account: &str) -> std::result::Result<Option<[u8; 32]>, KeyStoreError> {
            if self.broken {
                return Err(KeyStoreError("none".into()));
            }
            Ok(self.keys.lock().unwrap().get(account).copied())
        }

        fn save(&self, account: &str, key: &[u8; 32]) -> std::result::Result<(), KeyStoreError> {
            if self.broken {
                return Err(KeyStoreError("none".into()));
            }
            self.keys.lock().unwrap().insert(account.to_owned(), *key);
            Ok(())
        }
    }

    fn load(folder: &Path, ring: &Arc<Ring>, passphrase: Option<&str>) -> Vault {
        load_of("ledger-1", folder, ring, passphrase)
    }

    fn load_of(ledger: &str, folder: &Path, ring: &Arc<Ring>, passphrase: Option<&str>) -> Vault {
        let ids = Arc::new(Counting(Mutex::new(0)));
        Vault::load(folder, ledger.into(), passphrase, ring.clone(), ids)
    }

    fn api_key() -> [(String, Option<String>); 1] {
        [("gateway/kropay/api_key".to_owned(), Some("kunci-kenari-4f1c".to_owned()))]
    }

    #[test]
    fn a_keyring_opens_the_file_without_asking() {
        let folder = tempfile::tempdir().unwrap();
        let ring = Arc::new(Ring::default());
        let mut vault = load(folder.path(), &ring, None);
        assert_eq!(vault.state(), VaultState::Empty { keyring: true });
        vault.ready_to_keep(None).unwrap();
        vault.keep(&api_key()).unwrap();
        let again = load(folder.path(), &ring, None);
        assert_eq!(again.get("gateway/kropay/api_key").unwrap().expose(), "kunci-kenari-4f1c");
        let file = fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(!file.contains("kenari"), "no secret stands in plain text");
    }

    #[test]
    fn another_ledger_in_the_folder_has_secrets_of_its_own_and_the_first_finds_its_again() {
        for (broken, passphrase) in [(false, None), (true, Some("kuda putih"))] {
            let folder = tempfile::tempdir().unwrap();
            let ring = Arc::new(Ring { broken, ..Ring::default() });
            let mut first = load(folder.path(), &ring, passphrase);
            first.ready_to_keep(passphrase).unwrap();
            first.keep(&api_key()).unwrap();
            let mut second = load_of("ledger-2", folder.path(), &ring, passphrase);
            assert!(matches!(second.state(), VaultState::Empty { .. }));
            second.ready_to_keep(passphrase).unwrap();
            let again = load(folder.path(), &ring, passphrase);
            assert_eq!(again.get("gateway/kropay/api_key").unwrap().expose(), "kunci-kenari-4f1c");
            let other = load_of("ledger-2", folder.path(), &ring, passphrase);
            assert_eq!(other.state(), VaultState::Open);
            assert!(other.get("gateway/kropay/api_key").is_none());
        }
    }

    #[test]
    fn a_lost_keyring_locks_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let ring = Arc::new(Ring::default());
        let mut vault = load(folder.path(), &ring, None);
        vault.ready_to_keep(None).unwrap();
        vault.keep(&api_key()).unwrap();
        let gone = Arc::new(Ring { broken: true, ..Ring::default() });
        let mut locked = load(folder.path(), &gone, None);
        assert_eq!(locked.state(), VaultState::Locked);
        assert_eq!(locked.ready_to_keep(Some("frasa sandi")).unwrap_err().code(), "secrets_locked");
        assert_eq!(load(folder.path(), &ring, None).state(), VaultState::Open);
    }

    #[test]
    fn a_broken_file_or_a_wrong_passphrase_locks_and_never_shuts_the_till() {
        let folder = tempfile::tempdir().unwrap();
        let ring = Arc::new(Ring { broken: true, ..Ring::default() });
        load(folder.path(), &ring, None).ready_to_keep(Some("frasa sandi toko")).unwrap();
        assert_eq!(
            load(folder.path(), &ring, Some("frasa sandi lain")).state(),
            VaultState::Locked
        );
        fs::write(folder.path().join(FILE), "{").unwrap();
        let mut broken = load(folder.path(), &ring, Some("frasa sandi toko"));
        assert_eq!(broken.state(), VaultState::Locked);
        assert_eq!(broken.unlock("frasa sandi toko").unwrap_err().code(), "secrets_broken");
    }

    #[test]
    fn without_a_keyring_a_passphrase_is_wanted_and_checked() {
        let folder = tempfile::tempdir().unwrap();
        let ring = Arc::new(Ring { broken: true, ..Ring::default() });
        let mut vault = load(folder.path(), &ring, None);
        assert_eq!(vault.ready_to_keep(None).unwrap_err().code(), "passphrase_required");
        assert_eq!(vault.ready_to_keep(Some("pendek")).unwrap_err().code(), "passphrase_short");
        vault.ready_to_keep(Some("frasa sandi toko")).unwrap();
        vault.keep(&api_key()).unwrap();
        let mut again = load(folder.path(), &ring, None);
        assert_eq!(again.state(), VaultState::Locked);
        assert_eq!(again.unlock("frasa sandi lain").unwrap_err().code(), "passphrase_wrong");
        again.unlock("frasa sandi toko").unwrap();
        assert!(again.get("gateway/kropay/api_key").is_some());
    }
}
