//! Paydigital's status against its document: the two fields called `status`, the words, whose bill it is, and how
//! much it is.

use laci_core::{AttemptState, Observed, Rupiah, UnixMs, Zone};
use laci_gateway::{CheckAnswer, Doubt, HttpMethod, Reply, StatusAnswer};

use crate::world::*;

const STATUS: &str = include_str!("../fixtures/paydigital/status_response.json");
const PAID: &str = "\"status\": \"paid\"";

fn status(reply: &Reply) -> StatusAnswer {
    paydigital(&[]).collector().unwrap().read_status(&invoice_ask(), reply)
}

fn seen(body: &str) -> Observed {
    let answer = status(&reply(200, body));
    let StatusAnswer::Seen(observed) = answer else { panic!("not seen: {answer:?}") };
    observed
}

fn changed(from: &str, to: &str) -> Observed {
    assert!(STATUS.contains(from), "the sample holds {from}");
    seen(&STATUS.replace(from, to))
}

/// With this text as the payment's word, quotes and all.
fn worded(lexeme: &str) -> (AttemptState, Option<String>) {
    let observed = changed(PAID, &format!("\"status\": {lexeme}"));
    (observed.state, observed.review)
}

#[test]
fn the_status_request_is_the_documents() {
    let gateway = paydigital(&[]);
    let request = gateway.collector().unwrap().status(&invoice_ask());
    assert_eq!(request.method, HttpMethod::Get);
    assert_eq!(
        gateway.base().join(&request.target),
        "https://paydigital.biz.id/api/payment.php?invoice=PYG20231201123456"
    );
    assert!(request.content.is_none());
    assert_eq!(request.headers.len(), 1, "the document names this one: Authorization");
    let mut ask = invoice_ask();
    ask.gateway_id = "A/../b?c#d %&x=+".into();
    assert_eq!(
        gateway.collector().unwrap().status(&ask).target,
        "/payment.php?invoice=A%2F..%2Fb%3Fc%23d%20%25%26x%3D%2B"
    );
    let moved = paydigital(&[("path.status", "/v2/look"), ("path.create", "/v2/new")]);
    assert!(
        moved.collector().unwrap().status(&invoice_ask()).target.starts_with("/v2/look?invoice=")
    );
    assert_eq!(moved.collector().unwrap().create(&create_ask(1_000)).target, "/v2/new");
}

#[test]
fn the_documents_status_is_paid_for_exactly_this_bill() {
    let observed = seen(STATUS);
    assert_eq!((observed.state, observed.review), (AttemptState::Paid, None));
    assert_eq!(observed.amount, Some(Rupiah::from_u32(10_387)), "the total, not the price");
    assert_eq!(observed.paid_at, UnixMs::from_naive("2023-12-01 14:30:00", Zone::Wib));
    assert_eq!(observed.gateway_id.as_deref(), Some(INVOICE));
}

#[test]
fn the_call_that_worked_is_no_payment() {
    assert!(
        STATUS.trim_start().starts_with("{ \"status\": \"success\""),
        "the trap is in the sample"
    );
    for (lexeme, expected) in
        [("\"pending\"", AttemptState::Pending), ("\"expired\"", AttemptState::Expired)]
    {
        assert_eq!(worded(lexeme), (expected, None), "{lexeme}");
    }
    let wordless = seen(&STATUS.replace(&format!("{PAID}, "), ""));
    let review = Some("unknown_word");
    assert_eq!((wordless.state, wordless.review.as_deref()), (AttemptState::Pending, review));
    let root = STATUS.replace(PAID, "\"status\": \"pending\"").replacen("success", "paid", 1);
    let answer = status(&reply(200, &root));
    let expected = Doubt::Incomplete { field: "status" };
    assert_eq!(
        answer,
        StatusAnswer::Unreadable(expected),
        "paid, at the root, is no word for a call"
    );
}

