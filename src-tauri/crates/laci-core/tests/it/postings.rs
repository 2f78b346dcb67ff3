//! Double entry over any sequence of facts, and what single ones must post.

use laci_core::GatewayName;
use laci_core::books::{
    Account, Balances, By, CashSource, Drawer, Fact, Leg, Owed, Part, Pocket, RefundBy, RefundOf,
    Seen, SetorTo, Why, legs,
};
use laci_core::money::MAX_RUPIAH;
use proptest::prelude::*;

use crate::any_fact::{fact, facts, gateway, into_the_drawer, rp};

fn posted(facts: &[Fact]) -> Balances {
    let mut balances = Balances::default();
    facts.iter().for_each(|fact| balances.post(&legs(fact).unwrap()).unwrap());
    balances
}

fn of(balances: &Balances, account: Account) -> i64 {
    balances.of(&account).get()
}

fn at_kropay() -> Account {
    Account::GatewayReceivable(gateway("kropay"))
}

fn by_kropay(price: i64, code: i64, received: i64, fee: i64) -> Part {
    let by = By::Sent {
        to: Pocket::Gateway(gateway("kropay")),
        unique_code: rp(code),
        received: rp(received),
        fee: rp(fee),
        seen: Seen::Evidence,
    };
    Part { price: rp(price), by }
}

proptest! {
    #[test]
    fn postings_sum_to_zero_after_any_sequence(facts in facts()) {
        let mut balances = Balances::default();
        for fact in &facts {
            let legs = legs(fact).unwrap();
            prop_assert!(legs.iter().all(|leg| leg.amount != rp(0)));
            prop_assert!(legs.windows(2).all(|pair| pair[0].account < pair[1].account));
            balances.post(&legs).unwrap();
            prop_assert_eq!(balances.total(), Ok(rp(0)));
        }
    }

    #[test]
    fn the_cash_account_is_what_the_drawer_must_hold(facts in facts()) {
        let mut balances = Balances::default();
        let mut drawer = Drawer::default();
        let (mut cash, mut ever) = (0, 0);
        for fact in &facts {
            balances.post(&legs(fact).unwrap()).unwrap();
            drawer.take(fact).unwrap();
            let closes = matches!(fact, Fact::ShiftClosed { .. });
            cash = if closes { 0 } else { cash + into_the_drawer(fact) };
            ever += into_the_drawer(fact);
            prop_assert_eq!(of(&balances, Account::Cash), cash);
            prop_assert_eq!(drawer.expected, rp(ever));
        }
        let short = of(&balances, Account::CashOverShort);
        prop_assert_eq!(drawer.difference.unwrap_or_default(), rp(-short));
    }

    #[test]
    fn whatever_the_numbers_an_entry_balances_or_is_refused(
        fact in fact(), numbers in prop::collection::vec(wild(), 4),
    ) {
        let wild = with_numbers(fact, &numbers);
        if let Ok(legs) = legs(&wild) {
            let sum: i128 = legs.iter().map(|leg| i128::from(leg.amount.get())).sum();
            prop_assert_eq!(sum, 0);
        }
    }
}

/// Edges as often as anything in between; a wholly random number is nearly always refused at once.
fn wild() -> impl Strategy<Value = i64> {
    prop_oneof![
        prop::sample::select(vec![-MAX_RUPIAH, -1, 0, 1, 999, 1_000, MAX_RUPIAH - 1, MAX_RUPIAH]),
        -2_000i64..2_000,
        -MAX_RUPIAH..=MAX_RUPIAH,
    ]
}

