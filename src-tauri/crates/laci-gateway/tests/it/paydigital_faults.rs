//! Every fault of the sandbox over real HTTP, on Paydigital: paid only when it is said so for our invoice with the
//! whole sum, each fault with its own code, and one create per create, since a second one would be a second bill.

use laci_core::{AttemptState, Presentment, UnixMs};
use laci_gateway::{
    Answered, Bill, CallError, CheckAnswer, CreateAnswer, CreateAsk, Executor, Gateway,
    HealthState, HttpTransport, Secrets, StatusAnswer, StatusAsk,
};
use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions};

use crate::log::Log;
use crate::world::*;

const QUICK: [(&str, &str); 2] = [("timeout_ms", "700"), ("min_recheck_ms", "0")];
/// By what the gateway knows our bill: there is no other reference.
const DESCRIPTION: &str = "Penjualan A01-0001 ORDER-12345";

struct Played {
    sandbox: Sandbox,
    gateway: Gateway,
    executor: Executor,
}

async fn start(auth: &str) -> Played {
    let options = SandboxOptions { api_key: KEY.into(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let gateway = Gateway::new(&settings_of(&sandbox, auth, "1"), &secrets()).unwrap();
    let executor = Executor::new(std::sync::Arc::new(HttpTransport::new()), 7);
    Played { sandbox, gateway, executor }
}

fn settings_of(sandbox: &Sandbox, auth: &str, store: &str) -> laci_core::GatewaySettings {
    let mut options = QUICK.to_vec();
    options.extend([("auth", auth), ("store_id", store)]);
    paydigital_settings(&sandbox.base_url("paydigital").expect("it is played"), &options)
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
    let played = start("bearer").await;
    played.sandbox.set_fault(Operation::Create, fault, 1);
    let answered = played.create().await.unwrap();
    assert_eq!(played.sandbox.creates(DESCRIPTION), 1, "{fault:?}: sent once");
    let bills = played.sandbox.bills().len();
    played.sandbox.stop().await;
    (answered, bills)
}

#[tokio::test]
async fn an_honest_gateway_is_believed_whichever_way_the_key_travels() {
    for auth in ["bearer", "form"] {
        let played = start(auth).await;
        let checked = played.executor.check(&played.gateway, now()).await.unwrap();
        assert_eq!(checked.answer, CheckAnswer::Ready, "{auth}");
        assert!(checked.clock_offset_ms.is_some(), "the server's clock was seen");
        let bill = played.bill().await;
        let theirs = played.sandbox.bill(&bill.gateway_id).expect("the gateway has it");
        assert!(bill.gateway_id.starts_with("PYG"), "{}", bill.gateway_id);
        assert_eq!(theirs.merchant_ref, DESCRIPTION);
        assert_eq!(u64::try_from(bill.total.get()), Ok(theirs.total_amount));
        assert_eq!(bill.presentment, Presentment::Qris { payload: theirs.qris_string });
        assert_eq!(played.status(&bill).await, open(&bill));
        played.sandbox.pay(&bill.gateway_id).unwrap();
        let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("seen") };
        assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)));
        let paid_at_s = played.sandbox.bill(&bill.gateway_id).unwrap().paid_at_s;
        assert_eq!(paid.paid_at.map(|at| at.0 / 1000), paid_at_s, "Jakarta's time, read back");
        let name = played.gateway.name();
        assert_eq!(played.executor.health(name).state, HealthState::Ready);
    }
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
        // A QR's content and a far total are the till's to check; here they are a text and a sum that adds up.
        Fault::QrWrongAmount,
        Fault::QrWrongMerchant,
        Fault::QrBadCrc,
        Fault::QrStatic,
        Fault::TotalTooHigh,
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
        (Fault::Status { status: 405 }, "api_changed", 0),
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
async fn another_bills_invoice_cannot_be_told_apart_and_is_never_paid() {
    let played = start("bearer").await;
    played.sandbox.set_fault(Operation::Create, Fault::OtherReference, 1);
    let bill = played.bill().await;
    assert!(played.sandbox.bill(&bill.gateway_id).is_none(), "an invoice that is nobody's");
    let own = played.sandbox.bills()[0].reference.clone();
    played.sandbox.pay(&own).unwrap();
    assert_eq!(played.status(&bill).await, StatusAnswer::NotFound);
}

