//! A counter for tests and benchmarks: a till on a folder of its own, with gateways that are played over HTTP.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use laci_sandbox::{Sandbox, SandboxOptions, practice_sticker};
use laci_till::gateway::HttpTransport;
use laci_till::ledger::Folder;
use laci_till::wire::{GatewayAdd, LineInput, ShopView, Via};
use laci_till::{
    By, Charge, Clock, Ids, KeyStore, KeyStoreError, PRACTICE_KEY, Place, Ports, Setup, Till,
    UnixMs,
};
use tempfile::TempDir;

/// A clock that goes on by a second at each look, so that no budget is ever waited for.
struct Ticking(AtomicU64);

impl Clock for Ticking {
    fn now(&self) -> UnixMs {
        let seconds = self.0.fetch_add(1, Ordering::Relaxed);
        UnixMs(1_795_000_000_000 + i64::try_from(seconds).unwrap_or(0) * 1000)
    }
}

impl Ids for Ticking {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = next[at % next.len()];
        }
    }
}

pub(crate) struct NoKeyring;

impl KeyStore for NoKeyring {
    fn load(&self, _: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        Err(KeyStoreError("a bench has none".to_owned()))
    }

    fn save(&self, _: &str, _: &[u8; 32]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError("a bench has none".to_owned()))
    }
}

/// A keyring in memory.
#[derive(Default)]
#[allow(dead_code, reason = "the bench has no use for it")]
struct Ring(Mutex<BTreeMap<String, [u8; 32]>>);

impl KeyStore for Ring {
    fn load(&self, account: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        Ok(self.0.lock().expect("plain data").get(account).copied())
    }

    fn save(&self, account: &str, key: &[u8; 32]) -> Result<(), KeyStoreError> {
        self.0.lock().expect("plain data").insert(account.to_owned(), *key);
        Ok(())
    }
}

pub(crate) struct Counter {
    pub till: Arc<Till>,
    clock: Arc<Ticking>,
    folder: TempDir,
}

impl Counter {
    /// In practice mode: no PIN, no keyring.
    pub(crate) fn open() -> Self {
        Self::of(true, Arc::new(NoKeyring))
    }

    /// A shop's own ledger, without a PIN.
    #[allow(dead_code, reason = "the bench has no use for it")]
    pub(crate) fn shop() -> Self {
        Self::of(false, Arc::new(NoKeyring))
    }

    /// The same on a computer with a keyring, so that secrets can be kept.
    #[allow(dead_code, reason = "the bench has no use for it")]
    pub(crate) fn keyed() -> Self {
        Self::of(false, Arc::new(Ring::default()))
    }

    #[allow(dead_code, reason = "the bench has no use for it")]
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    #[allow(dead_code, reason = "the bench has no use for it")]
    pub(crate) fn pass_a_day(&self) {
        self.clock.0.fetch_add(86_400, Ordering::Relaxed);
    }

    fn of(practice: bool, key_store: Arc<dyn KeyStore>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ticking = Arc::new(Ticking(AtomicU64::new(1)));
        let ports = Ports {
            clock: ticking.clone(),
            ids: ticking.clone(),
            key_store,
            transport: Arc::new(HttpTransport::new()),
        };
        let data = folder.path().join("toko");
        let anchors = folder.path().join("anchors");
        let place = Place { folder: Folder { data, anchors }, practice };
        let shop = ShopView {
            name: "Toko".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        };
        let setup = Setup { shop, own_qris: Some(practice_sticker()), pin: None, passphrase: None };
        let till = Till::set_up(None, place, ports, &setup).expect("a shop");
        Self { till, clock: ticking, folder }
    }

    /// A Kropay of this name at `url`.
    pub(crate) fn add_gateway(&self, name: &str, url: &str) {
        let options = [("min_recheck_ms".to_owned(), "0".to_owned())].into();
        let gateway = GatewayAdd {
            kind: "kropay".to_owned(),
            name: name.to_owned(),
            base_url: Some(url.to_owned()),
            options,
            secrets: [("api_key".to_owned(), PRACTICE_KEY.to_owned())].into(),
        };
        self.till.gateway_add(By::counter(), &gateway).expect("a gateway");
    }
}

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.expect("a free port")
}

/// One line of `amount` rupiah.
pub(crate) fn charge(amount: i64, via: Via, order: Option<&str>) -> Charge {
    let line = LineInput { name: "Nominal".to_owned(), quantity: 1, unit_price: amount };
    let order = order.map(str::to_owned);
    Charge { lines: vec![line], via, order, description: None, customer: None }
}
