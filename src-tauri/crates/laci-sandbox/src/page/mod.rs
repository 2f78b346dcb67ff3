//! The customer's side: a list of the open bills, and a page with one button. Plain HTML, no scripts.

mod escape;
mod list;
mod pay;
mod shell;

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list::list))
        .route("/bayar/{reference}", get(pay::show).post(pay::pay))
}
