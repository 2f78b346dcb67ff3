//! What comes from outside by itself: nothing that is forged, repeated or old moves money, and what a phone says of money
//! covers the one sale that asked for exactly that.

use laci_core::books::Account;
use laci_core::{Evidence, Source};
use laci_sandbox::Sandbox;
use laci_till::wire::{InboxAsk, PaymentView, Via};
use laci_till::{AttemptId, By, OutsideEnd, Till};

use crate::world::{Counter, charge, sandbox};

fn id(payment: &PaymentView) -> AttemptId {
    payment.id.parse().unwrap()
}

/// An offline sale on the shop's own QRIS.
async fn own(counter: &Counter, amount: i64) -> PaymentView {
    counter.till.payment_start(By::counter(), charge(amount, Via::OwnQris, None)).await.unwrap()
}

fn notice(at: i64, text: &str) -> Vec<u8> {
    serde_json::json!({ "at": at, "text": text, "app": "merchant" }).to_string().into_bytes()
}

fn came(payment: &PaymentView) -> Vec<u8> {
    notice(payment.started_at + 5_000, &format!("Pembayaran Rp {} diterima", payment.total))
}

fn token(till: &Till) -> String {
    till.relay_token_new(By::counter(), "http://127.0.0.1:8787").unwrap().token
}

fn waiting(till: &Till) -> u32 {
    till.inbox(&InboxAsk::default()).unwrap().waiting
}

fn entries(till: &Till) -> usize {
    till.ledger().read(|view| view.entries(1, 10_000)).unwrap().len()
}

