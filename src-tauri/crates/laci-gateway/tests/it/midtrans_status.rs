//! The Midtrans middleware's status against its document: two words that decide, an order that Midtrans does not know
//! yet, whose order it is, and how much it is.

use laci_core::{AttemptState, Observed, Rupiah, UnixMs, Zone};
use laci_gateway::{CallAnswer, Doubt, Given, HttpMethod, RefusedKind, StatusAnswer, StatusAsk};

use crate::midtrans::midtrans;
use crate::world::*;

const STATUS: &str = include_str!("../fixtures/midtrans/status_response.json");
const DAY_MS: i64 = 86_400_000;

fn ask_after(ms: i64) -> StatusAsk {
    StatusAsk {
        gateway_id: OUR_REF.into(),
        total: Rupiah::from_u32(150_000),
        now: now().plus_ms(ms),
        ..status_ask()
    }
}

fn status_after(ms: i64, status: u16, body: &str) -> StatusAnswer {
    midtrans(&[]).collector().unwrap().read_status(&ask_after(ms), &reply(status, body))
}

fn seen(body: &str) -> Observed {
    let answer = status_after(0, 200, body);
    let StatusAnswer::Seen(observed) = answer else { panic!("not seen: {body}: {answer:?}") };
    observed
}

/// With these as the two words, quotes and all; the second may be left out.
fn worded_after(ms: i64, word: &str, fraud: Option<&str>) -> (AttemptState, Option<String>) {
    let fraud = fraud.map(|text| format!(r#""fraud_status":{text},"#)).unwrap_or_default();
    let body = format!(r#"{{"transaction_status":{word},{fraud}"status_code":"200"}}"#);
    let answer = status_after(ms, 200, &body);
    let StatusAnswer::Seen(observed) = answer else { panic!("not seen: {body}: {answer:?}") };
    (observed.state, observed.review)
}

fn worded(word: &str, fraud: Option<&str>) -> (AttemptState, Option<String>) {
    worded_after(0, &format!("\"{word}\""), fraud)
}

/// Midtrans' whole answer, with one pair changed.
fn whole(name: &str, value: &str) -> Observed {
    let mut pairs = vec![
        ("id", "\"e67a2012\""),
        ("order_id", "\"ORDER-12345\""),
        ("gross_amount", "\"150000.00\""),
        ("transaction_status", "\"settlement\""),
        ("fraud_status", "\"accept\""),
        ("status_code", "\"200\""),
        ("transaction_time", "\"2026-05-30 15:21:00\""),
        ("settlement_time", "\"2026-05-30 15:22:00\""),
    ];
    pairs.retain(|(known, _)| *known != name);
    pairs.push((name, value));
    let pairs: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    seen(&format!("{{{}}}", pairs.join(",")))
}

fn open_for(code: &str) -> (AttemptState, Option<String>) {
    (AttemptState::Pending, Some(code.to_owned()))
}

#[test]
fn the_status_request_is_the_documents_and_its_order_stays_one_segment() {
    let gateway = midtrans(&[]);
    let mut ask = ask_after(0);
    ask.gateway_id = "INV-2025-001".into();
    let request = gateway.collector().unwrap().status(&ask);
    assert_eq!(request.method, HttpMethod::Get);
    let url = gateway.base().join(&request.target);
    assert_eq!(url, "http://192.168.1.7:5000/status/INV-2025-001");
    assert!(request.content.is_none());
    let names: Vec<&str> = request.headers.iter().map(|header| header.name).collect();
    assert_eq!(names, ["X-App-Code", "X-Api-Key"]);
    ask.gateway_id = "A/../b?c#d %".into();
    let odd = gateway.collector().unwrap().status(&ask).target;
    assert_eq!(odd, "/status/A%2F..%2Fb%3Fc%23d%20%25");
    let table = gateway.kind().operation("status").unwrap();
    let given = Given::default().with("order_id", "INV-2025-001");
    assert_eq!(gateway.provider().call(table, &given), request, "the same call from the table");
}

#[test]
fn the_documents_status_is_paid_with_what_was_asked() {
    let observed = seen(STATUS);
    assert_eq!((observed.state, observed.review), (AttemptState::Paid, None));
    assert_eq!(observed.amount, Some(Rupiah::from_u32(150_000)), "it has no amount of its own");
    assert_eq!(observed.gateway_id.as_deref(), Some(OUR_REF));
    assert_eq!(observed.paid_at, None, "nor a time");
}

#[test]
fn the_two_words_are_read_as_the_table_has_them() {
    let (accept, challenge, deny) = (Some("\"accept\""), Some("\"challenge\""), Some("\"deny\""));
    let state = |state| (state, None);
    assert_eq!(worded("settlement", accept), state(AttemptState::Paid));
    assert_eq!(worded("settlement", None), state(AttemptState::Paid));
    assert_eq!(worded("settlement", Some("null")), state(AttemptState::Paid), "absent");
    assert_eq!(worded("capture", accept), state(AttemptState::Paid));
    for word in ["capture", "settlement"] {
        assert_eq!(worded(word, challenge), open_for("fraud_challenge"), "{word}");
        assert_eq!(worded(word, deny), state(AttemptState::Failed), "{word}");
        for fraud in ["\"\"", "\"ok\"", "\"ACCEPT\"", "\" accept\"", "true", "1", "[]", "{}"] {
            assert_eq!(worded(word, Some(fraud)), open_for("unknown_word"), "{word} {fraud}");
        }
    }
    assert_eq!(worded("capture", None), open_for("unknown_word"), "a card needs its second word");
    for (word, expected) in [
        ("authorize", AttemptState::Pending),
        ("pending", AttemptState::Pending),
        ("cancel", AttemptState::Cancelled),
        ("expire", AttemptState::Expired),
        ("failure", AttemptState::Failed),
    ] {
        for fraud in [None, accept, challenge, deny, Some("\"?\"")] {
            assert_eq!(worded(word, fraud), state(expected), "{word} {fraud:?}");
            let shouted = worded(&format!(" {}\\n", word.to_uppercase()), fraud);
            assert_eq!(shouted, state(expected), "{word} {fraud:?}");
        }
    }
    for word in ["refund", "chargeback", "REFUND"] {
        let reversed = (AttemptState::Cancelled, Some("reversed".to_owned()));
        assert_eq!(worded(word, accept), reversed, "{word}");
    }
    for word in ["PARTIAL_REFUND", " partial_chargeback"] {
        assert_eq!(worded(word, accept), open_for("unknown_word"), "money is one writing: {word}");
    }
}

#[test]
fn money_of_which_a_part_went_back_is_still_money() {
    for word in ["partial_refund", "partial_chargeback"] {
        for fraud in [None, Some("\"accept\"")] {
            let reversed = (AttemptState::Paid, Some("reversed".to_owned()));
            assert_eq!(worded_after(2 * DAY_MS, &format!("\"{word}\""), fraud), reversed, "{word}");
        }
        let part = whole("transaction_status", &format!("\"{word}\""));
        assert_eq!((part.state, part.review.as_deref()), (AttemptState::Paid, Some("reversed")));
        assert_eq!(part.amount, Some(Rupiah::from_u32(150_000)), "the gross amount");
        assert!(part.paid_at.is_some());
        let bare = seen(&format!(r#"{{"transaction_status":"{word}"}}"#));
        assert_eq!(bare.amount, Some(ask_after(0).total), "without one what was asked");
        let odd = seen(&format!(r#"{{"transaction_status":"{word}","gross_amount":"150.000"}}"#));
        assert_eq!((odd.state, odd.review), open_for("amount_unreadable"), "none is invented");
    }
}

#[test]
fn a_call_that_is_not_there_ends_no_order() {
    let flask = "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
    let json = |name: &str, text: &str| format!(r#"{{"{name}":"{text}"}}"#);
    for body in [
        "Endpoint not found",
        "404 page not found",
        "Not Found",
        flask,
        &json("error", flask),
        &json("message", "Rute tidak ditemukan"),
        &json("detail", "Not Found"),
        r#"{"status":404,"error":"Not Found","message":"No message available","path":"/x"}"#,
        r#"{"message":"Gagal","error":"Endpoint not found"}"#,
        &json("error", "404 Not Found"),
        &json("message", "Endpoint /status/ORDER-12345 tidak ditemukan"),
    ] {
        for ms in [0, 2 * DAY_MS] {
            let changed = StatusAnswer::Unreadable(Doubt::ApiChanged { status: 404 });
            assert_eq!(status_after(ms, 404, body), changed, "{body}");
        }
    }
    let both = r#"{"error":"Not Found","message":"Transaction doesn't exist."}"#;
    let StatusAnswer::Seen(open) = status_after(0, 404, both) else { panic!("an order's words") };
    assert_eq!((open.state, open.review), (AttemptState::Pending, None));
    let caught = json("error", &format!("404 Not Found: {flask}"));
    for status in [200, 500] {
        let changed = StatusAnswer::Unreadable(Doubt::ApiChanged { status });
        assert_eq!(status_after(2 * DAY_MS, status, &caught), changed, "{status}");
    }
}

#[test]
fn money_is_two_words_in_one_writing() {
    let mut others: Vec<String> =
        ["paid", "success", "settled", "lunas", "refunded", "", "200"].map(str::to_owned).to_vec();
    for word in ["settlement", "capture"] {
        others.extend([word.to_uppercase(), format!(" {word}"), format!("{word} ")]);
        others.push(format!("{word}\\u0000"));
        for at in 0..=word.len() {
            let (head, tail) = word.split_at(at);
            others.extend(('a'..='z').chain(['_', '-', ' ']).map(|c| format!("{head}{c}{tail}")));
            if let Some(rest) = tail.get(1..) {
                others.push(format!("{head}{rest}"));
                others.push(format!("{head}{}{rest}", tail[..1].to_uppercase()));
            }
        }
    }
    for word in others {
        assert_eq!(worded(&word, Some("\"accept\"")), open_for("unknown_word"), "{word:?}");
    }
    for lexeme in ["true", "1", "200", "[\"settlement\"]", "{\"settlement\":1}", "{}"] {
        assert_eq!(worded_after(0, lexeme, None), open_for("unknown_word"), "{lexeme}");
    }
    assert_eq!(worded("\\u0073ettlement", None).0, AttemptState::Paid, "the same word in JSON");
}

#[test]
fn a_denied_try_stays_open_until_the_page_is_dead() {
    let denied = |ms| worded_after(ms, "\"deny\"", Some("\"deny\""));
    assert_eq!(denied(0), open_for("denied_try"));
    assert_eq!(denied(DAY_MS - 1), open_for("denied_try"));
    assert_eq!(denied(DAY_MS), (AttemptState::Failed, None));
    assert_eq!(worded_after(2 * DAY_MS, "\"settlement\"", None).0, AttemptState::Paid);
}

#[test]
fn an_order_that_midtrans_does_not_know_is_open_until_the_page_is_dead() {
    let inside = r#"{"id":"x","status_code":"404","status_message":"Transaction doesn't exist."}"#;
    let number = r#"{"status_code":404}"#;
    let failed = r#"{"error":"Midtrans API is returning API error. HTTP status code: 404"}"#;
    for (status, body) in [
        (200, inside),
        (200, number),
        (404, inside),
        (500, inside),
        (404, failed),
        (500, failed),
        (404, "{}"),
        (404, "Transaction doesn't exist."),
        (500, "Internal Server Error"),
        (500, "\"gagal\""),
    ] {
        for (ms, state) in [
            (-DAY_MS, AttemptState::Pending),
            (0, AttemptState::Pending),
            (DAY_MS - 1, AttemptState::Pending),
            (DAY_MS, AttemptState::Expired),
        ] {
            let mut expected = Observed::bare(state);
            expected.gateway_id = Some(OUR_REF.into());
            let answer = status_after(ms, status, body);
            assert_eq!(answer, StatusAnswer::Seen(expected), "{status} {body} {ms}");
        }
    }
}

#[test]
fn a_page_or_a_contradiction_is_no_order_that_is_not_known() {
    let page = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>";
    for (status, body, code) in [
        (404, page, "api_changed"),
        (404, "", "api_changed"),
        (405, page, "api_changed"),
        (200, page, "api_changed"),
        (500, "<!doctype html><title>500 Internal Server Error</title>", "server_error"),
        (500, "", "server_error"),
        (503, "sedang pemeliharaan", "not_json_maintenance"),
        (500, "sedang pemeliharaan", "not_json_maintenance"),
        (403, "<html>Just a moment...</html>", "not_json_cloudflare"),
        (200, "OK", "not_json"),
        (200, &STATUS[..80], "not_json"),
        (404, &STATUS[..80], "api_changed"),
        (200, &STATUS.replacen('{', "{\"transaction_status\":\"pending\",", 1), "not_json"),
        (401, "Unauthorized", "key_refused"),
        (403, "Forbidden", "key_refused"),
        (401, "{\"error\":\"Unauthorized\"}", "key_refused"),
        (401, STATUS, "key_refused"),
        (404, STATUS, "odd_status"),
        (500, STATUS, "server_error"),
        (502, "{}", "server_error"),
        (504, "upstream timed out", "server_error"),
        (429, "{}", "rate_limited"),
        (400, "{}", "odd_status"),
        (200, "{}", "incomplete_answer"),
        (200, r#"{"error":"Terjadi kesalahan"}"#, "incomplete_answer"),
        (200, r#"{"status_code":"200","status_message":"settlement"}"#, "incomplete_answer"),
        (200, r#"{"status_code":"401","transaction_status":null}"#, "incomplete_answer"),
    ] {
        let answer = status_after(DAY_MS, status, body);
        let StatusAnswer::Unreadable(why) = answer else { panic!("{status} {body}: {answer:?}") };
        assert_eq!(why.code(), code, "{status} {body}");
    }
}

#[test]
fn midtrans_whole_answer_has_its_own_amount_and_time() {
    let paid = whole("currency", "\"IDR\"");
    assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(Rupiah::from_u32(150_000))));
    assert_eq!(paid.paid_at, UnixMs::from_naive("2026-05-30 15:22:00", Zone::Wib));
    let unsettled = whole("settlement_time", "");
    assert_eq!(unsettled.paid_at, UnixMs::from_naive("2026-05-30 15:21:00", Zone::Wib));
    let late = whole("settlement_time", "\"kapan-kapan\"");
    assert_eq!((late.state, late.paid_at), (AttemptState::Paid, None), "a bad time is no time");
    let body = STATUS.replacen('{', r#"{"settlement_time":"2026-05-30 17:22:00","#, 1);
    let east = midtrans(&[("zone", "WIT")]);
    let answer = east.collector().unwrap().read_status(&ask_after(0), &reply(200, &body));
    let StatusAnswer::Seen(seen) = answer else { panic!("{answer:?}") };
    assert_eq!(seen.paid_at, UnixMs::from_naive("2026-05-30 15:22:00", Zone::Wib));

    let amount = |lexeme: &str| {
        let observed = whole("gross_amount", lexeme);
        (observed.state, observed.amount.map(Rupiah::get), observed.review)
    };
    for lexeme in ["\"150000.00\"", "150000", "150000.00", "\"150000\""] {
        assert_eq!(amount(lexeme), (AttemptState::Paid, Some(150_000), None), "{lexeme}");
    }
    let less = (AttemptState::Paid, Some(149_999), None);
    assert_eq!(amount("\"149999.00\""), less, "as it is named: the sum is compared in the fold");
    let unreadable = (AttemptState::Pending, None, Some("amount_unreadable".to_owned()));
    for lexeme in ["null", "\"\"", "\"150.000\"", "\"150,000.00\"", "1.5e5", "-150000", "{}"] {
        assert_eq!(amount(lexeme), unreadable, "{lexeme}: never replaced by what was asked");
    }
    let open = whole("transaction_status", "\"pending\"");
    assert_eq!((open.amount.map(Rupiah::get), open.paid_at), (Some(150_000), None));
}

#[test]
fn money_said_for_another_order_is_not_ours() {
    for named in
        ["\"ORDER-99999\"", "\"order-12345\"", "\"laci-ORDER-12345\"", "null", "{}", "\"\""]
    {
        let observed = whole("order_id", named);
        assert_eq!((observed.state, observed.review), open_for("reference_mismatch"), "{named}");
        assert_eq!(observed.amount, None, "another's amount is not noted either");
    }
    let other = r#"{"order_id":"ORDER-99999","status_code":"404"}"#;
    assert_eq!(seen(other).review.as_deref(), Some("reference_mismatch"));
    assert_eq!(whole("order_id", "").state, AttemptState::Paid, "the document's names none");
}

#[test]
fn a_paid_word_beside_an_error_contradicts_itself() {
    for code in ["\"404\"", "406", "\"500\""] {
        let observed = whole("status_code", code);
        assert_eq!((observed.state, observed.review), open_for("contradiction"), "{code}");
    }
    for code in ["", "null", "\"200\"", "200", "\"201\"", "\"?\""] {
        assert_eq!(whole("status_code", code).state, AttemptState::Paid, "{code}");
    }
}

#[test]
fn the_tables_look_says_what_the_middleware_says() {
    let gateway = midtrans(&[]);
    let table = gateway.kind().operation("status").unwrap();
    let given = Given::default().with("order_id", "INV-1");
    let read =
        |status, body: &str| gateway.provider().read_call(table, &given, &reply(status, body));
    assert_eq!(read(200, STATUS), CallAnswer::Done);
    for (status, body, kind, message) in [
        (200, r#"{"status_code":"404","status_message":"x"}"#, RefusedKind::Other, "x"),
        (404, r#"{"error":"x"}"#, RefusedKind::Other, "x"),
        (401, "Unauthorized", RefusedKind::Key, "Unauthorized"),
        (401, r#"{"error":"x"}"#, RefusedKind::Key, "x"),
        (404, "Endpoint not found", RefusedKind::Address, "Endpoint not found"),
    ] {
        let CallAnswer::Refused(refused) = read(status, body) else { panic!("{status} {body}") };
        assert_eq!((refused.kind, refused.message.as_str()), (kind, message), "{status} {body}");
    }
    let unknown = |status| CallAnswer::Unknown(Doubt::ServerError { status });
    assert_eq!(read(500, "{}"), unknown(500));
    assert_eq!(read(502, "<html>"), unknown(502));
}
