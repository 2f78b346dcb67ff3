//! A drawer from its opening to its Z, whatever the clock does.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use laci_core::books::{Account, RefundBy};
use laci_till::wire::{FeedAsk, ShiftCount, Via};
use laci_till::{Act, By, CashMove, CashMovement};
use proptest::prelude::*;

use crate::guarded::Guarded;
use crate::world::{Counter, charge};

fn moved(kind: CashMove, amount: i64) -> CashMovement {
    CashMovement { kind, amount, reason: "uji".to_owned() }
}

fn total(total: i64) -> ShiftCount {
    ShiftCount { total: Some(total), ..ShiftCount::default() }
}

async fn cash(counter: &Counter, price: i64, tendered: i64) -> String {
    let paid = counter.till.cash_pay(By::counter(), charge(price, Via::Auto, None), tendered).await;
    paid.unwrap().sale_id
}

#[tokio::test]
async fn a_day_is_opened_counted_blind_and_closed_by_a_z() {
    let counter = Counter::shop();
    let (till, by) = (&counter.till, By::counter());
    assert_eq!(till.cash_move(by, &moved(CashMove::Out, 1)).unwrap_err().code(), "shift_not_open");
    let now = till.shift_open(by, 500_000).unwrap();
    assert_eq!((now.open.unwrap().number, now.before), (1, 0));
    assert_eq!(till.shift_open(by, 1).unwrap_err().code(), "shift_open");
    cash(&counter, 69_450, 100_000).await;
    let refunded = cash(&counter, 20_000, 20_000).await.parse().unwrap();
    till.cash_move(by, &moved(CashMove::InFromOwner, 100_000)).unwrap();
    till.cash_move(by, &moved(CashMove::Out, 73_500)).unwrap();
    till.cash_move(by, &moved(CashMove::SetorToOwner, 200_000)).unwrap();
    till.sale_refund(by, refunded, 5_000, RefundBy::Cash, "rusak", false).unwrap();
    // An open QRIS blocks no close.
    till.payment_start(by, charge(10_000, Via::OwnQris, None)).await.unwrap();
    assert_eq!(till.shift_difference().unwrap_err().code(), "shift_not_counted");
    assert_eq!(till.shift_close(by, None).unwrap_err().code(), "shift_not_counted");
    let expected = 500_000 + 69_400 + 20_000 + 100_000 - 73_500 - 200_000 - 5_000;
    let pieces: BTreeMap<_, _> = [("note_100000".to_owned(), 4), ("coin_500".to_owned(), 1)].into();
    let count = ShiftCount { pieces: Some(pieces), total: None, witness: Some("Dewi".to_owned()) };
    let difference = till.shift_count(by, &count).unwrap();
    assert_eq!((difference.expected, difference.counted), (expected, 400_500));
    let sum: i64 = difference.lines.iter().map(|line| line.amount).sum();
    assert_eq!(sum, expected, "the lines explain the figure: {:?}", difference.lines);
    assert_eq!(difference.shift.counted.as_ref().unwrap().witness.as_deref(), Some("Dewi"));
    cash(&counter, 1_000, 1_000).await;
    let stale = till.shift_close(by, None).unwrap_err();
    assert_eq!(stale.code(), "count_stale", "cash came after the count");
    let expected = expected + 1_000;
    let again = till.shift_count(by, &total(expected)).unwrap();
    assert_eq!(
        (again.difference, again.shift.counted.unwrap().counts),
        (0, 2),
        "each count is seen"
    );
    let closed = till.shift_close(by, Some("cocok")).unwrap();
    assert_eq!((closed.number.as_str(), closed.difference), ("Z-000001", 0));
    let slip = serde_json::to_string(&closed.slip).unwrap();
    assert!(
        slip.contains("Dihitung 2 kali") && slip.contains("400.500"),
        "the paper tells of the recount: {slip}"
    );
    let feed = till.feed(&FeedAsk { before: None, notable: true }).unwrap();
    assert!(feed.items.iter().any(|item| item.kind == "shift_recounted"));
    assert!(std::path::Path::new(&closed.file.unwrap()).exists());
    let balances = till.ledger().read(|view| view.balances()).unwrap();
    assert_eq!(balances.of(&Account::Cash).get(), 0, "the drawer is empty between shifts");
    assert_eq!(balances.total().unwrap().get(), 0);
    assert!(till.ledger().verify(&mut |_, _| true).unwrap().ok);
}

