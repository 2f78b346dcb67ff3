//! The bill machine: no order and no duplicate matters, nothing is paid twice, and the books follow.

use std::collections::BTreeSet;

use laci_core::bill::{CONTRADICTION, PERSON_CONTRADICTED, fold};
use laci_core::bill_books::{BillBooked, facts};
use laci_core::bill_rules::{Around, is_second, is_too_old, may_pay, pause_ms, wait_ms};
use laci_core::books::{Account, Balances, Fact, RefundBy, legs};
use laci_core::{
    Bill, BillAmounts, BillCash, BillChange, BillEvidence, BillId, BillKind, BillSource,
    BillStanding, BillState, BillVerdict, BillWord, GatewayName, Hash, Rupiah, UnixMs,
};
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

fn rp(n: i64) -> Rupiah {
    Rupiah::new(n).unwrap()
}

fn at(text: &str) -> UnixMs {
    UnixMs::from_rfc3339(text).unwrap()
}

const NOON: &str = "2026-11-20T12:00:00+07:00";

fn bill(id: u128, periods: &[&str]) -> Bill {
    Bill {
        id: BillId(Uuid::from_u128(id)),
        kind: BillKind::Postpaid,
        gateway: GatewayName::new("ppob").unwrap(),
        code: "pln".to_owned(),
        product: Some("pln".to_owned()),
        customer: Hash::of_bytes(b"530000000001"),
        extra: Default::default(),
        periods: periods.iter().map(|one| (*one).to_owned()).collect(),
        inquired_at: at(NOON),
        amounts: BillAmounts {
            price: Some(rp(10_000)),
            selling_price: Some(rp(11_030)),
            ..BillAmounts::default()
        },
        fee: Rupiah::ZERO,
        details: Hash::of_bytes(b"details"),
        raw: None,
    }
}

fn answer(word: BillWord) -> BillChange {
    priced(word, None)
}

fn priced(word: BillWord, price: Option<i64>) -> BillChange {
    let amounts = BillAmounts { price: price.map(rp), ..BillAmounts::default() };
    BillChange::Answered {
        evidence: Box::new(BillEvidence {
            source: BillSource::Status,
            at: UnixMs(5),
            word,
            rc: None,
            status: None,
            review: (word == BillWord::Review).then(|| "biller_timeout".to_owned()),
            reason: None,
            amounts,
            details: None,
            raw: None,
        }),
    }
}

fn cash() -> BillCash {
    BillCash { price: rp(11_030), tendered: rp(20_000), rounding: rp(-30) }
}

fn money() -> BillChange {
    BillChange::MoneyReceived { cash: cash() }
}

fn sending(tries: u8) -> BillChange {
    BillChange::PaySending { tries, at: UnixMs(i64::from(tries)) }
}

fn not_sent(tries: u8) -> BillChange {
    BillChange::PayNotSent { tries, reason: "dns_failed".to_owned() }
}

fn said(verdict: BillVerdict) -> BillChange {
    BillChange::Resolved { verdict, at: UnixMs(9), reason: None }
}

fn standing(changes: &[BillChange]) -> BillStanding {
    fold(&bill(1, &["202611"]), changes)
}

fn state(changes: &[BillChange]) -> BillState {
    standing(changes).state
}

#[test]
fn each_step_leads_on_and_only_the_provider_ends_it() {
    use BillWord::{Failed, Pending, Review, Success, Unknown};
    assert_eq!(state(&[]), BillState::Inquired);
    assert_eq!(state(&[money()]), BillState::MoneySecured);
    let sent = [money(), sending(1)];
    assert_eq!(state(&sent), BillState::PaySent);
    for (words, wanted) in [
        (&[Unknown][..], BillState::Unknown),
        (&[Review], BillState::Unknown),
        (&[Unknown, Pending], BillState::Pending),
        (&[Pending, Review], BillState::Pending),
        (&[Unknown, Success], BillState::Success),
        (&[Review, Pending, Failed], BillState::Failed),
    ] {
        let all: Vec<_> =
            sent.iter().cloned().chain(words.iter().map(|word| answer(*word))).collect();
        assert_eq!(state(&all), wanted, "{words:?}");
    }
}

