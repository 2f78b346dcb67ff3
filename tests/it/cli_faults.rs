//! A gateway that is down, slow, answers nonsense, or sends a QR that must not be shown.

use crate::cli_world::{payload, sandbox, tag};
use laci_sandbox::{Fault, Operation, Sandbox};
use laci_tests::laci::{Answer, Shop};
use serde_json::Value;
use std::net::TcpListener;

fn charge(shop: &Shop) -> Answer {
    shop.laci(&["charge", "--amount", "10000", "--gateway", "kropay"]).end()
}

/// An address on which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn must_show_nothing(payment: &Value) {
    assert_eq!(payment["presentment"], Value::Null, "a QR that must not be shown: {payment}");
    assert_eq!(payment["paid_at"], Value::Null, "{payment}");
}

/// The bill of a charge that was not shown, with how often it was asked for.
fn creates(sandbox: &Sandbox, payment: &Value) -> u32 {
    sandbox.creates(payment["id"].as_str().expect("an id"))
}

#[test]
fn a_gateway_that_is_down() {
    let shop = Shop::with_gateway(&nobody());
    let error = charge(&shop).refused(5, "unreachable");
    must_show_nothing(&error["payment"]);
    assert_eq!(error["payment"]["state"], "rejected", "nothing was sent: {error}");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Belum ada yang ditagih"), "what is safe: {message}");
    shop.laci(&["gateway", "check", "kropay"]).end().refused(5, "gateway_check_failed");
    shop.must_be_whole();
}

