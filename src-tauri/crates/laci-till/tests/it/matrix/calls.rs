//! A fault on each call of each gateway's table: done only when the provider says so; what changes something there
//! leaves once, is written down before it leaves, and is never taken for nothing.

use laci_sandbox::{Fault, Operation};
use laci_till::gateway::{FieldForm, Given, Value};
use laci_till::wire::{GatewayField, OperationView};
use laci_till::{By, CallEndView, Called, TillError};

use super::faults;
use super::gateways::World;

/// Every kind, with what it needs.
const KINDS: [(&str, &[(&str, &str)]); 5] = [
    ("paydigital", &[("store_id", "1")]),
    ("bayargg", &[]),
    ("kropay", &[]),
    ("midtrans", &[("app_code", laci_sandbox::APP_CODE)]),
    ("digiswitch", &[("username", laci_sandbox::USERNAME)]),
];

/// A value for each required field.
fn given(operation: &OperationView, nth: usize) -> Given {
    let value = |field: &GatewayField| match (operation.name.as_str(), field.name.as_str()) {
        (_, "ref_id") => format!("REF-{nth}"),
        ("topup", "code") => "xld10".to_owned(),
        ("topup", "customer_no") => "087800001230".to_owned(),
        (_, "code") => "pln".to_owned(),
        (_, "customer_no") => "530000000001".to_owned(),
        (_, "command") => "pasca".to_owned(),
        (_, "bank") => "BCA".to_owned(),
        (_, "owner_name") => "Toko".to_owned(),
        (_, "order_number") => "WA260329-A1B2".to_owned(),
        (_, "qris") => laci_sandbox::practice_sticker(),
        _ if field.form == FieldForm::Number(0, 0).word() => "50000".to_owned(),
        _ => "LACI-UJI".to_owned(),
    };
    let mut given = Given::default();
    for field in operation.fields.iter().filter(|field| field.required) {
        given = given.with(&field.name, &value(field));
    }
    if operation.name == "qris_convert" {
        given = given.with("qris", &laci_sandbox::practice_sticker());
    }
    given
}

/// A bill is asked for before it is paid; the fault is not this call's.
async fn inquired(world: &World, name: &str, operation: &OperationView, asked: &Given) {
    if operation.name == "pay" {
        let till = &world.counter.till;
        till.gateway_call(By::counter(), name, "inquiry", asked.clone()).await.expect("a bill");
    }
}

/// The sandbox's name for a call's faults.
fn place(operation: &OperationView) -> Operation {
    match (operation.name.as_str(), operation.effect.as_str()) {
        ("status", _) => Operation::Status,
        ("pay" | "topup", "spend") => Operation::Pay,
        _ => Operation::Call,
    }
}

async fn call(
    world: &World,
    name: &str,
    op: &OperationView,
    given: Given,
) -> Result<Called, TillError> {
    world.counter.till.gateway_call(By::counter(), name, &op.name, given).await
}

