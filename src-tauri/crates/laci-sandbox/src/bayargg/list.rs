//! `GET list-payments.php`: every filter of the document over the book's bills.

use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Call, bad, done};
use super::{IN_DATA, IN_PAYMENTS, PLAYED, wire};
use crate::book::{Bill, BillState};
use crate::fault::{Answer, Operation};

const LIMIT: u64 = 20;
const MAX_LIMIT: u64 = 100;

pub(super) async fn list(call: Call) -> Response {
    let played = if call.is_plugin() { &IN_PAYMENTS } else { &IN_DATA };
    let act = |_| found(&call).unwrap_or_else(|refusal| refusal);
    call.serve_as(Operation::Call, played, act).await
}

fn found(call: &Call) -> Result<Answer, Answer> {
    let limit = call.number("limit", LIMIT, MAX_LIMIT)?.max(1);
    let page = call.number("page", 1, u64::MAX)?.max(1);
    for name in ["start_date", "end_date"] {
        if call.text(name).is_some_and(|day| !is_date(day)) {
            return Err(bad(&format!("Parameter {name} harus YYYY-MM-DD")));
        }
    }
    if let Some(word) = call.text("status")
        && !["pending", "paid", "expired", "cancelled"].contains(&word)
    {
        return Err(bad("Parameter status tidak valid"));
    }
    let bills = call.app.book().bills_of(&PLAYED);
    let fit: Vec<&Bill> = bills.iter().filter(|bill| fits(call, bill)).collect();
    let total = fit.len();
    let skipped = usize::try_from((page - 1).saturating_mul(limit)).unwrap_or(usize::MAX);
    let taken = usize::try_from(limit).unwrap_or(usize::MAX);
    let rows: Vec<Value> =
        fit.into_iter().skip(skipped).take(taken).map(|bill| row(call, bill)).collect();
    let name = if call.is_plugin() { "payments" } else { "data" };
    let pages = total.div_ceil(taken);
    let at = json!({"page": page, "limit": limit, "total": total, "total_pages": pages});
    Ok(done(json!({"success": true, name: rows, "pagination": at})))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2)
        && parts.iter().all(digits)
}

fn fits(call: &Call, bill: &Bill) -> bool {
    let day = wire::date(bill.created_at_s);
    let paid = bill.state == BillState::Success;
    call.text("search").is_none_or(|text| holds(bill, text))
        && call.text("status").is_none_or(|word| word == wire::word(bill.state))
        && call.text("payment_method").is_none_or(|method| method == bill.order.method)
        && call.text("paid_via").is_none_or(|method| paid && method == bill.order.method)
        && call.text("start_date").is_none_or(|start| day.as_str() >= start)
        && call.text("end_date").is_none_or(|end| day.as_str() <= end)
}

/// The book knows no e-mail address and no number, so these are not searched.
fn holds(bill: &Bill, text: &str) -> bool {
    let text = text.to_lowercase();
    let customer = bill.order.customer.as_deref().unwrap_or_default();
    let places = [bill.reference.as_str(), &bill.order.merchant_ref, customer];
    places.iter().any(|place| place.to_lowercase().contains(&text))
}

fn row(call: &Call, bill: &Bill) -> Value {
    let mut fields = wire::bill(bill);
    let paid_via = (bill.state == BillState::Success).then(|| bill.order.method.clone());
    for (name, value) in [
        ("description", json!(bill.order.merchant_ref)),
        ("customer_name", json!(bill.order.customer)),
        ("payment_url", json!(wire::page(bill, call.host()))),
        ("created_at", json!(crate::clock::naive(bill.created_at_s))),
        ("paid_at", json!(bill.paid_at())),
        ("paid_via", json!(paid_via)),
    ] {
        fields.insert(name.to_owned(), value);
    }
    if call.is_plugin() {
        wire::with_qris(&mut fields, bill);
    }
    Value::Object(fields)
}
