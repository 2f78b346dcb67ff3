//! Notes and coins: one commit, change, no second sale, and a QR of the same cart that stays watched.

use laci_till::By;
use laci_till::wire::Via;

use crate::world::{Counter, charge, sandbox};

#[tokio::test]
async fn cash_covers_a_sale_at_once_and_tells_the_change() {
    let counter = Counter::shop();
    let before = counter.till.ledger().head().seq;
    let cart = || charge(69_450, Via::Auto, Some("keranjang"));
    let paid = counter.till.cash_pay(By::counter(), cart(), 100_000).await.unwrap();
    assert_eq!((paid.state.as_str(), paid.total, paid.received), ("paid", 69_400, 69_400));
    let cash = paid.cash.unwrap();
    assert_eq!((cash.tendered, cash.change, cash.rounding), (100_000, 30_600, -50));
    let offer = counter.till.cash_offer(&cart()).unwrap();
    assert_eq!((offer.price, offer.rounding, offer.due), (69_450, -50, 69_400));
    assert_eq!(offer.quick, [69_400, 70_000, 75_000, 80_000, 100_000, 150_000]);
    assert!(!paid.own_qris && paid.gateway.is_none());
    assert_eq!(counter.till.ledger().head().seq - before, 4, "sale, attempt, evidence, cover");
    let again = counter.till.cash_pay(By::counter(), cart(), 70_000).await.unwrap();
    assert_eq!(again.id, paid.id, "a double press is one payment");
    let receipt = counter.till.receipt_show(paid.sale_id.parse().unwrap(), 32).unwrap();
    let text = serde_json::to_string(&receipt).unwrap();
    assert!(
        text.contains("DIBAYAR TUNAI") && text.contains("30.600") && text.contains("-50"),
        "{text}"
    );
    assert_eq!(paid.unique_code, 0, "rounding is no code");
    let verdict = counter.till.ledger().verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[tokio::test]
async fn too_little_cash_records_nothing() {
    let counter = Counter::shop();
    let before = counter.till.ledger().head().seq;
    let short =
        counter.till.cash_pay(By::counter(), charge(10_000, Via::Auto, Some("x")), 9_999).await;
    let error = short.unwrap_err();
    assert_eq!(error.code(), "cash_too_little");
    assert!(error.sentence().id.contains("kurang Rp 1."), "{}", error.sentence().id);
    for nonsense in [0, -1, i64::MAX] {
        counter
            .till
            .cash_pay(By::counter(), charge(10_000, Via::Auto, None), nonsense)
            .await
            .unwrap_err();
    }
    assert_eq!(counter.till.ledger().head().seq, before);
}

#[tokio::test]
async fn a_qr_of_the_same_cart_stays_watched_and_its_money_is_seen_as_a_second_payment() {
    let (gateway, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &gateway.url());
    let via = Via::Gateway { name: "kropay".to_owned(), method: None, extra: Default::default() };
    let shown =
        counter.till.payment_start(By::counter(), charge(20_000, via, Some("K"))).await.unwrap();
    let cash = counter
        .till
        .cash_pay(By::counter(), charge(20_000, Via::Auto, Some("K")), 20_000)
        .await
        .unwrap();
    assert_eq!(cash.sale_id, shown.sale_id, "one sale");
    assert_eq!((cash.state.as_str(), cash.cash.map(|cash| cash.change)), ("paid", Some(0)));
    gateway.pay(shown.gateway_id.as_deref().unwrap()).unwrap();
    counter.pass_a_day();
    counter.till.work_once().await.unwrap();
    let late = counter.till.payment_show(shown.id.parse().unwrap()).unwrap();
    assert!(late.flags.contains(&"duplicate".to_owned()), "{late:?}");
    let again = counter
        .till
        .cash_pay(By::counter(), charge(20_000, Via::Auto, Some("K")), 20_000)
        .await
        .unwrap();
    assert_eq!(again.id, cash.id, "a paid sale is never taken for again");
}
