//! A shop whose owner has a PIN, on clocks that stand until somebody moves them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use laci_till::gateway::HttpTransport;
use laci_till::ledger::{Folder, Lockout};
use laci_till::wire::{PersonEdit, ShopView};
use laci_till::{
    Act, Asker, By, Clock, Ids, KeyStore, KeyStoreError, Place, Ports, Result, Setup, Till, UnixMs,
    Word,
};
use tempfile::TempDir;

pub(crate) const RIGHT: &str = "482913";
pub(crate) const WRONG: &str = "111111";
pub(crate) const PHRASE: &str = "frasa sandi contoh";

/// Both clocks stand until somebody moves them.
pub(crate) struct Hands {
    pub(crate) wall_ms: AtomicI64,
    pub(crate) since_ms: AtomicU64,
    pub(crate) next: AtomicU64,
}

impl Clock for Hands {
    fn now(&self) -> UnixMs {
        UnixMs(self.wall_ms.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.since_ms.load(Ordering::SeqCst))
    }
}

impl Ids for Hands {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.next.fetch_add(1, Ordering::SeqCst).to_le_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = next[at % next.len()];
        }
    }
}

pub(crate) struct NoKeyring;

impl KeyStore for NoKeyring {
    fn load(&self, _: &str) -> std::result::Result<Option<[u8; 32]>, KeyStoreError> {
        Err(KeyStoreError("a test has none".to_owned()))
    }

    fn save(&self, _: &str, _: &[u8; 32]) -> std::result::Result<(), KeyStoreError> {
        Err(KeyStoreError("a test has none".to_owned()))
    }
}

pub(crate) fn hands() -> Arc<Hands> {
    Arc::new(Hands {
        wall_ms: AtomicI64::new(1_795_000_000_000),
        since_ms: AtomicU64::new(0),
        next: AtomicU64::new(1),
    })
}

pub(crate) fn place(folder: &Path) -> Place {
    let (data, anchors) = (folder.join("toko"), folder.join("anchors"));
    Place { folder: Folder { data, anchors }, practice: false }
}

pub(crate) fn ports(hands: &Arc<Hands>) -> Ports {
    Ports {
        clock: hands.clone(),
        ids: hands.clone(),
        key_store: Arc::new(NoKeyring),
        transport: Arc::new(HttpTransport::new()),
    }
}

/// A shop whose owner has a PIN.
pub(crate) struct Guarded {
    pub(crate) till: Arc<Till>,
    pub(crate) hands: Arc<Hands>,
    pub(crate) folder: TempDir,
}

impl Guarded {
    pub(crate) fn shop() -> Self {
        let (folder, hands) = (tempfile::tempdir().unwrap(), hands());
        let shop = ShopView {
            name: "Toko".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        };
        let (pin, passphrase) = (Some(RIGHT.to_owned()), Some(PHRASE.to_owned()));
        let setup = Setup { shop, own_qris: None, pin, passphrase };
        let till = Till::set_up(None, place(folder.path()), ports(&hands), &setup).unwrap();
        Self { till, hands, folder }
    }

    /// Closes the till and opens it in what is as good as another process: its clock begins anew.
    pub(crate) fn restarted(self) -> Self {
        let Self { till, hands, folder } = self;
        drop(till);
        hands.since_ms.store(0, Ordering::SeqCst);
        let till = open(folder.path(), &hands);
        Self { till, hands, folder }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.hands.since_ms.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    pub(crate) fn said(&self, pin: &str) -> String {
        said(owner(&self.till, Some(pin)))
    }

    /// As many wrong PINs as are free of a wait.
    pub(crate) fn five_wrong(self) -> Self {
        for nth in 1..=5 {
            assert_eq!(self.said(WRONG), "pin_wrong", "guess {nth}");
        }
        self
    }

    pub(crate) fn kept(&self) -> Lockout {
        self.till.ledger().read(|view| view.lockout("owner")).unwrap()
    }
}

pub(crate) fn open(folder: &Path, hands: &Arc<Hands>) -> Arc<Till> {
    Till::open(place(folder), ports(hands), Some(PHRASE)).unwrap().unwrap()
}

pub(crate) fn said(answer: Result<()>) -> String {
    answer.map_or_else(|error| error.code().to_owned(), |()| "let_through".to_owned())
}

/// What the owner alone may do, with this PIN.
pub(crate) fn owner(till: &Till, pin: Option<&str>) -> laci_till::Result<()> {
    let word = pin.map(Word::owner);
    till.allow(Asker::Verb, Act::Settings, word.as_ref()).map(|_| ())
}

impl Guarded {
    /// Somebody new, added by the owner; answers the id.
    pub(crate) fn hire(&self, name: &str, role: &str, pin: &str) -> String {
        let by = self.owners(Act::People);
        let edit = PersonEdit {
            id: None,
            name: name.to_owned(),
            role: role.to_owned(),
            pin: Some(pin.to_owned()),
            passphrase: None,
        };
        let people = self.till.person_set(by, &edit).unwrap();
        people.iter().find(|person| person.name == name).unwrap().id.clone()
    }

    pub(crate) fn owners(&self, act: Act) -> By {
        self.till.allow(Asker::Verb, act, Some(&Word::owner(RIGHT))).unwrap()
    }

    /// Whether the window may do `act` with this person's PIN: the refusal's code, or who does it.
    pub(crate) fn at_window(&self, act: Act, word: Option<(&str, &str)>) -> Result<By> {
        let word =
            word.map(|(person, pin)| Word { person: Some(person.to_owned()), pin: pin.to_owned() });
        self.till.allow(Asker::Window, act, word.as_ref())
    }
}
