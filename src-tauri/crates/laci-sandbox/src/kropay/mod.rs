//! Kropay as its document has it: two calls, their fields, their words. What the document leaves open (errors,
//! duplicates) is answered in the way of the framework that its texts point to, and can be switched.

mod create;
mod refuse;
mod status;

use axum::Router;
use axum::routing::{get, post};
use serde_json::json;

pub(crate) use refuse::not_found;

use crate::app::App;
use crate::played::{Played, scattered};

pub(crate) const PLAYED: Played = Played {
    code: "kropay",
    base: "",
    reference: |day, count| format!("PG-{day}{:06X}", scattered(count, 1 << 24)),
    unique_names: true,
    unique_codes: true,
    fields_in: None,
    others: &[("reference", "PG-20260101FFFFFF"), ("merchant_ref", "PESANAN-ORANG-LAIN")],
    failed: |message| json!({"success": false, "message": message}),
    trouble: |message| json!({"message": message}),
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/payment/create", post(create::create).fallback(refuse::wrong_method))
        .route(
            "/api/v1/payment/status/{reference}",
            get(status::status).fallback(refuse::wrong_method),
        )
        .route("/api/v1/qris/{file}", get(status::image))
}
