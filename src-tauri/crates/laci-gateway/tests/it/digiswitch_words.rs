//! What Digiswitch's words and codes mean together, whose purchase an answer is about, and every other shape that an
//! answer can have.

use laci_core::Lang;
use laci_gateway::{BillOutcome, BillRetry, BillStep, CheckAnswer, Doubt, HttpMethod};

use crate::digiswitch_world::*;
use crate::world::*;

use BillOutcome::{Failed, Pending, Review, Success};

/// Every code and whether a transaction was formed, from the facts.
const FORMED: &[&str] = &[
    "01", "02", "50", "51", "52", "53", "54", "55", "57", "58", "59", "60", "70", "71", "72", "73",
    "74", "84", "85",
];
const NOT_FORMED: &[&str] = &[
    "40", "41", "42", "43", "44", "45", "47", "49", "56", "61", "62", "63", "64", "65", "66", "67",
    "68", "69", "80", "81", "82", "83", "86", "87", "88",
];
const OPEN: &[&str] = &["03", "99"];
const UNKNOWN: &[&str] = &["04", "48", "75", "100", "A1", "-1", ""];

/// Outcome and review of `status` with `rc`, for one step.
fn judged(step: BillStep, status: &str, rc: &str) -> (BillOutcome, Option<&'static str>) {
    let seen = seen(read(step, &pln(), &reply(200, &short_body(status, rc))));
    (seen.outcome, seen.review)
}

#[test]
fn only_the_documents_word_with_its_code_is_a_success() {
    for step in STEPS {
        assert_eq!(judged(step, "Sukses", "00"), (Success, None), "{step:?}");
        assert_eq!(judged(step, "Sukses", "0"), (Success, None), "{step:?}: one digit of two");
        for word in
            ["sukses", "SUKSES", " Sukses", "Sukses ", "Success", "Suk\\u0000ses", "paid", ""]
        {
            assert_eq!(judged(step, word, "00"), (Pending, Some("unknown_word")), "{word:?}");
        }
        for rc in UNKNOWN {
            for word in ["Sukses", "Gagal", "Pending", "diproses"] {
                let expected = (Pending, Some("unknown_rc"));
                assert_eq!(judged(step, word, rc), expected, "{step:?} {word} {rc}");
            }
        }
    }
}

#[test]
fn what_disagrees_is_open() {
    for step in STEPS {
        for rc in OPEN {
            assert_eq!(judged(step, "Pending", rc), (Pending, None), "{step:?} {rc}");
        }
        for rc in OPEN.iter().chain(FORMED).chain(NOT_FORMED) {
            assert_eq!(judged(step, "Sukses", rc), (Pending, Some("contradiction")), "{rc}");
        }
        for rc in FORMED.iter().chain(NOT_FORMED).chain(&["00"]) {
            assert_eq!(judged(step, "Pending", rc), (Pending, Some("contradiction")), "{rc}");
        }
        for rc in OPEN.iter().chain(&["00"]) {
            assert_eq!(judged(step, "Gagal", rc), (Pending, Some("contradiction")), "{rc}");
        }
        for rc in FORMED.iter().chain(NOT_FORMED).chain(OPEN).chain(&["00"]) {
            assert_eq!(judged(step, "diproses", rc), (Pending, Some("unknown_word")), "{rc}");
        }
    }
}

#[test]
fn every_code_that_says_failed_has_its_meaning() {
    let sides = FORMED.iter().map(|rc| (rc, true)).chain(NOT_FORMED.iter().map(|rc| (rc, false)));
    for (rc, formed) in sides {
        for step in STEPS {
            let expected = match (step, *rc) {
                (BillStep::Pay | BillStep::Topup, "01" | "70") => (Review, Some("biller_timeout")),
                (BillStep::Pay | BillStep::Topup, "49") => (Review, Some("duplicate_reference")),
                (BillStep::Status, "50") => (Review, Some("not_found")),
                // It says that the look was one too many.
                (BillStep::Status, "85") => (Review, Some("status_refused")),
                (BillStep::Status, _) if !formed => (Review, Some("status_refused")),
                (BillStep::Inquire | BillStep::Pay | BillStep::Status | BillStep::Topup, _) => {
                    (Failed, None)
                }
            };
            let seen = seen(read(step, &pln(), &reply(400, &short_body("Gagal", rc))));
            assert_eq!((seen.outcome, seen.review), expected, "{step:?} {rc}");
            assert_eq!((seen.rc.as_deref(), seen.formed), (Some(*rc), formed), "{step:?} {rc}");
            let meaning = seen.meaning.expect("the table has it");
            for lang in [Lang::Id, Lang::En] {
                assert!(meaning.text(lang).ends_with('.'), "{rc}: {}", meaning.text(lang));
            }
            let open = seen.outcome == Review;
            assert_eq!(seen.retry == BillRetry::Look, open, "{step:?} {rc}: {:?}", seen.retry);
            assert_ne!(seen.retry, BillRetry::Done, "{rc}");
            assert_eq!(seen.message.as_deref(), Some("Kata penyedia"));
        }
    }
}

