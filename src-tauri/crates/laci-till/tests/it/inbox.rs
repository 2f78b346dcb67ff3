//! A person's word on money without a sale: it covers once, is refused where it cannot, and the books follow.

use laci_core::books::Account;
use laci_till::wire::{FeedAsk, InboxAsk, InboxItem, PaymentView, Via};
use laci_till::{AttemptId, By, OutsideEnd, SaleId, Till};

use crate::world::{Counter, charge};

async fn own(counter: &Counter, amount: i64) -> PaymentView {
    counter.till.payment_start(By::counter(), charge(amount, Via::OwnQris, None)).await.unwrap()
}

fn sale(payment: &PaymentView) -> SaleId {
    payment.sale_id.parse().unwrap()
}

fn attempt(payment: &PaymentView) -> AttemptId {
    payment.id.parse().unwrap()
}

/// Tells of money and answers the row that waits then.
fn told(counter: &Counter, at: i64, amount: i64) -> InboxItem {
    let till = &counter.till;
    let token = till.relay_token_new(By::counter(), "http://x").unwrap().token;
    let text = format!("Rp {amount} diterima");
    let body = serde_json::json!({ "at": at, "text": text }).to_string();
    assert_eq!(till.told_by_phone(Some(&token), body.as_bytes()), OutsideEnd::Taken);
    till.inbox(&InboxAsk::default()).unwrap().items.remove(0)
}

fn balance(till: &Till, account: &Account) -> i64 {
    till.ledger().read(|view| view.balances()).unwrap().of(account).get()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_price_typed_at_the_sticker_is_matched_by_a_person() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    let item = told(&counter, payment.started_at + 9_000, 50_000);
    assert_eq!((item.amount, item.state.as_str()), (Some(50_000), "waiting"));
    assert_eq!(balance(till, &Account::UnmatchedMoney), -50_000);
    let paid = till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap();
    assert_eq!((paid.id.as_str(), paid.state.as_str()), (payment.id.as_str(), "paid"));
    assert_eq!(balance(till, &Account::UnmatchedMoney), 0);
    assert_eq!(balance(till, &Account::Revenue), -50_000);
    assert_eq!(
        balance(till, &Account::OwnQrisReceivable) + balance(till, &Account::GatewayFee),
        50_000
    );
    let again = till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap_err();
    assert_eq!(again.code(), "inbox_settled");
    let all = till.inbox(&InboxAsk { all: true }).unwrap();
    assert_eq!((all.waiting, all.items.len()), (0, 1));
    assert_eq!(all.items[0].payment_id.as_deref(), Some(payment.id.as_str()));
    assert!(till.ledger().verify(&mut |_, _| true).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_word_and_the_money_behind_it_are_one() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    till.payment_confirm(By::counter(), attempt(&payment), "dilihat di ponsel").unwrap();
    let receivable = balance(till, &Account::OwnQrisReceivable);
    counter.pass_a_day();
    // Told so late that the rule leaves it to a person.
    let item = told(&counter, payment.started_at + 3_600_000, payment.total);
    till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap();
    let paid = till.payment_show(attempt(&payment)).unwrap();
    assert_eq!((paid.state.as_str(), paid.received), ("paid", payment.total));
    assert_eq!(balance(till, &Account::OwnQrisReceivable), receivable, "not booked twice");
    assert_eq!(balance(till, &Account::UnmatchedMoney), 0);
    assert_eq!(balance(till, &Account::Surplus), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_without_a_code_of_its_own_can_be_given_money() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 20_000).await;
    till.payment_cancel(By::counter(), attempt(&payment)).unwrap();
    let item = told(&counter, payment.started_at + 400_000, 15_000);
    let short = till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap();
    assert_eq!(short.received, 15_000);
    assert!(short.flags.iter().any(|flag| flag == "under"), "{:?}", short.flags);
    assert_eq!(balance(till, &Account::UnmatchedMoney), -15_000, "it waits for the rest");
    assert_eq!(balance(till, &Account::Revenue), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_for_a_sale_that_is_paid_stays_the_customers_until_it_is_given_back() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    let at = payment.started_at + 9_000;
    let item = told(&counter, at, 50_000);
    till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap();
    let second = told(&counter, at + 1_000, 50_000);
    let refused = till.inbox_match(By::counter(), &second.id, sale(&payment)).unwrap_err();
    assert_eq!(refused.code(), "sale_covered");
    assert_eq!(balance(till, &Account::UnmatchedMoney), -50_000, "nothing was changed");
    let blank = till.inbox_dismiss(By::counter(), &second.id, "  ").unwrap_err();
    assert_eq!(blank.code(), "reason_required");
    till.inbox_dismiss(By::counter(), &second.id, "dikembalikan tunai").unwrap();
    assert_eq!(balance(till, &Account::UnmatchedMoney), 0);
    assert_eq!(till.inbox(&InboxAsk::default()).unwrap().waiting, 0);
    for id in ["x", "00000000-0000-0000-0000-000000000009"] {
        let unknown = till.inbox_match(By::counter(), id, sale(&payment)).unwrap_err();
        assert_eq!(unknown.code(), "inbox_unknown");
    }
    let feed = till.feed(&FeedAsk { before: None, notable: false }).unwrap();
    let kinds: Vec<_> = feed.items.iter().map(|item| item.kind.as_str()).collect();
    assert!(kinds.contains(&"money_matched") && kinds.contains(&"money_dismissed"), "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_nobody_read_is_never_matched() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    let token = till.relay_token_new(By::counter(), "http://x").unwrap().token;
    let at = payment.started_at + 9_000;
    let body = serde_json::json!({ "at": at, "text": "Ada pembayaran masuk" }).to_string();
    till.told_by_phone(Some(&token), body.as_bytes());
    let item = till.inbox(&InboxAsk::default()).unwrap().items.remove(0);
    assert_eq!(item.amount, None);
    let refused = till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap_err();
    assert_eq!(refused.code(), "inbox_no_amount");
    till.inbox_dismiss(By::counter(), &item.id, "dicek di aplikasi").unwrap();
    assert_eq!(balance(till, &Account::UnmatchedMoney), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_payment_brought_too_much_goes_back() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    let item = told(&counter, payment.started_at + 9_000, 51_000);
    till.inbox_match(By::counter(), &item.id, sale(&payment)).unwrap();
    let id = payment.sale_id.parse().unwrap();
    let surplus = till.sale_show(id).unwrap().surplus;
    assert!(surplus >= 1_000 - 200, "all but the code: {surplus}");
    assert_eq!(balance(till, &Account::Surplus), -surplus);
    let by = laci_till::RefundBy::Transfer;
    till.sale_refund(By::counter(), id, surplus, by, "lebih bayar", true).unwrap();
    assert_eq!((till.sale_show(id).unwrap().surplus, balance(till, &Account::Surplus)), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_part_for_one_sale_waits_and_is_not_lost() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 10_000).await;
    let at = payment.started_at + 9_000;
    let (one, other) = (told(&counter, at, 5_000), told(&counter, at + 1_000, 5_000));
    till.inbox_match(By::counter(), &one.id, sale(&payment)).unwrap();
    let refused = till.inbox_match(By::counter(), &other.id, sale(&payment)).unwrap_err();
    assert_eq!(refused.code(), "inbox_second");
    assert_eq!(till.inbox(&InboxAsk::default()).unwrap().waiting, 1);
    assert_eq!(balance(till, &Account::UnmatchedMoney), -10_000, "both are the customer's");
}
