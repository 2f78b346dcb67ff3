//! The Midtrans middleware's charge as it is sent: byte by byte as the document's two samples, and its items only where
//! they add up.

use std::collections::BTreeMap;

use laci_core::{Presentment, Rupiah};
use laci_gateway::{
    AskItem, CreateAsk, Given, HeaderText, HttpMethod, OurRef, Request, check_fields,
};

use crate::midtrans::midtrans;
use crate::world::*;

const CHARGE: &str = include_str!("../fixtures/midtrans/charge_request.json");
const MINIMAL: &str = include_str!("../fixtures/midtrans/charge_request_minimal.json");

fn body(request: &Request) -> String {
    let content = request.content.as_ref().expect("a body");
    assert_eq!(content.media_type, "application/json");
    String::from_utf8(content.bytes.to_vec()).unwrap()
}

fn sent(options: &[(&str, &str)], ask: &CreateAsk) -> String {
    body(&midtrans(options).collector().unwrap().create(ask))
}

/// A sample without the blanks between its parts.
fn compact(text: &str) -> String {
    let mut quoted = false;
    let mut keep = |c: char| {
        quoted ^= c == '"';
        quoted || !c.is_whitespace()
    };
    text.chars().filter(|c| keep(*c)).collect()
}

fn extra(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn ask_of(our_ref: &str, amount: u32) -> CreateAsk {
    CreateAsk { our_ref: OurRef::new(our_ref).unwrap(), ..create_ask(amount) }
}

fn item(name: &str, quantity: u32, price: i64) -> AskItem {
    AskItem { name: name.into(), quantity, price: Rupiah::new(price).unwrap() }
}

#[test]
fn the_charge_is_the_documents_byte_for_byte() {
    let gateway = midtrans(&[("app_code", "biling")]);
    let mut ask = ask_of("INV-2025-001", 150_000);
    ask.extra = extra(&[
        ("first_name", "Budi"),
        ("last_name", "Santoso"),
        ("email", "budi@example.com"),
        ("phone", "08123456789"),
        (
            "item_details",
            r#"[ {"name": "Cloud VPS Basic", "quantity": 1, "price": 150000, "id": "VPS-01"} ]"#,
        ),
    ]);
    let request = gateway.collector().unwrap().create(&ask);
    assert_eq!(request.method, HttpMethod::Post);
    assert_eq!(gateway.base().join(&request.target), "http://192.168.1.7:5000/charge");
    assert_eq!(body(&request), compact(CHARGE));
    let [app, key] = request.headers.as_slice() else { panic!("two headers: {request:?}") };
    assert_eq!((app.name, &app.value), ("X-App-Code", &HeaderText::Plain("biling".into())));
    assert_eq!(key.name, "X-Api-Key");
    let HeaderText::Sensitive(secret) = &key.value else { panic!("marked, so never printed") };
    assert_eq!(secret.expose(), KEY);

    let mut ask = ask_of("TAGIHAN-001", 50_000);
    ask.customer_name = Some(" Andri ".into());
    ask.extra = extra(&[("email", "andri@indoweb.id"), ("phone", "08123456789")]);
    assert_eq!(sent(&[], &ask), compact(MINIMAL), "the sale's customer is the first name");
    let create = gateway.kind().operation("create").unwrap();
    let asked = ask
        .extra
        .iter()
        .fold(Given::default().with("amount", "50000"), |all, (name, text)| all.with(name, text));
    assert_eq!(check_fields(create.fields, &asked), Ok(()));
}

#[test]
fn a_sales_lines_are_items_only_when_they_add_up() {
    let bare = r#"{"order_id":"ORDER-12345","amount":20000}"#;
    let with = |amount, items: Vec<AskItem>| sent(&[], &CreateAsk { items, ..create_ask(amount) });
    assert_eq!(
        with(
            20_000,
            vec![
                item("Kopi \"Susu\"", 2, 9_000),
                item("Roti", 1, 3_000),
                item("Diskon", 1, -1_000)
            ]
        ),
        concat!(
            r#"{"order_id":"ORDER-12345","amount":20000,"item_details":["#,
            r#"{"id":"1","price":9000,"quantity":2,"name":"Kopi \"Susu\""},"#,
            r#"{"id":"2","price":3000,"quantity":1,"name":"Roti"},"#,
            r#"{"id":"3","price":-1000,"quantity":1,"name":"Diskon"}]}"#
        )
    );
    let most = (1 << 53) - 1;
    for items in [
        vec![],
        vec![item("Kopi", 2, 9_999)],
        vec![item("Kopi", 1, 20_001)],
        vec![item("Kopi", 1, 20_000), item("Gratis", 0, 5_000)],
        vec![item(" ", 1, 20_000)],
        vec![item("Kopi", u32::MAX, most), item("Kopi", u32::MAX, most)],
        vec![item("Kopi", 1, 100); 201],
    ] {
        assert_eq!(with(20_000, items.clone()), bare, "{items:?}");
    }
    let long = with(20_000, vec![item(&"é".repeat(60), 1, 20_000)]);
    assert!(long.contains(&format!(r#""name":"{}""#, "é".repeat(50))), "Midtrans' bound: {long}");
    let off = CreateAsk { items: vec![item("Kopi", 1, 20_000)], ..create_ask(20_000) };
    assert_eq!(sent(&[("items", "no")], &off), bare);
}

#[test]
fn peoples_own_items_stand_for_the_sales_and_must_add_up_as_well() {
    let with = |items: &str| {
        let mut ask = CreateAsk { items: vec![item("Kopi", 1, 20_000)], ..create_ask(20_000) };
        ask.extra = extra(&[("item_details", items)]);
        let text = sent(&[], &ask);
        text.strip_prefix(r#"{"order_id":"ORDER-12345","amount":20000"#).unwrap().to_owned()
    };
    assert_eq!(
        with(
            r#"[{"price":"25000.00","quantity":1,"name":"Teh\n"},{"id":7,"price":-5000,"quantity":1,"name":"Diskon","x":1}]"#
        ),
        r#","item_details":[{"id":"1","price":25000,"quantity":1,"name":"Teh"},{"id":"7","price":-5000,"quantity":1,"name":"Diskon"}]}"#
    );
    for bad in [
        r#"[{"price":19999,"quantity":1,"name":"Teh"}]"#,
        r#"[{"price":20000,"quantity":1}]"#,
        r#"[{"price":20000,"quantity":1,"name":""}]"#,
        r#"[{"price":20000.5,"quantity":1,"name":"Teh"}]"#,
        r#"[{"price":20000,"quantity":1.0,"name":"Teh"}]"#,
        r#"[{"price":20000,"quantity":-1,"name":"Teh"}]"#,
        r#"[{"price":"20.000","quantity":1,"name":"Teh"}]"#,
        r#"[{"price":1,"price":20000,"quantity":1,"name":"Teh"}]"#,
        r#"[{"price":9223372036854775807,"quantity":9,"name":"Teh"}]"#,
    ] {
        assert_eq!(with(bad), "}", "the amount alone: {bad}");
    }
}

#[test]
fn no_text_can_add_a_field_and_unknown_customers_are_not_sent() {
    let mut ask = CreateAsk { customer_name: Some("  ".into()), ..create_ask(1) };
    assert_eq!(sent(&[], &ask), r#"{"order_id":"ORDER-12345","amount":1}"#);
    ask.customer_name = Some("A\"},\n{".into());
    ask.extra = extra(&[("email", "\","), ("phone", ""), ("last_name", &"x".repeat(900))]);
    let read: serde_json::Value = serde_json::from_str(&sent(&[], &ask)).expect("one JSON object");
    let customer = &read["customer_details"];
    assert_eq!((&customer["first_name"], &customer["email"]), (&"A\"}, {".into(), &"\",".into()));
    assert_eq!(customer["last_name"].as_str().unwrap().len(), 100);
    assert_eq!(read.as_object().unwrap().len(), 3);
    ask.extra = extra(&[("first_name", "Budi")]);
    assert!(sent(&[], &ask).ends_with(r#""customer_details":{"first_name":"Budi"}}"#));
}

#[test]
fn items_that_midtrans_would_turn_down_are_refused_before_anything_is_sent() {
    let gateway = midtrans(&[]);
    let collector = gateway.collector().unwrap();
    let amount = Rupiah::from_u32(20_000);
    let refuse = |items: &str| collector.refuse(&extra(&[("item_details", items)]), amount);
    assert_eq!(collector.refuse(&extra(&[("first_name", "Budi")]), amount), None, "none given");
    for fine in [
        r#"[{"price":20000,"quantity":1,"name":"Teh"}]"#,
        r#"[{"id":"A","price":"11000.00","quantity":2,"name":"Teh"},{"price":-2000,"quantity":1,"name":"Diskon"}]"#,
    ] {
        assert_eq!(refuse(fine), None, "{fine}");
    }
    for bad in [
        r#"[{"price":19999,"quantity":1,"name":"Teh"}]"#,
        r#"[{"price":20000,"quantity":2,"name":"Teh"}]"#,
        r#"[{"price":20000,"quantity":1}]"#,
        r#"[{"price":20000,"quantity":0,"name":"Teh"}]"#,
        r#"[{"price":20000,"quantity":1,"name":""}]"#,
        r#"[{"price":20000.5,"quantity":1,"name":"Teh"}]"#,
        r#"[{"price":9223372036854775807,"quantity":9,"name":"Teh"}]"#,
        r#"[{"id":{},"price":20000,"quantity":1,"name":"Teh"}]"#,
        "[]",
        "x",
    ] {
        let Some(fault) = refuse(bad) else { panic!("{bad}") };
        assert_eq!(fault.code(), "param_invalid", "{bad}");
        let sentence = fault.sentence(laci_core::Lang::Id);
        assert!(sentence.contains("item_details") && sentence.contains("= 20000"), "{sentence}");
    }
    let items = extra(&[("item_details", "x")]);
    assert_eq!(kropay(&[]).collector().unwrap().refuse(&items, amount), None);
}

#[test]
fn a_page_of_midtrans_practice_is_no_real_money() {
    let gateway = midtrans(&[]);
    let is_test = |url: &str| {
        gateway.collector().unwrap().is_test(&Presentment::Link { url: url.to_owned() })
    };
    assert!(is_test("https://app.sandbox.midtrans.com/snap/v4/redirection/x"));
    for real in [
        "https://app.midtrans.com/snap/v4/redirection/app.sandbox.midtrans.com",
        "https://app.sandbox.midtrans.com.example/snap",
        "",
    ] {
        assert!(!is_test(real), "{real}");
    }
    let qris = Presentment::Qris { payload: "https://app.sandbox.midtrans.com/".into() };
    assert!(!gateway.collector().unwrap().is_test(&qris));
    let link = Presentment::Link { url: "https://app.sandbox.midtrans.com/snap".into() };
    assert!(!kropay(&[]).collector().unwrap().is_test(&link), "another's link is its own");
}