#[tokio::test]
async fn cash_before_an_opening_belongs_to_the_next_shift_and_is_told() {
    let counter = Counter::shop();
    cash(&counter, 12_000, 20_000).await;
    assert_eq!(counter.till.shift_now().unwrap().before, 12_000);
    counter.till.shift_open(By::counter(), 100_000).unwrap();
    let (_, report, _) = counter.till.shift_x().unwrap();
    assert_eq!(report.cash.expected.get(), 112_000);
    assert_eq!(report.turnover.get(), 12_000);
}

#[tokio::test]
async fn a_refund_is_never_more_than_was_paid() {
    let counter = Counter::shop();
    let (till, by) = (&counter.till, By::counter());
    let sale = cash(&counter, 20_000, 20_000).await.parse().unwrap();
    let refund = |amount, way| till.sale_refund(by, sale, amount, way, "rusak", false);
    assert_eq!(refund(5_000, RefundBy::Cash).unwrap_err().code(), "shift_not_open");
    refund(15_000, RefundBy::Transfer).unwrap();
    till.shift_open(by, 0).unwrap();
    assert_eq!(refund(5_001, RefundBy::Cash).unwrap_err().code(), "refund_too_much");
    assert_eq!(refund(5_000, RefundBy::Cash).unwrap().refunded, 20_000);
    assert_eq!(refund(1, RefundBy::Transfer).unwrap_err().code(), "refund_too_much");
    let round = cash(&counter, 10_349, 20_000).await.parse().unwrap();
    let refund_of =
        |sale, amount| till.sale_refund(by, sale, amount, RefundBy::Cash, "rusak", false);
    assert_eq!(refund_of(round, 10_349).unwrap_err().code(), "refund_too_much", "10.300 was paid");
    assert_eq!(refund_of(round, 10_250).unwrap_err().code(), "refund_not_in_coins");
    assert_eq!(refund_of(round, 10_300).unwrap().refunded, 10_300);
    assert_eq!(refund(0, RefundBy::Cash).unwrap_err().code(), "amount_zero");
    let silent = till.sale_refund(by, sale, 1, RefundBy::Cash, " ", false).unwrap_err();
    assert_eq!(silent.code(), "reason_required");
}

#[tokio::test]
async fn a_drawer_goes_from_one_cashier_to_the_next() {
    let shop = Guarded::shop();
    shop.hire("Sari", "cashier", "246810");
    shop.hire("Dewi", "cashier", "135791");
    shop.till.sign_in("Sari", "246810").unwrap();
    shop.till.shift_open(shop.at_window(Act::OpenShift, None).unwrap(), 200_000).unwrap();
    let sell = shop.at_window(Act::TakeCash, None).unwrap();
    shop.till.cash_pay(sell, charge(50_000, Via::Auto, None), 50_000).await.unwrap();
    let count = shop.at_window(Act::CloseShift, None).unwrap();
    shop.till.shift_count(count, &total(249_000)).unwrap();
    let by = shop.at_window(Act::HandOverShift, Some(("Dewi", "135791"))).unwrap();
    let closed = shop.till.shift_hand_over(by, Some("kembalian")).unwrap();
    assert_eq!(closed.difference, -1_000);
    let now = shop.till.shift_now().unwrap().open.unwrap();
    assert_eq!((now.number, now.cashier.as_str(), now.float), (2, "Dewi", 249_000));
    assert_eq!(shop.till.door().unwrap().signed_in.unwrap().name, "Dewi");
    let receipt = shop.till.z_list().unwrap();
    assert_eq!((receipt[0].cashier.as_str(), receipt[0].difference), ("Sari", -1_000));
}