/// The same fact with other numbers, however absurd.
fn with_numbers(fact: Fact, numbers: &[i64]) -> Fact {
    let n = |at: usize| rp(numbers[at]);
    match fact {
        Fact::SaleCovered { parts } => {
            Fact::SaleCovered { parts: parts.into_iter().map(|p| wild_part(p, numbers)).collect() }
        }
        Fact::BonPaid { part } => Fact::BonPaid { part: wild_part(part, numbers) },
        Fact::BillMoneyReceived { part } => {
            Fact::BillMoneyReceived { part: wild_part(part, numbers) }
        }
        Fact::SaleVoided => Fact::SaleVoided,
        Fact::MoneyReceived { at, why, .. } => {
            Fact::MoneyReceived { at, amount: n(0), fee: n(1), why }
        }
        Fact::MoneyWithdrawn { at, .. } => Fact::MoneyWithdrawn { at, amount: n(0), fee: n(1) },
        Fact::Settled { from, .. } => Fact::Settled { from, to_bank: n(0), fee: n(1) },
        Fact::FeeCorrected { at, .. } => Fact::FeeCorrected { at, estimated: n(0), actual: n(1) },
        Fact::RefundPromised { of, .. } => Fact::RefundPromised { of, amount: n(0) },
        Fact::RefundPaid { of, by, .. } => Fact::RefundPaid { of, amount: n(0), by },
        Fact::CashIn { from, .. } => Fact::CashIn { amount: n(0), from },
        Fact::CashOut { .. } => Fact::CashOut { amount: n(0) },
        Fact::Setor { to, .. } => Fact::Setor { amount: n(0), to },
        Fact::ShiftOpened { .. } => Fact::ShiftOpened { float: n(0) },
        Fact::ShiftClosed { .. } => Fact::ShiftClosed { expected: n(0), counted: n(1) },
        Fact::DepositToppedUp { gateway, from, .. } => {
            Fact::DepositToppedUp { gateway, paid: n(0), credited: n(1), from }
        }
        Fact::BillSucceeded { gateway, .. } => {
            Fact::BillSucceeded { gateway, held: n(0), deposit_price: n(1), own_fee: n(2) }
        }
        Fact::BillFailed { .. } => Fact::BillFailed { held: n(0) },
        Fact::BillFoundPaid { .. } => Fact::BillFoundPaid { held: n(0) },
        Fact::BillRefunded { by, .. } => Fact::BillRefunded { held: n(0), rounding: n(1), by },
        Fact::BillReversed { gateway, .. } => {
            Fact::BillReversed { gateway, held: n(0), deposit_price: n(1), own_fee: n(2) }
        }
    }
}

fn wild_part(part: Part, numbers: &[i64]) -> Part {
    let n = |at: usize| rp(numbers[at]);
    let by = match part.by {
        By::Cash { .. } => By::Cash { tendered: n(1), change: n(2), rounding: n(3) },
        By::Sent { to, seen, .. } => {
            By::Sent { to, unique_code: n(1), received: n(2), fee: n(3), seen }
        }
        By::Bon => By::Bon,
        By::Held { from, via, .. } => By::Held { from, via, unique_code: n(1), amount: n(2) },
    };
    Part { price: n(0), by }
}

#[test]
fn a_unique_code_and_a_fee_are_lines_of_their_own() {
    let sale = Fact::SaleCovered { parts: vec![by_kropay(34_500, -3, 34_497, 242)] };
    let balances = posted(&[sale]);
    assert_eq!(of(&balances, at_kropay()), 34_497 - 242);
    assert_eq!(of(&balances, Account::GatewayFee), 242);
    assert_eq!(of(&balances, Account::UniqueCode), 3);
    assert_eq!(of(&balances, Account::Revenue), -34_500);
    assert_eq!(of(&balances, Account::Surplus), 0);
    assert_eq!(balances.unsettled(), Ok(rp(34_255)));
}

#[test]
fn money_twice_or_too_much_is_owed_and_never_earned() {
    let sale = Fact::SaleCovered { parts: vec![by_kropay(10_000, 20, 10_500, 20)] };
    let again = Fact::MoneyReceived {
        at: Pocket::Gateway(gateway("kropay")),
        amount: rp(10_020),
        fee: rp(20),
        why: Why::Again,
    };
    let balances = posted(&[sale, again]);
    assert_eq!(of(&balances, Account::Revenue), -10_000);
    assert_eq!(of(&balances, Account::Surplus), -(480 + 10_020));
}

#[test]
fn a_part_payment_waits_and_the_rest_may_be_cash() {
    let short =
        Fact::MoneyReceived { at: Pocket::OwnQris, amount: rp(8_000), fee: rp(0), why: Why::Short };
    let held = By::Held {
        from: Owed::Unmatched,
        via: Pocket::OwnQris,
        unique_code: rp(0),
        amount: rp(8_000),
    };
    let cash = By::Cash { tendered: rp(5_000), change: rp(3_000), rounding: rp(0) };
    let sale = Fact::SaleCovered {
        parts: vec![Part { price: rp(8_000), by: held }, Part { price: rp(2_000), by: cash }],
    };
    let waiting = posted(std::slice::from_ref(&short));
    assert_eq!(of(&waiting, Account::Revenue), 0);
    assert_eq!(of(&waiting, Account::UnmatchedMoney), -8_000);
    let balances = posted(&[short, sale]);
    assert_eq!(of(&balances, Account::Revenue), -10_000);
    assert_eq!(of(&balances, Account::UnmatchedMoney), 0);
    assert_eq!(of(&balances, Account::Cash), 2_000);
}