#[tokio::test]
async fn only_the_gateways_own_no_is_a_refusal() {
    let refused = |answer: CreateAnswer| match answer {
        CreateAnswer::Refused(refused) => (refused.code(), refused.message),
        other @ (CreateAnswer::Created(_) | CreateAnswer::Unknown(_)) => panic!("{other:?}"),
    };
    let (answered, bills) = create_with(Fault::ErrorWith200).await;
    assert_eq!((refused(answered.answer), bills), (("refused", "Terjadi kesalahan".into()), 0));
    for auth in ["bearer", "form"] {
        let played = start(auth).await;
        let wrong = Secrets::default().with("api_key", "kunci-yang-lain");
        let settings = settings_of(&played.sandbox, auth, "1");
        let gateway = Gateway::new(&settings, &wrong).unwrap();
        let answered = played.executor.create(&gateway, &create_ask(10_000)).await.unwrap();
        assert_eq!(refused(answered.answer).0, "key_refused");
        let checked = played.executor.check(&gateway, now()).await.unwrap();
        assert_eq!(checked.answer, CheckAnswer::KeyRefused);
        let small = played.executor.create(&played.gateway, &create_ask(999)).await.unwrap();
        let minimum = ("request_refused", "Minimal pembayaran Rp 1.000".to_owned());
        assert_eq!(refused(small.answer), minimum);
        let settings = settings_of(&played.sandbox, auth, "2");
        let elsewhere = Gateway::new(&settings, &secrets()).unwrap();
        let answered = played.executor.create(&elsewhere, &create_ask(10_000)).await.unwrap();
        let shop = ("request_refused", "Toko tidak ditemukan".to_owned());
        assert_eq!(refused(answered.answer), shop);
        assert!(played.sandbox.bills().is_empty(), "no refusal made a bill");
    }
}

#[tokio::test]
async fn calls_that_are_not_there_any_more_are_said_to_have_changed() {
    let played = start("bearer").await;
    let mut settings = settings_of(&played.sandbox, "bearer", "1");
    settings.options.insert("path.create".into(), "/v2/createqris".into());
    settings.options.insert("path.status".into(), "/v2/statusqris".into());
    let gateway = Gateway::new(&settings, &secrets()).unwrap();
    let answer = played.executor.create(&gateway, &create_ask(10_000)).await.unwrap().answer;
    let CreateAnswer::Unknown(uncertain) = answer else { panic!("{answer:?}") };
    assert_eq!(uncertain.why.code(), "api_changed");
    let checked = played.executor.check(&gateway, now()).await.unwrap().answer;
    let CheckAnswer::Unreadable(why) = checked else { panic!("{checked:?}") };
    assert_eq!(why.code(), "api_changed");
    assert_eq!(played.executor.health(gateway.name()).last_error, Some("api_changed"));
}

#[tokio::test]
async fn two_creates_are_two_bills_which_is_why_none_is_repeated() {
    let played = start("bearer").await;
    played.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
    let lost = played.create().await.unwrap().answer;
    assert!(matches!(lost, CreateAnswer::Unknown(_)), "{lost:?}");
    assert_eq!(played.sandbox.bills().len(), 1, "a bill that nobody can name");
    let second = played.bill().await;
    let bills = played.sandbox.bills();
    assert_eq!(bills.len(), 2);
    let lost = bills.iter().find(|bill| bill.reference != second.gateway_id).unwrap();
    played.sandbox.pay(&lost.reference).unwrap();
    assert_eq!(played.status(&second).await, open(&second), "its money is not the second's");
}

