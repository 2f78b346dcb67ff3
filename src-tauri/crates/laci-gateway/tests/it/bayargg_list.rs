//! Many open bills by one page of the list: what it says of each, and what it leaves to the bill's own status.

use laci_core::{AttemptState, Rupiah, UnixMs};
use laci_gateway::{ListAnswer, ListAsk, OurRef, Reply, ReplyHeaders, StatusAsk};

use crate::bayargg_world::bayargg;

const SINCE: UnixMs = UnixMs(1_780_128_000_000);

fn ask(page: u32, names: &[&str]) -> ListAsk {
    let bill = |name: &&str| StatusAsk {
        gateway_id: (*name).to_owned(),
        our_ref: OurRef::new("R-1").unwrap(),
        total: Rupiah::from_u32(10_000),
        since: SINCE,
        now: SINCE.plus_ms(60_000),
    };
    ListAsk { since: SINCE, page, bills: names.iter().map(bill).collect() }
}

fn read(body: &str, names: &[&str]) -> ListAnswer {
    let gateway = bayargg(&[]);
    let reply =
        Reply { status: 200, headers: ReplyHeaders::default(), body: body.as_bytes().to_vec() };
    gateway.collector().unwrap().read_list(&ask(1, names), &reply)
}

fn row(name: &str, status: &str) -> String {
    format!(
        r#"{{"invoice_id":"{name}","amount":10000,"unique_code":0,"final_amount":10000,"status":"{status}"}}"#
    )
}

#[test]
fn a_page_is_asked_for_from_the_day_before_the_oldest_bill() {
    let gateway = bayargg(&[]);
    let request = gateway.collector().unwrap().list(&ask(3, &["PAY-1"])).expect("it has a list");
    assert!(request.target.contains("/list-payments.php?"), "{}", request.target);
    for part in ["start_date=2026-05-29", "page=3", "limit=100"] {
        assert!(request.target.contains(part), "{part} is missing: {}", request.target);
    }
}

#[test]
fn each_bill_that_was_asked_for_is_read_and_no_other() {
    let rows = [row("PAY-1", "pending"), row("PAY-2", "paid"), row("PAY-9", "paid")].join(",");
    for body in [
        format!(r#"{{"success":true,"data":[{rows}]}}"#),
        format!(r#"{{"success":true,"payments":[{rows}]}}"#),
    ] {
        let ListAnswer::Page { seen, last } = read(&body, &["PAY-1", "PAY-2", "PAY-3"]) else {
            panic!("a page: {body}");
        };
        let seen: Vec<_> =
            seen.iter().map(|one| (one.gateway_id.as_deref().unwrap(), one.state)).collect();
        assert_eq!(seen, [("PAY-1", AttemptState::Pending), ("PAY-2", AttemptState::Paid)]);
        assert!(last, "three rows are no full page");
    }
}

#[test]
fn what_a_person_would_have_to_look_at_is_left_to_the_bills_own_status() {
    let odd = r#"{"invoice_id":"PAY-3","status":"paid"}"#;
    let rows = [row("PAY-1", "diproses"), row("PAY-2", "pending"), odd.to_owned()].join(",");
    let body = format!(r#"{{"success":true,"data":[{rows}]}}"#);
    let ListAnswer::Page { seen, .. } = read(&body, &["PAY-1", "PAY-2", "PAY-3"]) else {
        panic!("a page");
    };
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0].gateway_id.as_deref(), Some("PAY-2"));
}

#[test]
fn a_full_page_goes_on_and_what_is_no_list_is_no_answer() {
    let rows: Vec<String> = (0..100).map(|at| row(&format!("PAY-{at}"), "pending")).collect();
    let full = read(&format!(r#"{{"success":true,"data":[{}]}}"#, rows.join(",")), &["PAY-1"]);
    assert!(matches!(full, ListAnswer::Page { last: false, .. }), "{full:?}");
    for body in ["<html></html>", r#"{"success":false,"error":"x"}"#, r#"{"success":true}"#] {
        assert!(matches!(read(body, &["PAY-1"]), ListAnswer::Unreadable(_)), "{body}");
    }
}
