//! The receipt from top to bottom: head, lines, sums, payment, footer. Layout version 1.

use laci_core::Rupiah;

use super::page::{Page, date, date_and_time};
use super::{Columns, Reprint, Row, items};
use crate::document::{Document, Mark};

pub(super) fn rows(document: &Document, columns: Columns, reprint: Option<Reprint>) -> Vec<Row> {
    let mut page = Page::new(columns, document.practice);
    head(&mut page, document);
    for line in &document.lines {
        page.lines(items::rows(line, columns), false);
    }
    page.rule();
    sums(&mut page, document);
    page.rule();
    payment(&mut page, document);
    page.rule();
    foot(&mut page, document);
    page.finished(document.zone, document.practice, reprint)
}

fn head(page: &mut Page, document: &Document) {
    page.shop(&document.shop);
    let at = date_and_time(document.sold_at, document.zone);
    page.pair(&document.number.to_string(), &at, false);
    if let Some(cashier) = &document.cashier {
        page.left(&format!("Kasir {cashier}"));
    }
    page.rule();
}

fn sums(page: &mut Page, document: &Document) {
    let Document { lines, subtotal, total, unique_code, paid, .. } = document;
    if lines.len() > 1 || subtotal != total {
        let pieces: u64 = lines.iter().map(|line| u64::from(line.quantity)).sum();
        page.money(&format!("Subtotal ({pieces} barang)"), *subtotal, false);
    }
    // Whatever lies between subtotal and total is shown, so that the column always adds up.
    if let Ok(between) = total.checked_sub(*subtotal)
        && between != Rupiah::ZERO
    {
        let label = if between < Rupiah::ZERO { "Diskon" } else { "Tambahan" };
        page.money(label, between, false);
    }
    page.money("TOTAL", *total, true);
    if *unique_code > Rupiah::ZERO {
        let qris = document.payment.method.starts_with("QRIS");
        let label = if qris { "Kode unik QRIS" } else { "Kode unik" };
        page.money(label, *unique_code, false);
    }
    if *unique_code < Rupiah::ZERO {
        page.money("Potongan kode unik", *unique_code, false);
    }
    let cash = document.cash;
    if let Some(cash) = cash
        && cash.rounding != Rupiah::ZERO
    {
        page.money("Pembulatan", cash.rounding, false);
    }
    page.money(&format!("DIBAYAR {}", document.payment.method.to_uppercase()), *paid, true);
    if let Some(cash) = cash {
        page.money("Uang diterima", cash.tendered, false);
        page.money("Kembalian", cash.change, false);
    }
}

fn payment(page: &mut Page, document: &Document) {
    let payment = &document.payment;
    let sold = document.sold_at.at(document.zone).date();
    let paid = payment.paid_at.at(document.zone);
    let clock = format!("{:02}.{:02}.{:02}", paid.hour(), paid.minute(), paid.second());
    // Money that came on another day is told with its day.
    let when = if paid.date() == sold {
        format!("LUNAS {clock}")
    } else {
        format!("LUNAS {} {clock}", date(payment.paid_at, document.zone))
    };
    page.pair(&payment.gateway, &when, false);
    let facts =
        [("Invoice", &payment.reference), ("RRN", &payment.rrn), ("Penerbit", &payment.issuer)];
    for (label, fact) in facts {
        if let Some(fact) = fact {
            page.pair(label, fact, false);
        }
    }
    for mark in &document.marks {
        match mark {
            Mark::ConfirmedByPerson => page.centred("DIKONFIRMASI KASIR", true),
        }
    }
}

fn foot(page: &mut Page, document: &Document) {
    for line in &document.footer {
        page.centred(line, false);
    }
    if let Some(qr) = &document.qr {
        page.gap(1);
        page.qr(&qr.payload);
        page.centred(&qr.caption, false);
    }
    page.anchor(&document.anchor);
}
