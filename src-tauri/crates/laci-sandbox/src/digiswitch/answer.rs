//! Answers: whole ones for what worked, few fields for what did not, with a 400 that its clients have to read past.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::ask::Asked;
use super::code::Code;
use crate::fault::Answer;
use crate::ppob::{State, Trade};

pub(super) fn failed(message: &str) -> Value {
    json!({"data": {"message": message, "status": "Gagal", "rc": "40"}})
}

pub(super) fn trouble(message: &str) -> Value {
    json!({"message": message})
}

pub(super) async fn wrong_method() -> Answer {
    Answer::new(StatusCode::METHOD_NOT_ALLOWED, trouble("Method Not Allowed"))
}

pub(super) fn done(data: Value) -> Answer {
    Answer::new(StatusCode::OK, json!({"data": data}))
}

/// With what was asked, as far as it was given.
pub(super) fn refused(asked: &Asked, code: Code) -> Answer {
    let (rc, message) = code.rc();
    let mut data = json!({"message": message, "status": "Gagal", "rc": rc});
    for name in ["ref_id", "customer_no", "code"] {
        if let Some(text) = asked.text(name) {
            data[name] = json!(text);
        }
    }
    Answer::new(StatusCode::BAD_REQUEST, json!({"data": data}))
}

pub(super) fn purchase(trade: &Trade, balance: u64) -> Answer {
    let product = trade.product;
    let (status, rc, message, sn) = match trade.state {
        State::Inquired => ("Sukses", "00", "Transaksi Sukses", ""),
        State::Paid => ("Sukses", "00", "Transaksi Sukses", product.sn),
        State::Pending => ("Pending", "03", "Transaksi Pending", ""),
        State::Failed => ("Gagal", "02", "Transaksi Gagal", ""),
    };
    let code = product.codes.first();
    let mut data = json!({
        "ref_id": trade.ref_id,
        "customer_no": trade.customer_no,
        "code": code,
        "message": message,
        "status": status,
        "rc": rc,
    });
    match trade.state {
        State::Pending => return done(data),
        State::Failed => return Answer::new(StatusCode::BAD_REQUEST, json!({"data": data})),
        State::Inquired | State::Paid => {}
    }
    let desc: Value = serde_json::from_str(product.desc).unwrap_or_default();
    let rest = [
        ("name", json!("Nama Pelanggan Pertama")),
        ("admin", json!(product.admin)),
        ("sn", json!(sn)),
        ("balance", json!(balance)),
        ("price", json!(product.price)),
        ("selling_price", json!(product.selling_price)),
        ("desc", desc),
    ];
    for (name, value) in rest {
        data[name] = value;
    }
    if let Some(commission) = product.base_commission {
        data["base_commission"] = json!(commission);
    }
    done(data)
}
