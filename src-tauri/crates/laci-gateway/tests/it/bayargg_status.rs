//! Bayar.gg's status and check: both shapes, the words, whose bill it is, and how much it is.

use laci_core::{AttemptState, Observed, Rupiah, UnixMs, Zone};
use laci_gateway::{CheckAnswer, Doubt, Reply, StatusAnswer};

use crate::bayargg_world::*;
use crate::world::*;

/// As clients see it; the document has no body of it.
const FLAT: &str = r#"{"success":true,"invoice_id":"PAY-admin-1234567890-ABC123","status":"paid","amount":50000,"final_amount":50347,"payment_method":"qris","paid_at":"2026-02-15 12:05:00","paid_reff_num":"TRX123456789","expires_at":"2026-02-15 12:30:00"}"#;

fn nested(flat: &str) -> String {
    let inside = flat.replacen("\"success\":true,", "", 1);
    format!("{{\"success\":true,\"data\":{inside}}}")
}

fn status(reply: &Reply) -> StatusAnswer {
    bayargg(&[]).collector().unwrap().read_status(&pay_status_ask(), reply)
}

fn seen(body: &str) -> Observed {
    let answer = status(&reply(200, body));
    let StatusAnswer::Seen(observed) = answer else { panic!("not seen: {body}: {answer:?}") };
    observed
}

/// In both shapes.
fn changed(from: &str, to: &str) -> Observed {
    assert!(FLAT.contains(from), "{from}");
    let flat = FLAT.replace(from, to);
    let observed = seen(&flat);
    assert_eq!(seen(&nested(&flat)), observed, "{to}");
    observed
}

fn worded(lexeme: &str) -> (AttemptState, Option<String>) {
    let observed = changed("\"paid\"", lexeme);
    (observed.state, observed.review)
}

fn review(from: &str, to: &str) -> String {
    let observed = changed(from, to);
    assert_eq!(observed.state, AttemptState::Pending, "{to}");
    observed.review.unwrap_or_default()
}

#[test]
fn the_status_request_is_the_documents() {
    let gateway = bayargg(&[]);
    let collector = gateway.collector().unwrap();
    let request = collector.status(&pay_status_ask());
    assert_eq!(
        line(&gateway, &request),
        "GET https://www.bayar.gg/api/check-payment.php?invoice=PAY-admin-1234567890-ABC123"
    );
    assert!(request.content.is_none());
    let mut ask = pay_status_ask();
    ask.gateway_id = "A/../b?c#d %&x=+".into();
    let target = collector.status(&ask).target;
    assert_eq!(target, "/check-payment.php?invoice=A%2F..%2Fb%3Fc%23d%20%25%26x%3D%2B");
    let moved = bayargg(&[("path.status", "/v2/look"), ("path.create", "/v2/new")]);
    let collector = moved.collector().unwrap();
    assert!(collector.status(&ask).target.starts_with("/v2/look?invoice="));
    assert_eq!(collector.create(&create_ask(1_000)).target, "/v2/new");
}

#[test]
fn both_shapes_are_paid_for_exactly_this_bill() {
    for body in [FLAT.to_owned(), nested(FLAT)] {
        let observed = seen(&body);
        assert_eq!((observed.state, observed.review), (AttemptState::Paid, None));
        assert_eq!(observed.amount, Some(Rupiah::from_u32(50_347)), "the total, not the price");
        assert_eq!(observed.paid_at, UnixMs::from_naive("2026-02-15 12:05:00", Zone::Wib));
        assert_eq!(observed.gateway_id.as_deref(), Some(PAY));
    }
}