#[test]
fn down_and_any_way_will_do() {
    let shop = Shop::with_gateway(&nobody());
    let payment = shop.laci(&["charge", "--amount", "10000", "--auto"]).end().payment();
    assert_eq!((&payment["own_qris"], &payment["state"]), (&true.into(), &"unverified".into()));
    let total = payment["total"].to_string();
    assert_eq!(tag(payload(&payment), "54"), Some(total), "the total that is asked for");
    let payments = shop.payments();
    assert_eq!(payments.len(), 2, "both attempts are in the books");
    assert_eq!(payments[0]["sale_id"], payments[1]["sale_id"], "of one sale");
    assert_eq!(payments[1]["state"], "rejected", "the gateway's first: {}", payments[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_say_nothing_for_certain() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let mut asked = Vec::new();
    for fault in [
        Fault::Html,
        Fault::Cloudflare,
        Fault::Maintenance,
        Fault::Status { status: 500 },
        Fault::Redirect,
        Fault::RedirectAway,
        Fault::Huge,
        Fault::ResetFirst,
        Fault::CommitThenReset,
        Fault::CutBody,
        Fault::Truncated,
        Fault::OtherReference,
    ] {
        // The first create and the contract's one retry.
        sandbox.set_fault(Operation::Create, fault, 2);
        let error = charge(&shop).refused(4, "outcome_unknown");
        let payment = error["payment"].clone();
        must_show_nothing(&payment);
        assert_eq!(payment["state"], "unknown", "{fault:?}: {payment}");
        assert_eq!(creates(&sandbox, &payment), 2, "{fault:?}: once, and the one retry");
        asked.push(payment);
    }
    shop.laci(&["sync"]).end().done();
    for payment in asked {
        assert_eq!(creates(&sandbox, &payment), 2, "never again by itself: {payment}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_nonsense_answer_and_the_retry_brings_the_qr() {
    for fault in [Fault::Html, Fault::CommitThenError, Fault::CutBody] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        sandbox.set_fault(Operation::Create, fault, 1);
        let payment = charge(&shop).payment();
        assert_eq!(payload(&payment), sandbox.bills()[0].qris_string, "{fault:?}");
        assert_eq!(sandbox.bills().len(), 1, "{fault:?}: one bill");
        assert_eq!(creates(&sandbox, &payment), 2, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_ask_once_more_and_the_qr_is_shown() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::CommitThenError, 2);
    let error = charge(&shop).refused(4, "outcome_unknown");
    let id = error["payment"]["id"].as_str().expect("an id").to_owned();
    let resolve = |action: &str| shop.laci(&["payment", "resolve", &id, "--action", action]).end();
    let payment = resolve("retry").payment();
    assert_eq!(payment["state"], "pending", "{payment}");
    assert_eq!(payload(&payment), sandbox.bills()[0].qris_string, "its QR may be shown now");
    assert_eq!(creates(&sandbox, &payment), 3, "once, the one retry, and the person's word");
    assert_eq!(sandbox.bills().len(), 1, "one bill, whatever was asked");
    resolve("retry").refused(3, "not_resolvable");
    resolve("abandon").refused(3, "not_resolvable");
    assert_eq!(creates(&sandbox, &payment), 3, "and never again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_never_makes_a_second_qr_that_can_be_paid() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let order = ["charge", "--amount", "10000", "--gateway", "kropay", "--order", "P-1"];
    sandbox.set_fault(Operation::Create, Fault::Html, 2);
    let unknown = shop.laci(&order).end().refused(4, "outcome_unknown");
    let id = unknown["payment"]["id"].as_str().expect("an id").to_owned();
    let retry = || shop.laci(&["payment", "resolve", &id, "--action", "retry"]).end();
    let shown = shop.laci(&order).end().payment();
    assert_ne!(shown["id"], unknown["payment"]["id"]);
    retry().refused(3, "another_payment_open");
    sandbox.pay(shown["gateway_id"].as_str().expect("a bill")).unwrap();
    shop.laci(&["sync"]).end().done();
    retry().refused(3, "sale_covered");
    assert_eq!(creates(&sandbox, &unknown["payment"]), 2, "nothing more was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_ends_as_a_charge_does() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::Html, 3);
    let unknown = charge(&shop).refused(4, "outcome_unknown");
    let id = unknown["payment"]["id"].as_str().expect("an id");
    let retry = || shop.laci(&["payment", "resolve", id, "--action", "retry"]).end();
    retry().refused(4, "outcome_unknown");
    sandbox.set_fault(Operation::Create, Fault::QrBadCrc, 1);
    retry().refused(3, "gateway_qr_crc");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_expected_merchant_may_be_typed_in_small_letters() {
    let sandbox = sandbox().await;
    let shown = charge(&Shop::with_gateway(&sandbox.url())).payment();
    let payload = payload(&shown);
    let nmid = &payload[payload.find("ID10").expect("an NMID")..][..15];
    let option = format!("expected_nmid= {} ", nmid.to_lowercase());
    let shop = Shop::with_options(&sandbox.url(), &[&option]);
    assert_eq!(charge(&shop).payment()["state"], "pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_let_it_go_and_its_money_is_still_seen() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::Html, 2);
    let error = charge(&shop).refused(4, "outcome_unknown");
    let id = error["payment"]["id"].as_str().expect("an id");
    let gone = shop.laci(&["payment", "resolve", id, "--action", "abandon"]).end().payment();
    assert_eq!(gone["state"], "cancelled", "{gone}");
    must_show_nothing(&gone);
    shop.laci(&["sync"]).end().done();
    assert_eq!(creates(&sandbox, &gone), 2, "nothing more is asked for it");
    assert!(sandbox.bills().is_empty(), "and nothing was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn slower_than_its_time_limit() {
    let sandbox = sandbox().await;
    let shop = Shop::with_options(&sandbox.url(), &["timeout_ms=300"]);
    sandbox.set_fault(Operation::Create, Fault::Slow { ms: 3_000 }, 2);
    let error = charge(&shop).refused(4, "outcome_unknown");
    must_show_nothing(&error["payment"]);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("QR tidak ditampilkan"), "what is safe: {message}");
    assert_eq!(creates(&sandbox, &error["payment"]), 2, "once, and the contract's one retry");
    assert_eq!(sandbox.bills().len(), 1, "one bill, which nobody can pay");
}

#[tokio::test(flavor = "multi_thread")]
async fn definite_refusals() {
    for (fault, code) in [
        (Fault::Status { status: 401 }, "key_refused"),
        (Fault::Status { status: 422 }, "request_refused"),
        (Fault::ErrorWith200, "refused"),
    ] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        sandbox.set_fault(Operation::Create, fault, 1);
        let error = charge(&shop).refused(5, code);
        must_show_nothing(&error["payment"]);
        assert_eq!(error["payment"]["state"], "rejected", "{fault:?}: {error}");
        assert_eq!(creates(&sandbox, &error["payment"]), 1, "{fault:?}: no is no");
        assert!(sandbox.bills().is_empty(), "{fault:?}: nothing was made");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_qr_that_is_not_what_was_asked_is_never_shown() {
    for (fault, code) in [
        (Fault::QrWrongAmount, "amount_mismatch"),
        (Fault::QrBadCrc, "gateway_qr_crc"),
        (Fault::QrStatic, "static_code"),
        (Fault::TotalTooHigh, "total_too_far"),
    ] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        sandbox.set_fault(Operation::Create, fault, 1);
        let error = charge(&shop).refused(3, code);
        must_show_nothing(&error["payment"]);
        let flags = &error["payment"]["flags"];
        assert_eq!(flags, &serde_json::json!(["needs_review"]), "{fault:?}: {error}");
        let bad = sandbox.bills()[0].qris_string.clone();
        assert!(!error.to_string().contains(&bad), "{fault:?}: the payload is nowhere");
        sandbox.pay(&sandbox.bills()[0].reference).unwrap();
        shop.laci(&["sync"]).end().done();
        let payment = &shop.payments()[0];
        assert_eq!(payment["state"], "paid", "{fault:?}: should money come, it is seen: {payment}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_merchant_is_refused_once_the_gateways_own_is_known() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    charge(&shop).done();
    sandbox.set_fault(Operation::Create, Fault::QrWrongMerchant, 1);
    let error = charge(&shop).refused(3, "foreign_merchant");
    must_show_nothing(&error["payment"]);
    let expected = Shop::with_options(&sandbox.url(), &["expected_nmid=ID1020000000123"]);
    let error = charge(&expected).refused(3, "foreign_merchant");
    must_show_nothing(&error["payment"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_odd_is_flagged_and_never_hidden() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let payment = charge(&shop).payment();
    sandbox.pay_late(payment["gateway_id"].as_str().unwrap()).unwrap();
    let id = payment["id"].as_str().unwrap();
    let late = shop.laci(&["payment", "check", id]).end().payment();
    assert_eq!((&late["state"], &late["flags"]), (&"paid".into(), &serde_json::json!(["late"])));
    sandbox.set_fault(Operation::Status, Fault::UnknownWord, 1);
    let second = charge(&shop).payment();
    let id = second["id"].as_str().unwrap();
    let odd = shop.laci(&["payment", "check", id]).end().payment();
    assert_eq!(odd["state"], "pending", "an unknown word is not paid: {odd}");
    assert_eq!(odd["flags"], serde_json::json!(["needs_review"]), "and a person looks: {odd}");
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_ends_paid_or_pending() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let asked = ["charge", "--amount", "10000", "--gateway", "kropay", "--wait"];
    let with = |seconds| asked.into_iter().chain([seconds]).collect::<Vec<_>>();
    let pending = shop.laci(&with("1")).end().payment();
    assert_eq!(pending["state"], "pending", "still waiting is no failure: {pending}");
    let running = shop.laci(&with("30")).start();
    laci_tests::laci::wait_until("the second bill is watched", || {
        let bills = sandbox.bills();
        bills.len() == 2 && bills[0].polls > 0
    });
    sandbox.pay(&sandbox.bills()[0].reference).unwrap();
    let paid = running.end().payment();
    assert_eq!(paid["state"], "paid", "{paid}");
    assert_eq!(shop.receipts(), ["A01-0002.pdf"], "its receipt is there when the verb ends");
}
