//! Paydigital's create against its document: requests byte by byte, the document's sample body, and everything that
//! it leaves open.

use std::collections::BTreeMap;

use laci_core::{Lang, Presentment, Rupiah, UnixMs, Zone};
use laci_gateway::{
    CreateAnswer, CreateAsk, CreateRetry, Doubt, Gateway, HeaderText, HttpMethod, RefusedKind,
    Reply, ReplyHeaders, Request,
};

use crate::world::*;

const FORM: &str = include_str!("../fixtures/paydigital/create_request_form.json");
const CREATED: &str = include_str!("../fixtures/paydigital/create_response.json");

fn body(request: &Request) -> String {
    let content = request.content.as_ref().expect("a body");
    assert_eq!(content.media_type, "application/x-www-form-urlencoded");
    String::from_utf8(content.bytes.to_vec()).unwrap()
}

fn bearer(request: &Request) -> &str {
    let [header] = request.headers.as_slice() else { panic!("one header: {request:?}") };
    assert_eq!(header.name, "Authorization");
    let HeaderText::Sensitive(secret) = &header.value else { panic!("marked, so never printed") };
    secret.expose()
}

/// Half an hour before the sample bill's end, in Jakarta.
fn sample_ask() -> CreateAsk {
    CreateAsk {
        now: UnixMs::from_naive("2023-12-01 14:30:00", Zone::Wib).unwrap(),
        ..create_ask(10_000)
    }
}

fn create(reply: &Reply) -> CreateAnswer {
    paydigital(&[]).collector().unwrap().read_create(&sample_ask(), reply)
}

fn doubt(answer: CreateAnswer) -> &'static str {
    let CreateAnswer::Unknown(uncertain) = answer else { panic!("not unknown: {answer:?}") };
    uncertain.why.code()
}

/// The sample with one thing changed.
fn changed(from: &str, to: &str) -> CreateAnswer {
    assert!(CREATED.contains(from), "the sample holds {from}");
    create(&reply(200, &CREATED.replace(from, to)))
}

#[test]
fn the_create_request_is_the_documents_with_our_reference_behind_the_description() {
    let gateway = paydigital(&[]);
    let sample: BTreeMap<String, String> = serde_json::from_str(FORM).unwrap();
    let mut ask = create_ask(sample["amount"].parse().unwrap());
    ask.description = sample["description"].clone();
    ask.customer_name = Some(format!(" {} ", sample["customer_name"]));
    let request = gateway.collector().unwrap().create(&ask);
    assert_eq!(request.method, HttpMethod::Post);
    assert_eq!(
        gateway.base().join(&request.target),
        "https://paydigital.biz.id/api/create_payment.php",
        "the document's path, and never its http"
    );
    let documents = "store_id=1&amount=10000&description=Pembelian+Produk+A&customer_name=John+Doe";
    let ours = documents.replace("Produk+A", "Produk+A+ORDER-12345");
    assert_eq!(body(&request), ours, "the document's fields in the document's order");
    assert_eq!(bearer(&request), format!("Bearer {KEY}"));
}

#[test]
fn the_documented_fallback_puts_the_key_first_in_the_body_and_nowhere_else() {
    let gateway = paydigital(&[("auth", "form")]);
    let provider = gateway.collector().unwrap();
    let created = provider.create(&create_ask(10_000));
    let expected =
        format!("api_key={KEY}&store_id=1&amount=10000&description=Penjualan+A01-0001+ORDER-12345");
    assert_eq!(body(&created), expected);
    let looked = provider.status(&invoice_ask());
    assert_eq!(body(&looked), format!("api_key={KEY}&invoice={INVOICE}"));
    let checked = gateway.provider().check();
    assert_eq!(body(&checked), format!("api_key={KEY}&invoice=LACI-CHECK"));
    for request in [created, looked, checked] {
        assert_eq!(request.method, HttpMethod::Post);
        assert!(request.headers.is_empty(), "{request:?}");
        assert!(!request.target.contains('?') && !request.target.contains(KEY), "{request:?}");
    }
}

#[test]
fn no_text_can_add_a_field_and_our_reference_is_never_cut_off() {
    let sent = |description: &str, customer: Option<&str>| {
        let ask = CreateAsk {
            description: description.into(),
            customer_name: customer.map(str::to_owned),
            ..create_ask(1_000)
        };
        body(&paydigital(&[]).collector().unwrap().create(&ask))
    };
    let head = "store_id=1&amount=1000&description=";
    assert_eq!(sent("", None), format!("{head}ORDER-12345"));
    assert_eq!(sent(" \n", Some("  ")), format!("{head}ORDER-12345"));
    assert_eq!(
        sent("a&amount=1=+%2B\r\nb~é", Some("x&api_key=y")),
        format!(
            "{head}a%26amount%3D1%3D%2B%252B++b~%C3%A9+ORDER-12345&customer_name=x%26api_key%3Dy"
        )
    );
    let long = sent(&"é".repeat(5_000), Some(&"€".repeat(5_000)));
    assert!(long.contains("+ORDER-12345&customer_name="), "{long}");
    assert!(long.len() < 2_000, "bounded: {}", long.len());
}

