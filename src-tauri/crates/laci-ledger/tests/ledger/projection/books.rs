//! Double entry: what a day of every kind of money comes to, entry by entry and in all.

use std::collections::BTreeMap;

use laci_core::books::{Account, Fact, Line, RefundBy, Report, Standing, Way};
use laci_core::{AttemptId, AttemptState, Body, CashMove, Evidence, Rupiah, SaleId, Source};
use laci_ledger::{BookRow, ProductTally};

use crate::counter::{
    count_and_close, cover, entries_out_of_balance, moved, opened, postings_are_the_legs, rp, sell,
    sell_for_cash, with_fees,
};
use crate::drawer_by_hand::drawer_by_hand;
use crate::shop::{TestShop, at, bill, gateway, own_qris, paid, seen};

fn saw(shop: &TestShop, attempt_id: AttemptId, evidence: Evidence) -> u64 {
    shop.append(5, Body::EvidenceAdded { attempt_id, evidence })
}

/// A gateway's sale that is asked for, and its bill.
fn billed(shop: &TestShop, name: &str, price: u32) -> (SaleId, AttemptId) {
    let ids = shop.done(at(4), |tx| sell(tx, at(4), price, gateway()));
    saw(shop, ids.1, bill(name, price, None));
    ids
}

fn covers(shop: &TestShop, (sale, attempt): (SaleId, AttemptId)) -> u64 {
    shop.done(at(6), |tx| cover(tx, sale, attempt))
}

fn refund(sale_id: SaleId, amount: i64, by: RefundBy) -> Body {
    Body::SaleRefunded {
        sale_id,
        amount: rp(amount),
        by,
        reason: "Rusak".to_owned(),
        surplus: false,
    }
}

/// Money of every kind in one open shift.
fn a_day(shop: &TestShop) {
    shop.append(0, with_fees());
    shop.append(1, opened(1, 200_000));
    let plain = billed(shop, "PG-1", 10_000);
    saw(shop, plain.1, paid("PG-1", 10_000));
    covers(shop, plain);

    let own = shop.done(at(4), |tx| sell(tx, at(4), 25_000, own_qris(17)));
    saw(shop, own.1, seen(Source::Till, AttemptState::Unverified));
    saw(shop, own.1, seen(Source::Person, AttemptState::Confirmed));
    covers(shop, own);
    saw(shop, own.1, paid("BANK-1", 25_017));

    let (cash, _) = shop.done(at(4), |tx| sell_for_cash(tx, at(4), 12_345, 20_000, -45));

    let short = billed(shop, "PG-2", 30_000);
    saw(shop, short.1, paid("PG-2", 20_000));
    saw(shop, short.1, paid("PG-2", 30_000));
    covers(shop, short);

    let twice = billed(shop, "PG-3", 40_000);
    saw(shop, twice.1, paid("PG-3", 40_000));
    covers(shop, twice);
    saw(shop, twice.1, paid("PG-3b", 40_000));

    let (voided, late) = billed(shop, "PG-4", 7_000);
    shop.append(6, Body::SaleVoided { sale_id: voided });
    saw(shop, late, paid("PG-4", 7_000));

    shop.append(7, moved(CashMove::InFromOwner, 50_000));
    shop.append(7, moved(CashMove::InOther, 5_000));
    shop.append(7, moved(CashMove::Out, 7_500));
    shop.append(7, moved(CashMove::SetorToOwner, 100_000));
    shop.append(7, moved(CashMove::SetorToBank, 20_000));
    shop.append(8, refund(cash, 2_345, RefundBy::Cash));
    shop.append(8, refund(plain.0, 1_000, RefundBy::Transfer));
}

/// 200.000 float, 12.300 cash, 55.000 in, 7.500 out, 120.000 setor, 2.345 refunded.
const EXPECTED: i64 = 137_455;

fn balances(shop: &TestShop) -> BTreeMap<String, i64> {
    let balances = shop.ledger.read(|view| view.balances()).unwrap();
    assert_eq!(balances.total(), Ok(Rupiah::ZERO));
    balances.iter().map(|(account, amount)| (account.to_string(), amount.get())).collect()
}

fn report(rows: &[BookRow]) -> Report {
    let lines: Vec<Line> = rows.iter().map(|row| row.line.clone()).collect();
    Report::of(&lines, Standing::default()).unwrap()
}

