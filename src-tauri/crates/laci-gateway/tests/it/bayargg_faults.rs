//! Every fault of the sandbox over real HTTP, on Bayar.gg's create and status in both of its shapes: paid only when it
//! is said so for our invoice with the whole sum, each fault with its own code, and one create per create.

use std::sync::Arc;

use laci_core::{AttemptState, GatewaySettings, Observed, Presentment, UnixMs};
use laci_gateway::{
    Answered, Bill, CallError, CheckAnswer, CreateAnswer, CreateAsk, Executor, Gateway,
    HealthState, HttpTransport, Secrets, StatusAnswer, StatusAsk,
};
use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions, Shape};

use crate::bayargg_look_faults::tries;
use crate::bayargg_world::*;
use crate::log::Log;
use crate::world::*;

const QUICK: [(&str, &str); 2] = [("timeout_ms", "700"), ("min_recheck_ms", "0")];
/// By what the gateway knows our bill.
const DESCRIPTION: &str = "Penjualan A01-0001 POS#ORDER-12345";
const SHAPES: [Shape; 2] = [Shape::Document, Shape::Plugin];

pub(crate) struct Played {
    pub(crate) sandbox: Sandbox,
    pub(crate) gateway: Gateway,
    pub(crate) executor: Executor,
}

pub(crate) async fn start(shape: Shape) -> Played {
    let options = SandboxOptions { api_key: KEY.into(), ..SandboxOptions::default() };
    let options = SandboxOptions { bayargg_shape: shape, ..options };
    let sandbox = Sandbox::start(options).await.unwrap();
    let gateway = Gateway::new(&quick(&sandbox), &bayargg_secrets()).unwrap();
    Played { sandbox, gateway, executor: Executor::new(Arc::new(HttpTransport::new()), 7) }
}

fn quick(sandbox: &Sandbox) -> GatewaySettings {
    bayargg_settings(&sandbox.base_url("bayargg").expect("it is played"), &QUICK)
}

impl Played {
    pub(crate) async fn create(&self) -> Result<Answered<CreateAnswer>, CallError> {
        self.executor.create(&self.gateway, &create_ask(10_000)).await
    }

    pub(crate) async fn bill(&self) -> Bill {
        let answer = self.create().await.unwrap().answer;
        let CreateAnswer::Created(bill) = answer else { panic!("no bill: {answer:?}") };
        bill
    }

    pub(crate) async fn status(&self, bill: &Bill) -> StatusAnswer {
        let ask = StatusAsk { gateway_id: bill.gateway_id.clone(), ..status_ask() };
        self.executor.status(&self.gateway, &ask).await.unwrap().answer
    }
}

/// What a create with `fault` is answered with, and how many bills the gateway made.
async fn create_with(shape: Shape, fault: Fault) -> (Answered<CreateAnswer>, usize) {
    let played = start(shape).await;
    played.sandbox.set_fault(Operation::Create, fault, 1);
    let answered = played.create().await.unwrap();
    assert_eq!(played.sandbox.creates(DESCRIPTION), 1, "{fault:?}: sent once");
    let bills = played.sandbox.bills().len();
    played.sandbox.stop().await;
    (answered, bills)
}

fn open(bill: &Bill) -> StatusAnswer {
    let mut observed = Observed::bare(AttemptState::Pending);
    observed.gateway_id = Some(bill.gateway_id.clone());
    observed.amount = Some(bill.total);
    StatusAnswer::Seen(observed)
}

