//! Nonsense never reaches the books: each kind has its stable code.

use laci_core::books::{
    By, Fact, Owed, Part, Pocket, RefundBy, RefundOf, Seen, SetorTo, Why, legs,
};
use laci_core::money::MAX_RUPIAH;

use crate::any_fact::rp;

fn code(fact: &Fact) -> &'static str {
    legs(fact).unwrap_err().code()
}

fn cash(price: i64, tendered: i64, change: i64, rounding: i64) -> Part {
    let by = By::Cash { tendered: rp(tendered), change: rp(change), rounding: rp(rounding) };
    Part { price: rp(price), by }
}

fn sent(price: i64, unique_code: i64, received: i64, fee: i64) -> Part {
    let by = By::Sent {
        to: Pocket::OwnQris,
        unique_code: rp(unique_code),
        received: rp(received),
        fee: rp(fee),
        seen: Seen::Evidence,
    };
    Part { price: rp(price), by }
}

fn sale(part: Part) -> Fact {
    Fact::SaleCovered { parts: vec![part] }
}

#[test]
fn cash_that_does_not_add_up() {
    for (part, expected) in [
        (cash(5_000, -5_000, 0, 0), "tendered_negative"),
        (cash(5_000, 10_000, -5_000, 0), "change_negative"),
        (cash(5_000, 10_000, 15_000, 0), "change_above_tendered"),
        (cash(5_000, 10_000, 4_000, 0), "change_wrong"),
        (cash(5_000, 4_000, 0, -1_000), "rounding_too_large"),
        (cash(50, 0, 0, -50), "asked_not_positive"),
        (cash(0, 0, 0, 0), "amount_zero"),
        (cash(-5_000, 0, 0, 0), "amount_negative"),
    ] {
        assert_eq!(code(&sale(part.clone())), expected, "{part:?}");
    }
    assert!(legs(&sale(cash(5_000, 10_000, 5_000, 0))).is_ok());
}

#[test]
fn money_that_covers_nothing() {
    assert_eq!(code(&sale(sent(34_500, -3, 34_496, 0))), "paid_less_than_asked");
    assert_eq!(code(&sale(sent(3, -3, 0, 0))), "asked_not_positive");
    assert_eq!(code(&sale(sent(10_000, 0, 10_000, -1))), "fee_negative");
    assert_eq!(code(&sale(sent(1, 0, -1, 0))), "amount_negative");
    let held =
        By::Held { from: Owed::Surplus, via: Pocket::OwnQris, unique_code: rp(0), amount: rp(999) };
    assert_eq!(code(&sale(Part { price: rp(1_000), by: held })), "paid_less_than_asked");
}

#[test]
fn sales_of_no_part_or_too_many() {
    assert_eq!(code(&Fact::SaleCovered { parts: vec![] }), "no_parts");
    let bon = Part { price: rp(1_000), by: By::Bon };
    assert_eq!(code(&Fact::SaleCovered { parts: vec![bon.clone(); 17] }), "too_many_parts");
    assert!(legs(&Fact::SaleCovered { parts: vec![bon.clone(); 16] }).is_ok());
    let twice = vec![cash(1_000, 1_000, 0, 0); 2];
    assert_eq!(code(&Fact::SaleCovered { parts: twice }), "cash_twice");
    assert_eq!(code(&Fact::BonPaid { part: bon }), "bon_by_bon");
}

#[test]
fn movements_of_nothing_or_less() {
    assert_eq!(code(&Fact::CashOut { amount: rp(0) }), "amount_zero");
    assert_eq!(code(&Fact::Setor { amount: rp(-1), to: SetorTo::Owner }), "amount_negative");
    assert_eq!(code(&Fact::ShiftOpened { float: rp(-1) }), "amount_negative");
    assert_eq!(code(&Fact::ShiftClosed { expected: rp(0), counted: rp(-1) }), "amount_negative");
    assert_eq!(code(&Fact::BillFailed { held: rp(0) }), "amount_zero");
    let refund = Fact::RefundPaid { of: RefundOf::Sale, amount: rp(-1), by: RefundBy::Cash };
    assert_eq!(code(&refund), "amount_negative");
    let settled = Fact::Settled { from: Pocket::Bank, to_bank: rp(1), fee: rp(0) };
    assert_eq!(code(&settled), "nothing_to_settle");
}

#[test]
fn sums_beyond_what_can_be_held() {
    let part = sent(MAX_RUPIAH, 1, MAX_RUPIAH, 0);
    assert_eq!(code(&sale(part)), "books_overflow");
    let bon = Part { price: rp(MAX_RUPIAH), by: By::Bon };
    assert_eq!(code(&Fact::SaleCovered { parts: vec![bon.clone(), bon] }), "books_overflow");
    let again = |fee| Fact::MoneyReceived {
        at: Pocket::OwnQris,
        amount: rp(MAX_RUPIAH),
        fee: rp(fee),
        why: Why::Again,
    };
    assert!(legs(&again(0)).is_ok());
    assert!(legs(&again(MAX_RUPIAH)).is_ok());
}
