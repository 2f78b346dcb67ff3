//! `GET check-payment.php`.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Call, bad, done, refused};
use super::{IN_DATA, PLAYED, wire};
use crate::book::Bill;
use crate::fault::{Answer, Fault, Operation};

pub(super) async fn check(call: Call) -> Response {
    let played = if call.is_plugin() { &IN_DATA } else { &PLAYED };
    call.serve_as(Operation::Status, played, |fault| look(&call, fault)).await
}

fn look(call: &Call, fault: Option<Fault>) -> Answer {
    let Some(invoice) = call.text("invoice") else {
        // The parameter is `invoice`; what the answers call it is not read here.
        return match call.text("invoice_id") {
            Some(_) => refused(StatusCode::NOT_FOUND, "Payment not found"),
            None => bad("Parameter invoice wajib diisi"),
        };
    };
    match call.app.book().poll(&PLAYED, invoice, fault) {
        Ok(bill) if call.is_plugin() => done(json!({"success": true, "data": fields(&bill)})),
        Ok(bill) => {
            let mut flat = fields(&bill);
            flat["success"] = json!(true);
            done(flat)
        }
        Err(_) => refused(StatusCode::NOT_FOUND, "Payment not found"),
    }
}

fn fields(bill: &Bill) -> Value {
    json!({
        "invoice_id": bill.reference,
        "status": wire::word(bill.state),
        "amount": bill.order.amount,
        "final_amount": bill.total(),
        "payment_method": bill.order.method,
        "paid_at": bill.paid_at(),
        "paid_reff_num": bill.paid_at_s.map(|at| format!("TRX{at}")),
        "expires_at": bill.expires_at(),
    })
}
