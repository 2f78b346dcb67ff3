//! The fault menu on the payment and its looks: at most one payment, never an end that the provider did not say.

use laci_sandbox::{Fault, Operation};
use laci_till::BillView;

use super::world::{PLN, World};

const MENU: [Fault; 24] = [
    Fault::Html,
    Fault::Cloudflare,
    Fault::Maintenance,
    Fault::Status { status: 400 },
    Fault::Status { status: 404 },
    Fault::Status { status: 500 },
    Fault::Status { status: 503 },
    Fault::ErrorWith200,
    Fault::RateLimited { retry_after_s: 0 },
    Fault::Redirect,
    Fault::Huge,
    Fault::ResetFirst,
    Fault::Slow { ms: 50 },
    Fault::CommitThenHang,
    Fault::CommitThenReset,
    Fault::CommitThenError,
    Fault::HalfThenHang,
    Fault::CutBody,
    Fault::Truncated,
    Fault::Notice,
    Fault::AmountStrings,
    Fault::DuplicateKeys,
    Fault::UnknownWord,
    Fault::OtherReference,
];

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_payment_is_one_payment_at_most() {
    for (nth, fault) in MENU.into_iter().enumerate() {
        // The same bill of the same customer, so each in a shop of its own.
        let world = World::start().await;
        let gateway = world.gateway("0");
        let (deposit, cash) = (world.sandbox.balance(), world.balance("cash"));
        let asked = world.ask(&gateway, "pln", PLN).await.unwrap();
        world.sandbox.set_fault(Operation::Pay, fault, 1);
        let sent = world.pay(&asked).await.unwrap();
        world.sandbox.clear_faults();
        let about = format!("{nth} {fault:?}: {} {:?}", sent.state, sent.evidence);
        let moved = world.sandbox.balance() != deposit;
        assert!(sent.state != "failed" || !moved, "no debt for what was paid: {about}");
        assert!(sent.state != "success" || moved, "no success out of nothing: {about}");
        for _ in 0..2 {
            world.pay(&asked).await.unwrap();
        }
        assert!(world.sandbox.pays(&asked.ref_id) <= 1, "{about}");
        assert_eq!(world.balance("cash") - cash, 11_000, "the cash is taken once: {about}");
        let ended = looked_at(&world, &asked, moved).await;
        let wanted = if moved { "success" } else { sent.state.as_str() };
        assert_eq!(ended.state, wanted, "a look finds it: {about}: {:?}", ended.evidence);
        world.must_be_whole();
    }
}

async fn looked_at(world: &World, asked: &BillView, moved: bool) -> BillView {
    let mut ended = world.shown(asked);
    for _ in 0..3 {
        // The gateway may have been given a pause after what it answered.
        if ended.state == "success" || !moved {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        ended = world.check(asked).await;
    }
    ended
}

#[tokio::test(flavor = "multi_thread")]
async fn commit_then_hang_and_commit_then_reset_are_found_paid_and_booked_once() {
    for fault in [Fault::CommitThenHang, Fault::CommitThenReset] {
        let world = World::start().await;
        let gateway = world.gateway("0");
        let before = world.balance("bill_margin");
        let asked = world.pln(&gateway).await;
        world.sandbox.set_fault(Operation::Pay, fault, 1);
        let sent = world.pay(&asked).await.unwrap();
        assert_eq!(sent.state, "unknown", "{fault:?}");
        assert_eq!(sent.notices[0].code, "bill_unknown_outcome");
        assert_eq!(world.pay(&asked).await.unwrap().state, "unknown");
        world.pass_s(61);
        world.till.work_once().await.unwrap();
        assert_eq!(world.shown(&asked).state, "success", "{fault:?}");
        assert_eq!(world.sandbox.pays(&asked.ref_id), 1, "{fault:?}");
        assert_eq!(world.balance("bill_margin") - before, -1_000, "booked once");
        let deposit = format!("bill_deposit/{gateway}");
        assert_eq!(world.balance(&deposit), -10_000);
        assert_eq!((world.balance("bill_money"), world.balance("refund_owed")), (0, 0));
        world.must_be_whole();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn status_and_code_that_disagree_leave_it_open() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let asked = world.pln(&gateway).await;
    world.sandbox.set_fault(Operation::Pay, Fault::UnknownWord, 1);
    let sent = world.pay(&asked).await.unwrap();
    assert_eq!(sent.state, "pending", "{sent:?}");
    assert_eq!(sent.reviews, ["unknown_word"]);
    assert_eq!(sent.refund_owed, None);
    assert_eq!(world.balance("bill_money"), -11_000, "the money waits");
    assert_eq!(world.settle(&asked).await.state, "success");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_certainly_never_left_may_leave_later_without_new_cash() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let asked = world.pln(&gateway).await;
    world.sandbox.set_fault(Operation::Status, Fault::RateLimited { retry_after_s: 60 }, 1);
    let open = world.ask(&gateway, "pln", "630000000001").await.unwrap();
    world.pay(&open).await.unwrap();
    world.check(&open).await;
    let held = world.pay(&asked).await.unwrap();
    assert_eq!(held.state, "money_secured", "the gateway asked for a pause: {held:?}");
    assert_eq!(
        (world.sandbox.pays(&asked.ref_id), held.notices[0].code.as_str()),
        (0, "bill_not_sent")
    );
    let cash = world.balance("cash");
    world.gateway_as(&gateway, "0");
    let paid = world.pay(&asked).await.unwrap();
    assert_eq!(paid.state, "success", "set up anew, the pause is forgotten: {paid:?}");
    assert_eq!((world.sandbox.pays(&asked.ref_id), world.balance("cash")), (1, cash));
    world.must_be_whole();
}
