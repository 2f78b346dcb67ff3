//! The look-up by our reference: the request, whose row it is, and when "not there" may be said.

use laci_core::{Presentment, UnixMs, Zone};
use laci_gateway::{CreateAsk, Doubt, FindAnswer, Reply};
use serde_json::{Value, json};

use crate::bayargg_world::*;
use crate::world::*;

fn find(reply: &Reply) -> FindAnswer {
    bayargg(&[]).collector().unwrap().read_find(&pay_ask(), reply)
}

fn row(invoice: &str, description: &str) -> Value {
    json!({
        "invoice_id": invoice,
        "description": description,
        "amount": "50000.00",
        "unique_code": 347,
        "final_amount": "50347",
        "payment_method": "gopay_qris",
        "status": "pending",
        "payment_url": PAGE,
        "expires_at": "2026-02-15 12:30:00",
    })
}

fn ours() -> Value {
    row(PAY, "Penjualan A01-0001 POS#ORDER-12345")
}

/// Our row with one field changed.
fn changed(name: &str, value: Value) -> FindAnswer {
    let mut row = ours();
    row[name] = value;
    listed(&[row])
}

fn listed(rows: &[Value]) -> FindAnswer {
    find(&reply(200, &json!({"success": true, "data": rows}).to_string()))
}

fn known(why: Doubt) -> FindAnswer {
    FindAnswer::Known { gateway_id: PAY.into(), why }
}

fn unreadable(field: &'static str) -> FindAnswer {
    FindAnswer::Unreadable(Doubt::Incomplete { field })
}

#[test]
fn the_search_begins_a_day_before_in_jakarta() {
    let gateway = bayargg(&[]);
    let at = |naive: &str, zone| CreateAsk {
        since: UnixMs::from_naive(naive, zone).unwrap(),
        now: UnixMs::from_naive(naive, zone).unwrap(),
        ..create_ask(1_000)
    };
    for (ask, day) in [
        (pay_ask(), "2026-02-14"),
        (at("2026-03-01 00:00:01", Zone::Wib), "2026-02-28"),
        (at("2026-02-28 23:59:59", Zone::Wib), "2026-02-27"),
        (at("2026-01-01 01:30:00", Zone::Wit), "2025-12-30"),
    ] {
        let request = gateway.collector().unwrap().find(&ask).expect("it has a look-up");
        let url = "GET https://www.bayar.gg/api/list-payments.php?search=ORDER-12345";
        assert_eq!(line(&gateway, &request), format!("{url}&start_date={day}&limit=100"));
        assert!(request.content.is_none());
    }
}

#[test]
fn our_row_is_the_bill_in_every_shape_of_a_list() {
    for body in [
        json!({"success": true, "data": [ours()]}),
        json!({"success": true, "payments": [ours()]}),
        json!({"success": true, "data": {"payments": [ours()]}, "pagination": {}}),
        json!({"data": [row("PAY-1", "POS#ORDER-99"), ours(), row("PAY-2", "")]}),
    ] {
        let FindAnswer::Found(bill) = find(&reply(200, &body.to_string())) else {
            panic!("{body}")
        };
        assert_eq!((bill.gateway_id.as_str(), bill.total.get()), (PAY, 50_347));
        assert_eq!(bill.presentment, Presentment::Link { url: PAGE.into() });
        assert_eq!(bill.expires_at, UnixMs::from_naive("2026-02-15 12:30:00", Zone::Wib));
    }
    let FindAnswer::Found(bill) = changed("qris_dynamic_string", json!("0002")) else { panic!() };
    assert_eq!(bill.presentment, Presentment::Qris { payload: "0002".into() });
}

#[test]
fn a_reference_that_only_begins_as_ours_is_anothers() {
    for other in [
        "POS#ORDER-123456",
        "POS#ORDER-12345-2",
        "POS#ORDER-12345A",
        "ORDER-12345",
        "pos#order-12345",
        "POS# ORDER-12345",
        "",
    ] {
        assert_eq!(listed(&[row(PAY, other)]), FindAnswer::NotThere, "{other}");
    }
    for own in ["POS#ORDER-12345", "POS#ORDER-123456 POS#ORDER-12345.", "xPOS#ORDER-12345 "] {
        assert!(matches!(listed(&[row(PAY, own)]), FindAnswer::Found(_)), "{own}");
    }
}

