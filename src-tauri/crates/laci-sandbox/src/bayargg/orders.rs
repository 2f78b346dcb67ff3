//! `GET wa-store-orders.php` and `POST wa-store-complete.php`.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Call, bad, done, refused};
use crate::book::WaOrder;
use crate::fault::Answer;

const LIMIT: u64 = 50;
const MAX_LIMIT: u64 = 100;
const STATES: [&str; 6] =
    ["pending", "waiting_payment", "paid", "processing", "completed", "cancelled"];

pub(super) async fn list(call: Call) -> Response {
    call.serve(|_| found(&call).unwrap_or_else(|refusal| refusal)).await
}

fn found(call: &Call) -> Result<Answer, Answer> {
    let book = call.app.book();
    if let Some(number) = call.text("order_number") {
        let order = book.wa_store.order(number);
        let order = order.ok_or_else(|| not_there("Pesanan tidak ditemukan"))?;
        return Ok(done(json!({"success": true, "order": row(order)})));
    }
    let limit = call.number("limit", LIMIT, MAX_LIMIT)?.max(1);
    let offset = call.number("offset", 0, u64::MAX)?;
    if call.text("status").is_some_and(|word| !STATES.contains(&word)) {
        return Err(bad("Parameter status tidak valid"));
    }
    let fit: Vec<Value> =
        book.wa_store.all().iter().filter(|order| fits(call, order)).map(row).collect();
    let (total, size) = (fit.len(), |number| usize::try_from(number).unwrap_or(usize::MAX));
    let orders: Vec<Value> = fit.into_iter().skip(size(offset)).take(size(limit)).collect();
    Ok(done(json!({
        "success": true,
        "orders": orders,
        "total": total,
        "limit": limit,
        "offset": offset,
    })))
}

fn fits(call: &Call, order: &WaOrder) -> bool {
    let holds = |text: &str| {
        let text = text.to_lowercase();
        let places = [order.number, order.customer, order.phone, order.invoice.unwrap_or_default()];
        places.iter().any(|place| place.to_lowercase().contains(&text))
    };
    call.text("status").is_none_or(|word| word == order.status)
        && call.text("search").is_none_or(holds)
}

pub(super) async fn complete(call: Call, body: Bytes) -> Response {
    call.serve(|_| ended(&call, &body)).await
}

fn ended(call: &Call, body: &[u8]) -> Answer {
    let asked: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let Some(number) = asked["order_number"].as_str() else {
        return bad("Parameter order_number wajib diisi");
    };
    let completed = match asked.get("status").map(|word| word.as_str().unwrap_or_default()) {
        None | Some("completed") => true,
        Some("cancelled") => false,
        Some(_) => return bad("Parameter status tidak valid"),
    };
    let Some(notify) = asked.get("notify").map_or(Some(true), Value::as_bool) else {
        return bad("Parameter notify tidak valid");
    };
    let mut book = call.app.book();
    if book.wa_store.order(number).is_none() {
        return not_there("Pesanan tidak ditemukan");
    }
    match book.wa_store.end(number, completed) {
        Ok(order) => done(json!({"success": true, "order": row(&order), "notified": notify})),
        Err(why) => bad(why),
    }
}

fn not_there(message: &str) -> Answer {
    refused(StatusCode::NOT_FOUND, message)
}

fn row(order: &WaOrder) -> Value {
    json!({
        "order_number": order.number,
        "customer_name": order.customer,
        "customer_phone": order.phone,
        "invoice_id": order.invoice,
        "items": [{"name": order.item, "quantity": 1, "price": order.total}],
        "total_amount": order.total,
        "status": order.status,
        "created_at": order.created_at,
    })
}
