//! A shop on clocks that stand, with a played provider that pays bills out of a deposit.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use laci_sandbox::{Sandbox, SandboxOptions};
use laci_till::ledger::Folder;
use laci_till::wire::{GatewayAdd, ShopView};
use laci_till::{
    BillId, BillInquiry, BillView, By, PRACTICE_KEY, Place, Result, Setup, Till, UnixMs,
};
use tempfile::TempDir;

use crate::guarded::{Hands, hands, ports};

pub(super) const PLN: &str = "530000000001";
pub(super) const OPEN_THEN_PAID: &str = "630000000001";
pub(super) const NOON: &str = "2026-11-20T12:00:00+07:00";
const TIMEOUT_MS: &str = "400";

pub(super) struct World {
    pub(super) till: Arc<Till>,
    pub(super) hands: Arc<Hands>,
    pub(super) sandbox: Sandbox,
    pub(super) folder: TempDir,
    made: AtomicU32,
}

pub(super) fn place(folder: &Path) -> Place {
    let (data, anchors) = (folder.join("toko"), folder.join("anchors"));
    Place { folder: Folder { data, anchors }, practice: true }
}

impl World {
    pub(super) async fn start() -> Self {
        Self::with_deposit(SandboxOptions::default().deposit).await
    }

    pub(super) async fn with_deposit(deposit: u64) -> Self {
        let api_key = PRACTICE_KEY.to_owned();
        let options = SandboxOptions { api_key, deposit, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let (folder, hands) = (tempfile::tempdir().unwrap(), hands());
        let shop = ShopView {
            name: "Toko".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        };
        let setup = Setup { shop, own_qris: None, pin: None, passphrase: None };
        let till = Till::set_up(None, place(folder.path()), ports(&hands), &setup).unwrap();
        let world = Self { till, hands, sandbox, folder, made: AtomicU32::new(0) };
        world.at(NOON);
        world
    }

    pub(super) fn at(&self, text: &str) {
        self.hands.wall_ms.store(UnixMs::from_rfc3339(text).unwrap().0, Ordering::SeqCst);
    }

    pub(super) fn pass_s(&self, seconds: i64) {
        self.hands.wall_ms.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    /// A gateway of its own, so that no pause or budget of another case is felt.
    pub(super) fn gateway(&self, least_ms: &str) -> String {
        let name = format!("ppob-{}", self.made.fetch_add(1, Ordering::SeqCst));
        self.gateway_as(&name, least_ms);
        name
    }

    pub(super) fn gateway_as(&self, name: &str, least_ms: &str) {
        let options = [
            ("username", laci_sandbox::USERNAME),
            ("timeout_ms", TIMEOUT_MS),
            ("min_recheck_ms", least_ms),
        ];
        let gateway = GatewayAdd {
            kind: "digiswitch".to_owned(),
            name: name.to_owned(),
            base_url: self.sandbox.base_url("digiswitch"),
            options: options.map(|(key, text)| (key.to_owned(), text.to_owned())).into(),
            secrets: [("api_key".to_owned(), PRACTICE_KEY.to_owned())].into(),
        };
        self.till.gateway_add(By::counter(), &gateway).unwrap();
    }

    pub(super) async fn ask(&self, gateway: &str, code: &str, number: &str) -> Result<BillView> {
        let extra: BTreeMap<String, String> = match code {
            "emoney" => [("amount".to_owned(), "100000".to_owned())].into(),
            _ => BTreeMap::new(),
        };
        let (gateway, code) = (gateway.to_owned(), code.to_owned());
        let asked = BillInquiry { gateway, code, customer_no: number.to_owned(), extra };
        self.till.bill_inquire(By::counter(), &asked).await
    }

    pub(super) async fn pln(&self, gateway: &str) -> BillView {
        self.ask(gateway, "pln", PLN).await.unwrap()
    }

    pub(super) async fn pay(&self, bill: &BillView) -> Result<BillView> {
        self.till.bill_pay(By::counter(), id(bill), None).await
    }

    pub(super) async fn check(&self, bill: &BillView) -> BillView {
        self.till.bill_check(id(bill)).await.unwrap()
    }

    pub(super) fn shown(&self, bill: &BillView) -> BillView {
        self.till.bill_show(id(bill)).unwrap()
    }

    /// Asks until it has ended.
    pub(super) async fn settle(&self, bill: &BillView) -> BillView {
        for _ in 0..6 {
            self.pass_s(61);
            let now = self.check(bill).await;
            if matches!(now.state.as_str(), "success" | "failed") {
                return now;
            }
        }
        panic!("no end: {:?}", self.shown(bill))
    }

    pub(super) fn balance(&self, account: &str) -> i64 {
        let account = account.parse().unwrap();
        self.till.ledger().read(|view| view.balances()).unwrap().of(&account).get()
    }

    pub(super) fn must_be_whole(&self) {
        must_be_whole(&self.till);
    }
}

/// The log holds, the tables follow from it, and every account's postings sum to zero.
pub(super) fn must_be_whole(till: &Till) {
    let verdict = till.ledger().verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
    let balances = till.ledger().read(|view| view.balances()).unwrap();
    assert_eq!(balances.total().unwrap().get(), 0);
}

pub(super) fn id(bill: &BillView) -> BillId {
    bill.id.parse().unwrap()
}

pub(super) fn code<T: std::fmt::Debug>(answer: Result<T>) -> String {
    answer.unwrap_err().code().to_owned()
}