#[test]
fn our_row_that_is_no_open_bill_is_known_and_never_shown() {
    for word in ["paid", "expired", "cancelled", "failed", "diproses"] {
        assert_eq!(changed("status", json!(word)), known(Doubt::NotOpen { word: word.into() }));
    }
    assert_eq!(changed("status", json!(null)), known(Doubt::Incomplete { field: "status" }));
    assert_eq!(changed("amount", json!(5_000)), known(Doubt::AmountMismatch));
    assert_eq!(changed("final_amount", json!(50_346)), known(Doubt::AmountMismatch));
    let nothing_to_show = known(Doubt::Incomplete { field: "payment_url" });
    assert_eq!(changed("payment_url", json!(null)), nothing_to_show);
    assert_eq!(changed("payment_url", json!("https://pay.example/")), nothing_to_show);
    assert_eq!(changed("invoice_id", json!(null)), unreadable("invoice_id"));
}

#[test]
fn two_rows_of_one_reference_are_never_shown_and_the_paid_one_is_watched() {
    let second = row("PAY-2", "POS#ORDER-12345");
    assert_eq!(listed(&[ours(), second.clone()]), known(Doubt::DuplicateReference));
    let mut paid = second;
    paid["status"] = json!("paid");
    let watched = FindAnswer::Known { gateway_id: "PAY-2".into(), why: Doubt::DuplicateReference };
    assert_eq!(listed(&[ours(), paid]), watched);
}

#[test]
fn not_there_is_said_only_by_a_whole_list() {
    assert_eq!(listed(&[]), FindAnswer::NotThere);
    let others: Vec<Value> = (0..99).map(|at| row(&format!("PAY-{at}"), "lain")).collect();
    assert_eq!(listed(&others), FindAnswer::NotThere);
    let full: Vec<Value> = (0..100).map(|at| row(&format!("PAY-{at}"), "lain")).collect();
    assert_eq!(listed(&full), unreadable("payments"), "a full page may go on");
    let mut silent = row("PAY-1", "");
    silent["description"] = json!(null);
    assert_eq!(listed(&[silent.clone()]), unreadable("description"), "it may be ours");
    assert!(matches!(listed(&[silent, ours()]), FindAnswer::Found(_)));
    for body in [
        "{}",
        r#"{"success":true}"#,
        r#"{"success":true,"data":{}}"#,
        r#"{"success":true,"data":{"payments":{}}}"#,
        r#"{"success":true,"data":[1]}"#,
        r#"{"success":true,"data":[{"description":"a","description":"b"}]}"#,
        r#"{"success":true,"data":null,"payments":"tidak ada"}"#,
    ] {
        assert_eq!(find(&reply(200, body)), unreadable("payments"), "{body}");
    }
}

#[test]
fn what_is_no_list_teaches_nothing() {
    let rows = json!({"success": true, "data": [ours()]}).to_string();
    let failed = |text: &str| json!({"success": false, "error": text}).to_string();
    for (status, body, code) in [
        (500, rows.clone(), "server_error"),
        (404, failed("Data tidak ditemukan"), "api_changed"),
        (200, failed("API key salah"), "key_refused"),
        (401, failed("x"), "key_refused"),
        (200, failed("x"), "odd_status"),
        (400, rows.clone(), "odd_status"),
        (200, rows.replacen("true", "1", 1), "incomplete_answer"),
        (429, failed("x"), "rate_limited"),
        (200, rows[..60].to_owned(), "not_json"),
        (200, "<html>maintenance</html>".into(), "not_json_maintenance"),
        (404, "<html>404</html>".into(), "api_changed"),
    ] {
        let FindAnswer::Unreadable(why) = find(&reply(status, &body)) else { panic!("{body}") };
        assert_eq!(why.code(), code, "{status} {body}");
    }
}