#[tokio::test]
async fn no_fault_makes_an_open_bill_paid() {
    for auth in ["bearer", "form"] {
        let played = start(auth).await;
        let bill = played.bill().await;
        for (fault, code) in [
            (Fault::Html, "api_changed"),
            (Fault::Cloudflare, "not_json_cloudflare"),
            (Fault::Maintenance, "not_json_maintenance"),
            (Fault::Status { status: 500 }, "server_error"),
            (Fault::ErrorWith200, "odd_status"),
            (Fault::Redirect, "redirected"),
            (Fault::RedirectAway, "redirected"),
            (Fault::Huge, "answer_too_large"),
            (Fault::ResetFirst, "connection_cut"),
            (Fault::CommitThenReset, "connection_cut"),
            (Fault::CommitThenError, "server_error"),
            (Fault::CutBody, "connection_cut"),
            (Fault::HalfThenHang, "timeout"),
            (Fault::Truncated, "not_json"),
            (Fault::UnknownWord, "unknown_word"),
            (Fault::OtherReference, "reference_mismatch"),
        ] {
            // Three: a look is tried again after some of them.
            played.sandbox.set_fault(Operation::Status, fault, 3);
            let seen = match played.status(&bill).await {
                StatusAnswer::Seen(observed) => {
                    assert_eq!(observed.state, AttemptState::Pending, "{fault:?}");
                    observed.review.expect("a person must look")
                }
                StatusAnswer::Unreadable(why) => why.code().to_owned(),
                StatusAnswer::NotFound => "not_found".to_owned(),
            };
            assert_eq!(seen, code, "{auth} {fault:?}");
            while played.status(&bill).await != open(&bill) {}
        }
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
    let played = start("bearer").await;
    let bill = played.bill().await;
    played.sandbox.pay(&bill.gateway_id).unwrap();
    for fault in
        [Fault::Bom, Fault::Notice, Fault::Gzip, Fault::AmountStrings, Fault::NullsAndExtras]
    {
        played.sandbox.set_fault(Operation::Status, fault, 1);
        let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("{fault:?}") };
        assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)), "{fault:?}");
    }
    for (fault, review) in
        [(Fault::OtherReference, "reference_mismatch"), (Fault::UnknownWord, "unknown_word")]
    {
        played.sandbox.set_fault(Operation::Status, fault, 1);
        let StatusAnswer::Seen(odd) = played.status(&bill).await else { panic!("seen") };
        assert_eq!((odd.state, odd.review.as_deref()), (AttemptState::Pending, Some(review)));
    }
}

#[tokio::test]
async fn every_end_has_its_state_and_money_after_it_is_still_money() {
    let played = start("bearer").await;
    let failed = played.bill().await;
    played.sandbox.fail(&failed.gateway_id).unwrap();
    let StatusAnswer::Seen(seen) = played.status(&failed).await else { panic!("seen") };
    assert_eq!((seen.state, seen.review), (AttemptState::Failed, None));
    let bill = played.bill().await;
    played.sandbox.expire(&bill.gateway_id).unwrap();
    let StatusAnswer::Seen(ended) = played.status(&bill).await else { panic!("seen") };
    assert_eq!(ended.state, AttemptState::Expired);
    played.sandbox.set_fault(Operation::Status, Fault::PaidLate, 1);
    let StatusAnswer::Seen(paid) = played.status(&bill).await else { panic!("seen") };
    assert_eq!(paid.state, AttemptState::Paid);
    let expires_at_s = played.sandbox.bill(&bill.gateway_id).unwrap().expires_at_s;
    assert_eq!(paid.paid_at, Some(UnixMs((expires_at_s + 60) * 1000)));
}

#[tokio::test]
async fn a_429_is_honoured_over_the_wire() {
    let played = start("bearer").await;
    played.sandbox.set_fault(Operation::Create, Fault::RateLimited { retry_after_s: 30 }, 1);
    played.create().await.unwrap();
    let held = played.create().await.expect_err("held back");
    assert_eq!(held.code(), "held");
    assert_eq!(played.sandbox.creates(DESCRIPTION), 1, "nothing left this machine meanwhile");
}

#[tokio::test]
async fn the_key_is_in_no_log_error_or_answer() {
    let log = Log::default();
    let _listening = log.listen();
    let mut shown = String::new();
    for auth in ["bearer", "form"] {
        let played = start(auth).await;
        for fault in
            [Fault::Html, Fault::ResetFirst, Fault::Status { status: 500 }, Fault::Redirect]
        {
            played.sandbox.set_fault(Operation::Create, fault, 1);
            shown.push_str(&format!("{:?}", played.create().await));
        }
        // A host that shows what it was sent: the key came as the customer's name, in every way it travels.
        let ask = CreateAsk { customer_name: Some(KEY.into()), ..create_ask(10_000) };
        let answer = played.executor.create(&played.gateway, &ask).await.unwrap().answer;
        let CreateAnswer::Created(bill) = answer else { panic!("{answer:?}") };
        let ask = StatusAsk { gateway_id: bill.gateway_id, ..status_ask() };
        let echoed = played.executor.status(&played.gateway, &ask).await.unwrap();
        let raw = String::from_utf8(echoed.raw.clone().expect("a whole reply")).unwrap();
        assert!(raw.contains("\"customer_name\":\"***\""), "{raw}");
        shown.push_str(&raw);
    }
    let lines = log.lines();
    assert!(lines.len() >= 8, "each failure left a line: {lines:?}");
    let all = format!("{shown} {lines:?}");
    assert!(!all.contains("kenari"), "{all}");
}