#[test]
fn a_provider_that_says_both_has_said_neither() {
    let both = [money(), sending(1), answer(BillWord::Success), answer(BillWord::Failed)];
    let open = standing(&both);
    assert_eq!(open.state, BillState::Unknown);
    assert!(open.reviews.contains(CONTRADICTION) && open.owed().is_none());
    for (verdict, wanted) in
        [(BillVerdict::Paid, BillState::Success), (BillVerdict::Failed, BillState::Failed)]
    {
        let decided: Vec<_> = both.iter().cloned().chain([said(verdict)]).collect();
        assert_eq!(state(&decided), wanted);
        assert!(standing(&decided).by_person);
    }
    let later = [money(), sending(1), said(BillVerdict::Failed), answer(BillWord::Success)];
    let known = standing(&later);
    assert_eq!(known.state, BillState::Success, "the provider's word goes before a person's");
    assert!(known.reviews.contains(PERSON_CONTRADICTED));
}

#[test]
fn only_a_try_that_certainly_never_left_frees_the_next_one() {
    assert_eq!(state(&[money(), sending(1), not_sent(1)]), BillState::MoneySecured);
    assert_eq!(state(&[money(), sending(1), not_sent(1), sending(2)]), BillState::PaySent);
    let heard =
        [money(), sending(1), not_sent(1), sending(2), not_sent(2), answer(BillWord::Unknown)];
    assert_eq!(state(&heard), BillState::Unknown, "an answer outweighs the lack of a byte");
}

fn pay_on(when: &str, others: &[(Bill, BillStanding)], deposit: Option<i64>) -> String {
    let (ours, standing) = (bill(1, &["202611"]), standing(&[]));
    let around = Around { others, deposit: deposit.map(rp) };
    may_pay(&ours, &standing, &around, at(when))
        .map_or_else(|no| no.code().to_owned(), |owed| owed.to_string())
}

#[test]
fn it_is_paid_on_the_date_of_its_inquiry_in_jakarta() {
    assert_eq!(pay_on("2026-11-20T23:59:59+07:00", &[], None), "Rp\u{a0}11.030");
    assert_eq!(pay_on("2026-11-20T00:00:00+07:00", &[], None), "Rp\u{a0}11.030");
    assert_eq!(pay_on("2026-11-21T00:00:00+07:00", &[], None), "bill_inquire_again");
    // The shop's own clock may show another day.
    assert_eq!(pay_on("2026-11-21T00:30:00+08:00", &[], None), "Rp\u{a0}11.030");
    assert_eq!(pay_on("2026-11-19T12:00:00+07:00", &[], None), "bill_inquire_again", "set back");
    assert_eq!(pay_on(NOON, &[], Some(9_999)), "deposit_too_low");
    assert_eq!(pay_on(NOON, &[], Some(10_000)), "Rp\u{a0}11.030");
    let mut odd = bill(1, &[]);
    let around = Around { others: &[], deposit: None };
    for amounts in [
        BillAmounts { price: None, ..odd.amounts },
        BillAmounts { selling_price: None, ..odd.amounts },
        BillAmounts { selling_price: Some(rp(0)), ..odd.amounts },
    ] {
        odd.amounts = amounts;
        let no = may_pay(&odd, &standing(&[]), &around, at(NOON)).unwrap_err();
        assert_eq!(no.code(), "bill_price_unreadable");
    }
    for sent in [BillWord::Unknown, BillWord::Pending, BillWord::Failed, BillWord::Success] {
        let changes = [money(), sending(1), answer(sent)];
        let no = may_pay(&bill(1, &[]), &standing(&changes), &around, at(NOON)).unwrap_err();
        assert_eq!(no.code(), "already_sent", "{sent:?}");
    }
}