#[test]
fn a_day_comes_to_what_it_was() {
    let shop = TestShop::new();
    a_day(&shop);
    let rows = shop.lines_of(1);
    assert_eq!(entries_out_of_balance(&shop.folder), []);
    postings_are_the_legs(&shop.folder, &rows);
    let gateway = 10_000 + 30_000 + 80_000 + 7_000;
    // 0.7 % of each payment by itself; 175.119 is 175.
    let fees = 70 + 175 + (140 + 70) + 280 * 2 + 49;
    let expected = [
        ("cash", EXPECTED),
        ("gateway_receivable/kropay", gateway - (fees - 175)),
        ("own_qris_receivable", 25_017 - 175),
        ("bank", 20_000 - 1_000),
        ("surplus", -40_000),
        ("unmatched_money", -7_000),
        ("revenue", -(10_000 + 25_000 + 12_345 + 30_000 + 40_000)),
        ("sales_returned", 2_345 + 1_000),
        ("unique_code", -17),
        ("rounding", 45),
        ("other_income", -5_000),
        ("gateway_fee", fees),
        ("cash_expense", 7_500),
        ("owner_capital", -200_000 - 50_000 + 100_000),
    ];
    let expected: BTreeMap<String, i64> =
        expected.map(|(account, amount)| (account.to_owned(), amount)).into();
    assert_eq!(balances(&shop), expected);
    shop.done(at(9), |tx| count_and_close(tx, at(9), -455));
    let after = balances(&shop);
    assert_eq!((after["cash"], after["cash_over_short"]), (0, 455));
    assert_eq!(after["owner_capital"], -150_000 + EXPECTED - 455);
    assert_eq!(entries_out_of_balance(&shop.folder), []);
    assert!(shop.ledger.verify(&mut |_, _| true).unwrap().ok);
}

#[test]
fn every_view_of_a_day_cross_foots() {
    let shop = TestShop::new();
    a_day(&shop);
    let rows = shop.lines_of(1);
    let said = report(&rows);
    assert!(said.cross_foots());
    assert_eq!((said.turnover, said.sales, said.voided), (rp(117_345), 5, 1));
    let way = |way| (said.by_method[&way].count, said.by_method[&way].amount.get());
    assert_eq!((way(Way::Cash), way(Way::Qris)), ((1, 12_345), (4, 105_000)));
    assert_eq!((said.confirmed.count, said.confirmed.amount), (1, rp(25_000)));
    assert_eq!((said.refunds.count, said.refunds.amount), (2, rp(3_345)));
    assert_eq!((said.unique_code, said.surplus), (rp(17), rp(40_000)));
    assert_eq!(said.cash.expected, rp(EXPECTED));
    assert_eq!(drawer_by_hand(&rows), EXPECTED);
    let cash = shop.ledger.read(|view| view.balances()).unwrap().of(&Account::Cash);
    assert_eq!(cash, said.cash.expected, "the account says what the drawer says");
    let zero = "2026-11-20".parse().unwrap();
    let standing = shop.ledger.read(|view| view.standing(zero)).unwrap();
    assert_eq!(standing.unsettled, rp(0), "nothing is claimed of what gateways have paid out");
    assert_eq!((standing.unverified.count, standing.unpaid.count), (0, 0));
}

#[test]
fn lines_are_found_by_shift_and_by_date_and_products_by_name() {
    let shop = TestShop::new();
    let (early, seq) = shop.done(at(0), |tx| sell_for_cash(tx, at(0), 1_000, 1_000, 0));
    shop.append(1, opened(1, 0));
    shop.done(at(2), |tx| sell_for_cash(tx, at(2), 2_000, 2_000, 0));
    shop.done(at(3), |tx| count_and_close(tx, at(3), 0));
    let tomorrow = 24 * 60;
    shop.done(at(tomorrow), |tx| sell_for_cash(tx, at(tomorrow), 4_000, 4_000, 0));
    shop.append(tomorrow, opened(2, 0));
    let turnover = |rows: &[BookRow]| report(rows).turnover.get();
    assert_eq!((turnover(&shop.lines_of(1)), turnover(&shop.lines_of(2))), (3_000, 4_000));
    assert_eq!(shop.lines_of(1)[0].seq, seq, "what came before the first shift belongs to it");
    assert_eq!(shop.lines_of(3), []);
    let date = |text: &str| text.parse().unwrap();
    let days = |from: &str, to: &str| {
        let rows = shop.ledger.read(|view| view.lines_of_dates(date(from), date(to))).unwrap();
        turnover(&rows)
    };
    assert_eq!(days("2026-11-20", "2026-11-20"), 3_000);
    assert_eq!(days("2026-11-21", "2026-11-21"), 4_000);
    assert_eq!(days("2026-11-20", "2026-11-21"), 7_000);
    assert_eq!(days("2026-11-22", "2026-11-30"), 0);
    let booked = shop.ledger.read(|view| view.booked_dates()).unwrap();
    assert_eq!(booked, Some((date("2026-11-20"), date("2026-11-21"))));
    let open = shop.start(0, gateway());
    let sold = || shop.ledger.read(|view| view.products(date("2026-11-20"), date("2026-11-21")));
    let tally = |quantity, amount| {
        vec![ProductTally { name: "Fotokopi".to_owned(), quantity, amount: rp(amount) }]
    };
    assert_eq!(sold(), Ok(tally(3, 7_000)), "an open sale is not sold");
    shop.cover(0, open.0, open.1);
    shop.append(tomorrow, refund(early, 1_000, RefundBy::Cash));
    assert_eq!(sold(), Ok(tally(4, 17_000)), "a refund takes nothing off what was sold");
}

