//! What the rules refuse, with the promised exit codes, and that nothing is left of it in the books.

use crate::cli_world::sandbox;
use laci_tests::laci::{Answer, PIN, Shop};
use serde_json::Value;

fn charge(shop: &Shop, amount: &str, more: &[&str]) -> Answer {
    let asked: Vec<&str> =
        ["charge", "--amount", amount].into_iter().chain(more.iter().copied()).collect();
    shop.laci(&asked).end()
}

/// Refused before any key is looked for.
fn no_secret_needed(shop: &Shop, amount: &str, more: &[&str]) -> Answer {
    let asked: Vec<&str> =
        ["charge", "--amount", amount].into_iter().chain(more.iter().copied()).collect();
    shop.locked(&asked).end()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_no_rule_allows_leaves_nothing_behind() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let before = shop.entries();
    for way in [&["--gateway", "kropay"][..], &["--own-qris"], &["--auto"], &[]] {
        no_secret_needed(&shop, "0", way).refused(3, "amount_zero");
        no_secret_needed(&shop, "-5000", way).refused(3, "amount_negative");
        no_secret_needed(&shop, "10000001", way).refused(3, "amount_above_limit");
        no_secret_needed(&shop, "9223372036854775807", way).refused(3, "amount_too_large");
    }
    charge(&shop, "999", &["--gateway", "kropay"]).refused(3, "amount_below_minimum");
    charge(&shop, "10000", &["--gateway", "lain"]).refused(3, "gateway_unknown");
    assert_eq!(shop.entries(), before, "a refusal is no entry");
    assert!(sandbox.bills().is_empty(), "and asks nobody");
    let most = charge(&shop, "10000000", &["--gateway", "kropay"]).payment();
    assert_eq!((&most["amount"], &most["state"]), (&10_000_000.into(), &"pending".into()));
    let least = charge(&shop, "1000", &["--gateway", "kropay"]).payment();
    assert_eq!(least["presentment"]["kind"], "qris", "the limits themselves are allowed");
    let small = charge(&shop, "999", &["--auto"]).payment();
    assert_eq!(small["own_qris"], true, "below the gateway's minimum, the shop's own: {small}");
}

#[test]
fn arguments_that_are_not_understood_do_nothing() {
    let shop = Shop::set_up();
    let before = shop.entries();
    for asked in [
        &["charge", "--amount", "10000", "--diskon", "5"][..],
        &["charge"],
        &["charge", "--amount", "sepuluh ribu"],
        &["charge", "--amount", "10000", "--own-qris", "--auto"],
        &["charge", "--amount", "10000", "--own-qris", "--method", "qris"],
        &["payment"],
        &["payment", "resolve", "x", "--action", "lupakan"],
        &["bayar"],
        &["ledger", "verify", "--mend"],
        &["payment", "list", "--state", "entah"],
    ] {
        let error = shop.laci(asked).end().refused(2, "usage");
        let told = error["message"].as_str().is_some_and(|text| text.contains("--help"));
        assert!(told, "where to read how it is used: {error}");
        let english = shop.laci(&[&["--lang", "en"], asked].concat()).end().refused(2, "usage");
        assert_ne!(english["message"], error["message"], "Indonesian unless asked otherwise");
    }
    assert_eq!(shop.entries(), before, "nothing happened");
}

#[test]
fn gateway_options_that_are_unknown_or_wrong_are_refused() {
    let shop = Shop::set_up();
    let add = |url: &str, options: &[&str]| {
        let mut asked = vec!["gateway", "add", "kropay", "--name", "k", "--base-url", url];
        options.iter().for_each(|option| asked.extend(["--option", option]));
        asked.push("--secrets");
        shop.laci(&asked).line("api_key=kunci").end()
    };
    let url = "https://gateway.example";
    let before = shop.entries();
    add(url, &["kecepatan=9"]).refused(3, "option_unknown");
    add(url, &["timeout_ms=cepat"]).refused(3, "option_invalid");
    add(url, &["timeout_ms=1"]).refused(3, "option_invalid");
    add("http://8.8.8.8", &[]).refused(3, "url_insecure");
    add("http://example.com", &[]).refused(3, "url_insecure");
    add("gateway", &[]).refused(3, "url_invalid");
    let kind = ["gateway", "add", "paypal", "--name", "p", "--secrets"];
    shop.laci(&kind).line("api_key=kunci").end().refused(3, "kind_unknown");
    let keyless = ["gateway", "add", "kropay", "--name", "q", "--secrets"];
    shop.laci(&keyless).end().refused(3, "secret_missing");
    assert_eq!(shop.entries(), before, "no gateway was set");
}

#[test]
fn a_folder_without_a_shop_says_so() {
    let shop = Shop::empty();
    for asked in [
        &["charge", "--amount", "1000"][..],
        &["payment", "list"],
        &["sync"],
        &["ledger", "verify"],
        &["gateway", "list"],
        &["receipt", "A01-0001"],
        &["qris", "own", "x"],
    ] {
        shop.laci(asked).end().refused(3, "not_set_up");
    }
    assert!(!shop.database().exists(), "asking makes no ledger");
}

