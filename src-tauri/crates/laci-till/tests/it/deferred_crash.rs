//! A process of its own puts a payment off and sends it, and is killed at a named point: the next one makes exactly one
//! bill, whatever was left.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use laci_sandbox::{Fault, Operation};
use laci_till::wire::{PaymentView, Via};
use laci_till::{By, Till};

use crate::deferred::{World, place};
use crate::guarded::{Hands, hands, ports};
use crate::world::charge;

const FOLDER: &str = "LACI_TEST_LATER_FOLDER";
const KIND: &str = "LACI_TEST_LATER_KIND";

fn open(folder: &std::path::Path, hands: &Arc<Hands>) -> Arc<Till> {
    Till::open(place(folder), ports(hands), None).unwrap().unwrap()
}

/// No test by itself: what the killed process runs.
#[tokio::test(flavor = "multi_thread")]
async fn the_process_that_is_killed() {
    let (Ok(folder), Ok(name)) = (std::env::var(FOLDER), std::env::var(KIND)) else { return };
    let till = open(folder.as_ref(), &hands());
    let via = Via::Later { name, method: None, extra: Default::default() };
    till.payment_start(By::counter(), charge(40_000, via, Some("P-1"))).await.unwrap();
    till.work_once().await.unwrap();
}

/// Killed at `point`, or, with a fault, while the gateway works. Answers what the next process finds and makes of it.
async fn killed(
    kind: &'static str,
    point: &str,
    fault: Option<Fault>,
) -> (World, Arc<Till>, Vec<PaymentView>) {
    let mut world = World::offline(kind).await;
    let path = world.folder.path().to_owned();
    let till = std::mem::replace(&mut world.till, other_till().await);
    drop(till);
    if let Some(fault) = fault {
        world.sandbox.set_fault(Operation::Create, fault, 1);
    }
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "deferred_crash::the_process_that_is_killed", "--nocapture"])
        .env(FOLDER, &path)
        .env(KIND, kind)
        .env("LACI_KILL_AT", point)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    if fault.is_some() {
        let end = Instant::now() + Duration::from_secs(30);
        while world.sandbox.bills().is_empty() {
            assert!(Instant::now() < end, "the create arrives");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        child.kill().unwrap();
    }
    assert!(!child.wait().unwrap().success(), "{point}: it was killed");
    world.sandbox.clear_faults();
    world.hands.next.fetch_add(1_000_000, Ordering::SeqCst);
    let till = open(&path, &world.hands);
    for _ in 0..3 {
        world.hands.wall_ms.fetch_add(120_000, Ordering::SeqCst);
        till.work_once().await.unwrap();
    }
    let payments = till.payment_list(None, 10).unwrap();
    let verdict = till.ledger().verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{point}: {:?}", verdict.problems);
    (world, till, payments)
}

/// Something to hold the world's place while another process has its folder.
async fn other_till() -> Arc<Till> {
    crate::world::Counter::open().till
}

fn is_ready(payment: &PaymentView) -> bool {
    payment.later.as_ref().is_some_and(|later| later.message.is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_commit_nothing_was_put_off() {
    let (world, _till, payments) = killed("kropay", "commit.before:payment_start", None).await;
    assert!(payments.is_empty() && world.sandbox.bills().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_kills_it_there_is_exactly_one_bill_and_its_link() {
    for (point, creates) in [
        ("commit.after:payment_start", 1),
        ("start.committed", 1),
        ("commit.before:sending", 1),
        // Nobody knows whether a byte left: the contract's one retry with the same key.
        ("create.sending", 1),
        ("create.answered", 2),
    ] {
        let (world, _till, payments) = killed("kropay", point, None).await;
        assert_eq!((payments.len(), world.sandbox.bills().len()), (1, 1), "{point}");
        assert!(is_ready(&payments[0]), "{point}: {:?}", payments[0]);
        assert_eq!(world.sandbox.creates_with(&payments[0].id), creates, "{point}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_the_gateway_works_it_is_found_again_and_never_made_twice() {
    let hang = Some(Fault::CommitThenHang);
    let (world, _till, payments) = killed("kropay", "nowhere", hang).await;
    assert_eq!((payments.len(), world.sandbox.bills().len()), (1, 1));
    assert!(is_ready(&payments[0]), "the same key: {:?}", payments[0]);

    // No second create by itself where the contract forbids it: a look finds it, and its link is shown.
    let (world, till, payments) = killed("bayargg", "nowhere", hang).await;
    assert_eq!(world.sandbox.creates_with(&payments[0].id), 1);
    let found = till.payment_check(payments[0].id.parse().unwrap()).await.unwrap();
    assert!(is_ready(&found), "{found:?}");
    assert_eq!((world.sandbox.bills().len(), world.sandbox.creates_with(&found.id)), (1, 1));
}
