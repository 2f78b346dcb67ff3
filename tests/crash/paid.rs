//! Deaths around LUNAS: the money is there, and the receipt is not.

use crate::after::{
    charge, charge_with, creates, life_goes_on, must_be_paid, only_bill, only_payment, sandbox,
    settle, sync,
};
use laci_sandbox::Sandbox;
use laci_tests::laci::{Answer, Files, Shop, wait_until};

/// A waiting charge that is paid, and dies on the way.
fn paid_while_waiting(shop: &Shop, sandbox: &Sandbox, point: &str) -> Answer {
    let running = charge_with(shop, &["--wait", "30"]).killed_at(point).start();
    // A status call means that the answer to the create is in the books, so the QR may be on a screen.
    wait_until("the QR is out", || sandbox.bills().iter().any(|bill| bill.polls > 0));
    sandbox.pay(&only_bill(sandbox).reference).expect("the bill is there");
    running.end()
}

/// A payment asked about by hand, paid, and dead on the way.
fn paid_when_checked(shop: &Shop, sandbox: &Sandbox, point: &str) -> Answer {
    let payment = charge(shop).end().payment();
    sandbox.pay(&only_bill(sandbox).reference).expect("the bill is there");
    let id = payment["id"].as_str().expect("an id");
    shop.laci(&["payment", "check", id]).killed_at(point).end()
}

fn lunas_survives(shop: &Shop, sandbox: &Sandbox) {
    settle(shop);
    let payment = only_payment(shop);
    must_be_paid(&payment, &only_bill(sandbox));
    assert_eq!(creates(sandbox, &payment), 1, "nothing was asked for twice");
    let receipts = shop.data().join("receipts");
    let written = Files::of(&receipts);
    assert_eq!(written.names(), ["A01-0001.pdf"], "the receipt is there once");
    let entries = shop.entries();
    assert_eq!(entries["sale_covered"], 1, "covered once");
    assert_eq!(entries["outbox_ended"], 2, "the create and the receipt, each done once");
    assert_eq!(sync(shop)["sent"], 0, "nothing is owed any more");
    assert_eq!(shop.entries(), entries, "and nothing is written any more");
    assert_eq!(Files::of(&receipts), written, "nor printed again");
    life_goes_on(shop, sandbox, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn lunas_and_unprinted() {
    for die in [paid_while_waiting, paid_when_checked] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        die(&shop, &sandbox, "paid.committed").died_at_the_point();
        assert!(shop.receipts().is_empty(), "it died before the receipt");
        lunas_survives(&shop, &sandbox);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seen_and_not_committed_is_seen_again() {
    for die in [paid_while_waiting, paid_when_checked] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        die(&shop, &sandbox, "commit.before:paid").died_at_the_point();
        assert_eq!(only_payment(&shop)["state"], "pending", "nothing is paid yet in the books");
        lunas_survives(&shop, &sandbox);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn printed_and_not_noted_is_the_same_file_again() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    paid_when_checked(&shop, &sandbox, "commit.before:receipt").died_at_the_point();
    assert_eq!(shop.receipts(), ["A01-0001.pdf"], "it died after the file was written");
    let first = Files::of(&shop.data().join("receipts"));
    lunas_survives(&shop, &sandbox);
    let (path, bytes) = first.0.iter().next().expect("one file");
    let again = Files::of(&shop.data().join("receipts"));
    assert_eq!(again.0.get(path), Some(bytes), "at least once, and always the same bytes");
}
