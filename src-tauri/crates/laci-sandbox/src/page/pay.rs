//! `GET` and `POST /bayar/{reference}`: what the customer's app would show, with one button.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::escape::{escape, rupiah};
use super::shell::page;
use crate::app::App;
use crate::book::{Bill, BillState, Event};
use crate::clock;
use crate::qris::MERCHANT;

const BACK: &str = "<a class=\"back\" href=\"/\">Semua tagihan</a>";

pub(super) async fn show(State(app): State<App>, Path(reference): Path<String>) -> Response {
    let bill = app.book().bill(&reference);
    match bill {
        Some(bill) => page(StatusCode::OK, "Bayar QRIS latihan", None, &body(&bill)),
        None => none(),
    }
}

/// The customer pays, and is sent to the page that says so (so that reloading it pays nothing).
pub(super) async fn pay(State(app): State<App>, Path(reference): Path<String>) -> Response {
    let paid = app.book().happen(&reference, Event::Pay);
    match paid {
        Ok(bill) => {
            let to = format!("/bayar/{}", bill.reference);
            (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
        }
        Err(_) => none(),
    }
}

fn none() -> Response {
    let body = format!(
        "<div class=\"card bill\"><h1>Tagihan tidak ada</h1><p class=\"lead\">Periksa nomornya, atau buat QRIS baru di kasir.</p></div>{BACK}"
    );
    page(StatusCode::NOT_FOUND, "Tagihan tidak ada", None, &body)
}

fn body(bill: &Bill) -> String {
    let reference = escape(&bill.reference);
    let customer = bill
        .order
        .customer
        .as_deref()
        .map_or(String::new(), |name| format!("<dt>Pelanggan</dt><dd>{}</dd>", escape(name)));
    format!(
        "<div class=\"card bill\">\n<p>Bayar kepada</p>\n<p class=\"to\">{MERCHANT}</p>\n\
         <img src=\"/api/v1/qris/{reference}.svg\" alt=\"QRIS {reference}\">\n\
         <p class=\"total\">{}</p>\n<dl><dt>Harga</dt><dd>{}</dd><dt>Kode unik</dt><dd>{}</dd>{customer}\
         <dt>Referensi</dt><dd>{reference}</dd><dt>Berlaku sampai</dt><dd>{}</dd></dl>\n{}\n</div>\n{BACK}",
        rupiah(bill.total()),
        rupiah(bill.order.amount),
        rupiah(bill.unique_code),
        clock::of_day(bill.expires_at_s),
        end(bill, &reference),
    )
}

/// The button, or what became of the bill. An expired one can still be paid, as in real life.
fn end(bill: &Bill, reference: &str) -> String {
    let form = |label: &str| {
        format!(
            "<form method=\"post\" action=\"/bayar/{reference}\"><button class=\"button\" autofocus>{label}</button></form>"
        )
    };
    match bill.state {
        BillState::Pending => form("Bayar"),
        BillState::Expired => format!(
            "<p class=\"lead\">Tagihan ini sudah kedaluwarsa. Membayarnya sekarang menjadi pembayaran terlambat.</p>{}",
            form("Bayar terlambat")
        ),
        BillState::Success => "<p class=\"done lunas\">Pembayaran berhasil</p>".to_owned(),
        BillState::Failed => "<p class=\"done galat\">Pembayaran gagal</p>".to_owned(),
        BillState::Cancelled => "<p class=\"done galat\">Tagihan dibatalkan</p>".to_owned(),
        BillState::Reversed => "<p class=\"done galat\">Uang dikembalikan</p>".to_owned(),
    }
}
