//! The history screen's question.

use laci_core::{AttemptState, Body, Sale, SaleId, Source};
use laci_ledger::{HistoryFilter, HistoryPage, HistoryState, Op};

use crate::shop::{TestShop, at, bill, covered, gateway, own_qris, paid, sale, seen};

const DAY_MIN: i64 = 24 * 60;

fn page(shop: &TestShop, filter: HistoryFilter) -> HistoryPage {
    let filter = HistoryFilter { limit: 50, ..filter };
    shop.ledger.read(|view| view.history(&filter)).unwrap()
}

fn ids(page: &HistoryPage) -> Vec<SaleId> {
    page.rows.iter().map(|row| row.sale_id).collect()
}

/// Paid, late, unpaid, unverified and voided, in this order.
fn one_of_each(shop: &TestShop) -> Vec<SaleId> {
    let add = |attempt_id, evidence| shop.append(2, Body::EvidenceAdded { attempt_id, evidence });
    let mut sales = Vec::new();
    for (name, expires) in [("PG-1", at(90)), ("PG-2", at(1))] {
        let (sale_id, attempt_id) = shop.start(0, gateway());
        add(attempt_id, bill(name, 10_020, Some(expires.now)));
        let mut payment = paid(name, 10_020);
        payment.at = at(2).now;
        add(attempt_id, payment);
        shop.append(2, covered(sale_id, attempt_id));
        sales.push(sale_id);
    }
    sales.push(shop.start(0, gateway()).0);
    let (sale_id, attempt_id) = shop.start(0, own_qris(-1));
    add(attempt_id, seen(Source::Till, AttemptState::Unverified));
    sales.push(sale_id);
    let (sale_id, _) = shop.start(0, gateway());
    shop.append(3, Body::SaleVoided { sale_id });
    sales.push(sale_id);
    sales
}

#[test]
fn every_sale_stands_under_one_chip() {
    let shop = TestShop::new();
    let sales = one_of_each(&shop);
    let all = page(&shop, HistoryFilter::default());
    let newest_first: Vec<_> = sales.iter().rev().copied().collect();
    assert_eq!(ids(&all), newest_first);
    assert_eq!(all.counts.all(), 5);
    let states = [
        HistoryState::Paid,
        HistoryState::Late,
        HistoryState::Unpaid,
        HistoryState::Unverified,
        HistoryState::Voided,
    ];
    for (state, sale_id) in states.into_iter().zip(&sales) {
        let found = page(&shop, HistoryFilter { state: Some(state), ..Default::default() });
        assert_eq!(ids(&found), [*sale_id], "{state:?}");
        assert_eq!(found.counts.all(), 5, "counts are over all chips");
    }
    let row = all.rows.last().unwrap();
    let attempt = row.attempt.as_ref().unwrap();
    assert_eq!(
        (row.number.to_string().as_str(), row.first_line.as_str()),
        ("A01-0001", "Fotokopi")
    );
    assert_eq!((row.price.get(), row.lines, attempt.total.get()), (10_000, 1, 10_020));
    assert_eq!((attempt.state, attempt.needs_review), (AttemptState::Paid, false));
    assert_eq!(attempt.method, gateway());
}

#[test]
fn a_sale_is_found_under_the_day_that_it_counts_on() {
    let shop = TestShop::new();
    let (sale_id, attempt_id) = shop.start(0, gateway());
    let (open, _) = shop.start(0, gateway());
    shop.cover(DAY_MIN, sale_id, attempt_id);
    let on = |date: &str| {
        let date = Some(date.parse().unwrap());
        ids(&page(&shop, HistoryFilter { date, ..Default::default() }))
    };
    assert_eq!(on("2026-11-20"), [open]);
    assert_eq!(on("2026-11-21"), [sale_id]);
}

#[test]
fn a_search_finds_numbers_names_amounts_orders_and_invoices() {
    let shop = TestShop::new();
    let (first, attempt_id) = shop.start(0, gateway());
    let evidence = bill("PG%77", 10_347, None);
    shop.append(1, Body::EvidenceAdded { attempt_id, evidence });
    let second = shop
        .write(Op::PaymentStart, 0, |tx| {
            let sale = Sale { order: Some("toko-9".to_owned()), ..sale(tx, 25_500)? };
            let id = sale.id;
            tx.append(Body::SaleRecorded { sale }).map(|_| id)
        })
        .unwrap()
        .value;
    let found = |text: &str| {
        let search = Some(text.to_owned());
        ids(&page(&shop, HistoryFilter { search, ..Default::default() }))
    };
    assert_eq!(found("0002"), [second]);
    assert_eq!(found("a01-0001"), [first]);
    assert_eq!(found("toko-9"), [second]);
    assert_eq!(found("pg%7"), [first]);
    assert_eq!(found("25.500"), [second]);
    assert_eq!(found("Rp 10.347"), [first], "the total with its code");
    assert_eq!(found("foto"), [second, first]);
    assert_eq!(found("  "), [second, first], "blanks are no search");
    assert!(found("%").len() == 1 && found("_").is_empty(), "no wildcards");
}

#[test]
fn pages_follow_one_another() {
    let shop = TestShop::new();
    let sales: Vec<_> = (0..5).map(|minute| shop.start(minute, gateway()).0).collect();
    let mut seen = Vec::new();
    let mut before_seq = None;
    loop {
        let filter = HistoryFilter { before_seq, limit: 2, ..Default::default() };
        let page = shop.ledger.read(|view| view.history(&filter)).unwrap();
        assert_eq!(page.counts.unpaid, 5);
        let Some(last) = page.rows.last() else { break };
        before_seq = Some(last.seq);
        seen.extend(ids(&page));
    }
    assert_eq!(seen, sales.into_iter().rev().collect::<Vec<_>>());
}
