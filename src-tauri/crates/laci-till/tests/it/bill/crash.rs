//! A process of its own pays, and is killed: as if the power went at a named point, or by SIGKILL while the provider works.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use laci_sandbox::{Fault, Operation};
use laci_till::{BillView, By, Till};

use super::world::{World, id, must_be_whole, place};
use crate::guarded::{Hands, hands, ports};

const FOLDER: &str = "LACI_TEST_BILL_FOLDER";
const BILL: &str = "LACI_TEST_BILL";
const WALL: &str = "LACI_TEST_BILL_WALL";

/// No test by itself: what the killed process runs.
#[tokio::test(flavor = "multi_thread")]
async fn the_process_that_is_killed() {
    let (Ok(folder), Ok(bill), Ok(wall)) =
        (std::env::var(FOLDER), std::env::var(BILL), std::env::var(WALL))
    else {
        return;
    };
    let hands = hands();
    hands.wall_ms.store(wall.parse().unwrap(), Ordering::SeqCst);
    let till = open(folder.as_ref(), &hands);
    till.bill_pay(By::counter(), bill.parse().unwrap(), None).await.unwrap();
}

fn open(folder: &std::path::Path, hands: &Arc<Hands>) -> Arc<Till> {
    Till::open(place(folder), ports(hands), None).unwrap().unwrap()
}

fn pay_apart(folder: &std::path::Path, hands: &Hands, bill: &BillView, kill_at: &str) -> Child {
    let wall = hands.wall_ms.load(Ordering::SeqCst).to_string();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "bill::crash::the_process_that_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(BILL, &bill.id)
        .env(WALL, wall)
        .env("LACI_KILL_AT", kill_at)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The world without its till, which the other process takes, and the bill to pay.
async fn prepared() -> (World, BillView) {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let asked = world.pln(&gateway).await;
    (world, asked)
}

struct After {
    till: Arc<Till>,
    hands: Arc<Hands>,
    sandbox: laci_sandbox::Sandbox,
    _folder: tempfile::TempDir,
}

async fn killed(point: &str, fault: Option<Fault>) -> (After, BillView) {
    let (world, bill) = prepared().await;
    let World { till, hands, sandbox, folder, .. } = world;
    drop(till);
    if let Some(fault) = fault {
        sandbox.set_fault(Operation::Pay, fault, 1);
    }
    let mut child = pay_apart(folder.path(), &hands, &bill, point);
    if fault.is_some() {
        let end = Instant::now() + Duration::from_secs(30);
        while sandbox.pays(&bill.ref_id) == 0 {
            assert!(Instant::now() < end, "the payment arrives");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        child.kill().unwrap();
    }
    let ended = child.wait().unwrap();
    assert!(!ended.success(), "{point}: it was killed");
    sandbox.clear_faults();
    // Another process of as good as no memory: the ids go on from elsewhere.
    hands.next.fetch_add(1_000_000, Ordering::SeqCst);
    let till = open(folder.path(), &hands);
    (After { till, hands, sandbox, _folder: folder }, bill)
}

impl After {
    fn shown(&self, bill: &BillView) -> BillView {
        self.till.bill_show(id(bill)).unwrap()
    }

    fn cash(&self) -> i64 {
        let cash = "cash".parse().unwrap();
        self.till.ledger().read(|view| view.balances()).unwrap().of(&cash).get()
    }

    async fn press(&self, bill: &BillView) -> BillView {
        self.till.bill_pay(By::counter(), id(bill), None).await.unwrap()
    }

    async fn look(&self) {
        self.hands.wall_ms.fetch_add(61_000, Ordering::SeqCst);
        self.till.work_once().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_commit_nothing_happened() {
    let (after, bill) = killed("commit.before:bill_pay", None).await;
    assert_eq!((after.shown(&bill).state.as_str(), after.cash()), ("inquired", 0));
    assert_eq!(after.sandbox.pays(&bill.ref_id), 0);
    assert_eq!(after.press(&bill).await.state, "success", "it is paid as if new");
    assert_eq!((after.sandbox.pays(&bill.ref_id), after.cash()), (1, 11_000));
    must_be_whole(&after.till);
}

#[tokio::test(flavor = "multi_thread")]
async fn between_the_mark_and_the_first_byte_it_counts_as_sent() {
    for point in ["commit.after:bill_pay", "bill.sending"] {
        let (after, bill) = killed(point, None).await;
        let shown = after.shown(&bill);
        assert_eq!(shown.state, "unknown", "{point}: {shown:?}");
        assert_eq!(shown.evidence[0].reason.as_deref(), Some("stopped_while_sending"));
        for _ in 0..3 {
            assert_eq!(after.press(&bill).await.state, "unknown", "{point}");
            after.look().await;
        }
        assert_eq!(after.sandbox.pays(&bill.ref_id), 0, "{point}: never sent by itself");
        let left = after.shown(&bill);
        assert_eq!(left.reviews, ["not_found"], "{point}: the provider knows of none");
        assert_eq!(after.cash(), 11_000);
        must_be_whole(&after.till);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_did_is_found_and_booked_once() {
    for (point, fault) in [
        ("bill.answered", None),
        ("commit.before:bill", None),
        ("none", Some(Fault::CommitThenHang)),
    ] {
        let (after, bill) = killed(point, fault).await;
        assert_eq!(after.shown(&bill).state, "unknown", "{point} {fault:?}");
        assert_eq!(after.press(&bill).await.state, "unknown");
        after.look().await;
        let found = after.shown(&bill);
        assert_eq!(found.state, "success", "{point}: {found:?}");
        assert_eq!(after.press(&bill).await.state, "success");
        assert_eq!((after.sandbox.pays(&bill.ref_id), after.cash()), (1, 11_000), "{point}");
        let margin = "bill_margin".parse().unwrap();
        let balances = after.till.ledger().read(|view| view.balances()).unwrap();
        assert_eq!(balances.of(&margin).get(), -1_000, "{point}: one booking");
        must_be_whole(&after.till);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_answers_commit_it_is_paid() {
    let (after, bill) = killed("commit.after:bill", None).await;
    assert_eq!(after.shown(&bill).state, "success");
    assert_eq!((after.sandbox.pays(&bill.ref_id), after.cash()), (1, 11_000));
    must_be_whole(&after.till);
}
