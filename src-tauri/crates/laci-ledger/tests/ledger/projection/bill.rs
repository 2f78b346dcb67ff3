//! Bills: found by what they are, with their standing, what is open, what is known of the deposit, and what is booked.

use laci_core::books::{Account, RefundBy};
use laci_core::{
    Bill, BillAmounts, BillCash, BillChange, BillEvent, BillEvidence, BillId, BillKind, BillSource,
    BillState, BillVerdict, BillWord, Body, GatewayName, Hash, Rupiah, UnixMs,
};
use laci_ledger::{BillFilter, Op, PollState};

use crate::shop::{RECEIPT, TestShop, new_id};

fn rp(n: u32) -> Rupiah {
    Rupiah::from_u32(n)
}

fn ppob() -> GatewayName {
    GatewayName::new("ppob").unwrap()
}

fn told(balance: u32) -> BillAmounts {
    let (price, selling_price) = (Some(rp(10_000)), Some(rp(11_000)));
    BillAmounts { price, selling_price, balance: Some(rp(balance)), ..BillAmounts::default() }
}

fn inquired(shop: &TestShop, customer: &str) -> BillId {
    let id = BillId(new_id());
    let bill = Bill {
        id,
        kind: BillKind::Postpaid,
        gateway: ppob(),
        code: "pln".to_owned(),
        product: None,
        customer: Hash::of_bytes(customer.as_bytes()),
        extra: Default::default(),
        periods: Default::default(),
        inquired_at: UnixMs(1),
        amounts: told(50_000),
        fee: Rupiah::ZERO,
        details: Hash::of_bytes(RECEIPT),
        raw: None,
    };
    shop.append(1, Body::Bill { event: BillEvent::Inquired { bill: Box::new(bill) } });
    id
}

fn happened(shop: &TestShop, id: BillId, what: BillChange) {
    shop.append(2, Body::Bill { event: BillEvent::Happened { id, what } });
}

fn cash() -> BillCash {
    BillCash { price: rp(11_000), tendered: rp(20_000), rounding: Rupiah::ZERO }
}

fn paid_for(shop: &TestShop, id: BillId) {
    happened(shop, id, BillChange::MoneyReceived { cash: cash() });
    happened(shop, id, BillChange::PaySending { tries: 1, at: UnixMs(5) });
}

fn answered(word: BillWord) -> BillChange {
    let evidence = BillEvidence {
        source: BillSource::Pay,
        at: UnixMs(6),
        word,
        rc: None,
        status: None,
        review: None,
        reason: None,
        amounts: told(40_000),
        details: None,
        raw: None,
    };
    BillChange::Answered { evidence: Box::new(evidence) }
}

fn open(shop: &TestShop) -> Vec<BillId> {
    let open = shop.ledger.read(|view| view.open_bills(UnixMs(0))).unwrap();
    open.into_iter().map(|(row, _)| row.bill.id).collect()
}

#[test]
fn a_bill_is_found_with_its_standing_and_is_open_until_it_ends() {
    let shop = TestShop::new();
    let (first, second) = (inquired(&shop, "1"), inquired(&shop, "1"));
    inquired(&shop, "2");
    assert!(open(&shop).is_empty());
    paid_for(&shop, first);
    assert_eq!(open(&shop), [first]);
    let poll = PollState {
        next_at_ms: UnixMs(9),
        last_asked_at_ms: UnixMs(8),
        misses: 1,
        last_problem: None,
    };
    shop.ledger.note_bill_poll(first, &poll).unwrap();
    shop.ledger
        .read(|view| {
            let row = view.bill(second)?.unwrap();
            let beside = view.bills_beside(&row.bill)?;
            assert_eq!(beside.len(), 1, "the same customer's alone");
            assert_eq!(beside[0].standing.state, BillState::PaySent);
            assert_eq!(view.poll_of_bill(first)?, Some(poll.clone()));
            assert_eq!(view.bill_deposit(&ppob())?, Some(rp(50_000)));
            let filter = BillFilter { state: Some(BillState::Inquired), limit: 10 };
            assert_eq!(view.bills(&filter)?.len(), 2);
            Ok(())
        })
        .unwrap();
    happened(&shop, first, answered(BillWord::Success));
    assert!(open(&shop).is_empty());
    let deposit = shop.ledger.read(|view| view.bill_deposit(&ppob())).unwrap();
    assert_eq!(deposit, Some(rp(40_000)));
    let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[test]
fn what_is_booked_follows_the_standing_and_nothing_is_booked_twice() {
    let shop = TestShop::new();
    let balance =
        |account: Account| shop.ledger.read(|view| view.balances()).unwrap().of(&account).get();
    let id = inquired(&shop, "1");
    paid_for(&shop, id);
    assert_eq!((balance(Account::Cash), balance(Account::BillMoney)), (11_000, -11_000));
    for _ in 0..2 {
        happened(&shop, id, answered(BillWord::Success));
    }
    let booked = || (balance(Account::BillMoney), balance(Account::BillMargin));
    assert_eq!((booked(), balance(Account::BillDeposit(ppob()))), ((0, -1_000), -10_000));
    happened(&shop, id, answered(BillWord::Failed));
    assert_eq!(booked(), (0, -1_000), "said both ways, nothing moves");
    let (verdict, at) = (BillVerdict::Failed, UnixMs(7));
    happened(&shop, id, BillChange::Resolved { verdict, at, reason: None });
    assert_eq!((booked(), balance(Account::RefundOwed)), ((0, 0), -11_000));
    let (by, reason) = (RefundBy::Cash, "gagal".to_owned());
    happened(&shop, id, BillChange::RefundPaid { cash: cash(), by, reason });
    assert_eq!((balance(Account::Cash), balance(Account::RefundOwed)), (0, 0));
    let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[test]
fn a_bill_that_was_never_inquired_and_a_body_that_was_never_stored_are_refused() {
    let shop = TestShop::new();
    let what = BillChange::PaySending { tries: 1, at: UnixMs(1) };
    let body = Body::Bill { event: BillEvent::Happened { id: BillId(new_id()), what } };
    let error = shop.write(Op::BillPay, 1, |tx| tx.append(body)).unwrap_err();
    assert_eq!(error.into_work().code(), "ledger_contradiction");
    let id = inquired(&shop, "1");
    let BillChange::Answered { mut evidence } = answered(BillWord::Pending) else { return };
    evidence.raw = Some(Hash::of_bytes(b"nobody stored this"));
    let what = BillChange::Answered { evidence };
    let body = Body::Bill { event: BillEvent::Happened { id, what } };
    let error = shop.write(Op::Bill, 1, |tx| tx.append(body)).unwrap_err();
    assert_eq!(error.into_work().code(), "ledger_contradiction");
}