fn sources(till: &Till, payment: &PaymentView) -> Vec<Source> {
    let row = till.ledger().read(|view| view.attempt(id(payment))).unwrap().unwrap();
    row.evidence.iter().map(|piece: &Evidence| piece.source).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phones_word_turns_an_offline_sale_paid_once() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let token = token(till);
    let payment = own(&counter, 50_000).await;
    assert_eq!(payment.state, "unverified");
    let body = came(&payment);
    assert_eq!(till.told_by_phone(Some(&token), &body), OutsideEnd::Taken);
    let paid = till.payment_show(id(&payment)).unwrap();
    assert_eq!((paid.state.as_str(), paid.received), ("paid", payment.total));
    assert_eq!(paid.evidence.last().unwrap().source, "relay");
    assert!(paid.flags.is_empty(), "{:?}", paid.flags);
    let sale = till.sale_show(payment.sale_id.parse().unwrap()).unwrap();
    assert!(sale.receipt_ready);
    let before = entries(till);
    for _ in 0..3 {
        assert_eq!(till.told_by_phone(Some(&token), &body), OutsideEnd::Taken, "and yet no more");
    }
    assert_eq!(entries(till), before);
    let next = own(&counter, 50_000).await;
    assert_eq!(next.total, payment.total, "the code is free again");
    assert_eq!(till.told_by_phone(Some(&token), &body), OutsideEnd::Taken);
    assert_eq!(till.payment_show(id(&next)).unwrap().state, "unverified", "not by an old word");
    assert_eq!(waiting(till), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_phone_is_heard() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    let body = came(&payment);
    assert_eq!(till.told_by_phone(None, &body), OutsideEnd::Forbidden, "before there is a token");
    assert_eq!(till.told_by_phone(Some(""), &body), OutsideEnd::Forbidden);
    let old = token(till);
    assert_eq!(old.len(), 64);
    let new = token(till);
    assert_ne!(old, new);
    let before = entries(till);
    let wrong = [None, Some(""), Some(old.as_str()), Some(&new[..63]), Some("x")];
    for bearer in wrong {
        assert_eq!(till.told_by_phone(bearer, &body), OutsideEnd::Forbidden, "{bearer:?}");
    }
    for body in [&b""[..], b"{}", b"\xff\xfe", b"{\"text\":\"Rp 5 diterima\"}"] {
        assert_eq!(till.told_by_phone(Some(&new), body), OutsideEnd::Malformed);
    }
    assert_eq!(entries(till), before, "none of it left a trace in the books");
    assert_eq!(till.payment_show(id(&payment)).unwrap().state, "unverified");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_lies_nowhere_in_plain_text() {
    let counter = Counter::keyed();
    let shown = counter.till.relay_token_new(By::counter(), "http://10.0.0.7:8787/").unwrap();
    assert_eq!(shown.address, "http://10.0.0.7:8787/relay");
    assert!(!format!("{shown:?}").contains(&shown.token), "nor in a log by mistake");
    let mut folders = vec![counter.folder().to_path_buf()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                let token = shown.token.as_bytes();
                assert!(!bytes.windows(token.len()).any(|part| part == token), "{path:?}");
                files += 1;
            }
        }
    }
    assert!(files > 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_open_payments_never_share_and_what_is_unclear_waits() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let token = token(till);
    let (first, second) = (own(&counter, 50_000).await, own(&counter, 50_000).await);
    assert_ne!(first.total, second.total);
    till.told_by_phone(Some(&token), &came(&second));
    let state = |payment| till.payment_show(id(payment)).unwrap().state;
    assert_eq!((state(&first).as_str(), state(&second).as_str()), ("unverified", "paid"));
    let at = first.started_at + 9_000;
    for (nth, text) in [
        "Pembayaran Rp 50.000 diterima".to_owned(),
        format!("Pembayaran Rp {} diterima. Saldo Rp 1.000.000", first.total),
        format!("Pembayaran Rp {} gagal", first.total),
        "Halo".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        let body = notice(at + i64::try_from(nth).unwrap(), &text);
        assert_eq!(till.told_by_phone(Some(&token), &body), OutsideEnd::Taken);
    }
    assert_eq!(state(&first), "unverified");
    let inbox = till.inbox(&InboxAsk::default()).unwrap();
    assert_eq!((inbox.waiting, inbox.amount), (4, 50_000), "only one names one amount");
    assert_eq!(inbox.items[0].text.as_deref(), Some("Halo"));
    assert!(inbox.items.iter().all(|item| item.source == "relay"));
    let balances = till.ledger().read(|view| view.balances()).unwrap();
    assert_eq!(balances.of(&Account::UnmatchedMoney).get(), -50_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_at_the_same_moment_is_one() {
    let counter = Counter::keyed();
    let token = token(&counter.till);
    let payment = own(&counter, 50_000).await;
    let body = came(&payment);
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (till, token, body) = (counter.till.clone(), token.clone(), body.clone());
        senders.spawn_blocking(move || till.told_by_phone(Some(&token), &body));
    }
    while let Some(end) = senders.join_next().await {
        assert_eq!(end.unwrap(), OutsideEnd::Taken);
    }
    let relayed = sources(&counter.till, &payment);
    assert_eq!(relayed.iter().filter(|source| **source == Source::Relay).count(), 1);
    assert_eq!(waiting(&counter.till), 0);
}

fn pay(sandbox: &Sandbox, payment: &PaymentView) {
    sandbox.pay(payment.gateway_id.as_deref().unwrap()).unwrap();
}

fn hint(payment: &PaymentView) -> Vec<u8> {
    let reference = payment.gateway_id.as_deref().unwrap();
    format!(r#"{{"reference":"{reference}","status":"paid","total_amount":{}}}"#, payment.total)
        .into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_is_believed_only_after_the_gateways_own_status() {
    let (sandbox, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &sandbox.url());
    let till = &counter.till;
    let start = charge(30_000, Via::Auto, Some("C-1"));
    let payment = till.payment_start(By::counter(), start).await.unwrap();
    let hint = hint(&payment);
    let state = || till.payment_show(id(&payment)).unwrap().state;
    till.called_back("kropay", &[], &hint).await;
    assert_eq!(state(), "pending", "nobody paid, whatever the callback says");
    pay(&sandbox, &payment);
    counter.pass_a_day();
    assert_eq!(till.called_back("kropay", &[], &hint).await, OutsideEnd::Taken);
    assert_eq!(state(), "paid");
    assert_eq!(sources(till, &payment).last(), Some(&Source::Webhook));
    let before = entries(till);
    for _ in 0..3 {
        assert_eq!(till.called_back("kropay", &[], &hint).await, OutsideEnd::Taken);
    }
    assert_eq!(entries(till), before, "the same again is nothing new");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_about_nothing_of_ours_is_refused() {
    let (sandbox, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &sandbox.url());
    let till = &counter.till;
    let before = entries(till);
    let body = br#"{"reference":"PG-LAIN","status":"paid"}"#;
    assert_eq!(till.called_back("kropay", &[], body).await, OutsideEnd::Unknown);
    assert_eq!(till.called_back("lain", &[], body).await, OutsideEnd::Unknown);
    assert_eq!(till.called_back("../x", &[], body).await, OutsideEnd::Unknown);
    for body in [&b""[..], b"{}", b"\xff", b"[]"] {
        assert_eq!(till.called_back("kropay", &[], body).await, OutsideEnd::Forbidden);
    }
    assert_eq!(entries(till), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_signed_cannot_spend_the_gateways_budget() {
    let (sandbox, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("kropay", &sandbox.url());
    let till = &counter.till;
    let start = charge(30_000, Via::Auto, Some("C-2"));
    let payment = till.payment_start(By::counter(), start).await.unwrap();
    let hint = hint(&payment);
    let mut asked = 0;
    for _ in 0..30 {
        asked += u32::from(till.called_back("kropay", &[], &hint).await == OutsideEnd::Taken);
    }
    assert!(asked < 25, "each look of the test's clock is a second: {asked}");
    sandbox.stop().await;
    counter.pass_a_day();
    let end = till.called_back("kropay", &[], &hint).await;
    assert_eq!(end, OutsideEnd::Later, "no yes without the gateway's own answer");
}

const WEBHOOK_SECRET: &str = "whsec_uji";

fn add_bayargg(counter: &Counter, sandbox: &Sandbox) {
    let secrets = [("api_key", laci_till::PRACTICE_KEY), ("webhook_secret", WEBHOOK_SECRET)];
    let gateway = laci_till::wire::GatewayAdd {
        kind: "bayargg".to_owned(),
        name: "bayar".to_owned(),
        base_url: sandbox.base_url("bayargg"),
        options: [("min_recheck_ms".to_owned(), "0".to_owned())].into(),
        secrets: secrets.map(|(name, key)| (name.to_owned(), key.to_owned())).into(),
    };
    counter.till.gateway_add(By::counter(), &gateway).unwrap();
}

/// A callback as the provider signs it at `seconds`.
fn signed(payment: &PaymentView, seconds: i64) -> (Vec<(String, String)>, Vec<u8>) {
    use hmac::{Hmac, KeyInit, Mac};
    let (invoice, total) = (payment.gateway_id.as_deref().unwrap(), payment.total);
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).unwrap();
    mac.update(format!("{invoice}|paid|{total}|{seconds}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect();
    let headers = [
        ("x-webhook-signature", format!("sha256={hex}")),
        ("x-webhook-timestamp", seconds.to_string()),
        ("x-invoice-id", invoice.to_owned()),
    ];
    let body =
        serde_json::json!({ "invoice_id": invoice, "status": "paid", "final_amount": total });
    let headers = headers.map(|(name, value)| (name.to_owned(), value));
    (headers.into(), body.to_string().into_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_forged_replayed_and_stale_callbacks_move_only_what_was_paid() {
    let (sandbox, counter) = (sandbox().await, Counter::keyed());
    add_bayargg(&counter, &sandbox);
    let till = &counter.till;
    let start = charge(30_000, Via::Auto, Some("B-1"));
    let payment = till.payment_start(By::counter(), start).await.unwrap();
    let state = || till.payment_show(id(&payment)).unwrap().state;
    let now = payment.started_at / 1_000;
    let (headers, body) = signed(&payment, now);
    till.called_back("bayar", &headers, &body).await;
    assert_eq!(state(), "pending", "well signed, and nobody paid");
    let before = entries(till);
    let text = String::from_utf8(body.clone()).unwrap();
    let larger = text.replace(&payment.total.to_string(), "99999999");
    for (kept, body) in [(3, larger.as_bytes()), (1, body.as_slice()), (0, body.as_slice())] {
        let end = till.called_back("bayar", &headers[..kept], body).await;
        assert_eq!(end, OutsideEnd::Forbidden, "{kept}");
    }
    assert_eq!(entries(till), before);
    pay(&sandbox, &payment);
    counter.pass_a_day();
    let (headers, body) = signed(&payment, now);
    assert_eq!(till.called_back("bayar", &headers, &body).await, OutsideEnd::Taken, "stale");
    assert_eq!(state(), "paid", "as the gateway's own status says");
    assert_eq!(sources(till, &payment).last(), Some(&Source::Webhook));
    let before = entries(till);
    for _ in 0..3 {
        assert_eq!(till.called_back("bayar", &headers, &body).await, OutsideEnd::Taken);
    }
    assert_eq!(entries(till), before, "replayed");
}
