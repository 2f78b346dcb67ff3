//! `POST /api/v1/payment/create`.

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::PLAYED;
use super::refuse::{invalid, wrong_key};
use crate::app::{App, Duplicates};
use crate::book::{Bill, Made, Order};
use crate::call;
use crate::fault::{Answer, Fault, Operation};
use crate::line::Cut;

const MINIMUM: u64 = 1_000;
/// A month's turnover of a small shop in one payment: beyond it is a typing error even in practice.
const MAXIMUM: u64 = 100_000_000;
const EXPIRED_IN_DEFAULT_S: u64 = 3_600;
const EXPIRED_IN_S: std::ops::RangeInclusive<u64> = 300..=604_800;

pub(super) async fn create(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if let Some(merchant_ref) = asked.get("merchant_ref").and_then(Value::as_str) {
        app.book().count_create(merchant_ref);
    }
    call::serve(&app, &PLAYED, Operation::Create, &cut, |fault| {
        if let Some(refusal) = wrong_key(&app, &headers) {
            return refusal;
        }
        order(&asked).map_or_else(|refusal| refusal, |order| perform(&app, order, fault, &headers))
    })
    .await
}

fn order(asked: &Value) -> Result<Order, Answer> {
    let merchant_ref = asked.get("merchant_ref").and_then(Value::as_str).map(str::trim);
    let merchant_ref = merchant_ref
        .filter(|text| !text.is_empty())
        .ok_or_else(|| invalid("merchant_ref", "The merchant_ref field is required."))?;
    if merchant_ref.chars().count() > 100 {
        return Err(invalid(
            "merchant_ref",
            "The merchant_ref may not be greater than 100 characters.",
        ));
    }
    let amount = asked
        .get("amount")
        .and_then(Value::as_u64)
        .ok_or_else(|| invalid("amount", "The amount must be an integer."))?;
    if amount < MINIMUM {
        return Err(invalid("amount", "The amount must be at least 1000."));
    }
    if amount > MAXIMUM {
        return Err(invalid("amount", "The amount may not be greater than 100000000."));
    }
    let expires_in = match asked.get("expired_in") {
        None | Some(Value::Null) => Some(EXPIRED_IN_DEFAULT_S),
        Some(given) => given.as_u64().filter(|seconds| EXPIRED_IN_S.contains(seconds)),
    };
    let expires_in_s = expires_in
        .and_then(|seconds| u32::try_from(seconds).ok())
        .ok_or_else(|| invalid("expired_in", "The expired_in must be at least 300."))?;
    let customer = asked.get("customer_name").and_then(Value::as_str);
    let customer = customer.map(|name| name.chars().take(100).collect());
    Ok(Order {
        played: &PLAYED,
        merchant_ref: merchant_ref.to_owned(),
        amount,
        customer,
        expires_in_s,
        method: String::new(),
    })
}

fn perform(app: &App, order: Order, fault: Option<Fault>, headers: &HeaderMap) -> Answer {
    let amount = order.amount;
    match app.book().create(order, fault) {
        Made::New(bill) => Answer::new(StatusCode::CREATED, wire(&bill, headers)),
        Made::Again(bill) => match app.duplicates {
            Duplicates::SameBill if bill.order.amount == amount => {
                Answer::new(StatusCode::OK, wire(&bill, headers))
            }
            Duplicates::SameBill | Duplicates::Error => {
                invalid("merchant_ref", "The merchant_ref has already been taken.")
            }
        },
        Made::NoQr => invalid("amount", "The amount does not fit into a QRIS."),
    }
}

fn wire(bill: &Bill, headers: &HeaderMap) -> Value {
    let host = headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or("127.0.0.1");
    json!({
        "success": true,
        "reference": bill.reference,
        "merchant_ref": bill.order.merchant_ref,
        "amount": bill.order.amount,
        "fee": bill.unique_code,
        "unique_code": bill.unique_code,
        "total_amount": bill.total(),
        "status": bill.state.as_str(),
        "expired_at": bill.expires_at(),
        "qris_string": bill.payload,
        "qris_image": format!("http://{host}/api/v1/qris/{}.svg", bill.reference),
    })
}
