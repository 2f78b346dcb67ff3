//! What the create's answers mean: the document's sample, the plugin's shape, and everything that neither has.

use laci_core::{Presentment, Rupiah, UnixMs, Zone};
use laci_gateway::{CreateAnswer, CreateAsk, Doubt, RefusedKind, Reply, ReplyHeaders};
use laci_sandbox::practice_sticker;
use serde_json::{Value, json};

use crate::bayargg_world::*;
use crate::world::*;

fn create_with(options: &[(&str, &str)], ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
    bayargg(options).collector().unwrap().read_create(ask, reply)
}

fn create(reply: &Reply) -> CreateAnswer {
    create_with(&[], &pay_ask(), reply)
}

/// The sample with one thing changed.
fn changed(from: &str, to: &str) -> CreateAnswer {
    assert!(CREATED.contains(from), "the sample holds {from}");
    create(&reply(200, &CREATED.replace(from, to)))
}

/// The sample's bill in the plugin's shape, with `more` beside it; a null takes a field away.
fn plugin(more: &Value) -> String {
    let mut data = json!({
        "invoice_id": PAY,
        "amount": 50_000,
        "unique_code": 347,
        "final_amount": 50_347,
        "payment_url": PAGE,
        "expires_at": "2026-02-15 12:30:00",
        "status": "pending",
        "payment_method": "gopay_qris",
    });
    for (name, value) in more.as_object().unwrap() {
        data[name] = value.clone();
    }
    json!({"success": true, "data": data}).to_string()
}

fn shown(options: &[(&str, &str)], ask: &CreateAsk, body: &str) -> Presentment {
    let answer = create_with(options, ask, &reply(200, body));
    let CreateAnswer::Created(bill) = answer else { panic!("{body}: {answer:?}") };
    assert_eq!((bill.gateway_id.as_str(), bill.total.get()), (PAY, 50_347));
    bill.presentment
}

fn with_amount(amount: u64) -> String {
    let sticker = laci_qris::parse(&practice_sticker()).unwrap();
    laci_qris::dynamic(&sticker, amount).unwrap().qris.payload().to_owned()
}

fn link(url: &str) -> Presentment {
    Presentment::Link { url: url.into() }
}

fn qris(payload: String) -> Presentment {
    Presentment::Qris { payload }
}

#[test]
fn the_documents_bill_is_read_and_its_total_is_taken_as_it_stands() {
    let CreateAnswer::Created(bill) = create(&reply(200, CREATED)) else { panic!("a bill") };
    assert_eq!((bill.gateway_id.as_str(), bill.total), (PAY, Rupiah::from_u32(50_347)));
    assert_eq!((bill.unique_code, bill.fee), (Some(Rupiah::from_u32(347)), None));
    assert_eq!(bill.presentment, link(PAGE));
    assert_eq!(bill.expires_at, UnixMs::from_naive("2026-02-15 12:30:00", Zone::Wib));
}

#[test]
fn both_shapes_are_one_bill_and_what_is_missing_inside_is_taken_from_the_root() {
    let document = create(&reply(200, CREATED));
    assert_eq!(create(&reply(201, &plugin(&json!({})))), document);
    let mut mixed: Value = serde_json::from_str(&plugin(&json!({"payment_url": null}))).unwrap();
    mixed["payment_url"] = json!(PAGE);
    assert_eq!(create(&reply(200, &mixed.to_string())), document);
    let data: Value = serde_json::from_str(&plugin(&json!({}))).unwrap();
    let mut flat = data["data"].clone();
    assert_eq!(create(&reply(200, &flat.to_string())), document, "nothing says that it failed");
    flat["success"] = json!(true);
    for empty in [json!([]), json!({}), json!(null)] {
        flat["data"] = empty;
        assert_eq!(create(&reply(200, &flat.to_string())), document, "PHP's empty object");
    }
    let text = r#"{"success":true,"data":{"invoice_id":777,"amount":"50000.00","unique_code":"347",
        "final_amount":50347.0,"payment_url":"https:\/\/bayar.gg\/pay?invoice=777"}}"#;
    let CreateAnswer::Created(odd) = create(&reply(200, text)) else { panic!("a bill") };
    assert_eq!((odd.gateway_id.as_str(), odd.total.get(), odd.expires_at), ("777", 50_347, None));
}