#[test]
fn every_word_and_every_way_to_write_it() {
    let words = [
        ("pending", Some(AttemptState::Pending)),
        ("unpaid", Some(AttemptState::Pending)),
        ("waiting", Some(AttemptState::Pending)),
        ("expired", Some(AttemptState::Expired)),
        ("cancel", Some(AttemptState::Cancelled)),
        ("canceled", Some(AttemptState::Cancelled)),
        ("cancelled", Some(AttemptState::Cancelled)),
        ("failed", Some(AttemptState::Failed)),
        ("success", None),
        ("settled", None),
        ("lunas", None),
        ("prepaid", None),
        ("paid out", None),
        ("partially_paid", None),
        ("", None),
    ];
    for (word, expected) in words {
        let expected = match expected {
            Some(state) => (state, None),
            None => (AttemptState::Pending, Some("unknown_word".to_owned())),
        };
        for written in [word.to_owned(), word.to_uppercase(), format!(" {word}\\n")] {
            assert_eq!(worded(&format!("\"{written}\"")), expected, "{written:?}");
        }
    }
    for lexeme in ["true", "1", "null", "[\"paid\"]", "{\"paid\":1}", "{}"] {
        let unknown = (AttemptState::Pending, Some("unknown_word".to_owned()));
        assert_eq!(worded(lexeme), unknown, "{lexeme}");
    }
}

#[test]
fn money_is_one_word_in_one_writing() {
    assert_eq!(worded("\"paid\""), (AttemptState::Paid, None));
    assert_eq!(worded("\"\\u0070aid\""), (AttemptState::Paid, None), "the same word in JSON");
    let mut others =
        vec![" paid".to_owned(), "paid ".into(), "\\tpaid".into(), "paid\\u0000".into()];
    for mask in 1_u32..16 {
        let letters = "paid".chars().enumerate();
        others.push(
            letters
                .map(|(at, c)| if mask >> at & 1 == 1 { c.to_ascii_uppercase() } else { c })
                .collect(),
        );
    }
    // Every text that is `paid` with one letter more, less or changed.
    for at in 0..=4 {
        for c in ('a'..='z').chain(['_', '-', '!', ' ']) {
            others.push(format!("{}{c}{}", &"paid"[..at], &"paid"[at..]));
            if at < 4 && "paid".as_bytes()[at] != c as u8 {
                others.push(format!("{}{c}{}", &"paid"[..at], &"paid"[at + 1..]));
            }
        }
        others.push(format!("{}{}", &"paid"[..at.min(3)], &"paid"[at.min(3) + 1..]));
    }
    for word in others {
        assert_ne!(worded(&format!("\"{word}\"")).0, AttemptState::Paid, "{word:?}");
    }
}

#[test]
fn money_said_for_another_bill_is_not_ours() {
    for (from, to) in [
        (INVOICE, "PYG20231201999999"),
        ("\"PYG20231201123456\"", "null"),
        ("\"PYG20231201123456\"", "{}"),
        ("\"invoice\"", "\"nomor\""),
    ] {
        let observed = changed(from, to);
        let review = Some("reference_mismatch");
        assert_eq!((observed.state, observed.review.as_deref()), (AttemptState::Pending, review));
        assert_eq!(observed.amount, None, "another's amount is not noted either");
    }
}

#[test]
fn paid_needs_amounts_that_can_be_read_and_add_up() {
    let review = |from: &str, to: &str| {
        let observed = changed(from, to);
        assert_eq!(observed.state, AttemptState::Pending, "{to}");
        observed.review.unwrap_or_default()
    };
    for lexeme in ["null", "\"10.387\"", "1.0387e4", "-10387", "10387.50", "\"\""] {
        assert_eq!(review("10387", lexeme), "amount_unreadable", "{lexeme}");
    }
    assert_eq!(review("\"unique_code\": 387", "\"unique_code\": -1"), "amount_unreadable");
    assert_eq!(review("10387", "10386"), "amount_mismatch");
    assert_eq!(review("10387", "10000"), "amount_mismatch", "the price without its code");
}

