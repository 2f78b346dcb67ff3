//! Money for a sale that is covered: never asked for, never hidden.

use laci_core::books::{Account, RefundBy};
use laci_sandbox::Sandbox;
use laci_till::wire::{CustomerView, PaymentView, Pill, Via};
use laci_till::{Act, Asker, AttemptId, By, SaleId, Till};

use crate::world::{Counter, charge, sandbox};

fn id(payment: &PaymentView) -> AttemptId {
    payment.id.parse().unwrap()
}

fn pay(sandbox: &Sandbox, payment: &PaymentView) {
    sandbox.pay(payment.gateway_id.as_deref().unwrap()).unwrap();
}

/// A first QR that was taken back and a second one, both of one sale and both payable.
async fn two_qrs(till: &std::sync::Arc<Till>) -> (PaymentView, PaymentView) {
    let ask = |by| till.payment_start(by, charge(30_000, Via::Auto, Some("P-1")));
    let first = ask(By::counter()).await.unwrap();
    till.payment_cancel(By::counter(), id(&first)).unwrap();
    let refused = ask(By::counter()).await.unwrap_err();
    assert_eq!(refused.code(), "pin_required", "the first one can still be paid");
    let word = till.allow(Asker::Window, Act::SecondQr, None).unwrap();
    let second = ask(word).await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(first.sale_id, second.sale_id);
    (first, second)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_paid_by_its_first_qr_asks_for_nothing_more() {
    let (sandbox, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &sandbox.url());
    let till = &counter.till;
    let (first, second) = two_qrs(till).await;
    assert!(matches!(till.customer_view().unwrap(), CustomerView::Pay { .. }));
    pay(&sandbox, &first);
    till.payment_check(id(&first)).await.unwrap();

    let again =
        till.payment_start(By::counter(), charge(30_000, Via::Auto, Some("P-1"))).await.unwrap();
    assert_eq!((&again.id, again.state.as_str()), (&first.id, "paid"), "the money's own payment");
    assert_eq!(sandbox.bills().len(), 2, "nothing new was asked for");
    let hidden = till.payment_show(id(&second)).unwrap();
    assert!(hidden.presentment.is_none(), "its QR could be paid as well: {hidden:?}");
    assert_eq!(hidden.notices[0].code, "sale_covered");
    assert!(till.payments_open().unwrap().is_empty(), "and waits no more");
    match till.customer_view().unwrap() {
        CustomerView::Paid { payment, .. } => assert_eq!(payment.id, first.id),
        other @ (CustomerView::Idle { .. } | CustomerView::Pay { .. }) => {
            panic!("the customer who has paid sees LUNAS: {other:?}")
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_comes_twice_is_said_everywhere() {
    let (sandbox, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &sandbox.url());
    let till = &counter.till;
    let (first, second) = two_qrs(till).await;
    pay(&sandbox, &first);
    pay(&sandbox, &second);
    let mut matched = 0;
    for _ in 0..3 {
        matched += till.work_once().await.unwrap().matched;
    }
    assert_eq!(matched, 1, "one sale was covered, whatever came beside");
    let both = [&first, &second].map(|payment| till.payment_show(id(payment)).unwrap());
    let beside: Vec<_> = both
        .iter()
        .filter(|payment| payment.flags.iter().any(|flag| flag == "duplicate"))
        .collect();
    assert_eq!(beside.len(), 1, "the one that did not cover the sale: {both:?}");
    assert_eq!(beside[0].notices[0].code, "paid_twice");
    assert!(beside[0].notices[0].message.contains("Kembalikan"), "what to do");
    let sale = till.sale_show(first.sale_id.parse().unwrap()).unwrap();
    assert_eq!(sale.pill, Pill::Duplicate, "the sale says so");
    let page = till.history(By::counter(), &laci_till::wire::HistoryAsk::default()).unwrap();
    assert_eq!(page.rows[0].pill, Pill::Duplicate, "and so does its row: {:?}", page.rows);
}

/// What the books owe to customers for money beyond a price.
fn owed(till: &Till) -> i64 {
    -till.ledger().read(|view| view.balances()).unwrap().of(&Account::Surplus).get()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_twice_goes_back_once_and_leaves_the_sale_alone() {
    let (sandbox, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &sandbox.url());
    let till = &counter.till;
    let (first, second) = two_qrs(till).await;
    pay(&sandbox, &first);
    pay(&sandbox, &second);
    for _ in 0..3 {
        till.work_once().await.unwrap();
    }
    let sale: SaleId = first.sale_id.parse().unwrap();
    let surplus = till.sale_show(sale).unwrap().surplus;
    assert!(surplus >= 30_000 && surplus == owed(till), "{surplus}");
    let back = |amount, surplus| {
        let by = RefundBy::Transfer;
        till.sale_refund(By::counter(), sale, amount, by, "dibayar dua kali", surplus)
    };
    assert_eq!(back(surplus + 1, true).unwrap_err().code(), "refund_too_much");
    assert_eq!(back(surplus - 1, true).unwrap().surplus, 1);
    assert_eq!(back(2, true).unwrap_err().code(), "refund_too_much");
    let done = back(1, true).unwrap();
    assert_eq!((done.surplus, owed(till)), (0, 0));
    assert_eq!((done.refunded, back(done.paid, false).unwrap().refunded), (0, done.paid));
    assert!(till.ledger().verify(&mut |_, _| true).unwrap().ok);
}