#[test]
fn the_gateways_qr_comes_first_and_only_with_the_final_amount() {
    let ask = pay_ask();
    let (right, wrong, sticker) = (with_amount(50_347), with_amount(50_000), practice_sticker());
    let own = [("own_qris.gopay_qris", sticker.as_str())];
    for (options, more, expected) in [
        // Whose QR it is and what it asks for is the till's check.
        (&[][..], json!({"qris_dynamic_string": "0002"}), qris("0002".into())),
        (&own, json!({"qris_dynamic_string": wrong}), qris(wrong.clone())),
        (&[], json!({"qris_string": right}), qris(right.clone())),
        (&[], json!({"qris_string": sticker}), qris(right.clone())),
        (&[], json!({"qris_dynamic_string": "", "qris_string": sticker}), qris(right.clone())),
        (&[], json!({"qris_string": wrong}), link(PAGE)),
        (&[], json!({"qris_string": "0002"}), link(PAGE)),
        (&[], json!({"qris_string": 7}), link(PAGE)),
        (&own, json!({"qris_string": wrong}), qris(right.clone())),
        (&own, json!({}), qris(right.clone())),
        (&own, json!({"payment_url": null}), qris(right.clone())),
        (&own, json!({"payment_method": "qris"}), link(PAGE)),
        (&own, json!({"payment_method": null}), qris(right.clone())),
    ] {
        assert_eq!(shown(options, &ask, &plugin(&more)), expected, "{more}");
    }
    let unreadable = create(&reply(200, &plugin(&json!({"qris_dynamic_string": 7}))));
    let CreateAnswer::Unknown(uncertain) = unreadable else { panic!("{unreadable:?}") };
    assert_eq!(uncertain.why, Doubt::Incomplete { field: "qris_dynamic_string" });
    let elsewhere = CreateAsk { method: Some("qris_user".into()), ..ask };
    assert_eq!(shown(&own, &elsewhere, &plugin(&json!({}))), link(PAGE), "another's sticker");
}

#[test]
fn ovo_is_a_transfer_to_the_shops_number_and_its_page_without_one() {
    let ask = CreateAsk { method: Some("ovo".into()), ..pay_ask() };
    let answer = plugin(&json!({"payment_method": "ovo"}));
    let number = [("ovo_number", "081200000000")];
    let amount = Rupiah::from_u32(50_347);
    let transfer = Presentment::Transfer { account: "081200000000".into(), amount };
    assert_eq!(shown(&number, &ask, &answer), transfer);
    assert_eq!(shown(&[], &ask, &answer), link(PAGE));
    assert_eq!(shown(&number, &ask, &plugin(&json!({}))), link(PAGE), "another method was taken");
    assert_eq!(shown(&number, &pay_ask(), &plugin(&json!({}))), link(PAGE));
    let defaulted = CreateAsk { method: None, ..ask };
    let options = [("ovo_number", "081200000000"), ("method", "ovo")];
    assert_eq!(shown(&options, &defaulted, &answer), transfer);
}

#[test]
fn only_pages_of_the_provider_of_this_address_and_of_the_checkout_are_shown() {
    let checkout = [("payment_url", "https://bayar.toko.example/pay")];
    for url in [
        PAGE,
        "https://bayar.gg/pay?invoice=1",
        "https://WWW.bayar.gg:443/pay",
        "https://bayar.toko.example/x",
    ] {
        let answer = plugin(&json!({"payment_url": url}));
        let Presentment::Link { url } = shown(&checkout, &pay_ask(), &answer) else { panic!() };
        assert!(url.starts_with("https://"), "{url}");
    }
    let long = format!("https://www.bayar.gg/pay?invoice={}", "1".repeat(300));
    for url in [
        "http://www.bayar.gg/pay",
        "https://www.bayar.gg.example/pay",
        "https://pay.bayar.gg/pay",
        "https://bayar.toko.example/x",
        "https://a:b@www.bayar.gg/pay",
        "https://www.bayar.gg:8443/pay",
        "javascript:alert(1)",
        "/pay?invoice=1",
        "",
        &long,
    ] {
        let answer = create(&reply(200, &plugin(&json!({"payment_url": url}))));
        let CreateAnswer::Unknown(uncertain) = answer else { panic!("{url}: {answer:?}") };
        assert_eq!(uncertain.why, Doubt::Incomplete { field: "payment_url" }, "{url}");
        assert_eq!(uncertain.gateway_id.as_deref(), Some(PAY), "it can still be watched");
    }
}

