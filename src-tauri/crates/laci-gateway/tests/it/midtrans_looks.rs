//! Every fault of the sandbox over real HTTP, on looks at the Midtrans middleware: paid only by Midtrans' own words for
//! our order, and each fault with its own code.

use laci_core::{AttemptState, Observed, Presentment, UnixMs};
use laci_gateway::{CallAnswer, CheckAnswer, Given, HealthState, StatusAnswer};
use laci_sandbox::{Fault, Operation, Sandbox};

use crate::midtrans_faults::{Started, start};
use crate::world::*;

fn open() -> StatusAnswer {
    let mut observed = Observed::bare(AttemptState::Pending);
    observed.gateway_id = Some(OUR_REF.into());
    StatusAnswer::Seen(observed)
}

#[tokio::test]
async fn an_honest_middleware_is_believed() {
    let played = start().await;
    let checked = played.executor.check(&played.gateway, now()).await.unwrap();
    assert_eq!(checked.answer, CheckAnswer::Ready);
    let bill = played.bill().await;
    assert_eq!((bill.gateway_id.as_str(), bill.total.get()), (OUR_REF, 10_000));
    let Presentment::Link { url } = &bill.presentment else { panic!("{bill:?}") };
    assert!(url.starts_with("https://app.sandbox.midtrans.com/snap/v4/redirection/"), "{url}");
    assert_eq!(played.status().await, open(), "nobody chose yet: Midtrans does not know it");
    played.sandbox.pay(OUR_REF).unwrap();
    let paid = played.seen().await;
    assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)));
    let paid_at_s = played.sandbox.bill(OUR_REF).unwrap().paid_at_s;
    assert_eq!(paid.paid_at.map(|at| at.0 / 1000), paid_at_s, "Jakarta's time, read back");
    assert_eq!(played.executor.health(played.gateway.name()).state, HealthState::Ready);
}

#[tokio::test]
async fn no_fault_makes_an_open_order_paid_or_ended() {
    for (fault, code) in [
        (Fault::Html, "api_changed"),
        (Fault::Cloudflare, "not_json_cloudflare"),
        (Fault::Maintenance, "not_json_maintenance"),
        // What Midtrans does not know yet, a middleware may say so.
        (Fault::Status { status: 500 }, "open"),
        (Fault::Status { status: 404 }, "open"),
        (Fault::CommitThenError, "open"),
        (Fault::Status { status: 502 }, "server_error"),
        (Fault::Status { status: 401 }, "key_refused"),
        (Fault::Status { status: 418 }, "odd_status"),
        (Fault::ErrorWith200, "incomplete_answer"),
        (Fault::Redirect, "redirected"),
        (Fault::RedirectAway, "redirected"),
        (Fault::Huge, "answer_too_large"),
        (Fault::ResetFirst, "connection_cut"),
        (Fault::CommitThenReset, "connection_cut"),
        (Fault::CutBody, "connection_cut"),
        (Fault::CommitThenHang, "timeout"),
        (Fault::HalfThenHang, "timeout"),
        (Fault::Slow { ms: 60_000 }, "timeout"),
        (Fault::Truncated, "not_json"),
        (Fault::DuplicateKeys, "not_json"),
        (Fault::UnknownWord, "unknown_word"),
        (Fault::OtherReference, "reference_mismatch"),
        (Fault::Bom, "open"),
        (Fault::Notice, "open"),
        (Fault::Gzip, "open"),
        (Fault::AmountStrings, "open"),
        (Fault::NullsAndExtras, "open"),
        (Fault::SkewedClock { seconds: 90_000 }, "open"),
        (Fault::TotalTooHigh, "open"),
        (Fault::QrWrongAmount, "open"),
        (Fault::QrWrongMerchant, "open"),
        (Fault::QrBadCrc, "open"),
        (Fault::QrStatic, "open"),
        (Fault::RateLimited { retry_after_s: 0 }, "rate_limited"),
    ] {
        let played = start().await;
        played.bill().await;
        // Three: a look is tried again after some of them.
        played.sandbox.set_fault(Operation::Status, fault, 3);
        let seen = match played.status().await {
            StatusAnswer::Seen(observed) => {
                assert_eq!(observed.state, AttemptState::Pending, "{fault:?}");
                observed.review.unwrap_or_else(|| "open".to_owned())
            }
            StatusAnswer::Unreadable(why) => why.code().to_owned(),
            StatusAnswer::NotFound => "not_found".to_owned(),
        };
        assert_eq!(seen, code, "{fault:?}");
    }
}

