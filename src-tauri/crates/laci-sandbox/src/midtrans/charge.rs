//! `POST /charge`.

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::refuse::{body as error, by_snap, wrong_key};
use super::{PLAYED, uuid};
use crate::app::App;
use crate::book::{Made, Order};
use crate::call;
use crate::fault::{Answer, Fault, Operation};
use crate::line::Cut;

/// As Kropay's: beyond it is a typing error even in practice.
const MAXIMUM: u64 = 100_000_000;
const MAX_ORDER_ID_CHARS: usize = 50;
const MAX_ITEM_NAME_CHARS: usize = 50;
/// A Snap page's.
const LIFE_S: u32 = 86_400;

pub(super) async fn charge(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if let Some(order_id) = asked.get("order_id").and_then(Value::as_str) {
        app.book().count_create(order_id);
    }
    call::serve(&app, &PLAYED, Operation::Create, &cut, |fault| {
        if let Some(refusal) = wrong_key(&app, &headers) {
            return refusal;
        }
        order(&asked).map_or_else(|refusal| refusal, |order| perform(&app, order, fault))
    })
    .await
}

fn order(asked: &Value) -> Result<Order, Answer> {
    let bad = |message| Answer::new(StatusCode::BAD_REQUEST, error(message));
    let order_id = asked.get("order_id").and_then(Value::as_str).filter(|text| !text.is_empty());
    let order_id = order_id.ok_or_else(|| bad("order_id wajib diisi"))?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_~.".contains(c);
    if order_id.len() > MAX_ORDER_ID_CHARS || !order_id.chars().all(allowed) {
        return Err(by_snap("transaction_details.order_id tidak valid"));
    }
    let amount = asked.get("amount").and_then(Value::as_u64).filter(|amount| *amount > 0);
    let amount = amount.ok_or_else(|| bad("amount harus berupa angka"))?;
    if amount > MAXIMUM {
        return Err(by_snap("transaction_details.gross_amount terlalu besar"));
    }
    if let Some(items) = asked.get("item_details") {
        check_items(items, amount).map_err(by_snap)?;
    }
    let customer = asked.get("customer_details").and_then(|all| all.get("first_name"));
    let customer = customer.and_then(Value::as_str).map(|name| name.chars().take(100).collect());
    Ok(Order {
        played: &PLAYED,
        merchant_ref: order_id.to_owned(),
        amount,
        customer,
        expires_in_s: LIFE_S,
        // What the customer will choose on the page.
        method: "qris".to_owned(),
    })
}

/// Snap takes no items that do not add up, and no long names.
fn check_items(items: &Value, amount: u64) -> Result<(), &'static str> {
    let wrong = "transaction_details.gross_amount is not equal to the sum of item_details";
    let mut sum = 0_i64;
    for item in items.as_array().ok_or("item_details tidak valid")? {
        let number =
            |name| item.get(name).and_then(Value::as_i64).ok_or("item_details tidak valid");
        let name =
            item.get("name").and_then(Value::as_str).ok_or("item_details.name wajib diisi")?;
        if name.chars().count() > MAX_ITEM_NAME_CHARS {
            return Err("item_details.name terlalu panjang");
        }
        let line = number("price")?.checked_mul(number("quantity")?).ok_or(wrong)?;
        sum = sum.checked_add(line).ok_or(wrong)?;
    }
    if u64::try_from(sum) == Ok(amount) { Ok(()) } else { Err(wrong) }
}

/// The page of a used order_id is never handed out again.
fn perform(app: &App, order: Order, fault: Option<Fault>) -> Answer {
    match app.book().create(order, fault) {
        Made::New(bill) => {
            let token = uuid(&bill.reference);
            let url = format!("https://app.sandbox.midtrans.com/snap/v4/redirection/{token}");
            Answer::new(StatusCode::CREATED, json!({"redirect_url": url, "token": token}))
        }
        Made::Again(_) => by_snap("transaction_details.order_id sudah digunakan"),
        Made::NoQr => by_snap("transaction_details.gross_amount terlalu besar"),
    }
}