#[test]
fn the_retry_says_who_has_something_to_do() {
    let retry =
        |rc| seen(read(BillStep::Inquire, &pln(), &reply(400, &short_body("Gagal", rc)))).retry;
    for (rc, expected) in [
        ("44", BillRetry::Owner),
        ("45", BillRetry::Owner),
        ("54", BillRetry::Correct),
        ("60", BillRetry::Later),
        ("49", BillRetry::Never),
    ] {
        assert_eq!(retry(rc), expected, "{rc}");
    }
}

#[test]
fn the_http_status_says_nothing_that_the_data_does_not() {
    for status in [200, 201, 400, 401, 402, 403, 404, 422, 429, 500, 502] {
        for step in STEPS {
            let read = |word, rc| {
                let seen = seen(read(step, &pln(), &reply(status, &short_body(word, rc))));
                seen.outcome
            };
            assert_eq!(read("Sukses", "00"), Success, "{status}");
            assert_eq!(read("Gagal", "54"), Failed, "{status}");
            assert_eq!(read("Pending", "03"), Pending, "{status}");
        }
    }
}

#[test]
fn another_purchases_answer_is_not_used() {
    let good = short_body("Sukses", "00");
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        read(BillStep::Pay, &pln(), &reply(200, &good.replace(from, to)))
    };
    assert_eq!(unread(with("\"ref1\"", "\"ref2\"")), "reference_mismatch");
    assert_eq!(unread(with("\"ref1\"", "\"REF1\"")), "reference_mismatch");
    assert_eq!(unread(with("530000000001", "530000000002")), "reference_mismatch");
    assert_eq!(unread(with("\"530000000001\"", "true")), "reference_mismatch");
    assert_eq!(unread(with("\"ref_id\"", "\"ref\"")), "incomplete_answer");
    assert_eq!(unread(with("\"status\"", "\"stat\"")), "incomplete_answer");
    assert_eq!(unread(with("\"Sukses\"", "1")), "incomplete_answer");
    assert_eq!(unread(with("\"status\"", "\"status\":\"Gagal\",\"status\"")), "incomplete_answer");
    assert_eq!(
        seen(with("\"customer_no\"", "\"nomor\"")).outcome,
        Success,
        "the reference says it"
    );
    assert_eq!(
        seen(with("\"pln\"", "\"lain\"")).outcome,
        Success,
        "a town's tax is answered as pbb"
    );
    let codeless = seen(with("\"rc\"", "\"kode\""));
    assert_eq!(
        (codeless.outcome, codeless.review, codeless.rc),
        (Pending, Some("unknown_rc"), None)
    );
    let gas = bill_ask("pgas", "0110014601", "ref1");
    let answer = good.replace("\"530000000001\"", "110014601");
    let answer = read(BillStep::Pay, &gas, &reply(200, &answer));
    assert_eq!(unread(answer), "reference_mismatch", "a leading zero is part of the number");
}