#[tokio::test]
async fn an_honest_gateway_is_believed_in_both_shapes() {
    for shape in SHAPES {
        let played = start(shape).await;
        let checked = played.executor.check(&played.gateway, now()).await.unwrap();
        assert_eq!(checked.answer, CheckAnswer::Ready);
        let bill = played.bill().await;
        let theirs = played.sandbox.bill(&bill.gateway_id).expect("the gateway has it");
        assert!(bill.gateway_id.starts_with("PAY-admin-"), "{}", bill.gateway_id);
        assert_eq!(theirs.merchant_ref, DESCRIPTION);
        assert_eq!(u64::try_from(bill.total.get()), Ok(theirs.total_amount));
        let page = format!("{}/bayar/{}", played.sandbox.url(), bill.gateway_id);
        let expected = match shape {
            Shape::Document => Presentment::Link { url: page },
            Shape::Plugin => Presentment::Qris { payload: theirs.qris_string },
        };
        assert_eq!(bill.presentment, expected);
        assert_eq!(played.status(&bill).await, open(&bill));
        played.sandbox.pay(&bill.gateway_id).unwrap();
        let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("seen") };
        assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)));
        let paid_at_s = played.sandbox.bill(&bill.gateway_id).unwrap().paid_at_s;
        assert_eq!(paid.paid_at.map(|at| at.0 / 1000), paid_at_s, "Jakarta's time, read back");
        let health = played.executor.health(played.gateway.name());
        assert_eq!(health.state, HealthState::Ready);
    }
}

#[tokio::test]
async fn odd_forms_of_a_right_answer_are_read() {
    for shape in SHAPES {
        for fault in [
            Fault::Bom,
            Fault::Notice,
            Fault::Gzip,
            Fault::AmountStrings,
            Fault::NullsAndExtras,
            Fault::Slow { ms: 200 },
            Fault::SkewedClock { seconds: 86_400 },
            // A QR's content and a far total are the till's to check; here they are a text and a sum that adds up.
            Fault::QrWrongAmount,
            Fault::QrWrongMerchant,
            Fault::QrBadCrc,
            Fault::QrStatic,
            Fault::TotalTooHigh,
            // Nothing of a create.
            Fault::PaidLate,
            Fault::PaidTwice,
        ] {
            let (answered, bills) = create_with(shape, fault).await;
            assert!(matches!(answered.answer, CreateAnswer::Created(_)), "{fault:?}: {answered:?}");
            assert_eq!(bills, 1, "{fault:?}");
        }
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
        (Fault::DuplicateKeys, "incomplete_answer", 1),
    ] {
        let shape = if made == 0 { SHAPES } else { [SHAPES[1], SHAPES[0]] };
        for shape in shape {
            let (answered, bills) = create_with(shape, fault).await;
            let CreateAnswer::Unknown(uncertain) = answered.answer else {
                panic!("{fault:?}: {answered:?}")
            };
            assert_eq!((uncertain.why.code(), bills), (code, made), "{fault:?}");
            let sentence = uncertain.why.sentence(laci_core::Lang::Id);
            assert!(!sentence.is_empty() && !sentence.contains("kenari"), "{sentence}");
        }
    }
}

#[tokio::test]
async fn another_bills_invoice_cannot_be_told_apart_and_is_never_paid() {
    for shape in SHAPES {
        let played = start(shape).await;
        played.sandbox.set_fault(Operation::Create, Fault::OtherReference, 1);
        let bill = played.bill().await;
        assert!(played.sandbox.bill(&bill.gateway_id).is_none(), "an invoice that is nobody's");
        let own = played.sandbox.bills()[0].reference.clone();
        played.sandbox.pay(&own).unwrap();
        assert_eq!(played.status(&bill).await, StatusAnswer::NotFound);
    }
}

