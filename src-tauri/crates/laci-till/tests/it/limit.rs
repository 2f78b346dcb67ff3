//! The largest amount of one payment, as the owner sets it.

use laci_till::By;
use laci_till::wire::Via;

use crate::world::{Counter, charge};

#[tokio::test]
async fn it_holds_from_the_next_payment_on() {
    let counter = Counter::open();
    let ask =
        |amount| counter.till.payment_start(By::counter(), charge(amount, Via::OwnQris, None));
    assert_eq!(ask(10_000_001).await.unwrap_err().code(), "amount_above_limit");
    counter.till.limit_set(By::counter(), 50_000).unwrap();
    assert_eq!(counter.till.facts().unwrap().max_amount, 50_000, "the window knows it");
    let error = ask(50_001).await.unwrap_err();
    assert!(error.sentence().id.contains("Rp\u{a0}50.000"), "it names the limit: {error:?}");
    assert!(ask(50_000).await.is_ok(), "the limit itself is allowed");
    counter.till.limit_set(By::counter(), 20_000_000).unwrap();
    assert!(ask(10_000_001).await.is_ok(), "raised, should the rule change");
    for amount in [0, -1, i64::MAX] {
        let error = counter.till.limit_set(By::counter(), amount).unwrap_err();
        assert_eq!(error.code(), "limit_out_of_range", "{amount}");
    }
    assert_eq!(counter.till.facts().unwrap().max_amount, 20_000_000, "the old one still holds");
}
