//! The feed: one row for what an owner wants to know, nothing for what a total shows.

use laci_core::books::RefundBy;
use laci_core::{
    Actor, AttemptState, Body, CashMove, GatewayName, GatewaySettings, Hash, Limits, OwnQris,
    PeopleChange, PersonId, PinnedMerchant, Role, ShiftEvent, Source, UnixMs, Zone,
};
use laci_ledger::{FeedKind, FeedRow, Moment};

use crate::counter::{
    count_and_close, counted, moved, opened, people, person, rp, sell, sell_for_cash, shift,
    with_fees,
};
use crate::shop::{START_MS, TestShop, at, covered, gateway, own_qris, seen, shop_in};

fn feed(shop: &TestShop) -> Vec<FeedRow> {
    let mut rows = shop.ledger.read(|view| view.feed(u64::MAX >> 1, 500)).unwrap();
    rows.reverse();
    rows
}

type Told = (FeedKind, Option<String>, Option<i64>, Option<String>);

/// What one entry says, with the bytes that it names stored beside it.
fn told(shop: &TestShop, bytes: &[u8], body: Body) -> Told {
    let before = feed(shop).len();
    shop.done(at(1), |tx| {
        tx.put_blob(bytes)?;
        tx.append(body)
    });
    let rows = feed(shop);
    assert_eq!(rows.len(), before + 1, "one row for {:?}", rows.last());
    let row = rows.last().unwrap().clone();
    assert_eq!(
        (row.seq, row.at, row.actor.as_str()),
        (shop.ledger.head().seq, at(1).now, "counter")
    );
    assert_eq!((row.date.to_string().as_str(), row.approver), ("2026-11-20", None));
    (row.kind, row.subject, row.amount, row.reason)
}

fn says(kind: FeedKind, subject: &str, amount: Option<i64>, reason: Option<&str>) -> Told {
    let subject = (!subject.is_empty()).then(|| subject.to_owned());
    (kind, subject, amount, reason.map(str::to_owned))
}

#[test]
fn settings_are_told() {
    let shop = TestShop::new();
    let told = |body| told(&shop, b"", body);
    let name = GatewayName::new("kropay").unwrap();
    let settings = GatewaySettings {
        name: name.clone(),
        kind: "kropay".to_owned(),
        base_url: "https://contoh.invalid".to_owned(),
        options: [].into(),
        key_hint: "0000".to_owned(),
    };
    let pin = PinnedMerchant::Pan("936000000000000001".to_owned());
    let merchant = "WARUNG CONTOH".to_owned();
    let own_qris = OwnQris { payload: "0002".to_owned(), merchant, pin: pin.clone() };
    let limits = Limits { max_amount: rp(5_000_000), ..Limits::default() };
    use FeedKind::*;
    for (body, expected) in [
        (shop_in(Zone::Wib, "00:00"), says(ShopSet, "Warung Contoh", None, None)),
        (Body::LimitsSet { limits }, says(LimitsSet, "", Some(5_000_000), None)),
        (with_fees(), says(BookRulesSet, "", None, None)),
        (Body::OwnQrisSet { own_qris }, says(OwnQrisSet, "WARUNG CONTOH", None, None)),
        (Body::GatewaySet { gateway: settings }, says(GatewaySet, "kropay", None, None)),
        (
            Body::GatewayPinned { name: name.clone(), method: None, pin },
            says(GatewayPinned, "kropay", None, None),
        ),
        (Body::GatewayRemoved { name }, says(GatewayRemoved, "kropay", None, None)),
    ] {
        assert_eq!(told(body), expected);
    }
}

