//! Deaths while a gateway makes the bill: it may be there, nobody knows its name, and its QR was never shown.

use crate::after::{
    books_are_sound, charge, creates, life_goes_on, must_be_killed, must_be_paid, only_bill,
    only_payment, sandbox, settle, sync,
};
use laci_sandbox::{Fault, Operation, Sandbox};
use laci_tests::laci::{Shop, wait_until};
use serde_json::Value;

/// From a dead process that may have made a bill, to its money in the books.
fn the_bill_is_found_and_its_money_counted(shop: &Shop, sandbox: &Sandbox) {
    let payment = only_payment(shop);
    assert_eq!(payment["state"], "unknown", "a bill may exist: {payment}");
    assert_eq!(payment["gateway_id"], Value::Null, "its name is not known: {payment}");
    assert_eq!(creates(sandbox, &payment), 1, "one create before the end");
    let bill = only_bill(sandbox);

    sync(shop);
    assert_eq!(creates(sandbox, &payment), 2, "the contract's one retry, the same reference");
    assert_eq!(only_bill(sandbox).reference, bill.reference, "still one bill");
    let watched = only_payment(shop);
    assert_eq!((&watched["state"], &watched["presentment"]), (&"pending".into(), &Value::Null));
    assert_eq!(watched["gateway_id"], bill.reference.as_str(), "its name was learnt: {watched}");
    let polls = only_bill(sandbox).polls;
    sync(shop);
    assert!(only_bill(sandbox).polls > polls, "it is watched");
    assert_eq!(creates(sandbox, &payment), 2, "and asked for no more");

    sandbox.pay(&bill.reference).expect("the bill is there");
    settle(shop);
    must_be_paid(&only_payment(shop), &bill);
    assert_eq!(shop.receipts(), ["A01-0001.pdf"], "one receipt");
    assert_eq!(shop.entries()["sale_covered"], 1, "covered once");
    life_goes_on(shop, sandbox, 1);
    assert_eq!(shop.payments().len(), 2, "the order's payment stood; no attempt was added to it");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_first_byte() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::CommitThenHang, 1);
    let running = charge(&shop).start();
    wait_until("the gateway has the create", || sandbox.bills().len() == 1);
    must_be_killed(&running.kill());
    the_bill_is_found_and_its_money_counted(&shop, &sandbox);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_answer_half_read() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::HalfThenHang, 1);
    let running = charge(&shop).start();
    wait_until("the gateway has the create", || sandbox.bills().len() == 1);
    // Long enough for the half to be read; that it was not read would be the case above.
    std::thread::sleep(std::time::Duration::from_millis(50));
    must_be_killed(&running.kill());
    the_bill_is_found_and_its_money_counted(&shop, &sandbox);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_answer_read_and_not_committed() {
    for point in ["create.answered", "commit.before:evidence"] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        charge(&shop).killed_at(point).end().died_at_the_point();
        the_bill_is_found_and_its_money_counted(&shop, &sandbox);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_answer_committed_the_qr_is_there_again() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    charge(&shop).killed_at("commit.after:evidence").end().died_at_the_point();
    let bill = only_bill(&sandbox);
    let payment = only_payment(&shop);
    assert_eq!(payment["state"], "pending", "{payment}");
    assert_eq!(payment["presentment"]["payload"], bill.qris_string.as_str(), "the same QR");
    let again = charge(&shop).end().payment();
    assert_eq!(again["id"], payment["id"], "the order shows its payment again: {again}");
    sandbox.pay(&bill.reference).expect("the bill is there");
    settle(&shop);
    must_be_paid(&only_payment(&shop), &bill);
    assert_eq!(creates(&sandbox, &payment), 1, "nothing was asked for twice");
    life_goes_on(&shop, &sandbox, 1);
}

/// The retry is the contract's one, however often the process dies in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_death_in_the_retry_ends_the_asking() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::CommitThenHang, 2);
    let running = charge(&shop).start();
    wait_until("the first create", || sandbox.bills().len() == 1);
    must_be_killed(&running.kill());
    let payment = only_payment(&shop);
    let running = shop.laci(&["sync"]).start();
    wait_until("the retry", || creates(&sandbox, &payment) == 2);
    must_be_killed(&running.kill());

    for _ in 0..3 {
        sync(&shop);
    }
    assert_eq!(creates(&sandbox, &payment), 2, "never a third by itself");
    let left = only_payment(&shop);
    assert_eq!(left["state"], "unknown", "and it says so: {left}");
    assert_eq!(left["presentment"], Value::Null, "never shown, so never paid: {left}");
    let id = left["id"].as_str().expect("an id");
    let let_go = ["payment", "resolve", id, "--action", "abandon"];
    assert_eq!(shop.laci(&let_go).end().payment()["state"], "cancelled", "a person's word");
    assert_eq!(creates(&sandbox, &payment), 2, "which asks nobody");
    books_are_sound(&shop, &sandbox);
}

/// What was never shown cannot be paid, so the same order may be charged again at once.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_qr_was_never_shown_is_charged_again() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    charge(&shop).killed_at("create.answered").end().died_at_the_point();
    sync(&shop);
    let unseen = only_payment(&shop);
    let again = charge(&shop).end().payment();
    assert_ne!(again["id"], unseen["id"], "a second attempt");
    assert_eq!(again["sale_id"], unseen["sale_id"], "of the same sale");
    assert_eq!(again["presentment"]["kind"], "qris", "with a QR that can be shown: {again}");
    assert_eq!(creates(&sandbox, &unseen), 2, "the first is only watched");
    books_are_sound(&shop, &sandbox);
}
