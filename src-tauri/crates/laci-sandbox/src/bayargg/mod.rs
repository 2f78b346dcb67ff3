//! Bayar.gg as its document has it: JSON, the key in a header only, bills with a unique code, lists and statistics over
//! the book, a QRIS converter, and a WhatsApp store. What the document leaves open (the shapes of most answers) is
//! answered in the way of its plugin and its clients, and the two shapes of a bill can be switched. Deliberately
//! absent: `accounts-connect`, which takes bank passwords, and the webhook.

mod account;
mod ask;
mod check;
mod convert;
mod create;
mod list;
mod multipart;
mod orders;
mod products;
mod wire;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};

use crate::app::App;
use crate::played::{Played, scattered};

pub(crate) const PLAYED: Played = Played {
    code: "bayargg",
    base: "/bayargg/api",
    reference: |day, count| format!("PAY-admin-{day}-{:06X}", scattered(count, 1 << 24)),
    unique_names: false,
    unique_codes: true,
    fields_in: None,
    others: &[("invoice_id", "PAY-admin-20260101-FFFFFF")],
    failed: ask::failed,
    trouble: ask::failed,
};
const IN_PAYMENT: Played = Played { fields_in: Some("payment"), ..PLAYED };
const IN_DATA: Played = Played { fields_in: Some("data"), ..PLAYED };
const IN_PAYMENTS: Played = Played { fields_in: Some("payments"), ..PLAYED };
/// A picture of five megabytes as base64.
const MAX_PICTURE_BYTES: usize = 8 * 1024 * 1024;

pub(crate) fn routes() -> Router<App> {
    let route = |router: Router<App>, (name, calls): (&str, axum::routing::MethodRouter<App>)| {
        router.route(&format!("/bayargg/api/{name}.php"), calls.fallback(ask::wrong_method))
    };
    [
        ("create-payment", post(create::create)),
        ("check-payment", get(check::check)),
        ("list-payments", get(list::list)),
        ("get-payment-methods", get(account::methods)),
        ("get-account-status", get(account::status)),
        ("get-statistics", get(account::statistics)),
        ("list-files", get(products::files)),
        ("list-contents", get(products::contents)),
        ("list-images", get(products::images)),
        ("qris-convert", post(convert::convert).layer(DefaultBodyLimit::max(MAX_PICTURE_BYTES))),
        ("qris-info", get(convert::info_get).post(convert::info_post)),
        ("wa-store-orders", get(orders::list)),
        ("wa-store-complete", post(orders::complete)),
    ]
    .into_iter()
    .fold(Router::new(), route)
    .route("/bayargg/{*other}", any(ask::no_page))
}
