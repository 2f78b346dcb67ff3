//! `POST create-payment.php`.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Call, bad, done, refused};
use super::wire::{self, HOUSE_MAXIMUM, METHODS, is_house};
use super::{IN_DATA, IN_PAYMENT, PLAYED, products};
use crate::book::{Bill, Made, Order};
use crate::fault::{Answer, Fault, Operation};

const MINIMUM: u64 = 1_000;
/// As Kropay's: beyond it is a typing error even in practice.
const MAXIMUM: u64 = 100_000_000;
/// The document does not say how long a bill lives.
const LIFE_S: u32 = 900;

pub(super) async fn create(call: Call, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if let Some(description) = asked["description"].as_str() {
        call.app.book().count_create(description);
    }
    let played = if call.is_plugin() { &IN_DATA } else { &IN_PAYMENT };
    let act = |fault| match order(&asked) {
        Ok(order) => perform(&call, &asked, order, fault),
        Err(refusal) => refusal,
    };
    call.serve_as(Operation::Create, played, act).await
}

/// The whole description is the book's name for the bill.
fn order(asked: &Value) -> Result<Order, Answer> {
    let text = |name: &str| asked[name].as_str().map(str::to_owned);
    let amount =
        asked["amount"].as_u64().ok_or_else(|| bad("Parameter amount wajib diisi dengan angka"))?;
    let method = text("payment_method").unwrap_or_else(|| "qris".to_owned());
    if !METHODS.iter().any(|(code, _)| *code == method) {
        return Err(bad("Metode pembayaran tidak dikenal"));
    }
    if amount < MINIMUM {
        return Err(bad("Minimal pembayaran Rp 1.000"));
    }
    if is_house(&method) && amount > HOUSE_MAXIMUM {
        return Err(bad("Maksimal pembayaran Rp 500.000 untuk metode qris"));
    }
    if amount > MAXIMUM {
        return Err(bad("Maksimal pembayaran Rp 100.000.000"));
    }
    for name in ["callback_url", "payment_url"] {
        if text(name).is_some_and(|url| !url.starts_with("https://")) {
            return Err(bad(&format!("Parameter {name} harus https")));
        }
    }
    for (name, known) in products::IDS {
        let id = &asked[name];
        if !id.is_null() && id.as_u64().is_none_or(|id| !known.contains(&id)) {
            return Err(refused(StatusCode::NOT_FOUND, &format!("{name} tidak ditemukan")));
        }
    }
    if !(asked["use_qris_converter"].is_null() || asked["use_qris_converter"].is_boolean()) {
        return Err(bad("Parameter use_qris_converter tidak valid"));
    }
    Ok(Order {
        played: &PLAYED,
        merchant_ref: text("description").unwrap_or_default(),
        amount,
        customer: text("customer_name").map(|name| name.chars().take(100).collect()),
        expires_in_s: LIFE_S,
        method,
    })
}

fn perform(call: &Call, asked: &Value, order: Order, fault: Option<Fault>) -> Answer {
    match call.app.book().create(order, fault) {
        Made::New(bill) | Made::Again(bill) => {
            let mut body = shaped(call, &bill);
            if asked["use_qris_converter"] == true && !is_house(&bill.order.method) {
                body["qris_converter"] = json!(true);
            }
            done(body)
        }
        Made::NoQr => bad("Parameter amount tidak valid"),
    }
}

fn shaped(call: &Call, bill: &Bill) -> Value {
    let mut fields = wire::bill(bill);
    let page = wire::page(bill, call.host());
    if !call.is_plugin() {
        return json!({"success": true, "payment": fields, "payment_url": page});
    }
    fields.insert("payment_url".to_owned(), json!(page));
    wire::with_qris(&mut fields, bill);
    json!({"success": true, "data": fields})
}