#[test]
fn a_second_inquiry_for_the_same_customer_and_period_pays_nothing() {
    let sent = |word| standing(&[money(), sending(1), answer(word)]);
    for word in [BillWord::Unknown, BillWord::Review, BillWord::Pending, BillWord::Success] {
        let others = [(bill(2, &["202611"]), sent(word))];
        assert_eq!(pay_on(NOON, &others, None), "bill_second_pay", "{word:?}");
        let others = [(bill(2, &["202610", "202611"]), sent(word))];
        assert_eq!(pay_on(NOON, &others, None), "bill_second_pay", "one of its periods: {word:?}");
        let others = [(bill(2, &["202610"]), sent(word))];
        assert_eq!(pay_on(NOON, &others, None), "Rp\u{a0}11.030", "another period: {word:?}");
    }
    let never = [(bill(2, &["202611"]), standing(&[money(), sending(1), not_sent(1)]))];
    assert_eq!(pay_on(NOON, &never, None), "Rp\u{a0}11.030");
    let failed = [(bill(2, &["202611"]), sent(BillWord::Failed))];
    assert_eq!(pay_on(NOON, &failed, None), "Rp\u{a0}11.030");
}

#[test]
fn what_names_no_date_is_told_apart_by_when_it_was_inquired() {
    let paid = standing(&[money(), sending(1), answer(BillWord::Success)]);
    let open = standing(&[money(), sending(1), answer(BillWord::Unknown)]);
    let case = |ours: &[&str], theirs: &[&str], when: &str| {
        let other = Bill { inquired_at: at(when), ..bill(2, theirs) };
        let ours = bill(1, ours);
        (is_second(&ours, &other, &paid), is_second(&ours, &other, &open))
    };
    assert_eq!(case(&[], &[], NOON), (true, true));
    assert_eq!(case(&[], &[], "2026-11-19T12:00:00+07:00"), (false, true), "in doubt it blocks");
    assert_eq!(case(&["01"], &["01"], "2026-11-02T12:00:00+07:00"), (true, true));
    assert_eq!(case(&["01"], &["01"], "2026-10-20T12:00:00+07:00"), (false, true));
    assert_eq!(case(&["MEI 2019"], &["MEI 2019"], "2025-10-20T12:00:00+07:00"), (true, true));
    let ours = bill(1, &["202611"]);
    for other in [
        Bill { customer: Hash::of_bytes(b"other"), ..bill(2, &["202611"]) },
        Bill { code: "pdam".to_owned(), product: None, ..bill(2, &["202611"]) },
    ] {
        assert!(!is_second(&ours, &other, &paid));
    }
    let renamed = Bill { code: "listrik".to_owned(), ..bill(2, &["202611"]) };
    assert!(is_second(&ours, &renamed, &paid), "the answers name one product");
    let elsewhere = Bill { gateway: GatewayName::new("ppob-2").unwrap(), ..bill(2, &["202611"]) };
    assert!(is_second(&ours, &elsewhere, &paid), "whatever gateway it went by");
    let word = BillStanding { state: BillState::Failed, by_person: true, ..open.clone() };
    assert!(
        is_second(&ours, &bill(2, &["202611"]), &word),
        "a person's word is not the provider's"
    );
}

#[test]
fn looks_keep_a_minute_apart_and_end_with_age() {
    let pauses: Vec<i64> = (0..19).map(|asked| pause_ms(asked, 60_000) / 60_000).collect();
    assert_eq!(pauses, [1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 60, 60]);
    assert_eq!((pause_ms(9, 0), pause_ms(0, 90_000)), (0, 90_000));
    assert_eq!(wait_ms(UnixMs(1_000), UnixMs(31_000), 60_000), 30_000);
    assert_eq!(wait_ms(UnixMs(1_000), UnixMs(61_000), 60_000), 0);
    assert_eq!(wait_ms(UnixMs(9_000_000), UnixMs(0), 60_000), 0, "a clock that was set back");
    let days = |n: i64| UnixMs(n * 86_400_000);
    for (kind, most) in [(BillKind::Postpaid, 90), (BillKind::Prepaid, 60)] {
        assert!(!is_too_old(kind, days(0), UnixMs(days(most).0 - 1)));
        assert!(is_too_old(kind, days(0), days(most)));
    }
}