#[test]
fn a_failed_bills_money_stays_owed_until_it_is_given_back() {
    let cash = By::Cash { tendered: rp(105_000), change: rp(0), rounding: rp(0) };
    let taken = Fact::BillMoneyReceived { part: Part { price: rp(105_000), by: cash } };
    let failed = Fact::BillFailed { held: rp(105_000) };
    let back = Fact::RefundPaid {
        of: RefundOf::Owed(Owed::Refund),
        amount: rp(105_000),
        by: RefundBy::Cash,
    };
    let owing = posted(&[taken.clone(), failed.clone()]);
    assert_eq!(of(&owing, Account::RefundOwed), -105_000);
    assert_eq!(of(&owing, Account::Revenue), 0);
    let settled = posted(&[taken, failed, back]);
    assert_eq!(settled.iter().filter(|(_, balance)| *balance != rp(0)).count(), 0);
}

#[test]
fn a_bill_that_was_bought_leaves_fee_and_margin_and_a_reversal_takes_them_back() {
    let digi: GatewayName = gateway("digi");
    let bill = |held, deposit_price, own_fee| (rp(held), rp(deposit_price), rp(own_fee));
    let (held, deposit_price, own_fee) = bill(105_000, 101_200, 2_000);
    let bought = Fact::BillSucceeded { gateway: digi.clone(), held, deposit_price, own_fee };
    let balances = posted(std::slice::from_ref(&bought));
    assert_eq!(of(&balances, Account::BillFee), -2_000);
    assert_eq!(of(&balances, Account::BillMargin), -1_800);
    assert_eq!(of(&balances, Account::BillDeposit(digi.clone())), -101_200);
    let reversed = Fact::BillReversed { gateway: digi.clone(), held, deposit_price, own_fee };
    let balances = posted(&[bought, reversed]);
    for account in [Account::BillFee, Account::BillMargin, Account::BillDeposit(digi)] {
        assert_eq!(of(&balances, account), 0);
    }
    assert_eq!(of(&balances, Account::RefundOwed), -105_000);
}

#[test]
fn a_settlement_and_a_corrected_fee_empty_the_receivable() {
    let at = Pocket::Gateway(gateway("kropay"));
    let sale = Fact::SaleCovered { parts: vec![by_kropay(100_000, 0, 100_000, 700)] };
    let corrected = Fact::FeeCorrected { at: at.clone(), estimated: rp(700), actual: rp(600) };
    let settled = Fact::Settled { from: at, to_bank: rp(96_900), fee: rp(2_500) };
    let balances = posted(&[sale, corrected, settled]);
    assert_eq!(of(&balances, at_kropay()), 0);
    assert_eq!(of(&balances, Account::Bank), 96_900);
    assert_eq!(of(&balances, Account::GatewayFee), 3_100);
}

#[test]
fn a_close_empties_the_drawer_into_the_owners_hand() {
    let opened = Fact::ShiftOpened { float: rp(500_000) };
    let closed = Fact::ShiftClosed { expected: rp(500_000), counted: rp(498_000) };
    let balances = posted(&[opened, closed]);
    assert_eq!(of(&balances, Account::Cash), 0);
    assert_eq!(of(&balances, Account::CashOverShort), 2_000);
    assert_eq!(of(&balances, Account::OwnerCapital), -2_000);
}

#[test]
fn a_sale_that_was_voided_posts_nothing() {
    assert_eq!(legs(&Fact::SaleVoided), Ok(Vec::<Leg>::new()));
}

#[test]
fn cash_goes_where_it_was_said_to_go() {
    let amount = rp(1_000);
    for (fact, account, balance) in [
        (Fact::CashIn { amount, from: CashSource::Other }, Account::OtherIncome, -1_000),
        (Fact::CashIn { amount, from: CashSource::Owner }, Account::OwnerCapital, -1_000),
        (Fact::CashOut { amount }, Account::CashExpense, 1_000),
        (Fact::Setor { amount, to: SetorTo::Owner }, Account::OwnerCapital, 1_000),
        (Fact::Setor { amount, to: SetorTo::Bank }, Account::Bank, 1_000),
    ] {
        let balances = posted(std::slice::from_ref(&fact));
        assert_eq!(of(&balances, account), balance, "{fact:?}");
        assert_eq!(of(&balances, Account::Cash), -balance, "{fact:?}");
    }
}

#[test]
fn a_bon_is_turnover_when_it_is_given_and_not_when_it_is_paid_off() {
    let given = Fact::SaleCovered { parts: vec![Part { price: rp(64_000), by: By::Bon }] };
    let cash = By::Cash { tendered: rp(64_000), change: rp(0), rounding: rp(0) };
    let paid = Fact::BonPaid { part: Part { price: rp(64_000), by: cash } };
    let owing = posted(std::slice::from_ref(&given));
    assert_eq!(of(&owing, Account::BonReceivable), 64_000);
    assert_eq!(of(&owing, Account::Revenue), -64_000);
    let settled = posted(&[given, paid]);
    assert_eq!(of(&settled, Account::BonReceivable), 0);
    assert_eq!(of(&settled, Account::Revenue), -64_000);
    assert_eq!(of(&settled, Account::Cash), 64_000);
}