#[test]
fn every_word_and_every_way_to_write_it() {
    for (word, expected) in [
        ("pending", Some(AttemptState::Pending)),
        ("expired", Some(AttemptState::Expired)),
        ("cancelled", Some(AttemptState::Cancelled)),
        ("canceled", Some(AttemptState::Cancelled)),
        ("failed", Some(AttemptState::Failed)),
        ("success", None),
        ("settled", None),
        ("completed", None),
        ("lunas", None),
        ("unpaid", None),
        ("paid out", None),
        ("", None),
    ] {
        let expected = match expected {
            Some(state) => (state, None),
            None => (AttemptState::Pending, Some("unknown_word".to_owned())),
        };
        for written in [word.to_owned(), word.to_uppercase(), format!(" {word}\\n")] {
            assert_eq!(worded(&format!("\"{written}\"")), expected, "{written:?}");
        }
    }
    let mut others = vec![" paid".to_owned(), "paid ".into(), "paid\\u0000".into()];
    for mask in 1_u32..16 {
        let letters = "paid".chars().enumerate();
        let upper =
            |(at, c): (usize, char)| if mask >> at & 1 == 1 { c.to_ascii_uppercase() } else { c };
        others.push(letters.map(upper).collect());
    }
    for word in others {
        assert_ne!(worded(&format!("\"{word}\"")).0, AttemptState::Paid, "{word:?}");
    }
    for lexeme in ["true", "1", "null", "[\"paid\"]", "{}"] {
        assert_eq!(review("\"paid\"", lexeme), "unknown_word", "{lexeme}");
    }
}

#[test]
fn a_word_beside_another_object_is_not_the_bills() {
    let call = format!(
        r#"{{"success":true,"status":"paid","data":{{"invoice_id":"{PAY}","final_amount":50347}}}}"#
    );
    let observed = seen(&call);
    assert_eq!(
        (observed.state, observed.review.as_deref()),
        (AttemptState::Pending, Some("unknown_word"))
    );
    let nameless = format!(
        r#"{{"success":true,"invoice_id":"{PAY}","data":{{"status":"paid","final_amount":50347}}}}"#
    );
    assert_eq!(seen(&nameless).state, AttemptState::Pending, "whose word is it?");
}

#[test]
fn money_said_for_another_bill_is_not_ours() {
    let ours = format!("\"{PAY}\"");
    for to in ["\"PAY-admin-1\"", "null", "{}", "\"\""] {
        let observed = changed(&ours, to);
        let review = Some("reference_mismatch");
        assert_eq!((observed.state, observed.review.as_deref()), (AttemptState::Pending, review));
        assert_eq!(observed.amount, None, "another's amount is not noted either");
    }
}

#[test]
fn paid_needs_amounts_that_can_be_read_and_add_up() {
    for lexeme in ["null", "\"50.347\"", "5.0347e4", "-50347", "50347.50", "\"\""] {
        assert_eq!(review("50347", lexeme), "amount_unreadable", "{lexeme}");
    }
    assert_eq!(review("50347", "49999"), "amount_mismatch");
    assert_eq!(
        review("\"amount\":50000", "\"amount\":50000,\"unique_code\":348"),
        "amount_mismatch"
    );
    for lexeme in ["\"50347\"", "\"50347.00\"", "50347.0", "50347.00"] {
        let observed = changed("50347", lexeme);
        assert_eq!(observed.amount, Some(Rupiah::from_u32(50_347)), "{lexeme}");
        assert_eq!(observed.state, AttemptState::Paid, "{lexeme}");
    }
    let late = changed("2026-02-15 12:05:00", "kapan-kapan");
    assert_eq!((late.state, late.paid_at), (AttemptState::Paid, None), "a bad time is no time");
    let open = FLAT.replace("\"paid\"", "\"pending\"").replace("50347", "null");
    assert_eq!((seen(&open).state, seen(&open).review), (AttemptState::Pending, None));
}

