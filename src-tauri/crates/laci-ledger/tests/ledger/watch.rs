//! Which attempts are watched and which totals are reserved.

use std::collections::BTreeSet;

use laci_core::{AttemptId, AttemptState, Body, GatewayName, Method, Rupiah, Source, UnixMs};
use laci_ledger::PollState;

use crate::shop::{TestShop, at, bill, gateway, own_qris, paid, seen};

const DAY_MIN: i64 = 24 * 60;

fn add(shop: &TestShop, attempt_id: AttemptId, evidence: laci_core::Evidence) {
    shop.append(1, Body::EvidenceAdded { attempt_id, evidence });
}

fn watched(shop: &TestShop, now: UnixMs) -> Vec<AttemptId> {
    let rows = shop.ledger.read(|view| view.to_watch(now, 100)).unwrap();
    rows.into_iter().map(|(row, _)| row.attempt.id).collect()
}

#[test]
fn a_named_bill_is_watched_until_a_day_after_it_expires() {
    let shop = TestShop::new();
    let (_, unnamed) = shop.start(0, gateway());
    add(&shop, unnamed, seen(Source::Create, AttemptState::Unknown));
    let (_, own) = shop.start(0, own_qris(-1));
    add(&shop, own, seen(Source::Till, AttemptState::Unverified));
    let (_, dated) = shop.start(0, gateway());
    add(&shop, dated, bill("PG-1", 10_000, Some(at(15).now)));
    let (_, undated) = shop.start(0, gateway());
    add(&shop, undated, bill("PG-2", 10_000, None));
    assert_eq!(watched(&shop, at(1).now), [dated, undated], "who has no name cannot be asked");
    assert_eq!(watched(&shop, at(DAY_MIN).now), [dated, undated]);
    assert_eq!(watched(&shop, at(DAY_MIN + 15).now), [dated, undated]);
    assert_eq!(watched(&shop, at(DAY_MIN + 15).now.plus_ms(1)), [undated]);
    assert_eq!(watched(&shop, at(7 * DAY_MIN).now), [undated], "no end is known: for a week");
    assert!(watched(&shop, at(7 * DAY_MIN).now.plus_ms(1)).is_empty());
}

#[test]
fn expired_cancelled_and_underpaid_are_still_watched_and_paid_is_not() {
    let shop = TestShop::new();
    let (_, id) = shop.start(0, gateway());
    add(&shop, id, bill("PG-1", 10_000, None));
    for (source, state) in [
        (Source::Poll, AttemptState::Failed),
        (Source::Poll, AttemptState::Expired),
        (Source::Person, AttemptState::Cancelled),
    ] {
        add(&shop, id, seen(source, state));
        assert_eq!(watched(&shop, at(1).now), [id], "{state:?} is not final");
    }
    add(&shop, id, paid("PG-1", 9_999));
    assert_eq!(watched(&shop, at(1).now), [id], "too little is not paid");
    add(&shop, id, paid("PG-1", 10_000));
    assert!(watched(&shop, at(1).now).is_empty());
}

#[test]
fn the_soonest_due_comes_first() {
    let shop = TestShop::new();
    let ids: Vec<_> = (0..3).map(|minute| shop.start(minute, gateway()).1).collect();
    for (id, name) in ids.iter().zip(["PG-1", "PG-2", "PG-3"]) {
        add(&shop, *id, bill(name, 10_000, None));
    }
    let poll = |next: i64, misses| PollState {
        next_at_ms: at(next).now,
        last_asked_at_ms: at(0).now,
        misses,
        last_problem: None,
    };
    shop.ledger.note_poll(ids[0], &poll(9, 0)).unwrap();
    shop.ledger.note_poll(ids[1], &poll(3, 0)).unwrap();
    assert_eq!(watched(&shop, at(4).now), [ids[2], ids[1], ids[0]], "never asked comes first");
    let head = shop.ledger.head();
    shop.ledger.note_poll(ids[1], &poll(12, 2)).unwrap();
    assert_eq!(shop.ledger.head(), head, "asking is no entry");
    let rows = shop.ledger.read(|view| view.to_watch(at(4).now, 100)).unwrap();
    assert_eq!(rows[2].1, Some(poll(12, 2)));
}

#[test]
fn a_gateway_with_many_holds_back_no_other() {
    let shop = TestShop::new();
    for minute in 0..5 {
        let (_, id) = shop.start(minute, gateway());
        add(&shop, id, bill(&format!("PG-{minute}"), 10_000, None));
    }
    let name = GatewayName::new("lain").unwrap();
    let (_, other) =
        shop.start(6, Method::Gateway { gateway: name, method: None, extra: Default::default() });
    add(&shop, other, bill("PG-LAIN", 10_000, None));
    let rows = shop.ledger.read(|view| view.to_watch(at(7).now, 2)).unwrap();
    let seen: Vec<_> = rows.iter().map(|(row, _)| row.attempt.id).collect();
    assert_eq!(seen.len(), 3, "two of the first, and the only one of the other");
    assert_eq!(seen.last(), Some(&other), "in their order");
}

#[test]
fn a_total_is_reserved_until_an_entry_ends_it() {
    let shop = TestShop::new();
    let totals = || shop.ledger.read(|view| view.open_own_totals()).unwrap();
    let (_, first) = shop.start(0, own_qris(-1));
    let (_, second) = shop.start(0, own_qris(-17));
    shop.start(0, gateway());
    for id in [first, second] {
        add(&shop, id, seen(Source::Till, AttemptState::Unverified));
    }
    let total = |rupiah| Rupiah::from_u32(rupiah);
    assert_eq!(totals(), BTreeSet::from([total(9_999), total(9_983)]));
    add(&shop, first, seen(Source::Person, AttemptState::Confirmed));
    assert_eq!(totals(), BTreeSet::from([total(9_983)]));
    add(&shop, second, seen(Source::Person, AttemptState::Cancelled));
    assert!(totals().is_empty());
}
