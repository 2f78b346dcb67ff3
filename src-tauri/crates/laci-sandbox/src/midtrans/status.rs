//! `GET /status/{order_id}`: the document's five fields, and beside them what Midtrans' own answer has.

use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::refuse::wrong_key;
use super::{PLAYED, uuid};
use crate::app::App;
use crate::book::{Bill, BillState};
use crate::call;
use crate::clock;
use crate::fault::{Answer, Fault, Operation};
use crate::line::Cut;

pub(super) async fn status(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(order_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    call::serve(&app, &PLAYED, Operation::Status, &cut, |fault| {
        if let Some(refusal) = wrong_key(&app, &headers) {
            return refusal;
        }
        let bill = app.book().poll(&PLAYED, &order_id, fault).ok();
        let said = bill.as_ref().and_then(|bill| wire(bill, fault));
        // HTTP says only that Midtrans was asked.
        Answer::new(StatusCode::OK, said.unwrap_or_else(|| not_known(&order_id)))
    })
    .await
}

/// Midtrans' 404 stands inside.
fn not_known(order_id: &str) -> Value {
    json!({
        "id": uuid(&format!("{order_id}?")),
        "status_code": "404",
        "status_message": "Transaction doesn't exist.",
    })
}

/// `None` for an order that Midtrans does not know: nobody has chosen how to pay it.
fn wire(bill: &Bill, fault: Option<Fault>) -> Option<Value> {
    let (status_code, word) = match (fault, word(bill.state)) {
        (Some(Fault::UnknownWord), _) => ("200", "diproses"),
        (Some(_) | None, word) => word?,
    };
    let total = bill.total();
    // Midtrans writes it as a text with decimals, as does the fault, which starts from a number.
    let gross_amount = match fault {
        Some(Fault::AmountStrings) => json!(total),
        Some(_) | None => json!(format!("{total}.00")),
    };
    Some(json!({
        "id": uuid(&format!("{}!", bill.reference)),
        "transaction_status": word,
        "fraud_status": "accept",
        "status_code": status_code,
        "status_message": "Success, transaction is found",
        "order_id": bill.reference,
        "gross_amount": gross_amount,
        "currency": "IDR",
        "payment_type": bill.order.method,
        "transaction_time": clock::naive(bill.created_at_s),
        "settlement_time": bill.paid_at(),
    }))
}

/// Midtrans' code for the state, and its word.
fn word(state: BillState) -> Option<(&'static str, &'static str)> {
    match state {
        BillState::Pending => None,
        BillState::Success => Some(("200", "settlement")),
        BillState::Failed => Some(("202", "failure")),
        BillState::Expired => Some(("407", "expire")),
        BillState::Cancelled => Some(("200", "cancel")),
        BillState::Reversed => Some(("200", "refund")),
    }
}