#[test]
fn a_shop_is_set_up_once() {
    let shop = Shop::empty();
    let init = |more: &[&str]| {
        let asked: Vec<&str> =
            ["init", "--shop", "Toko"].into_iter().chain(more.iter().copied()).collect();
        shop.laci(&asked).without("LACI_PIN")
    };
    init(&["--owner-pin"]).end().refused(3, "pin_required");
    init(&["--owner-pin"]).line("pin=12").end().refused(3, "pin_form");
    init(&["--zone", "WIX"]).end().refused(3, "zone_unknown");
    init(&["--cut-off", "25:00"]).end().refused(3, "cut_off_form");
    let pin = format!("pin={PIN}");
    let made =
        init(&["--zone", "wita", "--cut-off", "03:00", "--owner-pin"]).line(&pin).end().done();
    let shop_json = &made["shop"];
    assert_eq!((&shop_json["zone"], &shop_json["cut_off"]), (&"WITA".into(), &"03:00".into()));
    init(&["--owner-pin"]).line(&pin).end().refused(3, "already_set_up");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_guards_needs_the_pin() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let own = shop.laci(&["charge", "--amount", "5000", "--own-qris"]).end().payment();
    let id = own["id"].as_str().expect("an id").to_owned();
    let mut before = shop.entries();
    let qris = laci_tests::laci::vector("no postal code");
    let guarded: [&[&str]; 6] = [
        &["gateway", "add", "kropay", "--name", "dua", "--secrets"],
        &["gateway", "remove", "kropay"],
        &["qris", "own", &qris],
        &["ledger", "rebuild"],
        &["payment", "confirm", &id, "--reason", "dilihat di ponsel"],
        &["payment", "resolve", &id, "--action", "abandon"],
    ];
    for asked in guarded {
        let verb = || shop.laci(asked).without("LACI_PIN");
        verb().line("api_key=kunci").end().refused(3, "pin_required");
        verb().line("api_key=kunci").line("pin=000000").end().refused(3, "pin_wrong");
        // The right one clears what the wrong one counts, which else would soon cost waiting.
        shop.laci(&["ledger", "rebuild"]).end().done();
    }
    let by_variable = shop.laci(guarded[3]).variable("LACI_PIN", "000000").end();
    by_variable.refused(3, "pin_wrong");
    *before.entry("people".to_owned()).or_default() += 7;
    assert_eq!(shop.entries(), before, "nothing was changed; seven wrong PINs are noted");
    for free in [&["gateway", "list"][..], &["payment", "list"], &["ledger", "verify"], &["sync"]] {
        shop.laci(free).without("LACI_PIN").end().done();
    }
    let by_line = shop.laci(guarded[4]).without("LACI_PIN").line(&format!("pin={PIN}")).end();
    assert_eq!(by_line.payment()["state"], "confirmed", "a line of standard input is enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_one_sale() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let order = |amount: &str, more: &[&str]| {
        let mut asked = vec!["--gateway", "kropay", "--order", "P-1"];
        asked.extend(more);
        charge(&shop, amount, &asked)
    };
    let first = order("10000", &[]).payment();
    let again = order("10000", &[]).payment();
    assert_eq!(again["id"], first["id"], "the same payment");
    assert_eq!(again["presentment"], first["presentment"], "and the same QR");
    let error = order("10001", &[]).refused(3, "order_conflict");
    assert_eq!(error["payment"], Value::Null);
    assert_eq!(shop.entries()["sale_recorded"], 1, "one sale");
    assert_eq!(sandbox.bills().len(), 1, "one bill");
    sandbox.pay(first["gateway_id"].as_str().expect("a bill")).unwrap();
    let id = first["id"].as_str().expect("an id");
    assert_eq!(shop.laci(&["payment", "check", id]).end().payment()["state"], "paid");
    let paid = order("10000", &["--wait", "5"]).payment();
    assert_eq!((&paid["id"], &paid["state"]), (&first["id"], &"paid".into()), "it stays paid");
    order("20000", &[]).refused(3, "order_conflict");
    let cancel = ["payment", "cancel", id];
    shop.laci(&cancel).end().refused(3, "not_cancellable");
}

#[test]
fn what_is_not_there_is_said_to_be_unknown() {
    let shop = Shop::set_up();
    let nobody = "01a1fcf0-a4e6-7f26-bed0-f58602acc5f6";
    for verb in ["show", "check", "cancel"] {
        shop.locked(&["payment", verb, nobody]).end().refused(3, "payment_unknown");
        shop.locked(&["payment", verb, "bukan-nomor"]).end().refused(3, "payment_unknown");
    }
    shop.locked(&["receipt", "A01-0099"]).end().refused(3, "sale_unknown");
    shop.locked(&["gateway", "check", "kropay"]).end().refused(3, "gateway_unknown");
    shop.locked(&["charge", "--amount", "1000", "--gateway", "x"])
        .end()
        .refused(3, "gateway_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_whose_qr_can_still_be_paid_stays() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    charge(&shop, "10000", &["--gateway", "kropay", "--method", "tunai"])
        .refused(3, "method_unknown");
    let open = charge(&shop, "10000", &["--gateway", "kropay"]).payment();
    let before = shop.entries();
    let error = shop.laci(&["gateway", "remove", "kropay"]).end().refused(3, "gateway_watched");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Ganti kuncinya"), "what to do: {message}");
    assert_eq!(shop.entries(), before, "nothing was changed");
    sandbox.pay(open["gateway_id"].as_str().unwrap()).unwrap();
    shop.laci(&["sync"]).end().done();
    let list = shop.laci(&["gateway", "remove", "kropay"]).end().done();
    assert_eq!(list["gateways"], serde_json::json!([]), "paid: nothing is watched any more");
}