#[tokio::test(flavor = "multi_thread")]
async fn paydigital() {
    whole_menu_over_every_call(&KINDS[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bayargg() {
    whole_menu_over_every_call(&KINDS[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kropay() {
    whole_menu_over_every_call(&KINDS[2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn midtrans() {
    whole_menu_over_every_call(&KINDS[3]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn digiswitch() {
    whole_menu_over_every_call(&KINDS[4]).await;
}

async fn whole_menu_over_every_call((kind, options): &(&str, &[(&str, &str)])) {
    let mut world = World::start().await;
    let first = world.gateway(kind, options);
    let operations = world.counter.till.gateway_operations(&first).expect("a table");
    let (mut nth, mut spent) = (0, 0);
    for operation in operations.iter().filter(|one| one.effect != "collect") {
        for fault in faults::all() {
            nth += 1;
            // A gateway of its own: a pause that one fault brings is no other's.
            let name = world.gateway(kind, options);
            let tries = if operation.effect == "look" { 3 } else { 1 };
            world.sandbox.set_fault(place(operation), fault, tries);
            let asked = given(operation, nth);
            inquired(&world, &name, operation, &asked).await;
            let answered = call(&world, &name, operation, asked.clone()).await;
            let about = format!("{kind} {} {fault:?}", operation.name);
            must_be_clear(operation, fault, &answered, &about);
            must_not_leave_twice(&world, &name, operation, &asked, &answered, &about).await;
            world.sandbox.clear_faults();
            spent += usize::from(operation.effect == "spend" && answered.is_ok());
        }
    }
    let spends = operations.iter().any(|one| one.effect == "spend");
    assert_eq!(spent > 0, spends, "{kind}: what the menu leaves alone works");
    assert!(nth >= faults::all().len(), "{kind} has calls");
    world.must_be_whole();
}

/// Faults behind which the provider's own answer stands, in an odd form at most.
fn is_readable(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::Slow { .. }
            | Fault::Bom
            | Fault::Notice
            | Fault::Gzip
            | Fault::AmountStrings
            | Fault::NullsAndExtras
            | Fault::DuplicateKeys
            | Fault::SkewedClock { .. }
            | Fault::UnknownWord
            | Fault::OtherReference
            | Fault::AnothersBill
            | Fault::TotalTooHigh
            | Fault::QrWrongAmount
            | Fault::QrWrongMerchant
            | Fault::QrBadCrc
            | Fault::QrStatic
            | Fault::PaidLate
            | Fault::PaidTwice
    )
}

/// Faults behind which the provider has done what was asked, or may have.
fn may_have_worked(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::CommitThenHang
            | Fault::CommitThenReset
            | Fault::CommitThenError
            | Fault::HalfThenHang
            | Fault::CutBody
            | Fault::Truncated
            | Fault::ResetFirst
            | Fault::Html
            | Fault::Huge
    )
}

fn must_be_clear(
    operation: &OperationView,
    fault: Fault,
    answered: &Result<Called, TillError>,
    about: &str,
) {
    let spends = operation.effect == "spend";
    match answered {
        Ok(called) => {
            assert!(is_readable(fault), "done through a fault: {about}: {called:?}");
            // A deposit's ticket has no reference and no word of its own.
            let named = operation.fields.iter().any(|field| field.name == "ref_id");
            let odd = named && matches!(fault, Fault::UnknownWord | Fault::OtherReference);
            assert!(!(spends && odd && called.end == CallEndView::Done), "{about}: {called:?}");
            assert_ne!(called.answer, serde_json::Value::Null, "{about}");
        }
        Err(error) => {
            let sentence = error.sentence();
            assert!(!sentence.code.is_empty() && sentence.id.len() > 20, "{about}: {error:?}");
            let unknown = matches!(error, TillError::Unknown(_));
            assert!(!(unknown && operation.effect == "look"), "a look moves nothing: {about}");
            assert!(
                unknown || !(spends && may_have_worked(fault)),
                "money may have moved: {about}"
            );
        }
    }
}

/// What may have spent money is not sent again by the same name, whatever was answered.
async fn must_not_leave_twice(
    world: &World,
    name: &str,
    operation: &OperationView,
    asked: &Given,
    answered: &Result<Called, TillError>,
    about: &str,
) {
    let Some(Value::Text(reference)) = asked.0.get("ref_id") else { return };
    if operation.effect != "spend" {
        return;
    }
    assert!(world.sandbox.pays(reference) <= 1, "{about}: sent more than once");
    let may_stand = matches!(answered, Ok(_) | Err(TillError::Unknown(_)));
    world.sandbox.clear_faults();
    let before = world.sandbox.pays(reference);
    let again = call(world, name, operation, asked.clone()).await;
    if may_stand {
        assert_eq!(again.expect_err(about).code(), "already_sent", "{about}");
        assert_eq!(world.sandbox.pays(reference), before, "{about}: nothing left");
    }
}
