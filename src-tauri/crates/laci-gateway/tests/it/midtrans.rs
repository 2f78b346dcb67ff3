//! What the Midtrans middleware answers to a charge, against its document: the sample body, whose page a customer is
//! sent to, and everything that it leaves open.

use laci_core::{GatewayName, GatewaySettings, Lang, Presentment, Rupiah};
use laci_gateway::{CreateAnswer, CreateRetry, Doubt, Executor, Gateway, OurRef, RefusedKind};

use crate::world::*;

const CHARGED: &str = include_str!("../fixtures/midtrans/charge_response.json");
const SERVER: &str = "http://192.168.1.7:5000";

/// With the sandbox's application, and `options` beside it.
pub(crate) fn midtrans_settings(base_url: &str, options: &[(&str, &str)]) -> GatewaySettings {
    let mut settings = settings(base_url, options);
    settings.name = GatewayName::new("midtrans").unwrap();
    settings.kind = "midtrans".into();
    let code = laci_sandbox::APP_CODE.to_owned();
    settings.options.entry("app_code".into()).or_insert(code);
    settings
}

pub(crate) fn midtrans(options: &[(&str, &str)]) -> Gateway {
    Gateway::new(&midtrans_settings(SERVER, options), &secrets()).unwrap()
}

fn create(status: u16, body: &str) -> CreateAnswer {
    midtrans(&[]).collector().unwrap().read_create(&create_ask(150_000), &reply(status, body))
}

/// Why, and under which name it is watched.
fn open(status: u16, body: &str) -> (&'static str, Option<String>) {
    let answer = create(status, body);
    let CreateAnswer::Unknown(open) = answer else { panic!("{status} {body}: {answer:?}") };
    (open.why.code(), open.gateway_id)
}

fn watched(code: &'static str) -> (&'static str, Option<String>) {
    (code, Some(OUR_REF.to_owned()))
}

#[test]
fn the_documents_answer_is_a_link_for_exactly_what_was_asked() {
    for status in [201, 200] {
        let CreateAnswer::Created(bill) = create(status, CHARGED) else { panic!("a bill") };
        assert_eq!(bill.gateway_id, OUR_REF, "the order has our name");
        assert_eq!(bill.total, Rupiah::from_u32(150_000));
        assert_eq!((bill.unique_code, bill.fee), (None, None));
        let url = "https://app.midtrans.com/snap/v4/redirection/0f8736b5-...".to_owned();
        assert_eq!(bill.presentment, Presentment::Link { url });
        assert_eq!(bill.expires_at, Some(now().plus_ms(86_400_000)));
    }
    let practice = CHARGED.replace("app.midtrans.com", "app.sandbox.midtrans.com");
    let CreateAnswer::Created(bill) = create(201, &practice) else { panic!("a bill") };
    let Presentment::Link { url } = bill.presentment else { panic!("a link") };
    assert!(url.starts_with("https://app.sandbox.midtrans.com/snap/"), "{url}");
}