#[test]
fn amounts_in_odd_forms_and_times_that_are_none_still_are_a_payment() {
    assert_eq!(changed("10387", "\"10387.00\"").state, AttemptState::Paid);
    let late = changed("2023-12-01 14:30:00", "kapan-kapan");
    assert_eq!((late.state, late.paid_at), (AttemptState::Paid, None), "a bad time is no time");
    let uncoded = changed("\"unique_code\": 387, ", "");
    assert_eq!((uncoded.state, uncoded.review), (AttemptState::Paid, None));
    let bare = changed("\"amount\": 10000, \"unique_code\": 387, ", "");
    assert_eq!((bare.state, bare.amount), (AttemptState::Paid, Some(Rupiah::from_u32(10_387))));
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
    let failed = |message: &str| format!(r#"{{"status":"error","message":"{message}"}}"#);
    assert_eq!(unreadable(200, "<html>maintenance</html>"), "not_json_maintenance");
    assert_eq!(unreadable(404, "<html>Not Found</html>"), "api_changed", "a page knows no bill");
    assert_eq!(unreadable(404, "{}"), "api_changed");
    assert_eq!(unreadable(500, STATUS), "server_error", "paid, says a failing server");
    assert_eq!(unreadable(401, STATUS), "key_refused");
    assert_eq!(unreadable(429, "{}"), "rate_limited");
    assert_eq!(unreadable(302, STATUS), "odd_status");
    assert_eq!(unreadable(404, STATUS), "api_changed", "found, says a 404");
    assert_eq!(unreadable(200, &STATUS.replacen("success", "error", 1)), "odd_status");
    assert_eq!(unreadable(200, &failed("API Key tidak valid")), "key_refused");
    assert_eq!(unreadable(200, &failed("API Key tidak ditemukan")), "key_refused");
    assert_eq!(unreadable(400, &failed("Kurang")), "odd_status");
    assert_eq!(unreadable(200, "{}"), "incomplete_answer");
    for data in ["null", "[]", "\"paid\"", r#"["PYG20231201123456","paid"]"#] {
        let body = format!(r#"{{"status":"success","data":{data}}}"#);
        assert_eq!(unreadable(200, &body), "incomplete_answer", "{data}");
    }
    let twice = STATUS.replace(PAID, "\"status\": \"pending\", \"status\": \"paid\"");
    assert_eq!(unreadable(200, &twice), "incomplete_answer", "two words");
    for known in [(404, "Invoice tidak ditemukan"), (200, "Invoice not found")] {
        assert_eq!(status(&reply(known.0, &failed(known.1))), StatusAnswer::NotFound);
    }
}

#[test]
fn the_check_asks_for_a_bill_that_is_not_there() {
    let gateway = paydigital(&[]);
    let request = gateway.provider().check();
    assert_eq!(
        (request.method, request.target.as_str()),
        (HttpMethod::Get, "/payment.php?invoice=LACI-CHECK")
    );
    let read = |status, body: &str| gateway.provider().read_check(&reply(status, body));
    let failed = |message: &str| format!(r#"{{"status":"error","message":"{message}"}}"#);
    assert_eq!(read(404, &failed("Invoice tidak ditemukan")), CheckAnswer::Ready);
    assert_eq!(read(200, &failed("Invoice tidak ditemukan")), CheckAnswer::Ready);
    assert_eq!(read(200, STATUS), CheckAnswer::Ready);
    assert_eq!(read(401, &failed("x")), CheckAnswer::KeyRefused);
    assert_eq!(read(200, &failed("API Key tidak valid")), CheckAnswer::KeyRefused);
    let unreadable = |status, body: &str| match read(status, body) {
        CheckAnswer::Unreadable(why) => why.code(),
        known @ (CheckAnswer::Ready | CheckAnswer::KeyRefused) => panic!("{known:?}"),
    };
    assert_eq!(unreadable(404, "<html>404</html>"), "api_changed");
    assert_eq!(unreadable(200, "<html>Selamat datang</html>"), "api_changed");
    assert_eq!(unreadable(404, r#"{"ok":false}"#), "api_changed");
    assert_eq!(unreadable(500, "{}"), "server_error");
    assert_eq!(unreadable(200, &failed("Ada yang salah")), "odd_status", "nothing is claimed");
    assert_eq!(unreadable(200, r#"{"status":"success"}"#), "incomplete_answer", "any host says so");
    assert_eq!(
        unreadable(200, r#"{"status":"success","data":{"versi":2}}"#),
        "incomplete_answer",
        "nothing of a bill"
    );
    assert_eq!(read(404, &failed("API Key tidak ditemukan")), CheckAnswer::KeyRefused);
    for said in ["Endpoint not found", "URL tidak ditemukan", "Route tidak ditemukan"] {
        for code in [200, 404] {
            assert_eq!(unreadable(code, &failed(said)), "api_changed", "{code} {said}");
            let polled = status(&reply(code, &failed(said)));
            let changed = StatusAnswer::Unreadable(Doubt::ApiChanged { status: code });
            assert_eq!(polled, changed, "{code} {said}");
        }
    }
}
