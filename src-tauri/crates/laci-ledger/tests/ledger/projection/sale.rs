//! Sales: their numbers, their end, and the day that they count on.

use laci_core::{Body, SaleNumber, Zone};
use laci_ledger::{Op, SaleState};

use crate::shop::{TestShop, covered, gateway, sale, shop_in};

#[test]
fn a_sale_counts_on_the_day_that_money_covers_it() {
    let shop = TestShop::new();
    shop.append(0, shop_in(Zone::Wit, "04:00"));
    // 10:00 WIB is 12:00 WIT; 15 h 59 min later it is 03:59 WIT, before the cut-off; a minute on, a new day.
    let (early, early_attempt) = shop.start(0, gateway());
    let (late, late_attempt) = shop.start(0, gateway());
    shop.cover(15 * 60 + 59, early, early_attempt);
    shop.cover(16 * 60, late, late_attempt);
    let row = |id| shop.ledger.read(|view| view.sale(id)).unwrap().unwrap();
    assert_eq!(row(early).turnover_date.unwrap().to_string(), "2026-11-20");
    assert_eq!(row(late).turnover_date.unwrap().to_string(), "2026-11-21");
    assert_eq!(row(late).recorded_date.to_string(), "2026-11-20");
    assert_eq!(row(late).state, SaleState::Covered);
    assert_eq!(row(late).covered_by, Some(late_attempt));
}

#[test]
fn numbers_have_no_gap_and_are_never_used_twice() {
    let shop = TestShop::new();
    let record = |counter: u32| {
        shop.write(Op::PaymentStart, 0, |tx| {
            let number = SaleNumber { register: 1, epoch: 1, counter };
            let sale = laci_core::Sale { number, ..sale(tx, 500)? };
            tx.append(Body::SaleRecorded { sale })
        })
    };
    record(1).unwrap();
    for wrong in [1, 3, 0] {
        let error = record(wrong).unwrap_err().into_work();
        assert_eq!(error.code(), "ledger_contradiction", "{wrong} after 1: {error:?}");
    }
    record(2).unwrap();
    let next = shop.ledger.read(|view| view.next_sale_number()).unwrap();
    assert_eq!(next.to_string(), "A01-0003");
}

#[test]
fn the_same_order_never_makes_a_second_sale() {
    let shop = TestShop::new();
    let order = |name: &str| {
        shop.write(Op::PaymentStart, 0, |tx| {
            let sale = laci_core::Sale { order: Some(name.to_owned()), ..sale(tx, 500)? };
            let id = sale.id;
            tx.append(Body::SaleRecorded { sale }).map(|_| id)
        })
    };
    let first = order("toko-77").unwrap().value;
    assert!(order("toko-77").is_err());
    let found = shop.ledger.read(|view| view.sale_by_order("toko-77")).unwrap().unwrap();
    assert_eq!(found.sale.id, first);
    assert!(shop.ledger.read(|view| view.sale_by_order("toko-78")).unwrap().is_none());
}

#[test]
fn only_an_open_sale_is_voided_or_covered() {
    let shop = TestShop::new();
    let (voided, attempt) = shop.start(0, gateway());
    shop.append(1, Body::SaleVoided { sale_id: voided });
    shop.pay(1, attempt);
    assert_eq!(
        shop.ledger.read(|view| view.sale(voided)).unwrap().unwrap().state,
        SaleState::Voided
    );
    for body in [covered(voided, attempt), Body::SaleVoided { sale_id: voided }] {
        let error = shop.write(Op::Paid, 2, |tx| tx.append(body)).unwrap_err().into_work();
        assert!(error.to_string().contains("only an open sale"), "it is over: {error}");
    }
    let (paid, attempt) = shop.start(3, gateway());
    shop.cover(4, paid, attempt);
    for body in [covered(paid, attempt), Body::SaleVoided { sale_id: paid }] {
        let error = shop.write(Op::Paid, 5, |tx| tx.append(body)).unwrap_err().into_work();
        assert!(error.to_string().contains("only an open sale"), "it is covered once: {error}");
    }
}
