//! Kropay as its document has it: two calls, their fields, their words. What the document leaves open (errors,
//! duplicates) is answered in the way of the framework that its texts point to, and can be switched.

mod create;
mod refuse;
mod status;

use axum::Router;
use axum::routing::{get, post};

pub(crate) use refuse::not_found;

use crate::app::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/payment/create", post(create::create).fallback(refuse::wrong_method))
        .route(
            "/api/v1/payment/status/{reference}",
            get(status::status).fallback(refuse::wrong_method),
        )
        .route("/api/v1/qris/{file}", get(status::image))
}