#[test]
fn a_bill_that_is_not_what_was_asked_is_never_handed_out() {
    assert_eq!(doubt(changed("\"amount\": 50000", "\"amount\": 5000")), "amount_mismatch");
    assert_eq!(doubt(changed("50347", "50346")), "amount_mismatch", "it does not add up");
    assert_eq!(doubt(changed("50347", "49999")), "amount_mismatch");
    let priceless = CREATED.replace("\"amount\": 50000,", "").replace("50347", "49999");
    assert_eq!(doubt(create(&reply(200, &priceless))), "amount_mismatch");
    for (from, to) in [
        ("\"unique_code\": 347", "\"unique_code\": -347"),
        ("50347", "\"50.347\""),
        ("50347", "null"),
        ("\"final_amount\"", "\"total\""),
        ("\"amount\": 50000", "\"amount\": \"lima\""),
        ("\"invoice_id\"", "\"invoice\""),
        (PAY, ".."),
        ("\"amount\"", "\"amount\": 1, \"amount\""),
    ] {
        assert_eq!(doubt(changed(from, to)), "incomplete_answer", "{to}");
    }
    for word in ["paid", "expired", "cancelled", "canceled", "failed", "menunggu", ""] {
        let answer = changed("\"pending\"", &format!("\"{word}\""));
        let CreateAnswer::Unknown(uncertain) = answer else { panic!("{word}: {answer:?}") };
        assert_eq!(uncertain.why, Doubt::NotOpen { word: word.into() });
        assert_eq!(uncertain.gateway_id.as_deref(), Some(PAY));
    }
    for fine in [changed("\"pending\"", "null"), changed("\"pending\"", "\"Pending\"")] {
        assert!(matches!(fine, CreateAnswer::Created(_)), "{fine:?}");
    }
    let uncoded = changed("\"unique_code\": 347", "\"unique_code\": null");
    let CreateAnswer::Created(bill) = uncoded else { panic!("{uncoded:?}") };
    assert_eq!((bill.total.get(), bill.unique_code), (50_347, None), "nothing is computed");
}

#[test]
fn a_bill_of_another_price_is_nobody_we_watch() {
    let other = CreateAnswer::unknown(Doubt::AmountMismatch);
    assert_eq!(changed("\"amount\": 50000", "\"amount\": 5000"), other);
    let whole = CREATED.replace("\"amount\": 50000", "\"amount\": 90000").replace("50347", "90347");
    assert_eq!(create(&reply(200, &whole)), other, "it adds up, for somebody else");
    assert_eq!(create(&reply(200, &whole.replace("90347", "null"))), other);
    let plugin = plugin(&json!({"amount": 90_000, "final_amount": 90_347}));
    assert_eq!(create(&reply(200, &plugin)), other);
    let priceless = CREATED.replace("\"amount\": 50000,", "").replace("50347", "49999");
    assert_eq!(create(&reply(200, &priceless)), other, "below our price is not our price");
    let kept = |answer: CreateAnswer| match answer {
        CreateAnswer::Unknown(uncertain) => uncertain.gateway_id,
        other @ (CreateAnswer::Created(_) | CreateAnswer::Refused(_)) => panic!("{other:?}"),
    };
    let ours = Some(PAY.to_owned());
    assert_eq!(kept(changed("50347", "50346")), ours, "our price that does not add up is watched");
    assert_eq!(kept(changed("\"amount\": 50000", "\"amount\": \"lima\"")), None);
    for status in [400, 500] {
        assert_eq!(kept(create(&reply(status, &whole))), None, "{status}");
        assert_eq!(kept(create(&reply(status, CREATED))), ours, "{status}");
    }
}

