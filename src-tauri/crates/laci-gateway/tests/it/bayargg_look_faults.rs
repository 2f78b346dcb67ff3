//! Bayar.gg's look-up and its table's calls over real HTTP, with every fault: "not there" and "done" only when the
//! gateway says so, and a change leaves once.

use laci_core::UnixMs;
use laci_gateway::{CallAnswer, CreateAnswer, Effect, FindAnswer, Given, Value};
use laci_sandbox::{Fault, Operation, Shape, practice_sticker};
use serde_json::Value as Json;

use crate::bayargg_faults::{Played, start};
use crate::world::*;

/// Everything that can go wrong with an answer, and what it is called.
const TROUBLE: [(Fault, &str); 19] = [
    (Fault::Html, "api_changed"),
    (Fault::Cloudflare, "not_json_cloudflare"),
    (Fault::Maintenance, "not_json_maintenance"),
    (Fault::Status { status: 500 }, "server_error"),
    (Fault::Status { status: 418 }, "odd_status"),
    (Fault::RateLimited { retry_after_s: 0 }, "rate_limited"),
    (Fault::Redirect, "redirected"),
    (Fault::RedirectAway, "redirected"),
    (Fault::Huge, "answer_too_large"),
    (Fault::ResetFirst, "connection_cut"),
    (Fault::CommitThenReset, "connection_cut"),
    (Fault::CommitThenHang, "timeout"),
    (Fault::CommitThenError, "server_error"),
    (Fault::HalfThenHang, "timeout"),
    (Fault::CutBody, "connection_cut"),
    (Fault::Truncated, "not_json"),
    (Fault::DuplicateKeys, "not_json"),
    (Fault::Slow { ms: 60_000 }, "timeout"),
    (Fault::Status { status: 504 }, "server_error"),
];
const ODD_FORMS: [Fault; 6] = [
    Fault::Bom,
    Fault::Notice,
    Fault::Gzip,
    Fault::AmountStrings,
    Fault::NullsAndExtras,
    Fault::SkewedClock { seconds: 600 },
];

/// A look is tried three times where the server fails.
pub(crate) fn tries(code: &str) -> u32 {
    if matches!(code, "server_error" | "not_json_maintenance") { 3 } else { 1 }
}

/// The sandbox has the world's clock; what it made today is looked for from yesterday on.
async fn find(played: &Played) -> FindAnswer {
    let ask = laci_gateway::CreateAsk { since: UnixMs(0), now: UnixMs(0), ..create_ask(10_000) };
    let answered = played.executor.find(&played.gateway, &ask).await.unwrap();
    // A pause that one fault asked for is not the next one's.
    played.executor.forget(played.gateway.name());
    answered.expect("it has a look-up").answer
}

async fn call(played: &Played, name: &str, pairs: &[(&str, &str)]) -> (CallAnswer, Json) {
    let given = pairs.iter().fold(Given::default(), |all, (name, text)| all.with(name, text));
    call_given(played, name, &given).await
}

async fn call_given(played: &Played, name: &str, given: &Given) -> (CallAnswer, Json) {
    let operation = played.gateway.kind().operation(name).expect("it is in the table");
    let answered = played.executor.call(&played.gateway, operation, given, now()).await.unwrap();
    played.executor.forget(played.gateway.name());
    let raw = answered.raw.and_then(|raw| serde_json::from_slice(&raw).ok());
    (answered.answer, raw.unwrap_or_default())
}

async fn done(played: &Played, name: &str, pairs: &[(&str, &str)]) -> Json {
    let (answer, raw) = call(played, name, pairs).await;
    assert_eq!(answer, CallAnswer::Done, "{name} {pairs:?}: {raw}");
    raw
}

