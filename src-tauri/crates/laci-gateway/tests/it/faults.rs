//! Every fault of the sandbox over real HTTP: an answer is a bill or a payment only when it says so for our
//! reference, each fault has its own code, and a create leaves exactly once.

use laci_core::{AttemptState, Presentment, UnixMs};
use laci_gateway::{
    Answered, Bill, CallError, CheckAnswer, CreateAnswer, Doubt, Executor, Gateway, HealthState,
    HttpTransport, StatusAnswer, StatusAsk,
};
use laci_sandbox::{Duplicates, Fault, Operation, Sandbox, SandboxOptions};

use crate::log::Log;
use crate::world::*;

/// Long enough for loopback, short enough to wait for in tests.
const TIMEOUT: (&str, &str) = ("timeout_ms", "700");

struct Played {
    sandbox: Sandbox,
    gateway: Gateway,
    executor: Executor,
}

async fn start(options: SandboxOptions) -> Played {
    let sandbox = Sandbox::start(SandboxOptions { api_key: KEY.into(), ..options }).await.unwrap();
    let settings = settings(&sandbox.url(), &[TIMEOUT, ("min_recheck_ms", "0")]);
    let gateway = Gateway::new(&settings, &secrets()).unwrap();
    Played {
        sandbox,
        gateway,
        executor: Executor::new(std::sync::Arc::new(HttpTransport::new()), 7),
    }
}

impl Played {
    async fn create(&self) -> Result<Answered<CreateAnswer>, CallError> {
        self.executor.create(&self.gateway, &create_ask(10_000)).await
    }

    async fn bill(&self) -> Bill {
        let answer = self.create().await.unwrap().answer;
        let CreateAnswer::Created(bill) = answer else { panic!("no bill: {answer:?}") };
        bill
    }

    async fn status(&self, bill: &Bill) -> StatusAnswer {
        let ask = StatusAsk { gateway_id: bill.gateway_id.clone(), ..status_ask() };
        self.executor.status(&self.gateway, &ask).await.unwrap().answer
    }
}

/// What a create with `fault` is answered with, and how many bills the gateway made.
async fn create_with(fault: Fault) -> (Answered<CreateAnswer>, usize) {
    let played = start(SandboxOptions::default()).await;
    played.sandbox.set_fault(Operation::Create, fault, 1);
    let answered = played.create().await.unwrap();
    assert_eq!(played.sandbox.creates(OUR_REF), 1, "{fault:?}: sent once");
    let bills = played.sandbox.bills().len();
    played.sandbox.stop().await;
    (answered, bills)
}

#[tokio::test]
async fn an_honest_gateway_is_believed() {
    let played = start(SandboxOptions::default()).await;
    let bill = played.bill().await;
    let theirs = played.sandbox.bill(&bill.gateway_id).expect("the gateway has it");
    assert_eq!(u64::try_from(bill.total.get()), Ok(theirs.total_amount));
    assert_eq!(bill.presentment, Presentment::Qris { payload: theirs.qris_string });
    let StatusAnswer::Seen(open) = played.status(&bill).await else { panic!("seen") };
    assert_eq!((open.state, open.paid_at), (AttemptState::Pending, None));
    played.sandbox.pay(&bill.gateway_id).unwrap();
    let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("seen") };
    assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)));
    let paid_at_s = played.sandbox.bill(&bill.gateway_id).unwrap().paid_at_s;
    assert_eq!(paid.paid_at.map(|at| at.0 / 1000), paid_at_s, "Jakarta's naive time, read back");
    assert_eq!(played.executor.health(&name()).state, HealthState::Ready);
}

