//! Digiswitch as its document has it: one call for all purchases, everything in `data`, signatures in the body. What the
//! document leaves open (failures, codes, status, lists, balance) is answered in Digiflazz's way.

mod answer;
mod ask;
mod code;
mod lists;
mod transaction;

use axum::Router;
use axum::routing::post;

use crate::app::App;
use crate::played::{Played, scattered};

pub(crate) const PLAYED: Played = Played {
    code: "digiswitch",
    base: "/digiswitch/v1/user/api",
    reference: |day, count| format!("DGS{day}{:06}", scattered(count, 1_000_000)),
    unique_names: false,
    unique_codes: false,
    fields_in: Some("data"),
    others: &[("ref_id", "PESANAN-ORANG-LAIN"), ("customer_no", "530000000099")],
    failed: answer::failed,
    trouble: answer::trouble,
};

/// The user name of the played account; its key is the sandbox's.
pub const USERNAME: &str = "laci-latihan";

pub(crate) fn routes() -> Router<App> {
    let wrong = answer::wrong_method;
    Router::new()
        .route(
            "/digiswitch/v1/user/api/transaction",
            post(transaction::transaction).fallback(wrong),
        )
        .route("/digiswitch/v1/user/api/price-list", post(lists::prices).fallback(wrong))
        .route("/digiswitch/v1/user/api/deposit", post(lists::deposit).fallback(wrong))
        .route("/digiswitch/v1/user/api/cek-saldo", post(lists::balance).fallback(wrong))
        .route("/digiswitch/v1/user/api/inquiry-pln", post(lists::pln).fallback(wrong))
}
