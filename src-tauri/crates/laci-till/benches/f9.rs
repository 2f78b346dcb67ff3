//! From F9 to a QR that can be shown, inside the engine: decide, commit durably, ask, check, draw. Once with the
//! shop's own QRIS (no network) and once through a gateway played over HTTP on this machine. The window's own time
//! is not in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use laci_sandbox::{Sandbox, SandboxOptions, practice_sticker};
use laci_till::gateway::HttpTransport;
use laci_till::ledger::Folder;
use laci_till::wire::{GatewayAdd, LineInput, PaymentView, ShopView, Via};
use laci_till::{
    Charge, Clock, Ids, KeyStore, KeyStoreError, PRACTICE_KEY, Place, Ports, Setup, Till, UnixMs,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

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

struct NoKeyring;

impl KeyStore for NoKeyring {
    fn load(&self, _: &str) -> Result<Option<[u8; 32]>, KeyStoreError> {
        Err(KeyStoreError("a bench has none".to_owned()))
    }

    fn save(&self, _: &str, _: &[u8; 32]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError("a bench has none".to_owned()))
    }
}

struct Counter {
    till: Arc<Till>,
    runtime: Runtime,
    _sandbox: Sandbox,
    _folder: TempDir,
}

impl Counter {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let sandbox =
            runtime.block_on(Sandbox::start(SandboxOptions::default())).expect("a gateway");
        let ticking = Arc::new(Ticking(AtomicU64::new(1)));
        let ports = Ports {
            clock: ticking.clone(),
            ids: ticking,
            key_store: Arc::new(NoKeyring),
            transport: Arc::new(HttpTransport::new()),
        };
        let data = folder.path().join("toko");
        let anchors = folder.path().join("anchors");
        let place = Place { folder: Folder { data, anchors }, practice: true };
        let shop = ShopView {
            name: "Toko".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        };
        let setup = Setup { shop, own_qris: Some(practice_sticker()), pin: None, passphrase: None };
        let till = Till::set_up(None, place, ports, &setup).expect("a shop");
        let options = [("min_recheck_ms".to_owned(), "0".to_owned())].into();
        let gateway = GatewayAdd {
            kind: "kropay".to_owned(),
            name: "kropay".to_owned(),
            base_url: Some(sandbox.url()),
            options,
            secrets: [("api_key".to_owned(), PRACTICE_KEY.to_owned())].into(),
            pin: String::new(),
        };
        till.gateway_add(&gateway).expect("a gateway");
        Self { till, runtime, _sandbox: sandbox, _folder: folder }
    }

    fn press_f9(&self, via: Via) -> PaymentView {
        let line = LineInput { name: "Nominal".to_owned(), quantity: 1, unit_price: 50_000 };
        let charge =
            Charge { lines: vec![line], via, order: None, description: None, customer: None };
        let payment = self.runtime.block_on(self.till.payment_start(charge)).expect("a payment");
        assert!(payment.presentment.is_some(), "{:?}", payment.notices);
        if payment.own_qris {
            let id = payment.id.parse().expect("an id");
            self.till.payment_cancel(id).expect("its code is free again");
        }
        payment
    }
}

/// One commit for the start (and, so that the 62 codes never run out, one for taking it back).
#[divan::bench(sample_count = 60, sample_size = 1)]
fn own_qris(bencher: divan::Bencher<'_, '_>) {
    let counter = Counter::open();
    bencher.bench_local(|| counter.press_f9(Via::OwnQris));
}

/// Three commits (start, sending, answer) and one HTTP exchange on loopback. Its budget is one call a second with a
/// burst of 20, so it is measured inside the burst.
#[divan::bench(sample_count = 15, sample_size = 1)]
fn gateway_on_loopback(bencher: divan::Bencher<'_, '_>) {
    let counter = Counter::open();
    bencher.bench_local(|| counter.press_f9(Via::Auto));
}