#[test]
fn the_documents_bill_is_read_and_its_total_is_taken_as_it_stands() {
    let CreateAnswer::Created(bill) = create(&reply(200, CREATED)) else {
        panic!("the sample is a bill");
    };
    assert_eq!(bill.gateway_id, INVOICE);
    assert_eq!(bill.total, Rupiah::from_u32(10_387));
    assert_eq!((bill.unique_code, bill.fee), (Some(Rupiah::from_u32(387)), None));
    let payload = "000201010212266....DBD7".to_owned();
    assert_eq!(bill.presentment, Presentment::Qris { payload }, "never its picture or its page");
    assert_eq!(bill.expires_at, UnixMs::from_naive("2023-12-01 15:00:00", Zone::Wib));
}

#[test]
fn an_expiry_that_cannot_be_is_none() {
    let expires = |options: &[(&str, &str)], named: &str, date: Option<&str>| {
        let text = CREATED.replace("2023-12-01 15:00:00", named);
        let headers = ReplyHeaders { date: date.map(str::to_owned), ..ReplyHeaders::default() };
        let ask = sample_ask();
        let reply = Reply { headers, ..reply(200, &text) };
        let answer = paydigital(options).collector().unwrap().read_create(&ask, &reply);
        let CreateAnswer::Created(bill) = answer else { panic!("a bill") };
        bill.expires_at.map(|end| end.since_ms(ask.now) / 1000)
    };
    assert_eq!(expires(&[], "2023-12-01 15:00:00", None), Some(1_800), "as named");
    assert_eq!(expires(&[], "2023-12-01 14:30:30", None), None, "under a minute");
    assert_eq!(expires(&[], "2024-12-01 15:00:00", None), None, "over seven days");
    assert_eq!(expires(&[], "besok", None), None, "no time at all");
    assert_eq!(expires(&[("zone", "WIT")], "2023-12-01 17:00:00", None), Some(1_800));
    let server = Some("Fri, 01 Dec 2023 07:45:00 GMT");
    assert_eq!(expires(&[], "2023-12-01 15:00:00", server), Some(900), "by the server's clock");
}

#[test]
fn a_bill_that_is_not_what_was_asked_is_never_handed_out() {
    assert_eq!(doubt(changed("\"amount\": 10000", "\"amount\": 1000")), "amount_mismatch");
    assert_eq!(doubt(changed("10387", "10386")), "amount_mismatch", "it does not add up");
    assert_eq!(doubt(changed("10387", "9999")), "amount_mismatch");
    assert_eq!(
        doubt(changed("\"unique_code\": 387", "\"unique_code\": -387")),
        "incomplete_answer"
    );
    assert_eq!(doubt(changed("10387", "\"10.387\"")), "incomplete_answer");
    for field in ["\"invoice\"", "\"amount\"", "\"total_amount\"", "\"data\""] {
        assert_eq!(doubt(changed(field, "\"x\"")), "incomplete_answer", "{field}");
    }
    let open = "\"invoice\"";
    for word in ["paid", "expired", "menunggu", ""] {
        let named = format!("\"status\": \"{word}\", \"invoice\"");
        assert_eq!(doubt(changed(open, &named)), "not_open", "{word}");
    }
    let waiting = changed(open, "\"status\": \"pending\", \"invoice\"");
    assert!(matches!(waiting, CreateAnswer::Created(_)), "{waiting:?}");
    let CreateAnswer::Unknown(uncertain) = changed("10387", "10386") else { panic!() };
    assert_eq!(uncertain.gateway_id.as_deref(), Some(INVOICE), "it can still be watched");
    let uncoded = changed("\"unique_code\": 387", "\"unique_code\": null");
    let CreateAnswer::Created(bill) = uncoded else { panic!("{uncoded:?}") };
    assert_eq!((bill.total.get(), bill.unique_code), (10_387, None), "nothing is computed");
}