#[test]
fn what_is_no_answer_teaches_nothing() {
    for step in STEPS {
        let code = |status, body: &str| unread(read(step, &pln(), &reply(status, body)));
        assert_eq!(code(200, "<html>Selamat datang</html>"), "api_changed");
        assert_eq!(code(404, "<html>404</html>"), "api_changed");
        assert_eq!(code(200, "<html>Just a moment...</html>"), "not_json_cloudflare");
        assert_eq!(code(200, &short_body("Sukses", "00")[..60]), "not_json", "cut off");
        assert_eq!(code(200, ""), "not_json");
        assert_eq!(code(200, "{}"), "incomplete_answer");
        assert_eq!(code(200, r#"{"data":null}"#), "incomplete_answer");
        assert_eq!(code(200, r#"{"data":[]}"#), "incomplete_answer");
        assert_eq!(code(200, r#"{"data":"Sukses"}"#), "incomplete_answer");
        let bare = short_body("Sukses", "00");
        let bare = bare.trim_start_matches(r#"{"data":"#).strip_suffix('}').unwrap();
        assert_eq!(code(200, bare), "incomplete_answer", "not in `data`");
        assert_eq!(code(500, r#"{"message":"Server Error"}"#), "server_error");
        assert_eq!(code(429, r#"{"message":"Too Many Attempts."}"#), "rate_limited");
        assert_eq!(code(401, r#"{"message":"Unauthenticated."}"#), "key_refused");
        assert_eq!(code(404, r#"{"message":"route"}"#), "api_changed");
        assert_eq!(code(418, "{}"), "odd_status");
        let nameless =
            |rc: &str| format!(r#"{{"data":{{"rc":"{rc}","status":"Gagal","message":"x"}}}}"#);
        assert_eq!(code(400, &nameless("41")), "key_refused");
        assert_eq!(code(400, &nameless("42")), "key_refused");
        assert_eq!(code(400, &nameless("45")), "ip_not_whitelisted");
        assert_eq!(code(200, &nameless("00")), "incomplete_answer");
        assert_eq!(code(500, &nameless("02")), "server_error", "never an end");
    }
}

#[test]
fn the_tables_purchases_are_read_by_the_same_rules() {
    let bill = [("code", "pln"), ("customer_no", "530000000001"), ("ref_id", "ref1")];
    for name in ["inquiry", "pay", "status", "topup"] {
        let told = |status, body: &str| read_call(name, &bill, &reply(status, body));
        assert_eq!(told(200, &short_body("Sukses", "00")), "done", "{name}");
        assert_eq!(told(200, &short_body("Pending", "03")), "pending", "{name}");
        assert_eq!(told(400, &short_body("Gagal", "02")), "refused", "{name}");
        assert_eq!(told(400, &short_body("Gagal", "77")), "pending", "{name}");
        assert_eq!(
            told(200, &short_body("Sukses", "00").replace("ref1", "x")),
            "reference_mismatch"
        );
        assert_eq!(told(200, "{}"), "incomplete_answer", "{name}");
        let held = if name == "inquiry" { "refused" } else { "pending" };
        if name != "status" {
            assert_eq!(told(400, &short_body("Gagal", "70")), held, "{name}");
            assert_eq!(told(400, &short_body("Gagal", "41")), "key_refused", "{name}");
            assert_eq!(told(400, &short_body("Gagal", "54")), "request_refused", "{name}");
        }
    }
    assert_eq!(read_call("status", &bill, &reply(400, &short_body("Gagal", "43"))), "pending");
}

#[test]
fn lists_and_tickets_are_judged_by_their_data() {
    let list = [("command", "pasca")];
    let ticket = [("amount", "1"), ("bank", "BCA"), ("owner_name", "A")];
    let number = [("customer_no", "530000000001")];
    let coded = |rc: &str| format!(r#"{{"data":{{"rc":"{rc}","message":"x"}}}}"#);
    for (name, pairs, body, expected) in [
        ("price_list", &list[..], r#"{"data":[{"code":"pln","price":1}]}"#.to_owned(), "done"),
        ("price_list", &list, r#"{"data":[]}"#.into(), "done"),
        ("price_list", &list, coded("83"), "refused"),
        ("price_list", &list, coded("41"), "key_refused"),
        ("price_list", &list, coded("00"), "incomplete_answer"),
        ("price_list", &list, r#"{"data":{}}"#.into(), "incomplete_answer"),
        ("balance", &[], r#"{"data":{"deposit":1500.5}}"#.into(), "done"),
        ("balance", &[], r#"{"data":{"deposit":1,"rc":"00","status":"Sukses"}}"#.into(), "done"),
        (
            "balance",
            &[],
            r#"{"data":{"deposit":1,"status":"diproses"}}"#.into(),
            "incomplete_answer",
        ),
        ("balance", &[], r#"{"data":{}}"#.into(), "incomplete_answer"),
        ("balance", &[], r#"{"data":[]}"#.into(), "incomplete_answer"),
        ("balance", &[], coded("45"), "refused"),
        ("deposit", &ticket, r#"{"data":{"rc":"00","amount":200222,"notes":"x"}}"#.into(), "done"),
        ("deposit", &ticket, r#"{"rc":"00","amount":200222,"notes":"x"}"#.into(), "done"),
        ("deposit", &ticket, coded("64"), "refused"),
        ("deposit", &ticket, coded("03"), "pending"),
        ("deposit", &ticket, coded("01"), "pending"),
        ("deposit", &ticket, coded("48"), "odd_status"),
        ("deposit", &ticket, r#"{"data":{"amount":200222}}"#.into(), "incomplete_answer"),
        ("deposit", &ticket, r#"{"data":{"rc":"00","status":"Gagal"}}"#.into(), "odd_status"),
        ("deposit", &ticket, r#"{"data":{"rc":"64","status":"Sukses"}}"#.into(), "odd_status"),
        (
            "pln_check",
            &number,
            r#"{"data":{"rc":"00","customer_no":"530000000001"}}"#.into(),
            "done",
        ),
        (
            "pln_check",
            &number,
            r#"{"data":{"rc":"00","customer_no":"530000000002"}}"#.into(),
            "reference_mismatch",
        ),
        ("pln_check", &number, coded("54"), "request_refused"),
    ] {
        for status in [200, 400, 500] {
            if expected == "incomplete_answer" && status != 200 {
                continue;
            }
            assert_eq!(read_call(name, pairs, &reply(status, &body)), expected, "{name} {body}");
        }
        let page = reply(200, "<html>Selamat datang</html>");
        assert_eq!(read_call(name, pairs, &page), "api_changed", "{name}");
    }
}

#[test]
fn the_check_asks_for_one_products_price() {
    let gateway = digiswitch(&[("testing", "true")]);
    let request = gateway.provider().check();
    assert_eq!((request.method, request.target.as_str()), (HttpMethod::Post, "/price-list"));
    assert_eq!(
        body(&request),
        r#"{"command":"pasca","username":"your-username","code":"pln","sign":"98ec09dac3d119d35db855ce90f0cd5e"}"#
    );
    let read = |status, body: &str| gateway.provider().read_check(&reply(status, body));
    let coded = |rc: &str| format!(r#"{{"data":{{"rc":"{rc}","message":"x"}}}}"#);
    assert_eq!(read(200, r#"{"data":[]}"#), CheckAnswer::Ready);
    for rc in ["00", "43", "83"] {
        assert_eq!(read(400, &coded(rc)), CheckAnswer::Ready, "{rc}");
    }
    for rc in ["41", "42"] {
        assert_eq!(read(400, &coded(rc)), CheckAnswer::KeyRefused, "{rc}");
    }
    assert_eq!(read(401, r#"{"message":"Unauthenticated."}"#), CheckAnswer::KeyRefused);
    let unreadable = |status, body: &str| match read(status, body) {
        CheckAnswer::Unreadable(why) => why,
        known @ (CheckAnswer::Ready | CheckAnswer::KeyRefused) => panic!("{known:?}"),
    };
    let address = unreadable(400, &coded("45"));
    assert_eq!(address, Doubt::NotWhitelisted);
    assert!(address.is_gateway_down());
    for (lang, word) in [(Lang::Id, "dasbor penyedia"), (Lang::En, "provider's dashboard")] {
        let sentence = address.sentence(lang);
        assert!(sentence.contains("IP") && sentence.contains(word), "{sentence}");
    }
    assert_eq!(unreadable(200, &coded("40")).code(), "odd_status", "nothing is claimed");
    assert_eq!(unreadable(200, "{}").code(), "incomplete_answer");
    assert_eq!(unreadable(404, "<html>404</html>").code(), "api_changed");
    assert_eq!(unreadable(500, "{}").code(), "server_error");
    for said in ["Signature salah, API key tidak valid", "Unauthenticated."] {
        let body = format!(r#"{{"success":false,"message":"{said}","data":[]}}"#);
        assert_eq!(read(200, &body), CheckAnswer::KeyRefused, "{said}");
    }
    assert_eq!(read(401, r#"{"data":[]}"#), CheckAnswer::KeyRefused, "an empty list for nobody");
    for (status, body, code) in [
        (200, r#"{"status":"error","message":"x","data":[]}"#, "incomplete_answer"),
        (404, r#"{"message":"Endpoint not found","data":[]}"#, "api_changed"),
        (500, r#"{"data":[]}"#, "server_error"),
        (200, r#"{"data":{"rc":"00","status":"Gagal"}}"#, "odd_status"),
    ] {
        assert_eq!(unreadable(status, body).code(), code, "{status} {body}");
    }
}
