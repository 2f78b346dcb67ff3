//! `POST create_payment.php`.

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::Asked;
use super::refuse::{refused, wrong_key};
use super::{PLAYED, STORE_ID};
use crate::app::App;
use crate::book::{Bill, Made, Order};
use crate::call;
use crate::fault::{Answer, Fault, Operation};
use crate::line::Cut;

const MINIMUM: u64 = 1_000;
/// As Kropay's: beyond it is a typing error even in practice.
const MAXIMUM: u64 = 100_000_000;
/// The document does not say how long a bill lives.
const LIFE_S: u32 = 900;

pub(super) async fn create(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked::read(&headers, None, &body);
    if let Some(description) = asked.form("description") {
        app.book().count_create(description);
    }
    call::serve(&app, &PLAYED, Operation::Create, &cut, |fault| {
        if let Some(refusal) = wrong_key(&app, &asked) {
            return refusal;
        }
        order(&asked).map_or_else(|refusal| refusal, |order| perform(&app, order, fault, &headers))
    })
    .await
}

fn order(asked: &Asked) -> Result<Order, Answer> {
    let bad = |message| refused(StatusCode::BAD_REQUEST, message);
    let number = |name| asked.form(name).and_then(|text| text.parse::<u64>().ok());
    let store = number("store_id").ok_or_else(|| bad("Parameter store_id wajib diisi"))?;
    if store != u64::from(STORE_ID) {
        return Err(refused(StatusCode::NOT_FOUND, "Toko tidak ditemukan"));
    }
    let amount = number("amount").ok_or_else(|| bad("Parameter amount tidak valid"))?;
    if amount < MINIMUM {
        return Err(bad("Minimal pembayaran Rp 1.000"));
    }
    if amount > MAXIMUM {
        return Err(bad("Maksimal pembayaran Rp 100.000.000"));
    }
    let customer = asked.form("customer_name").map(|name| name.chars().take(100).collect());
    let merchant_ref = asked.form("description").unwrap_or_default().to_owned();
    let method = String::new();
    Ok(Order { played: &PLAYED, merchant_ref, amount, customer, expires_in_s: LIFE_S, method })
}

fn perform(app: &App, order: Order, fault: Option<Fault>, headers: &HeaderMap) -> Answer {
    match app.book().create(order, fault) {
        Made::New(bill) | Made::Again(bill) => Answer::new(StatusCode::OK, wire(&bill, headers)),
        Made::NoQr => refused(StatusCode::BAD_REQUEST, "Parameter amount tidak valid"),
    }
}

/// The document's `qr_url` is another company's server; here it is this one's picture.
fn wire(bill: &Bill, headers: &HeaderMap) -> Value {
    let host = headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or("127.0.0.1");
    json!({
        "status": "success",
        "data": {
            "invoice": bill.reference,
            "amount": bill.order.amount,
            "unique_code": bill.unique_code,
            "total_amount": bill.total(),
            "qr_content": bill.payload,
            "qr_url": format!("http://{host}/api/v1/qris/{}.svg", bill.reference),
            "payment_url": format!("http://{host}/bayar/{}", bill.reference),
            "expired_at": bill.expires_at(),
        },
    })
}
