//! What must hold after every crash, whatever it cut.

use laci_sandbox::{BillView, Sandbox, SandboxOptions};
use laci_tests::laci::{Answer, Shop, Verb};
use serde_json::Value;

/// Every payment here asks for this much.
pub(crate) const AMOUNT: &str = "10000";
/// The caller's own id of the payment that a crash cuts.
pub(crate) const ORDER: &str = "PESANAN-1";

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.expect("a free port")
}

/// The payment that a crash will cut.
pub(crate) fn charge(shop: &Shop) -> Verb {
    charge_with(shop, &[])
}

pub(crate) fn charge_with(shop: &Shop, more: &[&str]) -> Verb {
    let mut arguments = vec!["charge", "--amount", AMOUNT, "--gateway", "kropay", "--order", ORDER];
    arguments.extend(more);
    shop.laci(&arguments)
}

/// Every worker, for a second where a payment stays open.
pub(crate) fn sync(shop: &Shop) -> Value {
    shop.laci(&["sync", "--until-idle", "1"]).end().done()
}

/// Every worker, until what was paid is in the books.
pub(crate) fn settle(shop: &Shop) {
    shop.laci(&["sync", "--until-idle", "20"]).end().done();
}

/// The only payment. Read without the keys, so that no worker asks the gateway meanwhile.
pub(crate) fn only_payment(shop: &Shop) -> Value {
    let payments = shop.payments();
    assert_eq!(payments.len(), 1, "one attempt: {payments:?}");
    payments[0].clone()
}

pub(crate) fn only_bill(sandbox: &Sandbox) -> BillView {
    let bills = sandbox.bills();
    assert_eq!(bills.len(), 1, "one bill at the gateway: {bills:?}");
    bills[0].clone()
}

/// Creates that the gateway counted for one attempt.
pub(crate) fn creates(sandbox: &Sandbox, payment: &Value) -> u32 {
    sandbox.creates(payment["id"].as_str().expect("an attempt has an id"))
}

/// A paid payment with its evidence whole and nothing odd about it.
pub(crate) fn must_be_paid(payment: &Value, bill: &BillView) {
    assert_eq!(payment["state"], "paid", "{payment}");
    assert_eq!(payment["flags"], serde_json::json!([]), "nothing odd: {payment}");
    assert_eq!(payment["gateway_id"], bill.reference.as_str(), "its bill: {payment}");
    assert_eq!(payment["total"], bill.total_amount, "the gateway's total: {payment}");
    assert_eq!(payment["received"], bill.total_amount, "counted once: {payment}");
    let evidence = payment["evidence"].as_array().expect("evidence");
    let paid = evidence.iter().filter(|piece| piece["state"] == "paid").count();
    assert_eq!(paid, 1, "one piece of evidence of the money: {payment}");
}

/// The order asked for again is the same sale; then a further sale goes through, with the next number, and the
/// ledger is whole. `sales` counts those that there are before the order is asked for again.
pub(crate) fn life_goes_on(shop: &Shop, sandbox: &Sandbox, sales: u64) {
    let again = charge(shop).end().payment();
    assert_eq!(again["sale_number"], "A01-0001", "the order's one sale: {again}");
    let recorded = shop.entries()["sale_recorded"];
    assert_eq!(recorded, sales.max(1), "an order never makes a second sale");
    let further = further_sale(shop, sandbox);
    assert_eq!(further["sale_number"], "A01-0002", "no gap and no number twice: {further}");
    books_are_sound(shop, sandbox);
}

/// An ordinary sale from start to LUNAS.
pub(crate) fn further_sale(shop: &Shop, sandbox: &Sandbox) -> Value {
    let asked = ["charge", "--amount", "25000", "--gateway", "kropay"];
    let payment = shop.laci(&asked).end().payment();
    assert_eq!(payment["state"], "pending", "a QR is shown: {payment}");
    assert_eq!(payment["presentment"]["kind"], "qris", "a QR is shown: {payment}");
    sandbox.pay(payment["gateway_id"].as_str().expect("a bill")).expect("the bill is there");
    let id = payment["id"].as_str().expect("an id");
    let paid = shop.laci(&["payment", "check", id]).end().payment();
    assert_eq!(paid["state"], "paid", "{paid}");
    paid
}

/// Whole, nothing half done, no customer charged twice, and exactly one receipt for each paid sale.
pub(crate) fn books_are_sound(shop: &Shop, sandbox: &Sandbox) {
    sync(shop);
    shop.must_be_whole();
    let entries = shop.entries();
    let count = |name: &str| entries.get(name).copied().unwrap_or(0);
    assert_eq!(count("sale_covered"), shop.receipts().len() as u64, "a receipt for each paid sale");
    for payment in shop.payments() {
        let state = payment["state"].as_str().unwrap_or_default();
        assert!(!["planned", "submitting"].contains(&state), "left half done: {payment}");
        let creates = creates(sandbox, &payment);
        assert!(creates <= 2, "one create and the contract's one retry, not {creates}: {payment}");
    }
    for bill in sandbox.bills() {
        let same = |other: &&BillView| other.merchant_ref == bill.merchant_ref;
        assert_eq!(sandbox.bills().iter().filter(same).count(), 1, "one bill for one attempt");
    }
}

pub(crate) fn must_be_killed(answer: &Answer) {
    const KILL: i32 = 9;
    assert_eq!(answer.signal, Some(KILL), "it ended by itself: {answer:?}");
}