#[test]
fn a_bill_of_another_price_is_nobody_we_watch() {
    let other = CreateAnswer::unknown(Doubt::AmountMismatch);
    assert_eq!(changed("\"amount\": 10000", "\"amount\": 1000"), other);
    assert_eq!(changed("\"amount\": 10000", "\"amount\": \"10001.00\""), other);
    let whole = CREATED.replace("\"amount\": 10000", "\"amount\": 50000").replace("10387", "50387");
    assert_eq!(create(&reply(200, &whole)), other, "it adds up, for somebody else");
    let nameless = whole.replace("\"invoice\"", "\"no\"");
    assert_eq!(create(&reply(200, &nameless)), other);
    for unread in ["\"sum\": 10000", "\"amount\": \"10.000\"", "\"amount\": null"] {
        let answer = changed("\"amount\": 10000", unread);
        let unknown = CreateAnswer::unknown(Doubt::Incomplete { field: "amount" });
        assert_eq!(answer, unknown, "nothing ties it to us: {unread}");
    }
    for status in [400, 500] {
        let answer = create(&reply(status, &whole));
        let CreateAnswer::Unknown(uncertain) = answer else { panic!("{status}: {answer:?}") };
        assert_eq!(uncertain.gateway_id, None, "{status}");
        let answer = create(&reply(status, CREATED));
        let CreateAnswer::Unknown(uncertain) = answer else { panic!("{status}: {answer:?}") };
        assert_eq!(uncertain.gateway_id.as_deref(), Some(INVOICE), "{status}: our price");
    }
}

#[test]
fn the_qr_is_its_content_and_the_page_stands_in_only_for_one_that_is_missing() {
    let with = |qr: &str, url: &str| {
        let text = CREATED
            .replace("\"000201010212266....DBD7\"", qr)
            .replace("\"http://paydigital.biz.id/pay.php?invoice=PYG20231201123456\"", url);
        create(&reply(200, &text))
    };
    let page = "https://paydigital.biz.id/pay.php?invoice=PYG20231201123456";
    for (qr, url) in [("null", page.to_owned()), ("\"\"", page.replace("https", "http"))] {
        let answer = with(qr, &format!("\"{url}\""));
        let CreateAnswer::Created(bill) = answer else { panic!("{answer:?}") };
        assert_eq!(bill.presentment, Presentment::Link { url: page.into() }, "always https");
    }
    for (qr, url) in [
        ("null", "null"),
        ("null", "\"https://pay.example/pay.php\""),
        ("null", "\"https://paydigital.biz.id.example/pay.php\""),
        ("null", "\"https://a:b@paydigital.biz.id/pay.php\""),
        ("null", "\"javascript:alert(1)\""),
        ("null", "\"pay.php?invoice=1\""),
        ("7", "\"https://paydigital.biz.id/pay.php\""),
        ("\" \"", "\"https://paydigital.biz.id/pay.php\""),
    ] {
        let answer = with(qr, url);
        let CreateAnswer::Unknown(uncertain) = answer else { panic!("{qr} {url}: {answer:?}") };
        assert_eq!(uncertain.why, Doubt::Incomplete { field: "qr_content" }, "{qr} {url}");
        assert_eq!(uncertain.gateway_id.as_deref(), Some(INVOICE));
    }
}

#[test]
fn odd_types_in_a_bill_are_read() {
    let text = r#"{"status":"SUCCESS","meta":[],"data":{"invoice":20231201,"amount":"10000.00",
        "unique_code":"387","total_amount":10387.00,"qr_content":"000201","expired_at":null}}"#;
    let answer = create(&reply(201, text));
    let CreateAnswer::Created(bill) = answer else { panic!("a bill: {answer:?}") };
    assert_eq!((bill.gateway_id.as_str(), bill.total.get()), ("20231201", 10_387));
    assert_eq!(bill.expires_at, None);
}

