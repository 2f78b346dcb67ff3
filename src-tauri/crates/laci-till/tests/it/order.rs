//! The caller's own id: whoever asks at the same moment, there is one sale and one bill.

use laci_sandbox::{Fault, Operation};
use laci_till::By;
use laci_till::wire::Via;
use tokio::task::JoinSet;

use crate::world::{Counter, charge, sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn eight_at_once_are_one_payment() {
    let sandbox = sandbox().await;
    let counter = Counter::open();
    counter.add_gateway("kropay", &sandbox.url());
    // The first is still on its way when the others come.
    sandbox.set_fault(Operation::Create, Fault::Slow { ms: 700 }, 1);
    let mut asked = JoinSet::new();
    for _ in 0..8 {
        let till = counter.till.clone();
        asked.spawn(async move {
            till.payment_start(By::counter(), charge(10_000, Via::Auto, Some("P-1"))).await
        });
    }
    let shown: Vec<_> =
        asked.join_all().await.into_iter().map(|payment| payment.unwrap()).collect();
    for payment in &shown {
        assert_eq!((&payment.id, &payment.state), (&shown[0].id, &"pending".to_owned()));
        assert!(payment.presentment.is_some(), "everybody sees the same QR: {payment:?}");
    }
    assert_eq!(sandbox.bills().len(), 1);
    assert_eq!(sandbox.bills()[0].creates, 1, "asked for once");
    assert_eq!(counter.till.payments_open().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_amounts_at_once_one_is_the_order_and_the_other_a_conflict() {
    let sandbox = sandbox().await;
    let counter = Counter::open();
    counter.add_gateway("kropay", &sandbox.url());
    let ask =
        |amount| counter.till.payment_start(By::counter(), charge(amount, Via::Auto, Some("P-2")));
    let (one, other) = tokio::join!(ask(10_000), ask(10_001));
    let codes: Vec<String> =
        [&one, &other].iter().filter_map(|r| Some(r.as_ref().err()?.code().to_owned())).collect();
    assert_eq!(codes, ["order_conflict"], "{one:?} {other:?}");
    assert_eq!(sandbox.bills().len(), 1);
}