#[test]
fn a_ledger_without_money_has_no_dates_and_no_balances() {
    let shop = TestShop::new();
    assert_eq!(shop.ledger.read(|view| view.booked_dates()), Ok(None));
    assert!(balances(&shop).is_empty());
}

/// Which facts an entry booked.
fn facts(shop: &TestShop, seq: u64) -> Vec<Fact> {
    let rows = shop.lines_of(1);
    rows.into_iter().filter(|row| row.seq == seq).map(|row| row.line.fact).collect()
}

#[test]
fn money_is_booked_when_it_is_first_seen_and_once() {
    let shop = TestShop::new();
    let own = shop.done(at(4), |tx| sell(tx, at(4), 25_000, own_qris(17)));
    saw(&shop, own.1, seen(Source::Person, AttemptState::Confirmed));
    let cover = covers(&shop, own);
    assert_eq!(facts(&shop, cover).len(), 1);
    let upgraded = saw(&shop, own.1, paid("BANK-1", 25_017));
    assert_eq!(facts(&shop, upgraded), [], "evidence of money that a person's word booked");
    let more = saw(&shop, own.1, paid("BANK-1", 26_000));
    assert!(
        matches!(facts(&shop, more)[..], [Fact::MoneyReceived { amount, .. }] if amount == rp(983))
    );
    let same = saw(&shop, own.1, paid("BANK-1", 26_000));
    assert_eq!(facts(&shop, same), []);

    let short = billed(&shop, "PG-2", 30_000);
    let first = saw(&shop, short.1, paid("PG-2", 20_000));
    assert!(
        matches!(facts(&shop, first)[..], [Fact::MoneyReceived { amount, .. }] if amount == rp(20_000))
    );
    assert!(
        shop.tried(at(6), |tx| crate::counter::cover(tx, short.0, short.1)).is_err(),
        "20.000 does not cover 30.000"
    );
    saw(&shop, short.1, paid("PG-2", 30_000));
    let cover = covers(&shop, short);
    assert!(matches!(
        facts(&shop, cover)[..],
        [Fact::MoneyReceived { amount, .. }, Fact::SaleCovered { .. }] if amount == rp(10_000)
    ));
    assert_eq!(balances(&shop)["unmatched_money"], 0);
    assert_eq!(entries_out_of_balance(&shop.folder), []);
}

#[test]
fn no_sale_is_covered_without_its_money() {
    let shop = TestShop::new();
    let unpaid = billed(&shop, "PG-1", 10_000);
    let before = shop.ledger.head();
    assert!(shop.tried(at(6), |tx| cover(tx, unpaid.0, unpaid.1)).is_err());
    let little = shop.tried(at(6), |tx| sell_for_cash(tx, at(6), 10_000, 9_000, 0));
    assert!(little.is_err(), "less cash than the price");
    assert_eq!(shop.ledger.head(), before, "nothing of it was kept");
    let more = shop.refused(at(6), refund(unpaid.0, 1, RefundBy::Cash));
    assert!(more.contains("what is given back was paid before"), "{more}");
    let (cash, _) = shop.done(at(7), |tx| sell_for_cash(tx, at(7), 10_000, 10_000, 0));
    shop.append(8, refund(cash, 9_999, RefundBy::Cash));
    assert!(shop.refused(at(8), refund(cash, 2, RefundBy::Cash)).contains("was paid before"));
    shop.append(8, refund(cash, 1, RefundBy::Transfer));
}