#[test]
fn only_a_defined_no_is_a_refusal() {
    let refused = |status, body: &str| {
        let answer = create(&reply(status, body));
        let CreateAnswer::Refused(refused) = answer else { panic!("{status} {body}: {answer:?}") };
        (refused.kind, refused.message)
    };
    let says = |text: &str| format!(r#"{{"status":"error","message":"{text}"}}"#);
    let expected = |kind, text: &str| (kind, text.to_owned());
    assert_eq!(refused(401, &says("API Key salah")), expected(RefusedKind::Key, "API Key salah"));
    assert_eq!(refused(400, &says("Kurang")), expected(RefusedKind::Request, "Kurang"));
    assert_eq!(refused(400, "{}"), expected(RefusedKind::Request, ""));
    let shop = "Toko tidak ditemukan";
    assert_eq!(refused(404, &says(shop)), expected(RefusedKind::Request, shop));
    assert_eq!(refused(200, &says("Penuh")), expected(RefusedKind::Other, "Penuh"));
    assert_eq!(refused(200, r#"{"status":false,"error":"x"}"#), expected(RefusedKind::Other, "x"));
    assert_eq!(refused(200, &says("API key tidak valid")).0, RefusedKind::Key);
}

#[test]
fn everything_else_leaves_the_outcome_open() {
    let open = |status, body: &str| doubt(create(&reply(status, body)));
    let failed = CREATED.replacen("\"success\"", "\"error\"", 1);
    assert_eq!(open(200, &failed), "odd_status", "a refusal with a bill contradicts itself");
    assert_eq!(open(400, CREATED), "odd_status");
    assert_eq!(open(500, CREATED), "server_error", "a bill with an error is not shown");
    assert_eq!(open(500, r#"{"status":"error"}"#), "server_error");
    assert_eq!(open(502, "<html>Bad Gateway</html>"), "server_error");
    assert_eq!(open(429, r#"{"status":"error"}"#), "rate_limited");
    assert_eq!(open(429, "<html>slow down</html>"), "rate_limited");
    assert_eq!(open(408, "{}"), "odd_status");
    assert_eq!(open(200, "{}"), "incomplete_answer");
    assert_eq!(
        open(200, &CREATED.replacen("\"status\": \"success\",", "", 1)),
        "incomplete_answer"
    );
    assert_eq!(open(200, &CREATED.replacen("\"success\"", "\"ok\"", 1)), "incomplete_answer");
    assert_eq!(open(200, r#"{"status":"success","data":[]}"#), "incomplete_answer");
    assert_eq!(open(200, &CREATED[..200]), "not_json", "cut off");
    assert_eq!(open(200, &format!("<br /><b>Notice</b>{}", &CREATED[..200])), "not_json");
    assert_eq!(open(403, "<html>Just a moment...</html>"), "not_json_cloudflare");
    assert_eq!(open(503, "<html>maintenance</html>"), "not_json_maintenance");
    assert_eq!(open(401, "<html>"), "not_json", "a page is nobody's refusal");
    let twice = CREATED.replace("\"amount\"", "\"amount\": 1, \"amount\"");
    assert_eq!(open(200, &twice), "incomplete_answer", "two amounts");
}

#[test]
fn an_api_that_changed_is_said_to_have() {
    let page = "<!DOCTYPE html><html><h1>Selamat datang</h1></html>";
    for (status, body) in [
        (404, page),
        (404, ""),
        (405, "Method Not Allowed"),
        (404, r#"{"ok":false,"error":"Cannot POST"}"#),
        (405, "{}"),
        (200, page),
        (200, "\u{feff}\n<html>"),
    ] {
        let answer = create(&reply(status, body));
        let CreateAnswer::Unknown(uncertain) = answer else {
            panic!("{status} {body}: {answer:?}")
        };
        assert_eq!(uncertain.why, Doubt::ApiChanged { status }, "{status} {body}");
        assert_eq!((uncertain.why.code(), uncertain.why.is_gateway_down()), ("api_changed", true));
        assert!(uncertain.why.sentence(Lang::Id).contains("mengubah API"));
        assert!(uncertain.why.sentence(Lang::En).contains("changed its API"));
    }
}

#[test]
fn a_create_is_never_sent_again_by_itself() {
    assert_eq!(paydigital(&[]).collector().unwrap().create_retry(), CreateRetry::Never);
}

#[test]
fn limits_are_the_documents() {
    let gateway = paydigital(&[]);
    assert_eq!(gateway.collector().unwrap().limits(None).minimum, Rupiah::from_u32(1_000));
    assert_eq!(gateway.collector().unwrap().methods().len(), 1);
    assert_eq!(gateway.kind().code, "paydigital");
}

#[test]
fn wrong_settings_are_refused_before_anything_is_sent() {
    let error = |base: &str, options: &[(&str, &str)]| {
        Gateway::new(&paydigital_settings(base, options), &secrets()).unwrap_err()
    };
    for bad in ["0", "-1", "1.5", "toko", "", "4294967296"] {
        assert_eq!(error("", &[("store_id", bad)]).code(), "option_invalid", "{bad}");
    }
    let mut shopless = paydigital_settings("", &[]);
    shopless.options.clear();
    let missing = Gateway::check_settings(&shopless).unwrap_err();
    assert_eq!(missing.code(), "option_invalid");
    assert!(missing.sentence(Lang::Id).contains("store_id"), "{missing}");
    let auth = error("", &[("auth", "query")]);
    assert!(auth.sentence(Lang::En).contains("bearer, form"), "{auth}");
    assert_eq!(error("http://paydigital.biz.id/api", &[]).code(), "url_insecure");
    assert_eq!(error("", &[("expired_in", "900")]).code(), "option_unknown");
    assert_eq!(error("", &[("path.status", "/payment.php?a=b")]).code(), "option_invalid");
}

#[test]
fn no_key_in_any_debug_text() {
    for auth in ["bearer", "form"] {
        let gateway = paydigital(&[("auth", auth)]);
        let provider = gateway.collector().unwrap();
        let requests = [
            provider.create(&create_ask(1_000)),
            provider.status(&invoice_ask()),
            gateway.provider().check(),
        ];
        let shown = format!("{gateway:?} {requests:?}");
        assert!(!shown.contains("kenari"), "{shown}");
    }
}
