//! A sale without internet that is paid later by link: over real HTTP, with the line cut where the till sends.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use laci_gateway::{NotSent, OnWire, Sending, Transport, TransportError};
use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions, practice_sticker};
use laci_till::gateway::HttpTransport;
use laci_till::ledger::Folder;
use laci_till::wire::{FeedAsk, FeedItem, GatewayAdd, PaymentView, ShopView, Via};
use laci_till::{AttemptId, By, PRACTICE_KEY, Place, Ports, Resolve, Setup, Till};
use tempfile::TempDir;

use crate::guarded::{Hands, hands, ports};
use crate::world::charge;

const PRICE: i64 = 40_000;

/// The line: what is sent while it is cut certainly reaches nobody.
pub(crate) struct Line {
    cut: AtomicBool,
    http: HttpTransport,
}

impl Transport for Line {
    fn send(&self, request: OnWire) -> Sending<'_> {
        if self.cut.load(Ordering::SeqCst) {
            return Box::pin(async { Err(TransportError::NotSent(NotSent::Unreachable)) });
        }
        self.http.send(request)
    }
}

pub(crate) struct World {
    pub(crate) till: Arc<Till>,
    pub(crate) hands: Arc<Hands>,
    pub(crate) sandbox: Sandbox,
    pub(crate) folder: TempDir,
    line: Arc<Line>,
    kind: &'static str,
}

pub(crate) fn place(folder: &Path) -> Place {
    let (data, anchors) = (folder.join("toko"), folder.join("anchors"));
    Place { folder: Folder { data, anchors }, practice: true }
}

fn own(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "midtrans" => &[("app_code", laci_sandbox::APP_CODE)],
        "paydigital" => &[("store_id", "1")],
        _ => &[],
    }
}

