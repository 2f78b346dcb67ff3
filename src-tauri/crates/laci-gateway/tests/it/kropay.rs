//! Kropay against its document: requests byte by byte, the document's sample bodies, and everything that it
//! leaves open.

use laci_core::{AttemptState, Lang, Observed, Presentment, Rupiah, UnixMs, Zone};
use laci_gateway::{
    CreateAnswer, CreateAsk, CreateRetry, Gateway, Given, HeaderText, HttpMethod, RefusedKind,
    Reply, ReplyHeaders, Request, StatusAnswer, check_fields,
};

use crate::world::*;

const CREATED: &str = include_str!("../fixtures/kropay/create_response.json");
const STATUS: &str = include_str!("../fixtures/kropay/status_response.json");

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    let found =
        request.headers.iter().find(|header| header.name == name).expect("the header stands");
    match &found.value {
        HeaderText::Plain(text) => text,
        HeaderText::Sensitive(secret) => secret.expose(),
    }
}

fn body(request: &Request) -> String {
    String::from_utf8(request.content.as_ref().expect("a body").bytes.to_vec()).unwrap()
}

fn create(ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
    kropay(&[]).collector().unwrap().read_create(ask, reply)
}

fn status(reply: &Reply) -> StatusAnswer {
    kropay(&[]).collector().unwrap().read_status(&status_ask(), reply)
}

fn seen(body: &str) -> Observed {
    let answer = status(&reply(200, body));
    let StatusAnswer::Seen(observed) = answer else { panic!("not seen: {answer:?}") };
    observed
}

fn doubt(answer: CreateAnswer) -> &'static str {
    let CreateAnswer::Unknown(uncertain) = answer else { panic!("not unknown: {answer:?}") };
    uncertain.why.code()
}

#[test]
fn the_create_request_is_the_documents() {
    let gateway = kropay(&[]);
    let mut ask = create_ask(10_000);
    ask.customer_name = Some(" Krisdi ".into());
    ask.extra.insert("expired_in".into(), "3600".into());
    let request = gateway.collector().unwrap().create(&ask);
    assert_eq!(request.method, HttpMethod::Post);
    assert_eq!(
        gateway.base().join(&request.target),
        "https://kropay.krispediadigital.my.id/api/v1/payment/create"
    );
    assert_eq!(
        body(&request),
        r#"{"merchant_ref":"ORDER-12345","amount":10000,"customer_name":"Krisdi","expired_in":3600}"#
    );
    assert_eq!(header(&request, "X-API-KEY"), KEY);
    assert_eq!(header(&request, "Content-Type"), "application/json");
    assert_eq!(request.headers.len(), 2, "the document names these two");
    let is_sensitive = matches!(request.headers[0].value, HeaderText::Sensitive(_));
    assert!(is_sensitive, "the key is marked, so that nobody prints it");
}