#[tokio::test]
async fn a_lost_bill_is_found_again_by_our_reference() {
    for shape in [Shape::Document, Shape::Plugin] {
        let played = start(shape).await;
        assert_eq!(find(&played).await, FindAnswer::NotThere);
        played.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
        let lost = played.create().await.unwrap().answer;
        assert!(matches!(lost, CreateAnswer::Unknown(_)), "{lost:?}");
        let theirs = played.sandbox.bills()[0].clone();
        for fault in [None].into_iter().chain(ODD_FORMS.map(Some)) {
            fault.map(|fault| played.sandbox.set_fault(Operation::Call, fault, 1));
            let FindAnswer::Found(bill) = find(&played).await else { panic!("{fault:?}") };
            assert_eq!(bill.gateway_id, theirs.reference);
            assert_eq!(u64::try_from(bill.total.get()), Ok(theirs.total_amount));
        }
        assert_eq!(played.sandbox.creates(&theirs.merchant_ref), 1, "looking makes nothing");
        played.sandbox.pay(&theirs.reference).unwrap();
        let FindAnswer::Known { gateway_id, why } = find(&played).await else { panic!("paid") };
        assert_eq!((gateway_id, why.code()), (theirs.reference, "not_open"));
        let _second = played.bill().await;
        let FindAnswer::Known { why, .. } = find(&played).await else { panic!("two bills") };
        assert_eq!(why.code(), "duplicate_reference");
    }
}

#[tokio::test]
async fn no_fault_makes_a_bill_that_is_there_not_there() {
    for shape in [Shape::Document, Shape::Plugin] {
        let played = start(shape).await;
        let bill = played.bill().await;
        for (fault, code) in TROUBLE {
            played.sandbox.set_fault(Operation::Call, fault, tries(code));
            let FindAnswer::Unreadable(why) = find(&played).await else { panic!("{fault:?}") };
            assert_eq!(why.code(), code, "{fault:?}");
            assert!(matches!(find(&played).await, FindAnswer::Found(_)), "{fault:?}: over");
        }
        for (fault, code) in [
            (Fault::ErrorWith200, "odd_status"),
            (Fault::Status { status: 404 }, "api_changed"),
            (Fault::Status { status: 401 }, "key_refused"),
        ] {
            played.sandbox.set_fault(Operation::Call, fault, 1);
            let FindAnswer::Unreadable(why) = find(&played).await else { panic!("{fault:?}") };
            assert_eq!(why.code(), code, "{fault:?}");
        }
        played.sandbox.set_fault(Operation::Call, Fault::UnknownWord, 1);
        let FindAnswer::Known { gateway_id, why } = find(&played).await else { panic!("known") };
        assert_eq!((gateway_id.as_str(), why.code()), (bill.gateway_id.as_str(), "not_open"));
        played.sandbox.set_fault(Operation::Call, Fault::OtherReference, 1);
        let FindAnswer::Found(other) = find(&played).await else { panic!("our description") };
        assert_eq!(played.status(&other).await, laci_gateway::StatusAnswer::NotFound);
    }
}

#[tokio::test]
async fn every_call_of_the_table_is_answered_by_its_document() {
    for shape in [Shape::Document, Shape::Plugin] {
        let played = start(shape).await;
        let bill = played.bill().await;
        let sticker = practice_sticker();
        let invoice = bill.gateway_id.as_str();
        for (name, pairs) in [
            ("status", &[("invoice", invoice)][..]),
            ("list_payments", &[("search", "a01-0001"), ("limit", "100"), ("page", "1")]),
            ("payment_methods", &[]),
            ("account_status", &[]),
            ("statistics", &[("period", "today")]),
            ("list_files", &[("active_only", "false")]),
            ("list_contents", &[]),
            ("list_images", &[]),
            ("qris_convert", &[("nominal", "5000"), ("qris", &sticker)]),
            ("qris_convert", &[("nominal", "5000"), ("image_base64", "iVBORw0KGgo=")]),
            // The document's shape answers the newer call with 405, and the older one is asked in its place.
            ("qris_info", &[("qris", &sticker)]),
            ("qris_info_get", &[("qris", &sticker)]),
            ("wa_orders", &[("search", "Rahim")]),
            ("wa_complete", &[("order_number", "WA260329-A1B2")]),
        ] {
            done(&played, name, pairs).await;
        }
        let bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut given = Given::default().with("nominal", "5000");
        given.0.insert("image".into(), Value::File { name: "a.png".into(), bytes });
        let (answer, raw) = call_given(&played, "qris_convert", &given).await;
        assert_eq!(answer, CallAnswer::Done, "{raw}");
        let converted = raw["data"]["converted_qris"].as_str().expect("a QRIS");
        assert_eq!(laci_qris::parse(converted).unwrap().amount(), Some(5_000));
        let info = done(&played, "qris_info", &[("qris", &sticker)]).await;
        assert_eq!(info["data"]["nmid"], laci_sandbox::NMID);
    }
}