#[tokio::test]
async fn only_the_gateways_own_no_is_a_refusal() {
    let refused = |answer: CreateAnswer| match answer {
        CreateAnswer::Refused(refused) => (refused.code(), refused.message),
        other @ (CreateAnswer::Created(_) | CreateAnswer::Unknown(_)) => panic!("{other:?}"),
    };
    for (fault, code) in [
        (Fault::ErrorWith200, "refused"),
        (Fault::Status { status: 402 }, "refused"),
        (Fault::Status { status: 404 }, "request_refused"),
        (Fault::Status { status: 405 }, "wrong_address"),
    ] {
        let (answered, bills) = create_with(Shape::Document, fault).await;
        assert_eq!((refused(answered.answer), bills), ((code, "Terjadi kesalahan".into()), 0));
    }
    let played = start(Shape::Document).await;
    let wrong = Secrets::default().with("api_key", "kunci-yang-lain");
    let gateway = Gateway::new(&quick(&played.sandbox), &wrong).unwrap();
    let answered = played.executor.create(&gateway, &create_ask(10_000)).await.unwrap();
    assert_eq!(refused(answered.answer).0, "key_refused");
    let checked = played.executor.check(&gateway, now()).await.unwrap();
    assert_eq!(checked.answer, CheckAnswer::KeyRefused);
    for (amount, message) in [
        (999, "Minimal pembayaran Rp 1.000"),
        (500_001, "Maksimal pembayaran Rp 500.000 untuk metode qris"),
    ] {
        let answered = played.executor.create(&played.gateway, &create_ask(amount)).await.unwrap();
        assert_eq!(refused(answered.answer), ("request_refused", message.to_owned()));
    }
    assert!(played.sandbox.bills().is_empty(), "no refusal made a bill");
}

#[tokio::test]
async fn no_fault_makes_an_open_bill_paid() {
    for shape in SHAPES {
        let played = start(shape).await;
        let bill = played.bill().await;
        let doubled = if shape == Shape::Plugin { "incomplete_answer" } else { "not_json" };
        for (fault, code) in [
            (Fault::Html, "api_changed"),
            (Fault::Cloudflare, "not_json_cloudflare"),
            (Fault::Maintenance, "not_json_maintenance"),
            (Fault::Status { status: 500 }, "server_error"),
            (Fault::Status { status: 404 }, "not_found"),
            (Fault::ErrorWith200, "odd_status"),
            (Fault::RateLimited { retry_after_s: 0 }, "rate_limited"),
            (Fault::Redirect, "redirected"),
            (Fault::RedirectAway, "redirected"),
            (Fault::Huge, "answer_too_large"),
            (Fault::ResetFirst, "connection_cut"),
            (Fault::CommitThenHang, "timeout"),
            (Fault::CommitThenReset, "connection_cut"),
            (Fault::CommitThenError, "server_error"),
            (Fault::CutBody, "connection_cut"),
            (Fault::HalfThenHang, "timeout"),
            (Fault::Truncated, "not_json"),
            (Fault::DuplicateKeys, doubled),
            (Fault::UnknownWord, "unknown_word"),
            (Fault::OtherReference, "reference_mismatch"),
        ] {
            played.sandbox.set_fault(Operation::Status, fault, tries(code));
            let seen = match played.status(&bill).await {
                StatusAnswer::Seen(observed) => {
                    assert_eq!(observed.state, AttemptState::Pending, "{fault:?}");
                    observed.review.expect("a person must look")
                }
                StatusAnswer::Unreadable(why) => why.code().to_owned(),
                StatusAnswer::NotFound => "not_found".to_owned(),
            };
            assert_eq!(seen, code, "{shape:?} {fault:?}");
            played.executor.forget(played.gateway.name());
            assert_eq!(played.status(&bill).await, open(&bill), "{fault:?}: over");
        }
    }
}

#[tokio::test]
async fn a_payment_is_read_in_every_odd_form_and_only_for_our_bill() {
    for shape in SHAPES {
        let played = start(shape).await;
        let bill = played.bill().await;
        played.sandbox.pay(&bill.gateway_id).unwrap();
        for fault in [
            Fault::Bom,
            Fault::Notice,
            Fault::Gzip,
            Fault::AmountStrings,
            Fault::NullsAndExtras,
            Fault::PaidTwice,
            Fault::SkewedClock { seconds: -3_600 },
        ] {
            played.sandbox.set_fault(Operation::Status, fault, 1);
            let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("{fault:?}") };
            assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)));
        }
        for (fault, review) in
            [(Fault::OtherReference, "reference_mismatch"), (Fault::UnknownWord, "unknown_word")]
        {
            played.sandbox.set_fault(Operation::Status, fault, 1);
            let StatusAnswer::Seen(odd) = played.status(&bill).await else { panic!("seen") };
            assert_eq!((odd.state, odd.review.as_deref()), (AttemptState::Pending, Some(review)));
        }
    }
}