fn any_change() -> impl Strategy<Value = BillChange> {
    let word = select(vec![
        BillWord::Unknown,
        BillWord::Review,
        BillWord::Pending,
        BillWord::Failed,
        BillWord::Success,
    ]);
    let price = select(vec![None, Some(9_900), Some(10_000), Some(10_100)]);
    prop_oneof![
        Just(money()),
        (1u8..4).prop_map(sending),
        (1u8..4).prop_map(not_sent),
        (word, price).prop_map(|(word, price)| priced(word, price)),
        select(vec![BillVerdict::Paid, BillVerdict::Failed]).prop_map(said),
        Just(BillChange::RefundPaid { cash: cash(), by: RefundBy::Cash, reason: "x".to_owned() }),
    ]
}

/// What every change in its turn posts.
fn booked(changes: &[BillChange]) -> (Balances, Vec<Fact>, BillStanding) {
    let bill = bill(1, &["202611"]);
    let (mut balances, mut all, mut now) = (Balances::default(), Vec::new(), BillBooked::Nothing);
    let mut seen = Vec::new();
    for change in changes {
        seen.push(change.clone());
        let standing = fold(&bill, &seen);
        let (facts, then) = facts(&bill, &standing, now).unwrap();
        for fact in &facts {
            balances.post(&legs(fact).unwrap()).unwrap();
        }
        all.extend(facts);
        now = then;
    }
    (balances, all, fold(&bill, &seen))
}

proptest! {
    #[test]
    fn order_and_duplicates_cannot_matter(
        (set, shuffled) in prop::collection::vec(any_change(), 0..7).prop_flat_map(|set| {
            let doubled: Vec<_> = set.iter().chain(set.iter()).cloned().collect();
            (Just(set), Just(doubled).prop_shuffle())
        })
    ) {
        prop_assert_eq!(standing(&set), standing(&shuffled));
    }

    #[test]
    fn once_heard_of_it_never_looks_unsent_again(
        set in prop::collection::vec(any_change(), 0..6), more in any_change(),
    ) {
        let heard = |changes: &[BillChange]| state(changes) >= BillState::Unknown;
        let mut all = set.clone();
        all.push(more);
        prop_assert!(!heard(&set) || heard(&all), "a payment that may exist is never forgotten");
    }

    #[test]
    fn the_books_balance_and_hold_what_the_state_says(
        changes in prop::collection::vec(any_change(), 0..9),
    ) {
        let (balances, all, end) = booked(&changes);
        let paid_in = end.cash.map_or(0, |_| 11_000);
        prop_assert_eq!(balances.of(&Account::Cash), rp(paid_in), "the cash is taken once");
        let received = all.iter().filter(|f| matches!(f, Fact::BillMoneyReceived { .. })).count();
        prop_assert_eq!(received, usize::from(end.cash.is_some()));
        let gateway = GatewayName::new("ppob").unwrap();
        let spent = balances.of(&Account::BillDeposit(gateway)).negated();
        let owed = balances.of(&Account::RefundOwed).negated();
        if end.cash.is_some() && end.state == BillState::Success {
            prop_assert!((9_900..=10_100).contains(&spent.get()), "{spent:?}");
            prop_assert_eq!(owed, Rupiah::ZERO);
        }
        if end.cash.is_some() && end.state == BillState::Failed {
            prop_assert_eq!((spent, owed), (Rupiah::ZERO, rp(11_030)));
        }
    }
}

#[test]
fn a_refund_is_the_payment_backwards() {
    let refund = Fact::BillRefunded { held: rp(11_030), rounding: rp(-30), by: RefundBy::Cash };
    let (mut balances, _, failed) = booked(&[money(), sending(1), answer(BillWord::Failed)]);
    assert_eq!(failed.owed(), Some(cash()));
    balances.post(&legs(&refund).unwrap()).unwrap();
    let left: BTreeSet<_> = [Account::Cash, Account::RefundOwed, Account::Rounding]
        .iter()
        .map(|account| balances.of(account))
        .collect();
    assert_eq!(left, BTreeSet::from([Rupiah::ZERO]));
}