/// Clock faults of every sort between sales and closes: each sale stands in exactly one Z.
#[tokio::test]
async fn no_clock_fault_puts_a_sale_in_two_zs_or_none() {
    let shop = Guarded::shop();
    let (till, by) = (&shop.till, By::counter());
    let midnight = 1_795_021_200_000_i64;
    let faults = [
        midnight - 1,
        midnight,
        midnight + 1,
        midnight - 1_000,
        midnight + 1_000,
        midnight - 3_600_000,
        midnight - 365 * 86_400_000,
        midnight + 86_400_000,
        midnight + 60_000,
    ];
    let mut sold = 0;
    for (nth, at) in faults.into_iter().enumerate() {
        shop.hands.wall_ms.store(at, Ordering::SeqCst);
        if till.shift_now().unwrap().open.is_none() {
            till.shift_open(by, 0).unwrap();
        }
        till.cash_pay(by, charge(10_000, Via::Auto, None), 10_000).await.unwrap();
        sold += 1;
        if nth % 2 == 1 {
            till.shift_close_on(by, 20_000, None).unwrap();
        }
    }
    till.shift_close_on(by, 10_000, None).unwrap();
    let (mut in_zs, zs) = (0, till.z_list().unwrap());
    for z in &zs {
        in_zs += till.z_named(Some(&z.number)).unwrap().1.report.sales;
    }
    assert_eq!((in_zs, zs.len()), (sold, 5));
    let numbers: Vec<_> = zs.iter().rev().map(|z| z.number.clone()).collect();
    assert_eq!(
        numbers,
        ["Z-000001", "Z-000002", "Z-000003", "Z-000004", "Z-000005"],
        "without a gap"
    );
    assert!(zs.iter().all(|z| z.difference == 0), "{zs:?}");
    assert!(till.ledger().verify(&mut |_, _| true).unwrap().ok);
}

#[derive(Clone, Debug)]
enum Step {
    Sell {
        price: i64,
        more: i64,
    },
    Move(CashMove, i64),
    /// In hundreds of rupiah.
    Refund(i64),
    Close(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (100i64..200_000, 0i64..50_000).prop_map(|(price, more)| Step::Sell { price, more }),
        2 => (prop::sample::select(CashMove::ALL.to_vec()), 1i64..100_000)
            .prop_map(|(kind, amount)| Step::Move(kind, amount)),
        1 => Just(Step::Refund(1)),
        1 => (0i64..1_000_000).prop_map(Step::Close),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Cash expected = float + received - change - refunds + in - out - setor, computed beside the books.
    #[test]
    fn the_drawer_adds_up(steps in prop::collection::vec(step(), 1..25), float in 0i64..500_000) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(played(steps, float))?;
    }
}

async fn played(steps: Vec<Step>, float: i64) -> Result<(), TestCaseError> {
    let counter = Counter::shop();
    let (till, by) = (&counter.till, By::counter());
    till.shift_open(by, float).unwrap();
    let (mut expected, mut sales, mut turnover) = (float, Vec::new(), 0);
    for step in steps {
        match step {
            Step::Sell { price, more } => {
                let cart = charge(price, Via::Auto, None);
                let due = till.cash_offer(&cart).unwrap().due;
                let paid = till.cash_pay(by, cart, due + more).await.unwrap();
                let cash = paid.cash.unwrap();
                expected += cash.tendered - cash.change;
                turnover += price;
                sales.push(paid.sale_id);
            }
            Step::Move(kind, amount) => {
                till.cash_move(by, &moved(kind, amount)).unwrap();
                expected += match kind {
                    CashMove::InFromOwner | CashMove::InOther => amount,
                    CashMove::Out | CashMove::SetorToOwner | CashMove::SetorToBank => -amount,
                };
            }
            Step::Refund(amount) => {
                if let Some(sale) = sales.pop() {
                    let (sale, amount) = (sale.parse().unwrap(), 100 * amount);
                    till.sale_refund(by, sale, amount, RefundBy::Cash, "x", false).unwrap();
                    expected -= amount;
                }
            }
            Step::Close(counted) => {
                let closed = till.shift_close_on(by, counted, None).unwrap();
                prop_assert_eq!(
                    (closed.expected, closed.difference),
                    (expected, counted - expected)
                );
                till.shift_open(by, 1_000).unwrap();
                expected = 1_000;
            }
        }
    }
    let (_, report, _) = till.shift_x().unwrap();
    prop_assert_eq!(report.cash.expected.get(), expected);
    let all = till.report(&laci_till::Period::All).unwrap();
    prop_assert!(all.cross_foots);
    prop_assert_eq!(all.totals.turnover.get(), turnover);
    let balances = till.ledger().read(|view| view.balances()).unwrap();
    prop_assert_eq!(balances.total().unwrap().get(), 0);
    prop_assert_eq!(balances.of(&Account::Cash).get(), expected, "the open drawer's account");
    Ok(())
}
