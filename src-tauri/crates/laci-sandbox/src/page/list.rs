//! `GET /`: the bills, newest first; it reloads by itself.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::escape::{escape, rupiah};
use super::shell::{page, pill};
use crate::app::App;
use crate::book::{BillState, BillView};
use crate::clock;

const SHOWN: usize = 50;
const RELOAD_S: u32 = 2;

pub(super) async fn list(State(app): State<App>) -> Response {
    let bills = app.book().views();
    let rows: String = bills.iter().take(SHOWN).map(row).collect();
    let inside = if rows.is_empty() {
        "<p class=\"none\">Belum ada tagihan. Buat QRIS di kasir; tagihannya muncul di sini.</p>"
            .to_owned()
    } else {
        rows
    };
    let body = format!(
        "<h1>Pelanggan latihan</h1>\n<p class=\"lead\">Pilih tagihan, lalu bayar sebagai pelanggan.</p>\n\
         <div class=\"card\">{inside}</div>"
    );
    page(StatusCode::OK, "Pelanggan latihan", Some(RELOAD_S), &body)
}

fn row(bill: &BillView) -> String {
    let reference = escape(&bill.reference);
    let go = if bill.status == BillState::Pending {
        "<span class=\"button go\">Bayar</span>"
    } else {
        ""
    };
    format!(
        "<a class=\"row\" href=\"/bayar/{reference}\"><b>{}</b>{}{go}<small>{reference} · sampai {}</small></a>\n",
        rupiah(bill.total_amount),
        pill(bill.status),
        clock::of_day(bill.expires_at_s),
    )
}