#[test]
fn a_status_that_cannot_be_trusted_teaches_nothing() {
    let unreadable = |code, body: &str| match status(&reply(code, body)) {
        StatusAnswer::Unreadable(why) => why.code(),
        known @ (StatusAnswer::Seen(_) | StatusAnswer::NotFound) => {
            panic!("{code} {body}: {known:?}")
        }
    };
    let failed = |message: &str| format!(r#"{{"success":false,"error":"{message}"}}"#);
    assert_eq!(unreadable(200, "<html>maintenance</html>"), "not_json_maintenance");
    assert_eq!(unreadable(404, "<html>Not Found</html>"), "api_changed", "a page knows no bill");
    assert_eq!(unreadable(404, "{}"), "api_changed");
    assert_eq!(unreadable(404, FLAT), "api_changed", "found, says a 404");
    assert_eq!(unreadable(500, FLAT), "server_error", "paid, says a failing server");
    assert_eq!(unreadable(401, FLAT), "key_refused");
    assert_eq!(unreadable(429, "{}"), "rate_limited");
    assert_eq!(unreadable(302, FLAT), "odd_status");
    assert_eq!(unreadable(200, &FLAT.replacen("true", "false", 1)), "odd_status");
    assert_eq!(unreadable(200, &FLAT.replacen("true", "1", 1)), "incomplete_answer");
    assert_eq!(unreadable(200, &failed("API Key tidak ditemukan")), "key_refused");
    assert_eq!(unreadable(400, &failed("Kurang")), "odd_status");
    assert_eq!(unreadable(200, "{}"), "incomplete_answer");
    let twice = FLAT.replace("\"status\":\"paid\"", "\"status\":\"pending\",\"status\":\"paid\"");
    assert_eq!(unreadable(200, &twice), "not_json", "two words");
    assert_eq!(unreadable(200, &nested(&twice)), "incomplete_answer", "two words");
    for (code, message) in [(404, "Payment not found"), (200, "Invoice tidak ditemukan")] {
        assert_eq!(status(&reply(code, &failed(message))), StatusAnswer::NotFound);
    }
}

#[test]
fn the_check_asks_for_the_methods() {
    let gateway = bayargg(&[]);
    let request = gateway.provider().check();
    assert_eq!(line(&gateway, &request), "GET https://www.bayar.gg/api/get-payment-methods.php");
    let read = |status, body: &str| gateway.provider().read_check(&reply(status, body));
    let failed = |message: &str| format!(r#"{{"success":false,"message":"{message}"}}"#);
    assert_eq!(read(200, r#"{"success":true,"user_status":{}}"#), CheckAnswer::Ready);
    for known in [
        r#"{"success":true}"#,
        r#"{"payment_methods":[]}"#,
        r#"{"user_status":{}}"#,
        r#"{"data":{}}"#,
    ] {
        assert_eq!(read(200, known), CheckAnswer::Ready, "{known}");
    }
    for code in [200, 400] {
        let silent = r#"{"error":"Invalid API key","data":[]}"#;
        assert_eq!(read(code, silent), CheckAnswer::KeyRefused, "{code}");
    }
    assert_eq!(read(401, "{}"), CheckAnswer::KeyRefused);
    assert_eq!(read(403, &failed("x")), CheckAnswer::KeyRefused);
    for status in [200, 400, 402, 422] {
        assert_eq!(read(status, &failed("API Key tidak valid")), CheckAnswer::KeyRefused);
    }
    let unreadable = |status, body: &str| match read(status, body) {
        CheckAnswer::Unreadable(why) => why,
        known @ (CheckAnswer::Ready | CheckAnswer::KeyRefused) => panic!("{known:?}"),
    };
    assert_eq!(unreadable(200, &failed("Ada yang salah")), Doubt::OddStatus { status: 200 });
    assert_eq!(unreadable(404, "<html>404</html>").code(), "api_changed");
    assert_eq!(unreadable(404, &failed("Not found")).code(), "api_changed");
    assert_eq!(unreadable(200, "<!doctype html><html>Halo</html>").code(), "api_changed");
    assert_eq!(unreadable(500, &failed("API Key")).code(), "server_error");
    assert_eq!(unreadable(429, &failed("API Key")).code(), "rate_limited");
    assert_eq!(unreadable(200, r#"{"success":"ya"}"#).code(), "incomplete_answer");
    for nothing in [
        "{}",
        r#"{"methods":[]}"#,
        r#"{"status":"ok","message":"API is running"}"#,
        r#"{"error":"Ada masalah"}"#,
        r#"{"error":"Ada masalah","data":[]}"#,
        r#"{"status":"error","message":"Ada masalah","data":[]}"#,
    ] {
        let why = Doubt::Incomplete { field: "success" };
        assert_eq!(unreadable(200, nothing), why, "{nothing}");
    }
    for code in [200, 404] {
        let body = failed("Endpoint tidak ditemukan");
        assert_eq!(unreadable(code, &body), Doubt::ApiChanged { status: code }, "{code}");
        let polled = status(&reply(code, &body));
        assert_eq!(polled, StatusAnswer::Unreadable(Doubt::ApiChanged { status: code }), "{code}");
    }
}