#[test]
fn people_are_told() {
    let shop = TestShop::new();
    let ani = PersonId(crate::shop::new_id());
    let (name, hash) = (ani.to_string(), Hash::of_bytes(b"Ani"));
    let told = |body| told(&shop, b"Ani", body);
    let told_of = |change| told(people(change));
    let set = told(person(ani, Role::Cashier, "Ani"));
    assert_eq!(set, says(FeedKind::PersonSet, &name, None, Some("cashier")));
    let owner = PersonId::OWNER.to_string();
    assert_eq!(told(Body::OwnerPinSet { hash }), says(FeedKind::PinSet, &owner, None, None));
    let pin = PeopleChange::PinSet { id: ani, hash };
    assert_eq!(told_of(pin), says(FeedKind::PinSet, &name, None, None));
    let failed = PeopleChange::PinFailed { id: ani };
    assert_eq!(told_of(failed), says(FeedKind::PinFailed, &name, None, None));
    let signed_in = PeopleChange::SignedIn { id: ani };
    assert_eq!(told_of(signed_in), says(FeedKind::SignedIn, &name, None, None));
    let removed = PeopleChange::Removed { id: ani };
    assert_eq!(told_of(removed), says(FeedKind::PersonRemoved, &name, None, None));
    for (change, kind) in [
        (PeopleChange::RecoverySet { hash }, FeedKind::RecoverySet),
        (PeopleChange::RecoveryUsed { place: 2 }, FeedKind::RecoveryUsed),
        (PeopleChange::RecoveryFailed, FeedKind::RecoveryFailed),
    ] {
        assert_eq!(told_of(change), says(kind, "", None, None));
    }
}

#[test]
fn a_drawer_is_told() {
    let shop = TestShop::new();
    let told = |body| told(&shop, b"", body);
    assert_eq!(told(opened(1, 50_000)), says(FeedKind::ShiftOpened, "1", Some(50_000), None));
    for kind in CashMove::ALL {
        let expected = says(FeedKind::CashMoved, kind.as_str(), Some(700), Some("Es batu"));
        assert_eq!(told(moved(kind, 700)), expected);
    }
    let drawer = shift(ShiftEvent::DrawerOpened { reason: "Tukar uang".to_owned() });
    assert_eq!(told(drawer), says(FeedKind::DrawerOpened, "", None, Some("Tukar uang")));
    assert_eq!(told(counted(1, 49_000)), says(FeedKind::ShiftCounted, "1", Some(49_000), None));
    // Expected: 50.000 and 700 in twice, out once, setor twice.
    let closed = shop.done(at(1), |tx| {
        let mut closing = crate::counter::closing(tx, at(1))?;
        closing.reason = Some("Salah kembalian".to_owned());
        tx.append(shift(ShiftEvent::Closed { closing }))
    });
    let row = feed(&shop).pop().unwrap();
    assert_eq!((row.seq, row.kind, row.amount), (closed, FeedKind::ShiftClosed, Some(-300)));
    assert_eq!(row.subject.as_deref(), Some("1"));
    assert_eq!(row.reason.as_deref(), Some("Salah kembalian"));
}

#[test]
fn of_sales_only_what_is_out_of_the_ordinary_is_told() {
    let shop = TestShop::new();
    let (sale_id, attempt) = shop.start(0, gateway());
    shop.cover(0, sale_id, attempt);
    let (cash, _) = shop.done(at(0), |tx| sell_for_cash(tx, at(0), 10_000, 10_000, 0));
    let (own, own_attempt) = shop.done(at(0), |tx| sell(tx, at(0), 10_000, own_qris(7)));
    let add = |evidence| Body::EvidenceAdded { attempt_id: own_attempt, evidence };
    shop.append(0, add(seen(Source::Till, AttemptState::Unverified)));
    assert_eq!(feed(&shop), [], "plain sales are in the totals");
    let told = |body| told(&shop, b"", body);
    let mut word = seen(Source::Person, AttemptState::Confirmed);
    word.reason = Some("Dilihat di aplikasi bank".to_owned());
    let (own, cash) = (own.to_string(), cash);
    let expected = says(FeedKind::PaymentConfirmed, &own, None, word.reason.as_deref());
    assert_eq!(told(add(word)), expected);
    let copied = Body::ReceiptCopied { sale_id: cash, nth: 1 };
    assert_eq!(told(copied), says(FeedKind::ReceiptCopied, &cash.to_string(), None, None));
    let reason = "Rusak".to_owned();
    let refund = Body::SaleRefunded {
        sale_id,
        amount: rp(4_000),
        by: RefundBy::Transfer,
        reason,
        surplus: false,
    };
    let sale = sale_id.to_string();
    assert_eq!(told(refund), says(FeedKind::SaleRefunded, &sale, Some(4_000), Some("Rusak")));
    let (sale_id, _) = shop.start(0, gateway());
    let voided = Body::SaleVoided { sale_id };
    assert_eq!(told(voided), says(FeedKind::SaleVoided, &sale_id.to_string(), None, None));
    let again = shop.refused(at(1), covered(sale_id, attempt));
    assert!(again.contains("only an open sale"), "{again}");
}