#[test]
fn what_is_not_known_is_not_sent_and_lives_are_bounded() {
    let sent = |options: &[(&str, &str)], expired_in: Option<&str>| {
        let mut ask = CreateAsk { customer_name: Some("  ".into()), ..create_ask(1_000) };
        let given = expired_in.map(|text| ("expired_in".to_owned(), text.to_owned()));
        ask.extra.extend(given);
        body(&kropay(options).collector().unwrap().create(&ask))
    };
    assert_eq!(sent(&[], None), r#"{"merchant_ref":"ORDER-12345","amount":1000,"expired_in":900}"#);
    assert!(sent(&[("expired_in", "600")], None).ends_with(r#""expired_in":600}"#));
    assert!(sent(&[], Some("300")).ends_with(r#""expired_in":300}"#));
    let create = kropay(&[]).kind().operation("create").unwrap();
    let given = |text| Given::default().with("amount", "1000").with("expired_in", text);
    assert_eq!(check_fields(create.fields, &given("300")), Ok(()));
    assert!(check_fields(create.fields, &given("299")).is_err(), "below the document's minimum");
    let ask = CreateAsk { customer_name: Some("A\"},{\n".into()), ..create_ask(1_000) };
    let text = body(&kropay(&[]).collector().unwrap().create(&ask));
    let read: serde_json::Value = serde_json::from_str(&text).expect("still one JSON object");
    assert_eq!(read["customer_name"], "A\"},{");
}

#[test]
fn the_status_request_is_the_documents_and_its_reference_stays_one_segment() {
    let gateway = kropay(&[]);
    let request = gateway.collector().unwrap().status(&status_ask());
    assert_eq!(request.method, HttpMethod::Get);
    assert_eq!(request.target, "/api/v1/payment/status/PG-20260529A1B2");
    assert_eq!(header(&request, "X-API-KEY"), KEY);
    assert!(request.content.is_none());
    let mut ask = status_ask();
    ask.gateway_id = "A/../b?c#d %".into();
    assert_eq!(
        gateway.collector().unwrap().status(&ask).target,
        "/api/v1/payment/status/A%2F..%2Fb%3Fc%23d%20%25"
    );
    let moved = kropay(&[("path.status", "/v2/{reference}/s"), ("path.create", "/v2/new")]);
    assert_eq!(moved.collector().unwrap().status(&status_ask()).target, "/v2/PG-20260529A1B2/s");
    assert_eq!(moved.collector().unwrap().create(&create_ask(1_000)).target, "/v2/new");
}

#[test]
fn the_documents_bill_is_read_and_its_total_is_taken_as_it_stands() {
    let CreateAnswer::Created(bill) = create(&create_ask(10_000), &reply(201, CREATED)) else {
        panic!("the sample is a bill");
    };
    assert_eq!(bill.gateway_id, REFERENCE);
    assert_eq!(bill.total, Rupiah::from_u32(10_020), "not fee + code + amount");
    assert_eq!(bill.unique_code, Some(Rupiah::from_u32(20)));
    assert_eq!(bill.fee, Some(Rupiah::from_u32(20)));
    let payload = "00020101021226580011ID.CO.QREN.WWW0118...".to_owned();
    assert_eq!(bill.presentment, Presentment::Qris { payload });
    assert_eq!(bill.expires_at, UnixMs::from_naive("2026-05-30 15:30:00", Zone::Wib));
}

#[test]
fn an_expiry_that_cannot_be_is_replaced_by_what_was_asked() {
    let expires = |options: &[(&str, &str)], named: &str, date: Option<&str>| {
        let text = CREATED.replace("2026-05-30 15:30:00", named);
        let headers = ReplyHeaders { date: date.map(str::to_owned), ..ReplyHeaders::default() };
        let answer = kropay(options)
            .collector()
            .unwrap()
            .read_create(&create_ask(10_000), &Reply { headers, ..reply(201, &text) });
        let CreateAnswer::Created(bill) = answer else { panic!("a bill") };
        bill.expires_at.unwrap().since_ms(now()) / 1000
    };
    assert_eq!(expires(&[], "2026-05-30 15:30:00", None), 600, "as named");
    assert_eq!(expires(&[], "2026-05-30 15:20:30", None), 900, "under a minute");
    assert_eq!(expires(&[], "2026-07-30 15:20:00", None), 900, "over seven days");
    assert_eq!(expires(&[], "besok", None), 900, "no time at all");
    assert_eq!(expires(&[], "2026-05-30T08:25:00.000000Z", None), 300, "with its own zone");
    assert_eq!(expires(&[("zone", "WITA")], "2026-05-30 16:30:00", None), 600, "in the set zone");
    let server = Some("Sat, 30 May 2026 08:15:00 GMT");
    assert_eq!(expires(&[], "2026-05-30 15:30:00", server), 900, "counted by the server's clock");
}

#[test]
fn a_bill_that_is_not_what_was_asked_is_never_handed_out() {
    let ask = create_ask(10_000);
    let changed = |from: &str, to: &str| {
        assert!(CREATED.contains(from), "the sample holds {from}");
        create(&ask, &reply(201, &CREATED.replace(from, to)))
    };
    assert_eq!(doubt(changed("ORDER-12345", "ORDER-99999")), "reference_mismatch");
    assert_eq!(doubt(changed("\"amount\": 10000", "\"amount\": 1000")), "amount_mismatch");
    assert_eq!(doubt(changed("10020", "9999")), "amount_mismatch");
    assert_eq!(doubt(changed("10020", "\"10.020\"")), "incomplete_answer");
    assert_eq!(doubt(changed("\"total_amount\"", "\"total\"")), "incomplete_answer");
    assert_eq!(doubt(changed("\"reference\"", "\"ref\"")), "incomplete_answer");
    assert_eq!(doubt(changed("\"qris_string\"", "\"qris\"")), "incomplete_answer");
    assert_eq!(doubt(changed("\"pending\"", "\"expired\"")), "not_open");
    assert_eq!(doubt(changed("\"pending\"", "\"menunggu\"")), "not_open");
    let CreateAnswer::Unknown(uncertain) = changed("\"qris_string\"", "\"qris\"") else { panic!() };
    assert_eq!(uncertain.gateway_id.as_deref(), Some(REFERENCE), "it can still be watched");
    let CreateAnswer::Unknown(uncertain) = changed("ORDER-12345", "ORDER-9") else { panic!() };
    assert_eq!(uncertain.gateway_id, None, "another's bill is not ours to watch");
}

#[test]
fn odd_types_in_a_bill_are_read() {
    let text = r#"{"success":1,"reference":20260529,"merchant_ref":"ORDER-12345","amount":"10000.00",
        "fee":null,"unique_code":"20","total_amount":10020.00,"status":"PENDING","expired_at":null,
        "qris_string":"000201","extra":{"a":[1,2]}}"#;
    let CreateAnswer::Created(bill) = create(&create_ask(10_000), &reply(200, text)) else {
        panic!("a bill");
    };
    assert_eq!((bill.gateway_id.as_str(), bill.total.get(), bill.fee), ("20260529", 10_020, None));
    assert_eq!(bill.expires_at, Some(now().plus_ms(900_000)));
}

#[test]
fn only_a_defined_no_is_a_refusal() {
    let refused = |status, body: &str| {
        let answer = create(&create_ask(10_000), &reply(status, body));
        let CreateAnswer::Refused(refused) = answer else { panic!("{status} {body}: {answer:?}") };
        (refused.kind, refused.message)
    };
    let says = |text: &str| text.to_owned();
    assert_eq!(
        refused(401, r#"{"message":"Unauthenticated."}"#),
        (RefusedKind::Key, says("Unauthenticated."))
    );
    assert_eq!(
        refused(403, r#"{"error":"Akun diblokir"}"#),
        (RefusedKind::Key, says("Akun diblokir"))
    );
    assert_eq!(refused(404, r#"{"message":"route"}"#).0, RefusedKind::Address);
    let laravel = r#"{"errors":{"amount":["The amount must be at least 1000."]}}"#;
    assert_eq!(
        refused(422, laravel),
        (RefusedKind::Request, says("The amount must be at least 1000."))
    );
    assert_eq!(
        refused(200, r#"{"success":false,"message":"Saldo kurang"}"#),
        (RefusedKind::Other, says("Saldo kurang"))
    );
    assert_eq!(refused(400, "{}"), (RefusedKind::Request, String::new()));
}

#[test]
fn everything_else_leaves_the_outcome_open() {
    let open = |status, body: &str| doubt(create(&create_ask(10_000), &reply(status, body)));
    assert_eq!(open(200, "<html>Just a moment...</html>"), "not_json_cloudflare");
    assert_eq!(open(401, "<html>"), "not_json", "a page is nobody's refusal");
    assert_eq!(open(200, "{}"), "incomplete_answer");
    assert_eq!(open(200, &CREATED[..200]), "not_json", "cut off");
    assert_eq!(open(500, r#"{"success":false,"message":"x"}"#), "server_error");
    assert_eq!(open(500, CREATED), "server_error", "a bill with an error is not shown");
    assert_eq!(open(429, r#"{"message":"Too Many Attempts."}"#), "rate_limited");
    assert_eq!(open(408, "{}"), "odd_status");
    assert_eq!(open(422, CREATED), "odd_status", "a refusal with a bill contradicts itself");
    let taken = r#"{"errors":{"merchant_ref":["The merchant_ref has already been taken."]}}"#;
    assert_eq!(open(422, taken), "duplicate_reference");
    assert_eq!(open(409, r#"{"success":false}"#), "duplicate_reference");
    assert_eq!(
        open(200, r#"{"success":false,"message":"merchant_ref sudah digunakan"}"#),
        "duplicate_reference"
    );
}

#[test]
fn a_refused_retry_says_nothing_about_the_first_try() {
    assert_eq!(kropay(&[]).collector().unwrap().create_retry(), CreateRetry::OnceWithSameKey);
    let refused = create(&create_ask(10_000), &reply(401, r#"{"message":"no"}"#));
    assert_eq!(doubt(refused.of_retry()), "retry_refused");
    let created = create(&create_ask(10_000), &reply(200, CREATED));
    assert_eq!(created.clone().of_retry(), created, "the same bill, handed out again");
}

#[test]
fn the_documents_status_is_paid_for_exactly_this_bill() {
    let observed = seen(STATUS);
    assert_eq!(observed.state, AttemptState::Paid);
    assert_eq!(observed.amount, Some(Rupiah::from_u32(10_020)));
    assert_eq!(observed.paid_at, UnixMs::from_naive("2026-05-29 15:30:00", Zone::Wib));
    assert_eq!(observed.gateway_id.as_deref(), Some(REFERENCE));
    assert_eq!(observed.review, None);
}

#[test]
fn status_words_and_nothing_else_decide() {
    let state = |word: &str| {
        let observed =
            seen(&STATUS.replace("\"status\": \"success\"", &format!("\"status\": {word}")));
        (observed.state, observed.review)
    };
    for (word, expected) in [
        ("\"pending\"", AttemptState::Pending),
        ("\"success\"", AttemptState::Paid),
        ("\"paid\"", AttemptState::Paid),
        ("\" PAID \"", AttemptState::Paid),
        ("\"failed\"", AttemptState::Failed),
        ("\"expired\"", AttemptState::Expired),
        ("\"cancelled\"", AttemptState::Cancelled),
        ("\"canceled\"", AttemptState::Cancelled),
    ] {
        assert_eq!(state(word), (expected, None), "{word}");
    }
    for word in [
        "\"settled\"",
        "\"successful\"",
        "\"unpaid\"",
        "\"\"",
        "true",
        "1",
        "null",
        "[\"paid\"]",
        "{}",
    ] {
        let review = Some("unknown_word".to_owned());
        assert_eq!(state(word), (AttemptState::Pending, review), "{word}");
    }
}

#[test]
fn money_said_for_another_bill_is_not_ours() {
    let state = |from: &str, to: &str| {
        assert!(STATUS.contains(from), "the sample holds {from}");
        let observed = seen(&STATUS.replace(from, to));
        (observed.state, observed.review.unwrap_or_default())
    };
    let mismatch = (AttemptState::Pending, "reference_mismatch".to_owned());
    assert_eq!(state(REFERENCE, "PG-OTHER"), mismatch);
    assert_eq!(state(OUR_REF, "ORDER-9"), mismatch);
    assert_eq!(state(r#""reference": "PG-20260529A1B2""#, r#""reference": {}"#), mismatch);
    let nameless = STATUS.replace("reference", "r").replace("merchant_ref", "m");
    assert_eq!(seen(&nameless).review.as_deref(), Some("reference_mismatch"), "no name at all");
    let half = seen(&STATUS.replace("merchant_ref", "m"));
    assert_eq!(half.state, AttemptState::Paid, "its own reference alone is enough");
}

#[test]
fn paid_needs_a_readable_amount() {
    for lexeme in ["null", "\"10.020\"", "1.002e4", "-10020", "10020.50", "\"\""] {
        let observed = seen(&STATUS.replace("10020", lexeme));
        let review = Some("amount_unreadable");
        assert_eq!(
            (observed.state, observed.review.as_deref()),
            (AttemptState::Pending, review),
            "{lexeme}"
        );
    }
    assert_eq!(seen(&STATUS.replace("10020", "\"10020.00\"")).state, AttemptState::Paid);
    let late = seen(&STATUS.replace("2026-05-29 15:30:00", "kapan-kapan"));
    assert_eq!((late.state, late.paid_at), (AttemptState::Paid, None), "a bad time is no time");
}

#[test]
fn a_status_that_cannot_be_trusted_teaches_nothing() {
    let unreadable = |status_code, body: &str| {
        let answer = status(&reply(status_code, body));
        let StatusAnswer::Unreadable(why) = answer else {
            panic!("{status_code} {body}: {answer:?}")
        };
        why.code()
    };
    assert_eq!(unreadable(200, "<html>maintenance</html>"), "not_json_maintenance");
    assert_eq!(unreadable(404, "<html>Not Found</html>"), "api_changed", "a page knows no bill");
    assert_eq!(unreadable(500, STATUS), "server_error", "paid, says a failing server");
    assert_eq!(unreadable(401, STATUS), "key_refused");
    assert_eq!(unreadable(429, "{}"), "rate_limited");
    assert_eq!(unreadable(302, STATUS), "odd_status");
    assert_eq!(
        unreadable(200, &STATUS.replace("\"success\": true", "\"success\": false")),
        "odd_status"
    );
    assert_eq!(
        unreadable(200, &STATUS.replacen('{', "{\"status\":\"pending\",", 1)),
        "not_json",
        "two statuses"
    );
    assert_eq!(status(&reply(404, r#"{"message":"Not found"}"#)), StatusAnswer::NotFound);
}

#[test]
fn limits_are_the_documents() {
    let gateway = kropay(&[]);
    assert_eq!(gateway.collector().unwrap().limits(None).minimum, Rupiah::from_u32(1_000));
    assert_eq!(gateway.collector().unwrap().methods().len(), 1);
    assert_eq!(gateway.kind().code, "kropay");
}

#[test]
fn wrong_settings_are_refused_before_anything_is_sent() {
    let code = |base: &str, options: &[(&str, &str)]| {
        Gateway::new(&settings(base, options), &secrets()).unwrap_err().code()
    };
    assert_eq!(code("http://example.com:8.8", &[]), "url_invalid");
    assert_eq!(code("http://8.8.8.8", &[]), "url_insecure");
    assert_eq!(code("", &[("expire_in", "900")]), "option_unknown");
    assert_eq!(code("", &[("expired_in", "60")]), "option_invalid");
    assert_eq!(code("", &[("path.create", "https://evil.example/x")]), "option_invalid");
    assert_eq!(code("", &[("path.status", "/api/status")]), "option_invalid");
    let mut other = settings("", &[]);
    other.kind = "kropai".into();
    let error = Gateway::check_settings(&other).unwrap_err();
    assert_eq!(error.code(), "kind_unknown");
    assert!(error.sentence(Lang::Id).contains("kropay"), "it names the kinds there are");
}

#[test]
fn no_key_in_any_debug_text() {
    let gateway = kropay(&[]);
    let request = gateway.collector().unwrap().create(&create_ask(1_000));
    let shown = format!("{gateway:?} {request:?} {:?}", secrets());
    assert!(!shown.contains("kenari"), "{shown}");
}
