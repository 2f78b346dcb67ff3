//! A shop's middleware in front of Midtrans Snap, as its paper has it: two calls, the merchant's own order_id as the
//! bill's only name, Midtrans' words. What the paper leaves open (error bodies, the status before the customer chose
//! how to pay) is answered as Midtrans and a small Flask host do.
//!
//! Deliberately absent: Snap's page; the customer pays on this server's own.

mod charge;
mod refuse;
mod status;

use axum::Router;
use axum::routing::{any, get, post};

use crate::app::App;
use crate::played::Played;

pub(crate) const PLAYED: Played = Played {
    code: "midtrans",
    base: "/midtrans",
    reference: |_, _| String::new(),
    unique_names: true,
    unique_codes: false,
    fields_in: None,
    others: &[("order_id", "PESANAN-ORANG-LAIN")],
    failed: refuse::body,
    trouble: refuse::body,
};

/// The one application that the played middleware knows.
pub const APP_CODE: &str = "laci-latihan";

pub(crate) fn routes() -> Router<App> {
    let wrong = refuse::wrong_method;
    Router::new()
        .route("/midtrans/charge", post(charge::charge).fallback(wrong))
        .route("/midtrans/status/{order_id}", get(status::status).fallback(wrong))
        .route("/midtrans/{*other}", any(refuse::no_page))
}

/// `0f8736b5-2f1f-40bd-b3ad-0ef0a06d3443`: a name in Midtrans' form, always the same one for one `text`.
fn uuid(text: &str) -> String {
    // FNV-1a, from two beginnings.
    let hash = |start: u64| {
        text.bytes()
            .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    };
    let hex = format!("{:016x}{:016x}", hash(0xcbf2_9ce4_8422_2325), hash(0x8422_2325_cbf2_9ce4));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_midtrans_form_differ() {
        let seen: std::collections::BTreeSet<String> =
            (0..5_000).map(|at| uuid(&format!("INV-{at}"))).collect();
        assert_eq!(seen.len(), 5_000);
        assert!(seen.iter().all(|name| name.len() == 36 && name.matches('-').count() == 4));
    }
}
