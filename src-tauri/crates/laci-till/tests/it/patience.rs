//! A gateway that takes its time: the cashier waits eight seconds, then the next way is tried.

use laci_till::By;
use std::time::{Duration, Instant};

use laci_sandbox::{Fault, Operation};
use laci_till::wire::Via;

use crate::world::{Counter, charge, sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn after_eight_seconds_the_own_qris_is_shown_and_a_late_answer_only_watched() {
    let sandbox = sandbox().await;
    let counter = Counter::open();
    counter.add_gateway("kropay", &sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::Slow { ms: 10_500 }, 1);
    let began = Instant::now();
    let shown =
        counter.till.payment_start(By::counter(), charge(10_000, Via::Auto, None)).await.unwrap();
    let waited = began.elapsed();
    assert!(shown.own_qris && shown.presentment.is_some(), "{shown:?}");
    assert!(waited >= Duration::from_secs(8), "the gateway had its chance: {waited:?}");
    assert!(waited < Duration::from_millis(10_400), "nobody waited for its answer: {waited:?}");

    counter.till.creates_end(Duration::from_secs(20)).await;
    let sale = shown.sale_id.parse().unwrap();
    let attempts = counter.till.sale_show(sale).unwrap().payments;
    assert_eq!(attempts.len(), 2, "two ways of one sale");
    let late = attempts.iter().find(|payment| !payment.own_qris).unwrap();
    assert_eq!(late.state, "pending", "its answer is kept: {late:?}");
    assert!(late.presentment.is_none(), "and never shown: a second QR could be paid twice");
    assert_eq!(late.notices[0].code, "answered_too_late");
    let bill = &sandbox.bills()[0];
    assert_eq!((sandbox.bills().len(), bill.creates), (1, 1), "one bill, asked for once");

    sandbox.pay(&bill.reference).unwrap();
    let synced = counter.till.work_once().await.unwrap();
    assert_eq!(synced.matched, 1, "should it be paid all the same, the money is seen: {synced:?}");
}
