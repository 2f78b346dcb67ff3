//! Every fault of the sandbox over real HTTP, on each of Digiswitch's calls: paid only when it is said so for our
//! reference, each fault with its own code, and what spends or forms leaves exactly once.

use laci_gateway::{BillAnswer, BillOutcome, BillStep, CallAnswer, Executor, Operation};
use laci_sandbox::{Fault, Operation as Waits};
use tokio::task::JoinSet;

use crate::digiswitch_played::*;
use crate::digiswitch_world::*;
use crate::log::Log;
use crate::world::*;

/// Nothing but the answer's form is odd, or nothing that such a call has.
const HARMLESS: [Fault; 14] = [
    Fault::Bom,
    Fault::Notice,
    Fault::Gzip,
    Fault::AmountStrings,
    Fault::NullsAndExtras,
    Fault::SkewedClock { seconds: 86_400 },
    Fault::Slow { ms: 100 },
    Fault::TotalTooHigh,
    Fault::QrWrongAmount,
    Fault::QrWrongMerchant,
    Fault::QrBadCrc,
    Fault::QrStatic,
    Fault::PaidLate,
    Fault::PaidTwice,
];

/// The code of a purchase's answer, and whether the provider has done its work.
const HARMFUL: [(Fault, &str, bool); 22] = [
    (Fault::Html, "api_changed", false),
    (Fault::Cloudflare, "not_json_cloudflare", false),
    (Fault::Maintenance, "not_json_maintenance", false),
    (Fault::Status { status: 500 }, "server_error", false),
    (Fault::Status { status: 504 }, "server_error", false),
    (Fault::Status { status: 418 }, "odd_status", false),
    (Fault::Status { status: 405 }, "api_changed", false),
    (Fault::ErrorWith200, "incomplete_answer", false),
    (Fault::RateLimited { retry_after_s: 0 }, "rate_limited", false),
    (Fault::Redirect, "redirected", false),
    (Fault::RedirectAway, "redirected", false),
    (Fault::Huge, "answer_too_large", false),
    (Fault::ResetFirst, "connection_cut", false),
    (Fault::Slow { ms: 60_000 }, "timeout", true),
    (Fault::CommitThenHang, "timeout", true),
    (Fault::CommitThenReset, "connection_cut", true),
    (Fault::CommitThenError, "server_error", true),
    (Fault::HalfThenHang, "timeout", true),
    (Fault::CutBody, "connection_cut", true),
    (Fault::Truncated, "not_json", true),
    (Fault::DuplicateKeys, "incomplete_answer", true),
    (Fault::OtherReference, "reference_mismatch", true),
];

/// What `step` with `fault` is answered with, and what it took from the deposit. It was sent once.
async fn step_with(shop: &Shop, step: BillStep, at: usize, fault: Fault) -> (BillAnswer, u64) {
    let ask = prepared(shop, step, &format!("F{at}")).await;
    let (calls, spent) = (shop.sandbox.calls(name_of(step)), shop.spent());
    shop.sandbox.set_fault(waits_for(step), fault, 1);
    let answered = shop.bill(step, &ask).await;
    assert_eq!(shop.sandbox.calls(name_of(step)), calls + 1, "{step:?} {fault:?}: sent once");
    let pays = u32::from(step != BillStep::Inquire);
    assert_eq!(shop.sandbox.pays(ask.ref_id.as_str()), pays, "{step:?} {fault:?}");
    (answered.answer, shop.spent() - spent)
}

fn cost(step: BillStep) -> u64 {
    match step {
        BillStep::Pay => 10_000,
        BillStep::Topup => 10_250,
        BillStep::Inquire | BillStep::Status => 0,
    }
}

async fn every_fault(step: BillStep) {
    let shop = start(&[]).await;
    for (at, (fault, code, done)) in HARMFUL.into_iter().enumerate() {
        let (answer, spent) = step_with(&shop, step, at, fault).await;
        let BillAnswer::Unreadable(why) = answer else { panic!("{step:?} {fault:?}: {answer:?}") };
        assert_eq!(why.code(), code, "{step:?} {fault:?}");
        assert_eq!(spent, if done { cost(step) } else { 0 }, "{step:?} {fault:?}");
        let sentence = why.sentence(laci_core::Lang::Id);
        assert!(!sentence.is_empty() && !sentence.contains("kenari"), "{sentence}");
    }
    for (at, fault) in HARMLESS.into_iter().enumerate() {
        let (answer, spent) = step_with(&shop, step, 100 + at, fault).await;
        assert_eq!(seen(answer).outcome, BillOutcome::Success, "{step:?} {fault:?}");
        assert_eq!(spent, cost(step), "{step:?} {fault:?}");
    }
    let (answer, _) = step_with(&shop, step, 200, Fault::UnknownWord).await;
    let odd = seen(answer);
    assert_eq!((odd.outcome, odd.review), (BillOutcome::Pending, Some("unknown_word")), "{step:?}");
}

#[tokio::test]
async fn no_fault_makes_an_inquiry_a_bill() {
    every_fault(BillStep::Inquire).await;
}

#[tokio::test]
async fn no_fault_makes_a_payment_paid_or_failed() {
    every_fault(BillStep::Pay).await;
}

#[tokio::test]
async fn no_fault_makes_a_look_an_end() {
    every_fault(BillStep::Status).await;
}

#[tokio::test]
async fn no_fault_makes_a_topup_paid_or_failed() {
    every_fault(BillStep::Topup).await;
}