#[tokio::test]
async fn every_end_has_its_state_and_money_after_it_is_still_money() {
    let played = start(Shape::Document).await;
    let ended = |state: AttemptState, seen: StatusAnswer| {
        let StatusAnswer::Seen(seen) = seen else { panic!("seen") };
        assert_eq!((seen.state, seen.review), (state, None));
    };
    let bill = played.bill().await;
    played.sandbox.fail(&bill.gateway_id).unwrap();
    ended(AttemptState::Failed, played.status(&bill).await);
    let bill = played.bill().await;
    played.sandbox.cancel(&bill.gateway_id).unwrap();
    ended(AttemptState::Cancelled, played.status(&bill).await);
    let bill = played.bill().await;
    played.sandbox.expire(&bill.gateway_id).unwrap();
    ended(AttemptState::Expired, played.status(&bill).await);
    played.sandbox.set_fault(Operation::Status, Fault::PaidLate, 1);
    let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("seen") };
    assert_eq!(paid.state, AttemptState::Paid);
    let expires_at_s = played.sandbox.bill(&bill.gateway_id).unwrap().expires_at_s;
    assert_eq!(paid.paid_at, Some(UnixMs((expires_at_s + 60) * 1000)));
    played.sandbox.reverse(&bill.gateway_id).unwrap();
    let StatusAnswer::Seen(back) = played.status(&bill).await else { panic!("seen") };
    let review = Some("unknown_word");
    assert_eq!((back.state, back.review.as_deref()), (AttemptState::Pending, review));
}

#[tokio::test]
async fn a_429_is_honoured_over_the_wire() {
    let played = start(Shape::Document).await;
    played.sandbox.set_fault(Operation::Create, Fault::RateLimited { retry_after_s: 30 }, 1);
    played.create().await.unwrap();
    let held = played.create().await.expect_err("held back");
    assert_eq!(held.code(), "held");
    assert_eq!(played.sandbox.creates(DESCRIPTION), 1, "nothing left this machine meanwhile");
}

#[tokio::test]
async fn the_keys_are_in_no_log_error_or_answer() {
    let log = Log::default();
    let _listening = log.listen();
    let mut shown = String::new();
    let played = start(Shape::Document).await;
    for fault in [Fault::Html, Fault::ResetFirst, Fault::Status { status: 500 }, Fault::Redirect] {
        played.sandbox.set_fault(Operation::Create, fault, 1);
        shown.push_str(&format!("{:?}", played.create().await));
    }
    // A host that shows what it was sent: both keys came as texts of the sale.
    let description = format!("{KEY} {WEBHOOK_SECRET}");
    let ask = CreateAsk { description, customer_name: Some(KEY.into()), ..create_ask(10_000) };
    let answer = played.executor.create(&played.gateway, &ask).await.unwrap().answer;
    assert!(matches!(answer, CreateAnswer::Created(_)), "{answer:?}");
    let found = played.executor.find(&played.gateway, &ask).await.unwrap().expect("a look-up");
    let raw = String::from_utf8(found.raw.clone().expect("a whole reply")).unwrap();
    assert!(raw.contains("*** *** POS#ORDER-12345"), "{raw}");
    shown.push_str(&format!("{raw} {found:?}"));
    let lines = log.lines();
    assert!(lines.len() >= 4, "each failure left a line: {lines:?}");
    let all = format!("{shown} {lines:?}");
    assert!(!all.contains("kenari"), "{all}");
}
