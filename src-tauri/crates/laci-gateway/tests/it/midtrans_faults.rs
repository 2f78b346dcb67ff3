//! Every fault of the sandbox over real HTTP, on charges to the Midtrans middleware: each fault with its own code, one
//! charge per create, and a lost charge found again by its name.

use laci_core::{AttemptState, Observed};
use laci_gateway::{
    Answered, Bill, CallError, CheckAnswer, CreateAnswer, CreateAsk, Doubt, Executor, Gateway,
    HttpTransport, OurRef, Secrets, StatusAnswer, StatusAsk,
};
use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions};

use crate::log::Log;
use crate::midtrans::midtrans_settings;
use crate::world::*;

const QUICK: [(&str, &str); 2] = [("timeout_ms", "700"), ("min_recheck_ms", "0")];

pub(crate) struct Started {
    pub(crate) sandbox: Sandbox,
    pub(crate) gateway: Gateway,
    pub(crate) executor: Executor,
}

pub(crate) async fn start() -> Started {
    let options = SandboxOptions { api_key: KEY.into(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let gateway = Gateway::new(&settings_of(&sandbox, &[]), &secrets()).unwrap();
    let executor = Executor::new(std::sync::Arc::new(HttpTransport::new()), 7);
    Started { sandbox, gateway, executor }
}

fn settings_of(sandbox: &Sandbox, more: &[(&str, &str)]) -> laci_core::GatewaySettings {
    let base = sandbox.base_url("midtrans").expect("it is played");
    midtrans_settings(&base, &[&QUICK, more].concat())
}

fn ask_of(gateway_id: &str) -> StatusAsk {
    StatusAsk { gateway_id: gateway_id.to_owned(), ..status_ask() }
}

impl Started {
    async fn create(&self) -> Result<Answered<CreateAnswer>, CallError> {
        self.executor.create(&self.gateway, &create_ask(10_000)).await
    }

    pub(crate) async fn bill(&self) -> Bill {
        let answer = self.create().await.unwrap().answer;
        let CreateAnswer::Created(bill) = answer else { panic!("no bill: {answer:?}") };
        bill
    }

    pub(crate) async fn status(&self) -> StatusAnswer {
        self.executor.status(&self.gateway, &ask_of(OUR_REF)).await.unwrap().answer
    }

    pub(crate) async fn seen(&self) -> Observed {
        let answer = self.status().await;
        let StatusAnswer::Seen(observed) = answer else { panic!("not seen: {answer:?}") };
        observed
    }
}

/// What a create with `fault` is answered with, and how many orders there are.
async fn create_with(fault: Fault) -> (Answered<CreateAnswer>, usize) {
    let played = start().await;
    played.sandbox.set_fault(Operation::Create, fault, 1);
    let answered = played.create().await.unwrap();
    assert_eq!(played.sandbox.creates(OUR_REF), 1, "{fault:?}: sent once");
    let bills = played.sandbox.bills().len();
    played.sandbox.stop().await;
    (answered, bills)
}

#[tokio::test]
async fn odd_forms_of_a_right_answer_are_read() {
    for fault in [
        Fault::Bom,
        Fault::Notice,
        Fault::Gzip,
        Fault::AmountStrings,
        Fault::NullsAndExtras,
        Fault::SkewedClock { seconds: 90_000 },
        Fault::Slow { ms: 200 },
        // There is no word, no QR and no sum in the document's answer.
        Fault::UnknownWord,
        Fault::QrWrongAmount,
        Fault::QrWrongMerchant,
        Fault::QrBadCrc,
        Fault::QrStatic,
        Fault::TotalTooHigh,
        Fault::PaidLate,
        Fault::PaidTwice,
    ] {
        let (answered, bills) = create_with(fault).await;
        let CreateAnswer::Created(bill) = answered.answer else {
            panic!("{fault:?}: {answered:?}")
        };
        assert_eq!((bill.total.get(), bills), (10_000, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn a_create_that_went_wrong_is_unknown_by_name() {
    // The last word: whether it is watched at once, or asked once more first.
    for (fault, code, made, watched) in [
        (Fault::Html, "api_changed", 0, false),
        (Fault::Cloudflare, "not_json_cloudflare", 0, false),
        (Fault::Maintenance, "not_json_maintenance", 0, false),
        (Fault::Status { status: 500 }, "server_error", 0, false),
        (Fault::Status { status: 504 }, "server_error", 0, false),
        (Fault::Status { status: 418 }, "odd_status", 0, false),
        (Fault::Status { status: 406 }, "duplicate_reference", 0, true),
        (Fault::ErrorWith200, "incomplete_answer", 0, true),
        (Fault::RateLimited { retry_after_s: 0 }, "rate_limited", 0, false),
        (Fault::Redirect, "redirected", 0, false),
        (Fault::RedirectAway, "redirected", 0, false),
        (Fault::Huge, "answer_too_large", 0, false),
        (Fault::ResetFirst, "connection_cut", 0, false),
        (Fault::CommitThenReset, "connection_cut", 1, false),
        (Fault::CommitThenHang, "timeout", 1, false),
        (Fault::CommitThenError, "server_error", 1, false),
        (Fault::HalfThenHang, "timeout", 1, false),
        (Fault::CutBody, "connection_cut", 1, false),
        (Fault::Truncated, "not_json", 1, false),
        (Fault::DuplicateKeys, "not_json", 1, false),
        (Fault::Slow { ms: 60_000 }, "timeout", 1, false),
        (Fault::OtherReference, "reference_mismatch", 1, true),
    ] {
        let (answered, bills) = create_with(fault).await;
        let CreateAnswer::Unknown(open) = answered.answer else {
            panic!("{fault:?}: {answered:?}")
        };
        assert_eq!((open.why.code(), bills), (code, made), "{fault:?}");
        assert_eq!(open.gateway_id, watched.then(|| OUR_REF.to_owned()), "{fault:?}");
        let sentence = open.why.sentence(laci_core::Lang::Id);
        assert!(!sentence.is_empty() && !sentence.contains("kenari"), "{sentence}");
    }
}

#[tokio::test]
async fn only_the_middlewares_own_no_is_a_refusal() {
    let refused = |answer: CreateAnswer| match answer {
        CreateAnswer::Refused(refused) => (refused.code(), refused.message),
        other @ (CreateAnswer::Created(_) | CreateAnswer::Unknown(_)) => panic!("{other:?}"),
    };
    for (status, code) in [
        (400, "request_refused"),
        (401, "key_refused"),
        (404, "wrong_address"),
        (405, "wrong_address"),
    ] {
        let (answered, bills) = create_with(Fault::Status { status }).await;
        let expected = (code, "Terjadi kesalahan".to_owned());
        assert_eq!((refused(answered.answer), bills), (expected, 0), "{status}");
    }
    let played = start().await;
    let wrong_key = Secrets::default().with("api_key", "kunci-yang-lain");
    let keyed = Gateway::new(&settings_of(&played.sandbox, &[]), &wrong_key).unwrap();
    let settings = settings_of(&played.sandbox, &[("app_code", "toko-lain")]);
    let coded = Gateway::new(&settings, &secrets()).unwrap();
    for gateway in [&keyed, &coded] {
        let answered = played.executor.create(gateway, &create_ask(10_000)).await.unwrap();
        assert_eq!(refused(answered.answer), ("key_refused", "Unauthorized".into()));
        let checked = played.executor.check(gateway, now()).await.unwrap();
        assert_eq!(checked.answer, CheckAnswer::KeyRefused);
    }
    let dear = played.executor.create(&played.gateway, &create_ask(100_000_001)).await.unwrap();
    assert_eq!(refused(dear.answer).0, "request_refused");
    assert!(played.sandbox.bills().is_empty(), "no refusal made an order");
}

#[tokio::test]
async fn a_wrong_address_is_told_from_an_order_that_is_not_known() {
    let played = start().await;
    let paths = [("path.create", "/v2/charge"), ("path.status", "/v2/{order_id}/status")];
    let gateway = Gateway::new(&settings_of(&played.sandbox, &paths), &secrets()).unwrap();
    let answer = played.executor.create(&gateway, &create_ask(10_000)).await.unwrap().answer;
    assert_eq!(answer, CreateAnswer::unknown(Doubt::ApiChanged { status: 404 }));
    let looked = played.executor.status(&gateway, &ask_of(OUR_REF)).await.unwrap().answer;
    assert_eq!(looked, StatusAnswer::Unreadable(Doubt::ApiChanged { status: 404 }));
    let checked = played.executor.check(&gateway, now()).await.unwrap().answer;
    assert_eq!(checked, CheckAnswer::Unreadable(Doubt::ApiChanged { status: 404 }));
}

#[tokio::test]
async fn a_lost_charge_is_one_order_that_is_watched_by_our_name() {
    let played = start().await;
    played.sandbox.set_fault(Operation::Create, Fault::CommitThenHang, 1);
    let lost = played.create().await.unwrap().answer;
    let CreateAnswer::Unknown(open) = &lost else { panic!("{lost:?}") };
    assert_eq!(open.gateway_id, None, "so that the same name is tried once more");
    let again = played.create().await.unwrap().answer.of_retry();
    let CreateAnswer::Unknown(open) = again else { panic!("{again:?}") };
    assert_eq!(open.why, Doubt::DuplicateReference);
    assert_eq!(played.sandbox.bills().len(), 1, "one order after two calls");
    let our_ref = OurRef::new(OUR_REF).unwrap();
    let watched = played.gateway.collector().unwrap().watch_id(&our_ref);
    assert_eq!((open.gateway_id.as_deref(), watched.as_deref()), (Some(OUR_REF), Some(OUR_REF)));
    played.sandbox.pay(OUR_REF).unwrap();
    assert_eq!(played.seen().await.state, AttemptState::Paid, "its money is found");

    let played = start().await;
    played.sandbox.set_fault(Operation::Create, Fault::ResetFirst, 1);
    played.create().await.unwrap();
    let again = played.create().await.unwrap().answer.of_retry();
    assert!(matches!(again, CreateAnswer::Created(_)), "the first never came: {again:?}");
    assert_eq!((played.sandbox.bills().len(), played.sandbox.creates(OUR_REF)), (1, 2));
}

#[tokio::test]
async fn a_429_is_honoured_over_the_wire() {
    let played = start().await;
    played.sandbox.set_fault(Operation::Create, Fault::RateLimited { retry_after_s: 30 }, 1);
    played.create().await.unwrap();
    assert_eq!(played.create().await.expect_err("held back").code(), "held");
    assert_eq!(played.sandbox.creates(OUR_REF), 1, "nothing left this machine meanwhile");
}

#[tokio::test]
async fn the_key_is_in_no_log_error_or_answer() {
    let log = Log::default();
    let _listening = log.listen();
    let played = start().await;
    let mut shown = String::new();
    for fault in [
        Fault::Html,
        Fault::ResetFirst,
        Fault::Status { status: 500 },
        Fault::Status { status: 401 },
        Fault::Redirect,
    ] {
        played.sandbox.set_fault(Operation::Create, fault, 1);
        shown.push_str(&format!("{:?}", played.create().await));
    }
    // A host that shows what it was sent: the key came as the order's name.
    let our_ref = OurRef::new(KEY).unwrap();
    let ask = CreateAsk { our_ref: our_ref.clone(), ..create_ask(10_000) };
    played.executor.create(&played.gateway, &ask).await.unwrap();
    played.sandbox.pay(KEY).unwrap();
    let ask = StatusAsk { gateway_id: KEY.into(), our_ref, ..status_ask() };
    let echoed = played.executor.status(&played.gateway, &ask).await.unwrap();
    let raw = String::from_utf8(echoed.raw.clone().expect("a whole reply")).unwrap();
    assert!(raw.contains("\"order_id\":\"***\""), "{raw}");
    shown.push_str(&raw);
    let lines = log.lines();
    assert!(lines.len() >= 5, "each failure left a line: {lines:?}");
    let all = format!("{shown} {lines:?}");
    assert!(!all.contains("kenari"), "{all}");
}
