//! Dates, waits, deposits, ages, a person's word.

use laci_sandbox::{Fault, Operation};
use laci_till::{BillVerdict, By};

use super::world::{OPEN_THEN_PAID, World, code, id};

#[tokio::test(flavor = "multi_thread")]
async fn after_midnight_in_jakarta_it_is_inquired_again() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    world.at("2026-11-20T23:59:00+07:00");
    let late = world.pln(&gateway).await;
    world.at("2026-11-21T00:00:00+07:00");
    assert_eq!(code(world.pay(&late).await), "bill_inquire_again");
    assert_eq!((world.sandbox.pays(&late.ref_id), world.balance("cash")), (0, 0));
    let again = world.pln(&gateway).await;
    assert_eq!(world.pay(&again).await.unwrap().state, "success");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_is_asked_a_minute_apart_at_least() {
    let world = World::start().await;
    let gateway = world.gateway("60000");
    let asked = world.ask(&gateway, "pln", OPEN_THEN_PAID).await.unwrap();
    assert_eq!(world.pay(&asked).await.unwrap().state, "pending");
    for seconds in [0, 30, 29] {
        world.pass_s(seconds);
        world.check(&asked).await;
        world.till.work_once().await.unwrap();
        assert_eq!(world.sandbox.calls("status"), 0, "a minute after the payment at the soonest");
    }
    world.pass_s(1);
    world.till.work_once().await.unwrap();
    world.till.work_once().await.unwrap();
    world.check(&asked).await;
    assert_eq!(world.sandbox.calls("status"), 1, "the worker's look counts for a person's");
    world.pass_s(60);
    assert_eq!(world.till.work_once().await.unwrap().checked, 1);
    assert_eq!(world.shown(&asked).state, "success");
    world.pass_s(600);
    world.till.work_once().await.unwrap();
    world.check(&asked).await;
    assert_eq!(world.sandbox.calls("status"), 2, "an end is not asked for again");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_slows_down_and_ends_with_age() {
    let world = World::start().await;
    let gateway = world.gateway("60000");
    let asked = world.ask(&gateway, "pln", OPEN_THEN_PAID).await.unwrap();
    world.sandbox.set_fault(Operation::Pay, Fault::ResetFirst, 1);
    assert_eq!(world.pay(&asked).await.unwrap().state, "unknown");
    let mut looks = Vec::new();
    for minute in 1..=200_u32 {
        world.pass_s(60);
        let before = world.sandbox.calls("status");
        world.till.work_once().await.unwrap();
        if world.sandbox.calls("status") > before {
            looks.push(minute);
        }
        if looks.len() == 19 {
            break;
        }
    }
    let steps: Vec<u32> = looks.windows(2).map(|two| two[1] - two[0]).collect();
    assert_eq!(looks.first(), Some(&1));
    assert_eq!(steps[..4], [1, 1, 1, 1]);
    assert!(steps[4..16].iter().all(|step| *step == 5) && steps[16..] == [60, 60], "{steps:?}");
    world.pass_s(91 * 86_400);
    let before = world.sandbox.calls("status");
    world.till.work_once().await.unwrap();
    assert_eq!(code(world.till.bill_check(id(&asked)).await), "bill_too_old");
    assert_eq!(world.sandbox.calls("status"), before);
    let shown = world.shown(&asked);
    assert!(shown.state == "unknown" && shown.reviews.contains(&"not_found".to_owned()));
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_that_is_too_low_takes_no_cash() {
    let world = World::with_deposit(9_999).await;
    let gateway = world.gateway("0");
    let asked = world.pln(&gateway).await;
    assert_eq!(code(world.pay(&asked).await), "deposit_too_low");
    assert_eq!((world.sandbox.pays(&asked.ref_id), world.balance("cash")), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_word_ends_what_is_open_and_nothing_else() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let say = async |bill: &_, verdict| {
        world.till.bill_resolve(By::counter(), id(bill), verdict, None).await
    };
    let asked = world.pln(&gateway).await;
    assert_eq!(code(say(&asked, BillVerdict::Paid).await), "bill_not_resolvable", "never sent");
    for (number, verdict, state) in [
        ("530000000001", BillVerdict::Paid, "success"),
        ("530000000002", BillVerdict::Failed, "failed"),
    ] {
        let bill = world.ask(&gateway, "pln", number).await.unwrap();
        world.sandbox.set_fault(Operation::Pay, Fault::ResetFirst, 1);
        assert_eq!(world.pay(&bill).await.unwrap().state, "unknown");
        let said = say(&bill, verdict).await.unwrap();
        assert_eq!((said.state.as_str(), said.by_person), (state, true));
        assert_eq!(code(say(&bill, BillVerdict::Failed).await), "bill_not_resolvable");
        assert_eq!(world.pay(&bill).await.unwrap().state, state, "and nothing is sent");
        assert_eq!(world.sandbox.pays(&bill.ref_id), 1);
    }
    assert_eq!(world.balance("refund_owed"), -11_000);
    let feed = world.till.ledger().read(|view| view.feed(u64::MAX, 50)).unwrap();
    assert_eq!(feed.iter().filter(|row| row.kind.as_str() == "bill_resolved").count(), 2);
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_corrects_a_persons_word() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let bill = world.pln(&gateway).await;
    world.sandbox.set_fault(Operation::Pay, Fault::CommitThenReset, 1);
    assert_eq!(world.pay(&bill).await.unwrap().state, "unknown");
    // Nobody answers the look before the word.
    world.sandbox.set_fault(Operation::Status, Fault::Status { status: 503 }, 1);
    let by = By::counter();
    let said = world.till.bill_resolve(by, id(&bill), BillVerdict::Failed, None).await.unwrap();
    assert_eq!((said.state.as_str(), said.by_person), ("failed", true));
    let again = world.pln(&gateway).await;
    assert_eq!(code(world.pay(&again).await), "bill_second_pay", "it may be paid all the same");
    world.pass_s(61);
    world.till.work_once().await.unwrap();
    let corrected = world.shown(&bill);
    assert_eq!((corrected.state.as_str(), corrected.refund_owed), ("success", None));
    assert_eq!(corrected.reviews, ["person_contradicted"]);
    world.must_be_whole();
}