#[tokio::test]
async fn no_fault_makes_a_look_done_that_was_not() {
    let played = start(Shape::Document).await;
    for (fault, code) in TROUBLE {
        played.sandbox.set_fault(Operation::Call, fault, tries(code));
        let (answer, _) = call(&played, "account_status", &[]).await;
        let CallAnswer::Unknown(why) = answer else { panic!("{fault:?}: {answer:?}") };
        assert_eq!(why.code(), code, "{fault:?}");
        done(&played, "account_status", &[]).await;
    }
    for (fault, code) in [
        (Fault::ErrorWith200, "refused"),
        (Fault::Status { status: 400 }, "request_refused"),
        (Fault::Status { status: 401 }, "key_refused"),
    ] {
        for operation in played.gateway.kind().operations {
            if operation.effect == Effect::Collect || operation.name == "status" {
                continue;
            }
            played.sandbox.set_fault(Operation::Call, fault, 1);
            let (answer, _) = call_given(&played, operation.name, &Given::default()).await;
            let CallAnswer::Refused(refused) = answer else { panic!("{fault:?}: {answer:?}") };
            assert_eq!(refused.code(), code, "{} {fault:?}", operation.name);
        }
    }
    for fault in ODD_FORMS {
        played.sandbox.set_fault(Operation::Call, fault, 1);
        done(&played, "list_payments", &[]).await;
    }
}

#[tokio::test]
async fn every_call_of_the_table_meets_every_quick_fault() {
    let played = start(Shape::Plugin).await;
    let quick = |fault: &Fault, code: &str| {
        tries(code) == 1 && code != "timeout" && !matches!(fault, Fault::Huge)
    };
    let others = played.gateway.kind().operations.iter();
    for operation in others.filter(|one| one.effect != Effect::Collect && one.name != "status") {
        for (fault, code) in TROUBLE.iter().filter(|(fault, code)| quick(fault, code)) {
            played.sandbox.set_fault(Operation::Call, *fault, 1);
            let (answer, _) = call_given(&played, operation.name, &Given::default()).await;
            let CallAnswer::Unknown(why) = answer else { panic!("{fault:?}: {answer:?}") };
            assert_eq!(why.code(), *code, "{} {fault:?}", operation.name);
        }
    }
}

#[tokio::test]
async fn ending_an_order_leaves_once_whatever_comes_back() {
    for (fault, code) in TROUBLE {
        let played = start(Shape::Document).await;
        played.sandbox.set_fault(Operation::Call, fault, 1);
        let order = [("order_number", "WA260330-E5F6")];
        let (answer, _) = call(&played, "wa_complete", &order).await;
        // A second try would have met no fault.
        let CallAnswer::Unknown(why) = answer else { panic!("{fault:?}: {answer:?}") };
        assert_eq!(why.code(), code, "{fault:?}");
        played.sandbox.stop().await;
    }
    let played = start(Shape::Document).await;
    let end = |number, status| [("order_number", number), ("status", status)];
    let ended = done(&played, "wa_complete", &end("WA260330-E5F6", "completed")).await;
    assert_eq!(
        (&ended["order"]["status"], &ended["notified"]),
        (&"completed".into(), &true.into())
    );
    for (number, status) in [
        ("WA260330-E5F6", "cancelled"),
        ("WA260331-J9K0", "completed"),
        ("WA260329-C3D4", "completed"),
        ("WA000000-XXXX", "completed"),
    ] {
        let (answer, _) = call(&played, "wa_complete", &end(number, status)).await;
        assert!(matches!(answer, CallAnswer::Refused(_)), "{number} {status}: {answer:?}");
    }
    let open = done(&played, "wa_orders", &[("status", "completed")]).await;
    assert_eq!(open["total"], 2, "remembered");
}
