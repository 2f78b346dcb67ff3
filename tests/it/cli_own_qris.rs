//! The shop's own QRIS, made offline: unique codes, and a person's word.

use crate::cli_world::{own_payment, payload, tag};
use laci_tests::laci::{PIN, Shop, vector};
use std::collections::BTreeSet;

#[test]
fn open_payments_of_one_amount_can_be_told_apart() {
    let shop = Shop::set_up();
    let mut totals = BTreeSet::new();
    for _ in 0..4 {
        let payment = own_payment(&shop, "10000");
        assert_eq!(
            (&payment["state"], &payment["gateway"]),
            (&"unverified".into(), &serde_json::Value::Null)
        );
        let (total, code) =
            (payment["total"].as_i64().unwrap(), payment["unique_code"].as_i64().unwrap());
        assert_eq!(total, 10_000 + code, "what the code does to the price: {payment}");
        assert!(code < 0, "it is taken off: {payment}");
        assert_eq!(tag(payload(&payment), "54"), Some(total.to_string()), "asked for by the QR");
        assert_eq!(tag(payload(&payment), "59").as_deref(), Some("TOKO CONTOH"), "for this shop");
        assert!(totals.insert(total), "a total stands for one open payment: {payment}");
    }
    let freed = *totals.last().unwrap();
    let payments = shop.payments();
    let open = payments.iter().find(|payment| payment["total"] == freed).unwrap();
    shop.laci(&["payment", "cancel", open["id"].as_str().unwrap()]).end().done();
    assert_eq!(own_payment(&shop, "10000")["total"], freed, "a code is free again by an entry");
}

#[test]
fn the_smallest_amounts_leave_something_to_pay() {
    let shop = Shop::set_up();
    shop.laci(&["charge", "--amount", "1", "--own-qris"]).end().refused(3, "no_free_code");
    let two = own_payment(&shop, "2");
    assert_eq!(two["total"], 1, "one rupiah is the least: {two}");
    shop.laci(&["charge", "--amount", "2", "--own-qris"]).end().refused(3, "no_free_code");
}

#[test]
fn a_persons_word_needs_pin_and_reason() {
    let shop = Shop::set_up();
    let payment = own_payment(&shop, "10000");
    let id = payment["id"].as_str().unwrap();
    let confirm = |reason: &str| shop.laci(&["payment", "confirm", id, "--reason", reason]);
    confirm("  ").end().refused(3, "reason_required");
    confirm("dilihat").without("LACI_PIN").end().refused(3, "pin_required");
    confirm("dilihat").variable("LACI_PIN", "111111").end().refused(3, "pin_wrong");
    shop.laci(&["payment", "confirm", id]).end().refused(2, "usage");
    shop.laci(&["receipt", "A01-0001"]).end().refused(3, "sale_not_paid");
    assert!(shop.receipts().is_empty(), "unverified is no receipt");
    let confirmed = confirm("dilihat di ponsel")
        .without("LACI_PIN")
        .line(&format!("pin={PIN}"))
        .end()
        .payment();
    assert_eq!(confirmed["state"], "confirmed");
    let evidence = confirmed["evidence"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&evidence["source"], &evidence["reason"]),
        (&"person".into(), &"dilihat di ponsel".into())
    );
    assert_eq!(shop.receipts(), ["A01-0001.pdf"], "its receipt is there when the verb ends");
    confirm("sekali lagi").end().refused(3, "not_confirmable");
    assert_eq!(shop.entries()["sale_covered"], 1, "covered once");
}

#[test]
fn only_a_static_qris_of_a_shop_can_be_its_own() {
    let shop = Shop::set_up();
    let before = shop.entries();
    let own = |payload: &str| shop.laci(&["qris", "own", payload]).end();
    own(&vector("CRC off by one nibble")).refused(3, "crc_mismatch");
    own(&vector("QRIS transfer")).refused(3, "transfer");
    own("bukan qris").refused(3, "not_qris");
    let dynamic =
        shop.laci(&["qris", "dynamic", &vector("baseline static"), "--amount", "500"]).end().done();
    own(dynamic["payload"].as_str().unwrap()).refused(3, "own_qris_dynamic");
    assert_eq!(shop.entries(), before, "nothing was set");
    let set = own(&vector("NMID contains 010211")).done();
    assert_eq!(set["nmid"], "ID1010211000001");
    let payment = own_payment(&shop, "10000");
    assert!(payload(&payment).contains("ID1010211000001"), "money goes to the pinned shop");
}
