//! What every page shares: head, style, banner. Self-contained: no font, script or picture from elsewhere.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::book::BillState;

/// Nothing but its own style and forms to itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLE: &str = include_str!("page.css");

/// `body` is HTML with every text escaped. `refresh_s` reloads the page.
pub(super) fn page(
    status: StatusCode,
    title: &str,
    refresh_s: Option<u32>,
    body: &str,
) -> Response {
    let refresh = refresh_s
        .map(|seconds| format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">"))
        .unwrap_or_default();
    let html = format!(
        "<!doctype html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{refresh}\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <p class=\"banner\">Latihan, bukan uang sungguhan</p>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (status, headers, html).into_response()
}

/// The state's class and word.
pub(super) fn pill(state: BillState) -> String {
    let (class, word) = match state {
        BillState::Pending => ("belum", "Menunggu"),
        BillState::Success => ("lunas", "Lunas"),
        BillState::Failed => ("galat", "Gagal"),
        BillState::Expired => ("luring", "Kedaluwarsa"),
        BillState::Cancelled => ("luring", "Dibatalkan"),
        BillState::Reversed => ("luring", "Dikembalikan"),
    };
    format!("<span class=\"pill {class}\">{word}</span>")
}
