//! Pressed twice, asked twice, at the same moment or later: one payment.

use laci_sandbox::{Fault, Operation};
use laci_till::By;

use super::world::{OPEN_THEN_PAID, PLN, World, code, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_double_press_is_one_payment_and_one_cash() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let asked = world.pln(&gateway).await;
    world.sandbox.set_fault(Operation::Pay, Fault::Slow { ms: 150 }, 1);
    let presses = (0..8).map(|_| {
        let till = world.till.clone();
        let id = id(&asked);
        tokio::spawn(async move { till.bill_pay(By::counter(), id, None).await })
    });
    for press in presses.collect::<Vec<_>>() {
        let shown = press.await.unwrap().unwrap();
        assert!(["inquired", "pay_sent", "success"].contains(&shown.state.as_str()), "{shown:?}");
    }
    assert_eq!(world.shown(&asked).state, "success");
    let later = world.pay(&asked).await.unwrap();
    assert_eq!((later.state.as_str(), world.sandbox.pays(&asked.ref_id)), ("success", 1));
    assert_eq!(world.balance("cash"), 11_000);
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_inquiry_of_the_same_period_is_never_paid() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    for (number, fault, state) in [
        (PLN, None, "success"),
        (OPEN_THEN_PAID, None, "pending"),
        ("530000000002", Some(Fault::CommitThenReset), "unknown"),
    ] {
        let first = world.ask(&gateway, "pln", number).await.unwrap();
        let second = world.ask(&gateway, "pln", number).await.unwrap();
        assert_ne!(first.ref_id, second.ref_id);
        if let Some(fault) = fault {
            world.sandbox.set_fault(Operation::Pay, fault, 1);
        }
        assert_eq!(world.pay(&first).await.unwrap().state, state);
        let third = world.ask(&gateway, "pln", number).await.unwrap();
        for again in [&second, &third] {
            assert_eq!(code(world.pay(again).await), "bill_second_pay", "{number}");
            assert_eq!(world.sandbox.pays(&again.ref_id), 0, "{number}");
            assert_eq!(world.shown(again).cash, None, "no cash was taken");
        }
        assert_eq!(world.sandbox.pays(&first.ref_id), 1);
    }
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_inquiries_paid_at_the_same_moment_are_one_payment() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let mut asked = Vec::new();
    for _ in 0..4 {
        asked.push(world.pln(&gateway).await);
    }
    let paying = asked.iter().map(|bill| {
        let (till, id) = (world.till.clone(), id(bill));
        tokio::spawn(async move { till.bill_pay(By::counter(), id, None).await })
    });
    let mut paid = 0;
    for one in paying.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(bill) => paid += u32::from(bill.state == "success"),
            Err(error) => assert_eq!(error.code(), "bill_second_pay"),
        }
    }
    let arrived: u32 = asked.iter().map(|bill| world.sandbox.pays(&bill.ref_id)).sum();
    assert_eq!((paid, arrived, world.balance("cash")), (1, 1, 11_000));
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_gateway_of_the_same_account_pays_no_bill_again() {
    let world = World::start().await;
    let (one, other) = (world.gateway("0"), world.gateway("0"));
    let (first, second) = (world.pln(&one).await, world.pln(&other).await);
    assert_eq!(world.pay(&first).await.unwrap().state, "success");
    let deposit = world.sandbox.balance();
    assert_eq!(code(world.pay(&second).await), "bill_second_pay");
    assert_eq!((world.sandbox.balance(), world.sandbox.pays(&second.ref_id)), (deposit, 0));
}