/// What a call of the table is given; each time for another reference.
fn pairs_of(name: &str, at: usize) -> Vec<(&'static str, String)> {
    let pair = |name, text: &str| (name, text.to_owned());
    let bill = |code, number| {
        vec![pair("code", code), pair("customer_no", number), ("ref_id", format!("C{at}"))]
    };
    match name {
        "inquiry" | "pay" | "status" => bill("pln", "530000000001"),
        "topup" => bill("xld10", "087800001230"),
        "price_list" => vec![pair("command", "pasca")],
        "balance" => Vec::new(),
        "deposit" => {
            vec![pair("amount", "200000"), pair("bank", "BCA"), pair("owner_name", "Toko")]
        }
        "pln_check" => vec![pair("customer_no", "530000000001")],
        other => panic!("a new call: {other}"),
    }
}

/// What a call without a purchase is answered with instead: its answers name no reference, and a code says it all.
fn plain(name: &str, fault: Fault, code: &'static str) -> &'static str {
    match (fault, name) {
        (Fault::ErrorWith200 | Fault::Status { .. }, _) => "request_refused",
        (Fault::DuplicateKeys, "price_list") => "not_json",
        (Fault::OtherReference, "price_list" | "balance" | "deposit") => "done",
        _ => code,
    }
}

async fn call_with(shop: &Shop, operation: &Operation, at: usize, fault: Fault) -> &'static str {
    let step = STEPS.into_iter().find(|step| name_of(*step) == operation.name);
    if let Some(step) = step {
        prepared(shop, step, &format!("C{at}")).await;
    }
    let before = shop.sandbox.calls(operation.name);
    shop.sandbox.set_fault(step.map_or(Waits::Call, waits_for), fault, 1);
    let pairs = pairs_of(operation.name, at);
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (executor, given) = (executor(), given(&pairs));
    let answered = executor.call(&shop.gateway, operation, &given, now()).await.unwrap();
    let sent = shop.sandbox.calls(operation.name) - before;
    assert_eq!(sent, 1, "{} {fault:?}: a look leaves once as well", operation.name);
    told(&answered.answer)
}

#[tokio::test]
async fn every_call_of_the_table_meets_every_fault() {
    let mut tables = JoinSet::new();
    for operation in laci_gateway::provider::kind("digiswitch").unwrap().operations {
        tables.spawn(async move {
            let name = operation.name;
            let is_plain = !["inquiry", "pay", "status", "topup"].contains(&name);
            for (at, (fault, code, _)) in HARMFUL.into_iter().enumerate() {
                // Of its own, so that no fault is left over for the next.
                let shop = start(&[]).await;
                let told = call_with(&shop, operation, at, fault).await;
                let code = if is_plain { plain(name, fault, code) } else { code };
                assert_eq!(told, code, "{name} {fault:?}");
                shop.sandbox.stop().await;
            }
            for (at, fault) in HARMLESS.into_iter().enumerate() {
                let shop = start(&[]).await;
                assert_eq!(
                    call_with(&shop, operation, at, fault).await,
                    "done",
                    "{name} {fault:?}"
                );
                shop.sandbox.stop().await;
            }
            let shop = start(&[]).await;
            let word = call_with(&shop, operation, 0, Fault::UnknownWord).await;
            let expected = match name {
                "price_list" => "done",
                "balance" => "incomplete_answer",
                "deposit" | "pln_check" => "odd_status",
                _ => "pending",
            };
            assert_eq!(word, expected, "{name}");
        });
    }
    while let Some(ended) = tables.join_next().await {
        ended.unwrap();
    }
}

#[tokio::test]
async fn key_and_signature_are_in_no_log_error_or_answer() {
    const SIGN_REF1: &str = "685a72fb611b8f785c63070705190c11";
    let log = Log::default();
    let _listening = log.listen();
    let shop = start(&[]).await;
    let mut shown = String::new();
    for (at, fault) in
        [Fault::Html, Fault::ResetFirst, Fault::Status { status: 500 }, Fault::Redirect]
            .into_iter()
            .enumerate()
    {
        let (answer, _) = step_with(&shop, BillStep::Pay, at, fault).await;
        shown.push_str(&format!("{answer:?}"));
    }
    // A host that shows what it was sent: the key came as the customer's number.
    let echoed = shop.bill(BillStep::Inquire, &bill_ask("pln", KEY, "R1")).await;
    let raw = String::from_utf8(echoed.raw.clone().expect("a whole reply")).unwrap();
    assert!(raw.contains(r#""customer_no":"***""#), "{raw}");
    shown.push_str(&format!("{echoed:?} {raw}"));
    // And one that says which signature it would have had.
    let body = short_body("Gagal", "41").replace("Kata penyedia", &format!("sign {SIGN_REF1}"));
    let transport = crate::world::Played::new(vec![Ok(reply(400, &body))]);
    let executor = Executor::new(transport.clone(), 7);
    let told = executor.bill(&digiswitch(&[]), BillStep::Pay, &pln(), now()).await.unwrap();
    let sent = format!("{:?}", transport.sent.lock().unwrap());
    let operation = digiswitch(&[]).kind().operation("pay").unwrap();
    let bill = [("code", "pln"), ("customer_no", "530000000001"), ("ref_id", "ref1")];
    let call = executor.call(&digiswitch(&[]), operation, &given(&bill), now()).await.unwrap();
    let CallAnswer::Refused(refused) = &call.answer else { panic!("{call:?}") };
    assert_eq!(refused.message, "sign ***");
    let raw = String::from_utf8(told.raw.clone().unwrap()).unwrap();
    shown.push_str(&format!("{told:?} {raw} {sent} {call:?}"));
    let message = seen(told.answer).message;
    assert_eq!(message.as_deref(), Some("sign ***"));
    let lines = log.lines();
    assert!(lines.len() >= 6, "each call left a line: {lines:?}");
    let all = format!("{shown} {lines:?}");
    assert!(!all.contains("kenari") && !all.contains(SIGN_REF1), "{all}");
}