#[tokio::test]
async fn odd_forms_of_a_right_answer_are_read() {
    for fault in [
        Fault::Bom,
        Fault::Notice,
        Fault::Gzip,
        Fault::AmountStrings,
        Fault::NullsAndExtras,
        Fault::Slow { ms: 200 },
        // A QR's content is the till's to check; here it is a text.
        Fault::QrWrongAmount,
        Fault::QrWrongMerchant,
        Fault::QrBadCrc,
        Fault::QrStatic,
    ] {
        let (answered, bills) = create_with(fault).await;
        assert!(matches!(answered.answer, CreateAnswer::Created(_)), "{fault:?}: {answered:?}");
        assert_eq!(bills, 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_create_that_went_wrong_is_unknown_by_name() {
    for (fault, code, made) in [
        (Fault::Html, "api_changed", 0),
        (Fault::Cloudflare, "not_json_cloudflare", 0),
        (Fault::Maintenance, "not_json_maintenance", 0),
        (Fault::Status { status: 500 }, "server_error", 0),
        (Fault::Status { status: 504 }, "server_error", 0),
        (Fault::Status { status: 418 }, "odd_status", 0),
        (Fault::RateLimited { retry_after_s: 0 }, "rate_limited", 0),
        (Fault::Redirect, "redirected", 0),
        (Fault::RedirectAway, "redirected", 0),
        (Fault::Huge, "answer_too_large", 0),
        (Fault::ResetFirst, "connection_cut", 0),
        (Fault::CommitThenReset, "connection_cut", 1),
        (Fault::CommitThenHang, "timeout", 1),
        (Fault::CommitThenError, "server_error", 1),
        (Fault::HalfThenHang, "timeout", 1),
        (Fault::CutBody, "connection_cut", 1),
        (Fault::Truncated, "not_json", 1),
        (Fault::Slow { ms: 60_000 }, "timeout", 1),
        (Fault::UnknownWord, "not_open", 1),
        (Fault::OtherReference, "reference_mismatch", 1),
    ] {
        let (answered, bills) = create_with(fault).await;
        let CreateAnswer::Unknown(uncertain) = answered.answer else {
            panic!("{fault:?}: {answered:?}")
        };
        assert_eq!((uncertain.why.code(), bills), (code, made), "{fault:?}");
        let sentence = uncertain.why.sentence(laci_core::Lang::Id);
        assert!(!sentence.is_empty() && !sentence.contains("kenari"), "{sentence}");
    }
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    for (fault, shown) in
        [(Fault::Redirect, "/masuk"), (Fault::RedirectAway, "https://gateway-lain.example/api")]
    {
        let (answered, _) = create_with(fault).await;
        let CreateAnswer::Unknown(uncertain) = answered.answer else { panic!("{answered:?}") };
        let Doubt::Redirected { to } = uncertain.why else { panic!("{:?}", uncertain.why) };
        assert!(to.ends_with(shown), "without its query: {to}");
    }
}

#[tokio::test]
async fn only_the_gateways_own_no_is_a_refusal() {
    let (answered, bills) = create_with(Fault::ErrorWith200).await;
    let CreateAnswer::Refused(refused) = answered.answer else { panic!("{answered:?}") };
    assert_eq!(
        (refused.code(), refused.message.as_str(), bills),
        ("refused", "Terjadi kesalahan", 0)
    );

    let played = start(SandboxOptions::default()).await;
    let wrong = laci_gateway::Secrets::default().with("api_key", "kunci-yang-lain");
    let gateway = Gateway::new(&settings(&played.sandbox.url(), &[]), &wrong).unwrap();
    let answered = played.executor.create(&gateway, &create_ask(10_000)).await.unwrap();
    let CreateAnswer::Refused(refused) = answered.answer else { panic!("{answered:?}") };
    assert_eq!(refused.code(), "key_refused");
    let checked = played.executor.check(&gateway, now()).await.unwrap();
    assert_eq!(checked.answer, CheckAnswer::KeyRefused);
    let checked = played.executor.check(&played.gateway, now()).await.unwrap();
    assert_eq!(checked.answer, CheckAnswer::Ready);
    assert!(checked.clock_offset_ms.is_some(), "the server's clock was seen");
    let small = played.executor.create(&played.gateway, &create_ask(999)).await.unwrap();
    let CreateAnswer::Refused(refused) = small.answer else { panic!("{small:?}") };
    assert_eq!(
        (refused.code(), refused.message.as_str()),
        ("request_refused", "The amount must be at least 1000.")
    );
}

#[tokio::test]
async fn the_same_reference_fetches_a_lost_bill_or_says_that_it_cannot() {
    let played = start(SandboxOptions::default()).await;
    played.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
    let lost = played.create().await.unwrap().answer;
    assert!(matches!(lost, CreateAnswer::Unknown(_)), "{lost:?}");
    let answer = played.create().await.unwrap().answer.of_retry();
    let CreateAnswer::Created(bill) = answer else { panic!("{answer:?}") };
    assert_eq!(played.sandbox.bills().len(), 1, "one bill after two calls");
    assert_eq!(played.sandbox.bills()[0].reference, bill.gateway_id);

    let strict = SandboxOptions { duplicates: Duplicates::Error, ..SandboxOptions::default() };
    let played = start(strict).await;
    played.sandbox.set_fault(Operation::Create, Fault::CommitThenHang, 1);
    played.create().await.unwrap();
    let answer = played.create().await.unwrap().answer.of_retry();
    let CreateAnswer::Unknown(uncertain) = answer else { panic!("{answer:?}") };
    assert_eq!(uncertain.why, Doubt::DuplicateReference);
}

#[tokio::test]
async fn no_fault_makes_an_open_bill_paid() {
    let played = start(SandboxOptions::default()).await;
    let bill = played.bill().await;
    for (fault, code) in [
        (Fault::Html, "api_changed"),
        (Fault::Status { status: 500 }, "server_error"),
        (Fault::ErrorWith200, "odd_status"),
        (Fault::Redirect, "redirected"),
        (Fault::Huge, "answer_too_large"),
        (Fault::ResetFirst, "connection_cut"),
        (Fault::HalfThenHang, "timeout"),
        (Fault::Truncated, "not_json"),
        (Fault::UnknownWord, "unknown_word"),
        (Fault::OtherReference, "reference_mismatch"),
    ] {
        // Three: a GET is tried again after some of them.
        played.sandbox.set_fault(Operation::Status, fault, 3);
        let seen = match played.status(&bill).await {
            StatusAnswer::Seen(observed) => {
                assert_eq!(observed.state, AttemptState::Pending, "{fault:?}");
                observed.review.expect("a person must look")
            }
            StatusAnswer::Unreadable(why) => why.code().to_owned(),
            StatusAnswer::NotFound => "not_found".to_owned(),
        };
        assert_eq!(seen, code, "{fault:?}");
        while played.status(&bill).await != open(&bill) {}
    }
}

fn open(bill: &Bill) -> StatusAnswer {
    let mut observed = laci_core::Observed::bare(AttemptState::Pending);
    observed.gateway_id = Some(bill.gateway_id.clone());
    observed.amount = Some(bill.total);
    StatusAnswer::Seen(observed)
}

#[tokio::test]
async fn a_payment_is_read_in_every_odd_form_and_only_for_our_bill() {
    let played = start(SandboxOptions::default()).await;
    let bill = played.bill().await;
    played.sandbox.pay(&bill.gateway_id).unwrap();
    for fault in
        [Fault::Bom, Fault::Notice, Fault::Gzip, Fault::AmountStrings, Fault::NullsAndExtras]
    {
        played.sandbox.set_fault(Operation::Status, fault, 1);
        let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("{fault:?}") };
        assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)), "{fault:?}");
    }
    played.sandbox.set_fault(Operation::Status, Fault::OtherReference, 1);
    let StatusAnswer::Seen(other) = played.status(&bill).await else { panic!("seen") };
    assert_eq!(other.state, AttemptState::Pending, "another's money");
    played.sandbox.set_fault(Operation::Status, Fault::UnknownWord, 1);
    let StatusAnswer::Seen(odd) = played.status(&bill).await else { panic!("seen") };
    assert_eq!((odd.state, odd.review.as_deref()), (AttemptState::Pending, Some("unknown_word")));
}