#[test]
fn customers_are_sent_to_midtrans_and_nowhere_else() {
    let long = format!("\"https://app.midtrans.com/{}\"", "a".repeat(300));
    for url in [
        "\"http://app.midtrans.com/snap\"",
        "\"https://app.midtrans.com.example/snap\"",
        "\"https://midtrans.com/snap\"",
        "\"https://xapp.midtrans.com/snap\"",
        "\"https://app.midtrans.com@evil.example/snap\"",
        "\"https://a:b@app.midtrans.com/snap\"",
        "\"https://a@app.midtrans.com/snap\"",
        "\"https://app.midtrans.com:8443/snap\"",
        "\"https://api.midtrans.com/snap\"",
        "\"//app.midtrans.com/snap\"",
        "\"/snap/v4\"",
        "\"javascript:alert(1)\"",
        "\"\"",
        "null",
        "7",
        "[\"https://app.midtrans.com/snap\"]",
        &long,
    ] {
        let body = format!(r#"{{"redirect_url":{url},"token":"t"}}"#);
        let answer = create(201, &body);
        let CreateAnswer::Unknown(open) = answer else { panic!("{url}: {answer:?}") };
        assert_eq!(open.why, Doubt::Incomplete { field: "redirect_url" }, "{url}");
        assert_eq!(open.gateway_id.as_deref(), Some(OUR_REF), "the order stands: it is watched");
    }
    assert_eq!(open(201, "{}"), watched("incomplete_answer"));
    assert_eq!(open(200, r#"{"error":"Terjadi kesalahan"}"#), watched("incomplete_answer"));
    let named = |pair: &str| CHARGED.replacen('{', &format!("{{{pair},"), 1);
    assert_eq!(open(201, &named(r#""order_id":"LAIN""#)), watched("reference_mismatch"));
    assert_eq!(open(201, &named(r#""order_id":null"#)), watched("reference_mismatch"));
    for amount in ["\"15000.00\"", "null", "150001", "\"150.000\""] {
        let body = named(&format!("\"gross_amount\":{amount}"));
        assert_eq!(open(201, &body), watched("amount_mismatch"), "{amount}");
    }
    let whole = named(r#""order_id":"ORDER-12345","gross_amount":"150000.00""#);
    assert!(matches!(create(201, &whole), CreateAnswer::Created(_)));
}

#[test]
fn only_a_defined_no_is_a_refusal_in_json_or_in_a_line_of_text() {
    let refused = |status, body: &str| {
        let answer = create(status, body);
        let CreateAnswer::Refused(refused) = answer else { panic!("{status} {body}: {answer:?}") };
        (refused.kind, refused.message)
    };
    let said = |kind, text: &str| (kind, text.to_owned());
    let unauthorized = said(RefusedKind::Key, "Unauthorized");
    assert_eq!(refused(401, "Unauthorized"), unauthorized);
    assert_eq!(refused(401, " \"Unauthorized\"\n"), unauthorized, "one string of JSON");
    assert_eq!(refused(401, r#"{"error":"Unauthorized"}"#), unauthorized);
    assert_eq!(refused(403, r#"{"message":"x"}"#), said(RefusedKind::Key, "x"));
    assert_eq!(refused(400, "Bad Request"), said(RefusedKind::Request, "Bad Request"));
    assert_eq!(refused(400, "{}"), said(RefusedKind::Request, ""));
    let sum = r#"{"error_messages":["gross_amount is not equal","b"],"message":"c"}"#;
    assert_eq!(refused(400, sum), said(RefusedKind::Request, "gross_amount is not equal"));
    let table = "Data JSON tidak valid. Pastikan order_id unik dan amount berupa angka";
    assert_eq!(refused(400, table), said(RefusedKind::Request, table), "of a name that is new");
    assert_eq!(
        refused(404, "Endpoint not found"),
        said(RefusedKind::Address, "Endpoint not found")
    );
    assert_eq!(refused(404, r#"{"error":"x"}"#).0, RefusedKind::Address);
    assert_eq!(refused(405, "{}").0, RefusedKind::Address);
    assert_eq!(refused(422, "{}").0, RefusedKind::Request);
}

#[test]
fn what_a_second_charge_may_still_answer_names_no_bill_so_that_one_follows() {
    let asked_again = |code: &'static str| (code, None::<String>);
    for (status, body, code) in [
        (500, r#"{"error":"Midtrans tidak terhubung"}"#, "server_error"),
        (500, "Internal Server Error", "server_error"),
        (500, "<!doctype html><title>500</title>", "server_error"),
        (502, "<html>Bad Gateway</html>", "server_error"),
        (503, "<html>maintenance</html>", "not_json_maintenance"),
        (403, "<html>Just a moment...</html>", "not_json_cloudflare"),
        (429, "{}", "rate_limited"),
        (429, "slow down", "rate_limited"),
        (408, "{}", "odd_status"),
        (403, "Forbidden", "not_json"),
        (401, "<html>", "not_json"),
        (401, "", "not_json"),
        (401, "{\"error\":\"Unauth", "not_json"),
        (400, "", "not_json"),
        (404, "<!doctype html><h1>Not Found</h1>", "api_changed"),
        (405, "Method Not Allowed", "api_changed"),
        (404, "", "api_changed"),
        (200, "<!doctype html><html></html>", "api_changed"),
        (201, "OK", "not_json"),
        (201, &CHARGED[..60], "not_json"),
    ] {
        assert_eq!(open(status, body), asked_again(code), "{status} {body}");
    }
    let essay = "kata ".repeat(100);
    assert_eq!(open(400, &essay), asked_again("not_json"), "no line: {} letters", essay.len());
    assert_eq!(open(400, &CHARGED.replace('{', "{\"token\":1,")), asked_again("not_json"));
}

#[test]
fn an_order_that_stands_already_is_watched_by_its_name() {
    let duplicate = watched("duplicate_reference");
    for (status, body) in [
        (400, r#"{"error_messages":["transaction_details.order_id sudah digunakan"]}"#),
        (
            400,
            r#"{"error":{"error_messages":["transaction_details.order_id has already been taken"]}}"#,
        ),
        (400, "transaction_details.order_id sudah digunakan"),
        (500, "Midtrans API is returning API error: order_id has already been utilized"),
        (500, r#"{"message":"Order ID telah dipakai"}"#),
        (200, r#"{"status_code":"406","status_message":"Duplicate order ID"}"#),
        (406, "{}"),
        (406, "Not Acceptable"),
        (409, "{}"),
    ] {
        assert_eq!(open(status, body), duplicate, "{status} {body}");
    }
    assert_eq!(open(400, CHARGED), watched("odd_status"), "it failed, and there is a page");
    assert_eq!(open(500, CHARGED), watched("server_error"));
    assert_eq!(open(400, r#"{"token":"t"}"#), watched("odd_status"));
}

#[test]
fn a_second_charge_never_ends_the_first_ones_doubt_with_a_no() {
    let gateway = midtrans(&[]);
    let collector = gateway.collector().unwrap();
    assert_eq!(collector.create_retry(), CreateRetry::OnceWithSameKey);
    let our_ref = OurRef::new(OUR_REF).unwrap();
    assert_eq!(collector.watch_id(&our_ref).as_deref(), Some(OUR_REF));
    assert_eq!(kropay(&[]).collector().unwrap().watch_id(&our_ref), None);
    assert_eq!(paydigital(&[]).collector().unwrap().watch_id(&our_ref), None);
    let again = create(400, "transaction_details.order_id sudah digunakan").of_retry();
    let CreateAnswer::Unknown(open) = again else { panic!("{again:?}") };
    assert_eq!(open.why, Doubt::DuplicateReference);
    assert_eq!(open.gateway_id.as_deref(), Some(OUR_REF), "the first got through: it is watched");
    let refused = create(401, "Unauthorized").of_retry();
    let CreateAnswer::Unknown(open) = refused else { panic!("{refused:?}") };
    assert_eq!(open.why.code(), "retry_refused");
}

#[test]
fn settings_are_checked_before_anything_is_sent() {
    let error = |base: &str, options: &[(&str, &str)]| {
        Gateway::new(&midtrans_settings(base, options), &secrets()).unwrap_err()
    };
    assert_eq!(error("", &[]).code(), "url_invalid", "each shop has its own server");
    assert_eq!(error("http://8.8.8.8:5000", &[]).code(), "url_insecure");
    for bad in ["", " ", "kasir toko", "kopí", "a\nb"] {
        let refused = error(SERVER, &[("app_code", bad)]);
        assert_eq!(refused.code(), "option_invalid", "{bad:?}");
        assert!(refused.sentence(Lang::Id).contains("app_code"), "{refused}");
    }
    let mut nameless = midtrans_settings(SERVER, &[]);
    nameless.options.clear();
    assert_eq!(Gateway::check_settings(&nameless).unwrap_err().code(), "option_invalid");
    assert_eq!(error(SERVER, &[("items", "maybe")]).code(), "option_invalid");
    assert_eq!(error(SERVER, &[("path.status", "/status")]).code(), "option_invalid");
    let keyless = Gateway::new(&midtrans_settings(SERVER, &[]), &Default::default());
    assert_eq!(keyless.unwrap_err().code(), "secret_missing");
    let gateway = midtrans(&[("path.create", "/pay/charge"), ("path.status", "/s/{order_id}")]);
    assert_eq!((gateway.kind().name, gateway.base().is_plain_http()), ("Midtrans", true));
    assert_eq!(gateway.collector().unwrap().create(&create_ask(1)).target, "/pay/charge");
    assert_eq!(gateway.provider().check().target, "/s/LACI-CHECK");
    assert!(gateway.collector().unwrap().limits(None).hold(Rupiah::from_u32(1)));
    assert_eq!(gateway.collector().unwrap().methods().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn no_key_in_any_debug_text_or_in_what_a_host_echoes() {
    let gateway = midtrans(&[]);
    let provider = gateway.collector().unwrap();
    let requests = [
        provider.create(&create_ask(1)),
        provider.status(&status_ask()),
        gateway.provider().check(),
    ];
    let mut shown = format!("{gateway:?} {requests:?}");
    for request in &requests {
        assert!(!request.target.contains("kenari"), "{request:?}");
    }
    for (status, body) in [
        (401, format!("Unauthorized: {KEY}")),
        (400, format!(r#"{{"error":"key {KEY}"}}"#)),
        (200, format!("<html>{KEY}</html>")),
    ] {
        let executor = Executor::new(Played::new(vec![Ok(reply(status, &body))]), 7);
        let answered = executor.create(&gateway, &create_ask(1)).await.unwrap();
        let raw = String::from_utf8(answered.raw.clone().expect("a whole reply")).unwrap();
        assert!(raw.contains("***"), "{raw}");
        shown.push_str(&format!("{raw} {answered:?}"));
    }
    assert!(!shown.contains("kenari"), "{shown}");
}