#[test]
fn who_did_it_and_who_allowed_it_are_told() {
    let shop = TestShop::new();
    let (ani, sri) = (PersonId(crate::shop::new_id()), PersonId(crate::shop::new_id()));
    let moment = Moment { actor: Actor::Person(ani), approver: Some(sri), ..at(1) };
    shop.done(moment, |tx| tx.append(opened(1, 0)));
    let row = feed(&shop).pop().unwrap();
    assert_eq!((row.actor, row.approver), (ani.to_string(), Some(sri)));
}

#[test]
fn pages_go_back_and_kinds_are_found() {
    let shop = TestShop::new();
    shop.append(0, opened(1, 0));
    let drawer = |_| shop.append(0, shift(ShiftEvent::DrawerOpened { reason: "Tukar".to_owned() }));
    let seqs: Vec<u64> = (0..4).map(drawer).collect();
    shop.done(at(1), |tx| count_and_close(tx, at(1), 0));
    let page = |before, limit| {
        let rows = shop.ledger.read(|view| view.feed(before, limit)).unwrap();
        rows.iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    assert_eq!(page(seqs[3] + 1, 2), [seqs[3], seqs[2]]);
    assert_eq!(page(seqs[2], 9), [seqs[1], seqs[0], 2]);
    let since = shop.ledger.read(|view| view.feed_since(seqs[1], FeedKind::DrawerOpened)).unwrap();
    assert_eq!(since.iter().map(|row| row.seq).collect::<Vec<_>>(), seqs[2..]);
    for kind in FeedKind::ALL {
        assert_eq!(FeedKind::from_word(kind.as_str()), Some(*kind));
    }
}

#[test]
fn each_time_that_a_clock_is_set_back_is_told() {
    let shop = TestShop::new();
    let go = |ms: i64| {
        let moment = Moment { now: UnixMs(START_MS + ms), ..at(0) };
        shop.done(moment, |tx| sell_for_cash(tx, moment, 10_000, 10_000, 0)).1
    };
    let clocks = || {
        let rows = feed(&shop);
        rows.iter().map(|row| (row.seq, row.kind, row.amount)).collect::<Vec<_>>()
    };
    go(3_600_000);
    go(3_600_000 - 60_000);
    assert_eq!(clocks(), [], "a minute is what time servers do");
    let back = go(0) - 2;
    let told = (back, FeedKind::ClockBack, Some(3_540_000));
    assert_eq!(clocks(), [told], "by the first of the sale's three entries");
    go(1_000);
    assert_eq!(clocks(), [told], "said once, though the hybrid clock is ahead for an hour");
    let further = go(-86_400_000) - 2;
    let told_again = (further, FeedKind::ClockBack, Some(86_401_000));
    assert_eq!(clocks(), [told, told_again], "and each time anew");
    go(2 * 365 * 86_400_000);
    let right = go(3_600_000) - 2;
    let from_the_future = 2 * 365 * 86_400_000 - 3_600_000;
    assert_eq!(clocks()[2], (right, FeedKind::ClockBack, Some(from_the_future)));
    shop.ledger.rebuild(&mut |_, _| true).unwrap();
    assert_eq!(clocks().len(), 3, "a replay tells the same");
    assert!(shop.ledger.verify(&mut |_, _| true).unwrap().ok);
}