#[tokio::test]
async fn a_payment_is_read_in_every_odd_form_and_only_for_our_order() {
    let played = start().await;
    let bill = played.bill().await;
    played.sandbox.pay(OUR_REF).unwrap();
    for fault in [
        Fault::Bom,
        Fault::Notice,
        Fault::Gzip,
        Fault::AmountStrings,
        Fault::NullsAndExtras,
        Fault::PaidTwice,
        Fault::SkewedClock { seconds: -90_000 },
    ] {
        played.sandbox.set_fault(Operation::Status, fault, 1);
        let paid = played.seen().await;
        assert_eq!((paid.state, paid.amount), (AttemptState::Paid, Some(bill.total)), "{fault:?}");
    }
    for (fault, review) in [
        (Fault::OtherReference, Some("reference_mismatch")),
        (Fault::UnknownWord, Some("unknown_word")),
        // It says what it says of an order that is not known; the next look knows better.
        (Fault::CommitThenError, None),
    ] {
        played.sandbox.set_fault(Operation::Status, fault, 3);
        let odd = played.seen().await;
        assert_eq!(
            (odd.state, odd.review.as_deref()),
            (AttemptState::Pending, review),
            "{fault:?}"
        );
        while played.seen().await.state != AttemptState::Paid {}
    }
}

#[tokio::test]
async fn every_end_has_its_state_and_money_after_it_is_still_money() {
    let played = start().await;
    played.bill().await;
    played.sandbox.expire(OUR_REF).unwrap();
    assert_eq!(played.seen().await.state, AttemptState::Expired);
    played.sandbox.set_fault(Operation::Status, Fault::PaidLate, 1);
    let paid = played.seen().await;
    assert_eq!(paid.state, AttemptState::Paid);
    let expires_at_s = played.sandbox.bill(OUR_REF).unwrap().expires_at_s;
    assert_eq!(paid.paid_at, Some(UnixMs((expires_at_s + 60) * 1000)));
    played.sandbox.reverse(OUR_REF).unwrap();
    let back = played.seen().await;
    let reversed = (AttemptState::Cancelled, Some("reversed"));
    assert_eq!((back.state, back.review.as_deref()), reversed);

    for (end, state) in [
        (Sandbox::cancel as fn(&Sandbox, &str) -> _, AttemptState::Cancelled),
        (Sandbox::fail, AttemptState::Failed),
    ] {
        let played = start().await;
        played.bill().await;
        end(&played.sandbox, OUR_REF).unwrap();
        let seen = played.seen().await;
        assert_eq!((seen.state, seen.review), (state, None));
    }
}

#[tokio::test]
async fn the_tables_look_says_what_came_and_no_fault_is_done_by_mistake() {
    let started = start().await;
    let none = look(&started).await;
    let CallAnswer::Refused(none) = none else { panic!("Midtrans does not know it: {none:?}") };
    assert_eq!((none.code(), &*none.message), ("refused", "Transaction doesn't exist."));
    for (fault, code) in [
        (Fault::Html, "api_changed"),
        (Fault::Cloudflare, "not_json_cloudflare"),
        (Fault::Maintenance, "not_json_maintenance"),
        (Fault::Status { status: 500 }, "server_error"),
        (Fault::Status { status: 418 }, "odd_status"),
        (Fault::Status { status: 401 }, "key_refused"),
        (Fault::Status { status: 404 }, "refused"),
        (Fault::ErrorWith200, "refused"),
        (Fault::RateLimited { retry_after_s: 0 }, "rate_limited"),
        (Fault::Redirect, "redirected"),
        (Fault::RedirectAway, "redirected"),
        (Fault::Huge, "answer_too_large"),
        (Fault::ResetFirst, "connection_cut"),
        (Fault::Slow { ms: 60_000 }, "timeout"),
        (Fault::CommitThenHang, "timeout"),
        (Fault::CommitThenReset, "connection_cut"),
        (Fault::CommitThenError, "server_error"),
        (Fault::HalfThenHang, "timeout"),
        (Fault::CutBody, "connection_cut"),
        (Fault::Truncated, "not_json"),
        (Fault::DuplicateKeys, "not_json"),
        (Fault::Bom, "done"),
        (Fault::Notice, "done"),
        (Fault::Gzip, "done"),
        (Fault::AmountStrings, "done"),
        (Fault::NullsAndExtras, "done"),
        (Fault::SkewedClock { seconds: 90_000 }, "done"),
        // The table shows what came and reads no word of it.
        (Fault::UnknownWord, "done"),
        (Fault::OtherReference, "done"),
    ] {
        let started = start().await;
        started.bill().await;
        started.sandbox.pay(OUR_REF).unwrap();
        started.sandbox.set_fault(Operation::Status, fault, 3);
        let said = match look(&started).await {
            CallAnswer::Done => "done",
            CallAnswer::Pending => "pending",
            CallAnswer::Refused(refused) => refused.code(),
            CallAnswer::Unknown(why) => why.code(),
        };
        assert_eq!(said, code, "{fault:?}");
    }
}

async fn look(started: &Started) -> CallAnswer {
    let table = started.gateway.kind().operation("status").unwrap();
    let given = Given::default().with("order_id", OUR_REF);
    started.executor.call(&started.gateway, table, &given, now()).await.unwrap().answer
}
