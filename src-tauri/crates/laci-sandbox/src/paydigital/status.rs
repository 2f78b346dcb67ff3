//! `GET` or `POST payment.php`.

use axum::body::Bytes;
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::PLAYED;
use super::ask::Asked;
use super::refuse::{refused, wrong_key};
use crate::app::App;
use crate::book::{Bill, BillState};
use crate::call;
use crate::fault::{Answer, Fault, Operation};
use crate::line::Cut;
use crate::qris::MERCHANT;

pub(super) async fn status(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked::read(&headers, query.as_deref(), &body);
    call::serve(&app, &PLAYED, Operation::Status, &cut, |fault| {
        wrong_key(&app, &asked).unwrap_or_else(|| look(&app, &asked, fault))
    })
    .await
}

fn look(app: &App, asked: &Asked, fault: Option<Fault>) -> Answer {
    let Some(invoice) = asked.either("invoice").filter(|text| !text.is_empty()) else {
        return refused(StatusCode::BAD_REQUEST, "Parameter invoice wajib diisi");
    };
    match app.book().poll(&PLAYED, invoice, fault) {
        Ok(bill) => Answer::new(StatusCode::OK, wire(&bill)),
        Err(_) => refused(StatusCode::NOT_FOUND, "Invoice tidak ditemukan"),
    }
}

/// The root's `success` stands there whatever the payment's own word is.
fn wire(bill: &Bill) -> Value {
    json!({
        "status": "success",
        "data": {
            "invoice": bill.reference,
            "amount": bill.order.amount,
            "unique_code": bill.unique_code,
            "total_amount": bill.total(),
            "status": word(bill.state),
            "paid_at": bill.paid_at(),
            "customer_name": bill.order.customer,
            "store_name": MERCHANT,
        },
    })
}

/// The document has `paid` only.
fn word(state: BillState) -> &'static str {
    match state {
        BillState::Pending => "pending",
        BillState::Success => "paid",
        BillState::Failed => "failed",
        BillState::Expired => "expired",
        BillState::Cancelled => "cancelled",
        // The document has no word for money that was given back.
        BillState::Reversed => "reversed",
    }
}
