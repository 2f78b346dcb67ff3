//! Statements of the shop's own QRIS: what they say covers as anything else does, and once.

use std::collections::BTreeMap;

use laci_core::books::Account;
use laci_till::wire::{InboxAsk, PaymentView, StatementDone, Via};
use laci_till::{AttemptId, By, Till, UnixMs};

use crate::world::{Counter, charge};

async fn own(counter: &Counter, amount: i64) -> PaymentView {
    counter.till.payment_start(By::counter(), charge(amount, Via::OwnQris, None)).await.unwrap()
}

fn state(till: &Till, payment: &PaymentView) -> String {
    till.payment_show(payment.id.parse::<AttemptId>().unwrap()).unwrap().state
}

/// `2026-11-18 20:26:45` of a moment of the test's clock.
fn written(till: &Till, ms: i64) -> String {
    UnixMs(ms).rfc3339(till.zone())[..19].replace('T', " ")
}

fn import(till: &Till, text: &str) -> StatementDone {
    till.statement_import(By::counter(), "mutasi.csv", text.as_bytes(), &BTreeMap::new()).unwrap()
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_cover_their_payments_once_whatever_is_imported_again() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let (first, second) = (own(&counter, 50_000).await, own(&counter, 50_000).await);
    let when = written(till, second.started_at + 30_000);
    let head = "Tanggal;Keterangan;Debit;Kredit\n";
    let text = format!(
        "{head}{when};QRIS BUDI;;{},00\n{when};QRIS SARI;;77.000\n{when};Biaya;5.000;\n{when};QRIS;;abc\n",
        laci_core::Rupiah::new(first.total).unwrap().grouped(),
    );
    let done = import(till, &text);
    assert_eq!((done.paid, done.inbox, done.not_in, done.before), (1, 1, 1, 0));
    assert_eq!(done.unreadable, [5]);
    assert_eq!(state(till, &first), "paid");
    assert_eq!(state(till, &second), "unverified");
    let again = import(till, &text);
    assert_eq!((again.paid, again.inbox, again.before), (0, 0, 2));
    // The same rows in a longer file, in another order of columns.
    let longer = format!(
        "Kredit,Tanggal,Keterangan\n\"{},00\",{when},QRIS BUDI\n\"{}\",{when},QRIS ANI\n",
        laci_core::Rupiah::new(first.total).unwrap().grouped(),
        second.total
    );
    let third = import(till, &longer);
    assert_eq!((third.paid, third.before), (1, 1));
    assert_eq!(state(till, &second), "paid");
    let inbox = till.inbox(&InboxAsk::default()).unwrap();
    assert_eq!((inbox.waiting, inbox.amount), (1, 77_000));
    assert_eq!(inbox.items[0].about, "mutasi.csv");
    let balances = till.ledger().read(|view| view.balances()).unwrap();
    assert_eq!(balances.of(&Account::UnmatchedMoney).get(), -77_000);
    assert_eq!(balances.of(&Account::Revenue).get(), -100_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_phone_said_before_is_the_same_money() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let token = till.relay_token_new(By::counter(), "http://x").unwrap().token;
    let payment = own(&counter, 50_000).await;
    let at = payment.started_at + 5_000;
    let body = serde_json::json!({ "at": at, "text": format!("Rp {} diterima", payment.total) });
    till.told_by_phone(Some(&token), body.to_string().as_bytes());
    assert_eq!(state(till, &payment), "paid");
    let open = own(&counter, 50_000).await;
    assert_eq!(open.total, payment.total);
    let exact = format!("Tanggal,Jumlah\n{},{}\n", written(till, at), payment.total);
    let done = import(till, &exact);
    assert_eq!((done.repeated, done.paid, done.inbox), (1, 0, 0), "the payment that is known");
    let day = format!("Tanggal,Jumlah\n{},{}\n", &written(till, at)[..10], payment.total);
    let done = import(till, &day);
    assert_eq!((done.repeated, done.paid, done.inbox), (0, 0, 1), "maybe the same in other words");
    assert_eq!(state(till, &open), "unverified", "nobody paid this one");
    let balances = till.ledger().read(|view| view.balances()).unwrap();
    assert_eq!(balances.of(&Account::Revenue).get(), -50_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_rows_that_are_the_same_to_the_letter_are_two_payments() {
    let counter = Counter::keyed();
    let text = "Tanggal,Keterangan,Jumlah\n2026-11-01,QRIS,10.000\n2026-11-01,QRIS,10.000\n";
    let done = import(&counter.till, text);
    assert_eq!((done.inbox, done.before), (2, 0));
    assert_eq!(import(&counter.till, text).before, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_said_once_and_a_look_changes_nothing() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let payment = own(&counter, 50_000).await;
    let when = written(till, payment.started_at + 10_000);
    let text = format!("Hari,Masuk Rp,Ket\n{when},{},Budi\n{when},-1.000,Ani\n", payment.total);
    let look = |map: &BTreeMap<String, String>| {
        till.statement_preview("a.csv", text.as_bytes(), map).unwrap()
    };
    let unclear = look(&BTreeMap::new());
    assert!(unclear.map.is_empty() && unclear.rows.is_empty());
    assert_eq!((unclear.header.len(), unclear.all_rows), (3, 2));
    let refused = till.statement_import(By::counter(), "a.csv", text.as_bytes(), &BTreeMap::new());
    assert_eq!(refused.unwrap_err().code(), "statement_columns");
    let said = map(&[("date", "Hari"), ("amount", "2"), ("text", "ket")]);
    let seen = look(&said);
    let fates: Vec<_> = seen.rows.iter().map(|row| row.fate.as_str()).collect();
    assert_eq!(fates, ["pays", "not_in"]);
    assert_eq!(seen.rows[0].text, "Budi");
    assert_eq!(state(till, &payment), "unverified", "a look is no import");
    let done = till.statement_import(By::counter(), "a.csv", text.as_bytes(), &said).unwrap();
    assert_eq!(done.paid, 1);
    let kept = look(&BTreeMap::new());
    assert!(kept.kept);
    assert_eq!(kept.map["amount"], "Masuk Rp");
    assert_eq!(kept.rows[0].fate, "before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_read_with_other_columns_is_the_same_row() {
    let counter = Counter::keyed();
    let till = &counter.till;
    let text = "Tanggal,Jam,Keterangan,Jumlah\n2026-11-01,10:20,QRIS,88.000\n";
    let import =
        |said| till.statement_import(By::counter(), "a.csv", text.as_bytes(), &map(said)).unwrap();
    let few = import(&[("date", "Tanggal"), ("amount", "Jumlah")]);
    assert_eq!((few.inbox, few.before), (1, 0));
    let all = [("date", "Tanggal"), ("time", "Jam"), ("amount", "Jumlah"), ("text", "Keterangan")];
    let again = import(&all);
    assert_eq!((again.inbox, again.before), (0, 1));
    assert_eq!(till.inbox(&InboxAsk::default()).unwrap().amount, 88_000);
}