#[test]
fn an_expiry_that_cannot_be_is_none() {
    let expires = |options: &[(&str, &str)], named: &str, date: Option<&str>| {
        let headers = ReplyHeaders { date: date.map(str::to_owned), ..ReplyHeaders::default() };
        let text = CREATED.replace("2026-02-15 12:30:00", named);
        let ask = pay_ask();
        let answer = create_with(options, &ask, &Reply { headers, ..reply(200, &text) });
        let CreateAnswer::Created(bill) = answer else { panic!("a bill") };
        bill.expires_at.map(|end| end.since_ms(ask.now) / 1000)
    };
    assert_eq!(expires(&[], "2026-02-15 12:30:00", None), Some(1_800));
    assert_eq!(expires(&[("zone", "WITA")], "2026-02-15 13:30:00", None), Some(1_800));
    assert_eq!(expires(&[], "2026-02-15 12:00:30", None), None, "under a minute");
    assert_eq!(expires(&[], "2027-02-15 12:30:00", None), None, "over seven days");
    assert_eq!(expires(&[], "besok", None), None);
    let server = Some("Sun, 15 Feb 2026 05:15:00 GMT");
    assert_eq!(expires(&[], "2026-02-15 12:30:00", server), Some(900), "by the server's clock");
}

#[test]
fn only_a_defined_no_is_a_refusal() {
    let refused = |status, body: &str| {
        let answer = create(&reply(status, body));
        let CreateAnswer::Refused(refused) = answer else { panic!("{status} {body}: {answer:?}") };
        (refused.kind, refused.message)
    };
    for (status, kind) in [
        (200, RefusedKind::Other),
        (400, RefusedKind::Request),
        (401, RefusedKind::Key),
        (402, RefusedKind::Other),
        (403, RefusedKind::Key),
        (404, RefusedKind::Request),
        (405, RefusedKind::Address),
        (422, RefusedKind::Request),
    ] {
        for name in ["error", "message"] {
            let body = format!(r#"{{"success":false,"{name}":"Tidak bisa"}}"#);
            assert_eq!(refused(status, &body), (kind, "Tidak bisa".to_owned()), "{status}");
        }
    }
    assert_eq!(refused(400, "{}"), (RefusedKind::Request, String::new()));
    let key = r#"{"success":false,"error":"Invalid API key"}"#;
    assert_eq!(refused(200, key).0, RefusedKind::Key);
}

#[test]
fn everything_else_leaves_the_outcome_open() {
    let open = |status, body: &str| doubt(create(&reply(status, body)));
    let failed = CREATED.replacen("true", "false", 1);
    assert_eq!(open(200, &failed), "odd_status", "a refusal with a bill contradicts itself");
    assert_eq!(open(400, CREATED), "odd_status");
    assert_eq!(open(400, r#"{"success":true}"#), "odd_status");
    assert_eq!(open(404, r#"{"success":true}"#), "api_changed");
    assert_eq!(open(500, CREATED), "server_error", "a bill with an error is not shown");
    assert_eq!(open(500, r#"{"success":false,"error":"x"}"#), "server_error");
    assert_eq!(open(502, "<html>Bad Gateway</html>"), "server_error");
    assert_eq!(open(429, r#"{"success":false}"#), "rate_limited");
    assert_eq!(open(408, "{}"), "odd_status");
    assert_eq!(open(409, "{}"), "odd_status");
    assert_eq!(open(200, "{}"), "incomplete_answer");
    assert_eq!(open(200, r#"{"success":true}"#), "incomplete_answer");
    assert_eq!(open(200, r#"{"error":"Ada masalah"}"#), "incomplete_answer", "no word of failing");
    assert_eq!(open(200, &CREATED.replacen("true", "\"yes\"", 1)), "incomplete_answer");
    assert_eq!(open(200, &CREATED[..150]), "not_json", "cut off");
    assert_eq!(open(200, "<html>Sedang maintenance</html>"), "not_json_maintenance");
    assert_eq!(open(403, "<html>Just a moment...</html>"), "not_json_cloudflare");
    assert_eq!(open(200, "<!doctype html><html>Selamat datang</html>"), "api_changed");
    assert_eq!(open(404, "<html>Not Found</html>"), "api_changed");
    assert_eq!(open(401, "<html>"), "not_json", "a page is nobody's refusal");
    let twice = CREATED.replacen("\"payment_url\"", "\"success\": true, \"payment_url\"", 1);
    assert_eq!(open(200, &twice), "not_json", "two words of success");
    let noticed = format!("<br />\n<b>Notice</b>: x<br />\n{CREATED}");
    assert!(matches!(create(&reply(200, &noticed)), CreateAnswer::Created(_)), "PHP talks");
}