impl World {
    /// A shop whose line is cut, with one gateway.
    pub(crate) async fn offline(kind: &'static str) -> Self {
        let api_key = PRACTICE_KEY.to_owned();
        let options = SandboxOptions { api_key, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let (folder, hands) = (tempfile::tempdir().unwrap(), hands());
        let line = Arc::new(Line { cut: AtomicBool::new(true), http: HttpTransport::new() });
        let shop = ShopView {
            name: "Toko Berkah".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        };
        let setup = Setup { shop, own_qris: Some(practice_sticker()), pin: None, passphrase: None };
        let ports = Ports { transport: line.clone(), ..ports(&hands) };
        let till = Till::set_up(None, place(folder.path()), ports, &setup).unwrap();
        let common = [("min_recheck_ms", "0"), ("timeout_ms", "400")];
        let gateway = GatewayAdd {
            kind: kind.to_owned(),
            name: kind.to_owned(),
            base_url: sandbox.base_url(kind),
            options: common
                .iter()
                .chain(own(kind))
                .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
                .collect(),
            secrets: BTreeMap::new(),
        };
        till.gateway_add(By::counter(), &gateway).unwrap();
        Self { till, hands, sandbox, folder, line, kind }
    }

    pub(crate) fn via(&self) -> Via {
        Via::Later { name: self.kind.to_owned(), method: None, extra: BTreeMap::new() }
    }

    pub(crate) async fn later(&self, order: Option<&str>) -> PaymentView {
        let asked = charge(PRICE, self.via(), order);
        self.till.payment_start(By::counter(), asked).await.unwrap()
    }

    fn online(&self) {
        self.line.cut.store(false, Ordering::SeqCst);
    }

    fn pass_s(&self, seconds: i64) {
        self.hands.wall_ms.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    /// A pass of the workers when every back-off is over.
    async fn work(&self) {
        self.pass_s(120);
        self.till.work_once().await.unwrap();
    }

    fn shown(&self, payment: &PaymentView) -> PaymentView {
        self.till.payment_show(id(payment)).unwrap()
    }

    fn creates(&self, payment: &PaymentView) -> u32 {
        self.sandbox.creates_with(&payment.id)
    }

    fn feed(&self, kind: &str) -> Vec<FeedItem> {
        let all = self.till.feed(&FeedAsk { notable: false, before: None }).unwrap().items;
        all.into_iter().filter(|item| item.kind == kind).collect()
    }

    fn in_the_tray(&self, payment: &PaymentView) -> bool {
        self.till.payments_open().unwrap().iter().any(|one| one.id == payment.id)
    }

    async fn own_qris(&self, order: &str) -> PaymentView {
        let asked = charge(PRICE, Via::OwnQris, Some(order));
        self.till.payment_start(By::counter(), asked).await.unwrap()
    }

    fn must_be_whole(&self) {
        let verdict = self.till.ledger().verify(&mut |_, _| true).unwrap();
        assert!(verdict.ok, "{:?}", verdict.problems);
    }
}

fn id(payment: &PaymentView) -> AttemptId {
    payment.id.parse().unwrap()
}

fn waits(payment: &PaymentView) -> bool {
    payment.later.as_ref().is_some_and(|later| later.waiting && later.message.is_none())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_waits_for_the_internet_and_is_then_ready_to_be_sent() {
    let world = World::offline("bayargg").await;
    let put_off = world.later(Some("P-1")).await;
    assert!(waits(&put_off), "{put_off:?}");
    assert_eq!(put_off.notices[0].code, "waiting_for_internet");
    assert_eq!(world.later(Some("P-1")).await.id, put_off.id, "a double press is one payment");
    for _ in 0..3 {
        world.work().await;
    }
    let tried = world.shown(&put_off);
    assert!(waits(&tried) && tried.checked_at.is_some(), "{tried:?}");
    assert!(world.in_the_tray(&put_off), "the cashier sees what waits");
    let strip = world.till.strip().unwrap();
    assert_eq!((strip.waiting, strip.unsent), (1, 1));
    let removed = world.till.gateway_remove(By::counter(), "bayargg").unwrap_err();
    assert_eq!(removed.code(), "gateway_watched", "it would wait for ever");

    world.online();
    world.work().await;
    let ready = world.shown(&put_off);
    assert_eq!((ready.state.as_str(), world.creates(&put_off)), ("pending", 1), "{ready:?}");
    let message = ready.later.clone().unwrap().message.expect("it can be sent");
    assert!(message.text.contains("Toko Berkah") && message.text.contains("http"), "{message:?}");
    assert!(message.whatsapp.starts_with("https://wa.me/?text=Halo%2C%20"), "{message:?}");
    let news = world.feed("link_ready");
    assert_eq!(news.len(), 1, "{news:?}");
    assert_eq!(news[0].sale_id.as_deref(), Some(put_off.sale_id.as_str()));
    for _ in 0..3 {
        world.work().await;
    }
    assert_eq!((world.creates(&put_off), world.sandbox.bills().len()), (1, 1), "once");

    world.sandbox.pay(ready.gateway_id.as_deref().unwrap()).unwrap();
    let paid = world.till.payment_check(id(&put_off)).await.unwrap();
    assert_eq!((paid.state.as_str(), paid.later.unwrap().message), ("paid", None), "LUNAS");
    assert_eq!(world.till.strip().unwrap().unsent, 1, "the receipt alone is owed");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_down_for_tries_that_reach_nobody() {
    let world = World::offline("kropay").await;
    for order in ["P-1", "P-2", "P-3"] {
        world.later(Some(order)).await;
    }
    let before = world.till.ledger().head().seq;
    for _ in 0..20 {
        world.work().await;
    }
    assert_eq!(world.till.ledger().head().seq, before, "a week without internet fills no log");
    // A hotspot's page in place of the gateway: nothing is sent into it.
    world.online();
    world.sandbox.set_fault(Operation::Status, Fault::Html, 1);
    world.work().await;
    assert!(world.sandbox.bills().is_empty());
    world.work().await;
    assert_eq!(world.sandbox.bills().len(), 3, "each once, when it was itself that answered");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_between_the_look_and_the_create_leaves_it_waiting() {
    let world = World::offline("kropay").await;
    world.online();
    // Proven a moment ago, so it is not looked at again before the create.
    world.till.gateway_check("kropay").await.unwrap();
    world.line.cut.store(true, Ordering::SeqCst);
    let put_off = world.later(None).await;
    world.till.work_once().await.unwrap();
    let tried = world.shown(&put_off);
    assert!(waits(&tried), "certainly not sent, so still owed: {tried:?}");
    world.online();
    let ready = world.till.payment_check(id(&put_off)).await.unwrap();
    assert_eq!((ready.state.as_str(), world.creates(&put_off)), ("pending", 1), "by a person too");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_before_it_left_never_leaves() {
    let world = World::offline("kropay").await;
    let put_off = world.later(Some("P-1")).await;
    world.till.payment_cancel(By::counter(), id(&put_off)).unwrap();
    assert!(!world.in_the_tray(&put_off));
    let other = world.own_qris("P-1").await;
    assert!(other.own_qris && other.presentment.is_some(), "another way at once, and no PIN");
    assert_eq!(other.sale_id, put_off.sale_id);

    let paid = world.later(Some("P-2")).await;
    let cash = charge(PRICE, Via::Auto, Some("P-2"));
    world.till.cash_pay(By::counter(), cash, PRICE).await.unwrap();
    world.online();
    world.work().await;
    assert_eq!(world.shown(&paid).state, "cancelled", "the sale has its money");
    assert!(world.sandbox.bills().is_empty(), "nothing was asked for");
    assert_eq!(world.till.ledger().read(|view| view.outbox_waiting()).unwrap(), []);
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definite_no_is_told_and_another_way_is_open() {
    let world = World::offline("kropay").await;
    let put_off = world.later(Some("P-1")).await;
    world.online();
    world.sandbox.set_fault(Operation::Create, Fault::Status { status: 422 }, 1);
    world.work().await;
    let refused = world.shown(&put_off);
    assert_eq!((refused.state.as_str(), refused.later.unwrap().waiting), ("rejected", false));
    let told = world.feed("link_failed");
    assert!(told.len() == 1 && told[0].notable, "{told:?}");
    assert!(world.in_the_tray(&put_off), "nobody looked when it came");
    world.work().await;
    assert_eq!(world.creates(&put_off), 1, "no second try by itself");
    let other = world.own_qris("P-1").await;
    assert_eq!(other.sale_id, put_off.sale_id);
    assert!(!world.in_the_tray(&put_off), "its sale has another way");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unanswered_create_follows_its_contract_and_shows_one_link() {
    for (kind, creates) in [("kropay", 2), ("bayargg", 1)] {
        let world = World::offline(kind).await;
        let put_off = world.later(None).await;
        world.online();
        world.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
        world.work().await;
        let ready = world.shown(&put_off);
        assert_eq!(ready.state, "pending", "{kind}: {ready:?}");
        assert!(ready.later.unwrap().message.is_some(), "{kind}: its customer still waits");
        assert_eq!((world.sandbox.bills().len(), world.creates(&put_off)), (1, creates), "{kind}");
        world.must_be_whole();
    }
    let world = World::offline("paydigital").await;
    let put_off = world.later(None).await;
    world.online();
    world.sandbox.set_fault(Operation::Create, Fault::ResetFirst, 1);
    world.work().await;
    world.work().await;
    assert_eq!((world.shown(&put_off).state.as_str(), world.sandbox.bills().len()), ("unknown", 0));
    assert!(world.in_the_tray(&put_off), "a person's word is asked for");
    let word = world.till.payment_resolve(By::counter(), id(&put_off), Resolve::Retry);
    assert!(word.await.unwrap().later.unwrap().message.is_some());
    assert_eq!(world.sandbox.bills().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_found_after_another_way_was_shown_never_is() {
    let world = World::offline("bayargg").await;
    let put_off = world.later(Some("P-1")).await;
    world.online();
    world.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
    world.till.gateway_check("bayargg").await.unwrap();
    world.sandbox.set_fault(Operation::Call, Fault::Status { status: 500 }, 10);
    world.work().await;
    assert_eq!(world.shown(&put_off).state, "unknown", "made, and neither told nor found");
    world.sandbox.clear_faults();
    let other = world.own_qris("P-1").await;
    assert_eq!(other.sale_id, put_off.sale_id);
    let found = world.till.payment_check(id(&put_off)).await.unwrap();
    assert_eq!((found.state.as_str(), &found.presentment), ("pending", &None), "watched alone");
    assert_eq!(found.later.unwrap().message, None);
    world.sandbox.pay(found.gateway_id.as_deref().unwrap()).unwrap();
    assert_eq!(world.till.payment_check(id(&put_off)).await.unwrap().state, "paid", "and seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_watched_from_when_it_was_made() {
    let world = World::offline("midtrans").await;
    let put_off = world.later(None).await;
    world.pass_s(5 * 24 * 3_600);
    assert!(world.in_the_tray(&put_off), "however long it waits");
    world.online();
    world.work().await;
    let ready = world.till.payment_check(id(&put_off)).await.unwrap();
    assert_eq!(ready.state, "pending", "no page has grown old: {ready:?}");
    assert!(world.in_the_tray(&put_off) && ready.later.unwrap().message.is_some());
    world.sandbox.pay(&put_off.id).unwrap();
    world.pass_s(3_600);
    world.till.work_once().await.unwrap();
    assert_eq!(world.shown(&put_off).state, "paid", "the worker looks at it like at a new one");
}
