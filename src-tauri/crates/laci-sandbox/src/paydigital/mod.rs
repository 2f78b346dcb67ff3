//! Paydigital as its document has it: two calls, form bodies, the key in a header or in the form, and two fields
//! called `status`. What the document leaves open (error bodies, words other than `paid`, how long a bill lives) is
//! answered in the way of a small PHP host.

mod ask;
mod create;
mod refuse;
mod status;

use axum::Router;
use axum::routing::{any, get, post};

use crate::app::App;
use crate::played::{Played, scattered};

pub(crate) const PLAYED: Played = Played {
    code: "paydigital",
    base: "/paydigital/api",
    reference: |day, count| format!("PYG{day}{:06}", scattered(count, 1_000_000)),
    unique_names: false,
    unique_codes: true,
    fields_in: Some("data"),
    others: &[("invoice", "PYG20260101999999")],
    failed: refuse::body,
    trouble: refuse::body,
};

/// The one shop of the played account.
pub const STORE_ID: u32 = 1;

pub(crate) fn routes() -> Router<App> {
    let wrong = refuse::wrong_method;
    Router::new()
        .route("/paydigital/api/create_payment.php", post(create::create).fallback(wrong))
        .route(
            "/paydigital/api/payment.php",
            get(status::status).post(status::status).fallback(wrong),
        )
        .route("/paydigital/{*other}", any(refuse::no_page))
}
