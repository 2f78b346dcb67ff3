//! Which gateway is asked when nobody names one, and what it takes to show a second QR for one sale.

use std::collections::BTreeMap;

use laci_sandbox::{Fault, Operation, Sandbox};
use laci_till::wire::{GatewayAdd, PaymentView, Via};
use laci_till::{Act, Asker, By, PRACTICE_KEY};

use crate::world::{Counter, charge, sandbox};

fn add(counter: &Counter, name: &str, url: &str, own: &[(&str, &str)]) {
    let options = [("min_recheck_ms", "0")].iter().chain(own);
    let gateway = GatewayAdd {
        kind: "kropay".to_owned(),
        name: name.to_owned(),
        base_url: Some(url.to_owned()),
        options: options.map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
        secrets: [("api_key".to_owned(), PRACTICE_KEY.to_owned())].into(),
    };
    counter.till.gateway_add(By::counter(), &gateway).expect("a gateway");
}

async fn auto(counter: &Counter, amount: i64) -> PaymentView {
    let asked = charge(amount, Via::Auto, None);
    counter.till.payment_start(By::counter(), asked).await.unwrap()
}

/// The gateways that were asked for this payment's sale, in their order.
fn asked(counter: &Counter, shown: &PaymentView) -> Vec<String> {
    let sale = counter.till.sale_show(shown.sale_id.parse().unwrap()).unwrap();
    let mut payments = sale.payments;
    payments.sort_by_key(|payment| payment.started_at);
    payments.into_iter().map(|payment| payment.gateway.unwrap_or_default()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cheaper_one_is_asked_and_the_other_once_it_fails() {
    let (one, two, counter) = (sandbox().await, sandbox().await, Counter::open());
    add(&counter, "mahal", &one.url(), &[("cost_bps", "70"), ("cost_rp", "250")]);
    add(&counter, "murah", &two.url(), &[("cost_bps", "30")]);
    assert_eq!(asked(&counter, &auto(&counter, 20_000).await), ["murah"]);

    two.set_fault(Operation::Create, Fault::Status { status: 503 }, 2);
    let shown = auto(&counter, 20_000).await;
    assert_eq!(
        asked(&counter, &shown),
        ["murah", "mahal"],
        "the next one at once: nothing was shown"
    );
    assert!(shown.presentment.is_some());
    // It failed twice, the contract's retry included: down, so the dearer one that works comes first.
    assert_eq!(asked(&counter, &auto(&counter, 20_000).await), ["mahal"]);
    assert_eq!((one.bills().len(), two.bills().len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_hours_leave_out_and_a_closed_one_is_better_than_none() {
    let (open, shut, counter) = (sandbox().await, sandbox().await, Counter::open());
    // The counter's clock stands at six in the evening of Jakarta.
    add(&counter, "tutup", &shut.url(), &[("hours", "01:00-02:00")]);
    assert_eq!(asked(&counter, &auto(&counter, 20_000).await), ["tutup"], "nobody else is there");
    add(&counter, "buka", &open.url(), &[("cost_bps", "500")]);
    assert_eq!(asked(&counter, &auto(&counter, 20_000).await), ["buka"]);
    let odd = GatewayAdd {
        kind: "kropay".to_owned(),
        name: "salah".to_owned(),
        base_url: Some(open.url()),
        options: BTreeMap::from([("hours".to_owned(), "6-23".to_owned())]),
        secrets: BTreeMap::new(),
    };
    let refused = counter.till.gateway_add(By::counter(), &odd).unwrap_err();
    assert_eq!(refused.code(), "option_invalid");
}

async fn twice(counter: &Counter, by: By) -> Result<PaymentView, String> {
    let asked = charge(15_000, Via::OwnQris, Some("P-9"));
    counter.till.payment_start(by, asked).await.map_err(|error| error.code().to_owned())
}

/// A QR that was shown and taken back can still be paid, until its provider says that it ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_qr_takes_somebody_who_answers_for_it() {
    let (sandbox, counter): (Sandbox, _) = (sandbox().await, Counter::open());
    add(&counter, "satu", &sandbox.url(), &[]);
    let till = &counter.till;
    let first =
        till.payment_start(By::counter(), charge(15_000, Via::Auto, Some("P-9"))).await.unwrap();
    let again = twice(&counter, By::counter()).await.unwrap();
    assert_eq!(again.id, first.id, "while it stands it is shown again, whatever way was asked for");
    till.payment_cancel(By::counter(), first.id.parse().unwrap()).unwrap();
    assert_eq!(twice(&counter, By::counter()).await.unwrap_err(), "pin_required");
    assert_eq!(till.sale_show(first.sale_id.parse().unwrap()).unwrap().payments.len(), 1);

    // Its provider ended it: the next one is the only one that can be paid.
    sandbox.expire(first.gateway_id.as_deref().unwrap()).unwrap();
    till.payment_check(first.id.parse().unwrap()).await.unwrap();
    let own = twice(&counter, By::counter()).await.unwrap();
    assert!(own.own_qris && own.presentment.is_some());
    till.payment_cancel(By::counter(), own.id.parse().unwrap()).unwrap();
    assert_eq!(twice(&counter, By::counter()).await.unwrap_err(), "pin_required");
    let word = till.allow(Asker::Window, Act::SecondQr, None).unwrap();
    let second = twice(&counter, word).await.unwrap();
    assert_ne!(second.id, own.id);
    // Money for the one that was taken back is seen all the same.
    sandbox.pay(first.gateway_id.as_deref().unwrap()).unwrap();
    assert_eq!(till.payment_check(first.id.parse().unwrap()).await.unwrap().state, "paid");
}