#[tokio::test]
async fn money_after_the_end_is_still_money_and_carries_its_time() {
    let played = start(SandboxOptions::default()).await;
    let bill = played.bill().await;
    played.sandbox.expire(&bill.gateway_id).unwrap();
    let StatusAnswer::Seen(ended) = played.status(&bill).await else { panic!("seen") };
    assert_eq!(ended.state, AttemptState::Expired);
    played.sandbox.set_fault(Operation::Status, Fault::PaidLate, 1);
    let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("seen") };
    assert_eq!(paid.state, AttemptState::Paid);
    let expires_at_s = played.sandbox.bill(&bill.gateway_id).unwrap().expires_at_s;
    assert_eq!(paid.paid_at, Some(UnixMs((expires_at_s + 60) * 1000)));
    let strange = StatusAsk { gateway_id: "PG-NONE".into(), ..status_ask() };
    let answer = played.executor.status(&played.gateway, &strange).await.unwrap().answer;
    assert_eq!(answer, StatusAnswer::NotFound);
}

#[tokio::test]
async fn a_429_is_honoured_over_the_wire() {
    let played = start(SandboxOptions::default()).await;
    played.sandbox.set_fault(Operation::Create, Fault::RateLimited { retry_after_s: 30 }, 1);
    played.create().await.unwrap();
    let held = played.create().await.expect_err("held back");
    assert_eq!(held.code(), "held");
    assert_eq!(played.sandbox.creates(OUR_REF), 1, "nothing left this machine meanwhile");
}

#[tokio::test]
async fn the_key_is_in_no_log_error_or_answer() {
    let log = Log::default();
    let _listening = log.listen();
    let mut shown = String::new();
    for fault in [
        Fault::Html,
        Fault::ResetFirst,
        Fault::Status { status: 500 },
        Fault::Redirect,
        Fault::Huge,
    ] {
        let (answered, _) = create_with(fault).await;
        shown.push_str(&format!("{answered:?}"));
    }
    let nobody = settings("http://127.0.0.1:9", &[TIMEOUT]);
    let gateway = Gateway::new(&nobody, &secrets()).unwrap();
    let executor = Executor::new(std::sync::Arc::new(HttpTransport::new()), 7);
    shown.push_str(&format!("{:?}", executor.create(&gateway, &create_ask(10_000)).await));
    let lines = log.lines();
    assert!(lines.len() >= 6, "each failure left a line: {lines:?}");
    let all = format!("{shown} {lines:?}");
    assert!(!all.contains("kenari"), "{all}");
}
