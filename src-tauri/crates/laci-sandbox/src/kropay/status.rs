//! `GET /api/v1/payment/status/{reference}`, and the QR's picture, which needs no key.

use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use laci_qris::symbol::{Level, Symbol};
use serde_json::{Value, json};

use super::PLAYED;
use super::refuse::{not_found, wrong_key};
use crate::app::App;
use crate::book::Bill;
use crate::call;
use crate::clock;
use crate::fault::{Answer, Operation};
use crate::line::Cut;

pub(super) async fn status(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Response {
    call::serve(&app, &PLAYED, Operation::Status, &cut, |fault| {
        if let Some(refusal) = wrong_key(&app, &headers) {
            return refusal;
        }
        match app.book().poll(&PLAYED, &reference, fault) {
            Ok(bill) => Answer::new(StatusCode::OK, wire(&bill)),
            Err(_) => {
                let body = json!({"success": false, "message": "Transaksi tidak ditemukan."});
                Answer::new(StatusCode::NOT_FOUND, body)
            }
        }
    })
    .await
}

fn wire(bill: &Bill) -> Value {
    json!({
        "success": true,
        "reference": bill.reference,
        "merchant_ref": bill.order.merchant_ref,
        "amount": bill.order.amount,
        "fee": bill.unique_code,
        "total_amount": bill.total(),
        "net_amount": bill.order.amount,
        "status": bill.state.as_str(),
        "created_at": clock::naive(bill.created_at_s),
        "paid_at": bill.paid_at(),
    })
}

/// `{reference}.svg`.
pub(super) async fn image(State(app): State<App>, Path(file): Path<String>) -> Response {
    let bill = file.strip_suffix(".svg").and_then(|reference| app.book().bill(reference));
    let Some(bill) = bill else { return not_found().await.into_response() };
    match Symbol::draw(&bill.payload, Level::M) {
        Ok(symbol) => ([(header::CONTENT_TYPE, "image/svg+xml")], symbol.to_svg()).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
