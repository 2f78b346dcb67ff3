//! Death at any moment, many times over in one shop.

use crate::after::{books_are_sound, sandbox, sync};
use laci_sandbox::{BillState, Sandbox};
use laci_tests::laci::Shop;
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

const DEATHS: u32 = 25;

/// The customer pays what is on the screen: a bill that was polled is in the books, so its QR may be shown.
fn pay_what_is_shown(sandbox: &Sandbox) {
    for bill in sandbox.bills() {
        if bill.polls > 0 && bill.status == BillState::Pending {
            sandbox.pay(&bill.reference).expect("the bill is there");
        }
    }
}

fn waiting_charge(shop: &Shop, order: &str) -> laci_tests::laci::Running {
    let asked = ["charge", "--amount", "15000", "--gateway", "kropay", "--wait", "20"];
    let asked: Vec<&str> = asked.into_iter().chain(["--order", order]).collect();
    shop.laci(&asked).start()
}

/// How long one charge takes here when nobody kills it.
fn whole_life(shop: &Shop, sandbox: &Sandbox) -> Duration {
    let start = Instant::now();
    let mut running = waiting_charge(shop, "UTUH");
    while !running.is_over() {
        pay_what_is_shown(sandbox);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(running.end().payment()["state"], "paid", "an undisturbed charge is paid");
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_every_payment_is_counted_once() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let life = whole_life(&shop, &sandbox);
    let mut dice = RandomState::new().build_hasher();
    let mut killed = 0;
    for at in 0..DEATHS {
        dice.write_u32(at);
        // From a third of its life, since loading the program and its keys is no part of a sale.
        let part = 30 + u32::try_from(dice.finish() % 80).expect("below 80");
        let end = Instant::now() + life * part / 100;
        let mut running = waiting_charge(&shop, &format!("ACAK-{at}"));
        while Instant::now() < end && !running.is_over() {
            pay_what_is_shown(&sandbox);
            std::thread::sleep(Duration::from_millis(2));
        }
        killed += u32::from(running.kill().signal == Some(9));
    }
    assert!(killed > DEATHS / 3, "only {killed} of {DEATHS} were killed before their end");
    sync(&shop);
    pay_what_is_shown(&sandbox);
    books_are_sound(&shop, &sandbox);
    money_is_counted_once(&shop, &sandbox);
}

fn money_is_counted_once(shop: &Shop, sandbox: &Sandbox) {
    let payments = shop.payments();
    let mut by_bill: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for payment in &payments {
        if let Some(bill) = payment["gateway_id"].as_str() {
            by_bill.entry(bill).or_default().push(payment);
        }
    }
    for bill in sandbox.bills() {
        assert!(bill.creates <= 2, "created too often: {bill:?}");
        let owners = by_bill.remove(bill.reference.as_str()).unwrap_or_default();
        assert!(owners.len() <= 1, "two attempts for one bill: {owners:?}");
        if bill.status == BillState::Success {
            let states: Vec<_> = owners.iter().map(|payment| &payment["state"]).collect();
            assert_eq!(states, ["paid"], "its money is in the books, once: {bill:?}");
            assert_eq!(owners[0]["flags"], serde_json::json!([]), "nothing odd: {}", owners[0]);
        }
    }
    assert!(by_bill.is_empty(), "attempts with bills that the gateway never made: {by_bill:?}");
    let paid = payments.iter().filter(|payment| payment["state"] == "paid").count();
    assert_eq!(paid, shop.receipts().len(), "one receipt for each");
    let mut numbers: Vec<_> = payments.iter().map(|p| p["sale_number"].to_string()).collect();
    numbers.sort();
    let counted: Vec<_> = (1..=numbers.len()).map(|n| format!("\"A01-{n:04}\"")).collect();
    assert_eq!(numbers, counted, "each attempt its own sale, no number missing or twice");
}
