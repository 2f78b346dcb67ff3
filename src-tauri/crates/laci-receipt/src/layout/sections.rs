//! The receipt from top to bottom: head, lines, sums, payment, footer. Layout version 1.

use laci_core::{Rupiah, UnixMs, Zone};

use super::cells::{centred, pair, wrap};
use super::transliterate::{one_line, transliterate};
use super::{Columns, Reprint, Row, items};
use crate::document::{Document, Mark};

const PRACTICE: &str = "LATIHAN - BUKAN BUKTI BAYAR";

pub(super) fn rows(document: &Document, columns: Columns, reprint: Option<Reprint>) -> Vec<Row> {
    let mut page = Page { columns, rows: Vec::new() };
    if document.practice {
        page.double("LATIHAN");
        page.centred(PRACTICE, true);
        page.rows.push(Row::Rule);
    }
    head(&mut page, document);
    for line in &document.lines {
        page.lines(items::rows(line, columns), false);
    }
    page.rows.push(Row::Rule);
    sums(&mut page, document);
    page.rows.push(Row::Rule);
    payment(&mut page, document);
    page.rows.push(Row::Rule);
    foot(&mut page, document);
    if let Some(reprint) = reprint {
        page.rows.push(Row::Gap(1));
        page.centred(&format!("*** SALINAN ke-{} ***", reprint.nth), true);
        let at = date_and_time(reprint.printed_at, document.zone);
        page.centred(&format!("dicetak {at}"), false);
    }
    if document.practice {
        page.rows.push(Row::Rule);
        page.centred(PRACTICE, true);
    }
    page.rows
}

fn head(page: &mut Page, document: &Document) {
    let shop = &document.shop;
    page.centred(&shop.name, true);
    page.centred(&shop.address, false);
    page.centred(&shop.phone, false);
    page.rows.push(Row::Rule);
    let at = date_and_time(document.sold_at, document.zone);
    page.pair(&document.number.to_string(), &at, false);
    if let Some(cashier) = &document.cashier {
        page.left(&format!("Kasir {cashier}"));
    }
    page.rows.push(Row::Rule);
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
        page.money("Kode unik QRIS", *unique_code, false);
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
        page.rows.push(Row::Gap(1));
        page.rows.push(Row::Qr { payload: qr.payload.clone() });
        page.centred(&qr.caption, false);
    }
    page.rows.push(Row::Gap(1));
    let anchor = &document.anchor;
    page.centred(&format!("Buku {} {}", anchor.seq, anchor.short_hash), false);
}

/// `20-11-2026 19.41 WIB`
fn date_and_time(moment: UnixMs, zone: Zone) -> String {
    let at = moment.at(zone);
    format!("{} {:02}.{:02} {}", date(moment, zone), at.hour(), at.minute(), zone.as_str())
}

/// `20-11-2026`
fn date(moment: UnixMs, zone: Zone) -> String {
    let at = moment.at(zone);
    format!("{:02}-{:02}-{:04}", at.day(), u8::from(at.month()), at.year())
}

/// The rows so far. Texts come in as the document has them and leave in ASCII cells.
struct Page {
    columns: Columns,
    rows: Vec<Row>,
}

impl Page {
    fn lines(&mut self, lines: Vec<String>, bold: bool) {
        self.rows.extend(lines.into_iter().map(|text| Row::Text { text, bold, double: false }));
    }

    fn left(&mut self, text: &str) {
        self.lines(wrap(&transliterate(text), self.columns.count()), false);
    }

    /// Each line of `text` wrapped and put in the middle; nothing for a blank text.
    fn centred(&mut self, text: &str, bold: bool) {
        let width = self.columns.count();
        for line in text.lines() {
            let parts = wrap(&transliterate(line), width);
            self.lines(parts.iter().map(|part| centred(part, width)).collect(), bold);
        }
    }

    fn pair(&mut self, label: &str, value: &str, bold: bool) {
        let (label, value) = (one_line(label), one_line(value));
        self.lines(pair(&label, &value, self.columns.count()), bold);
    }

    fn money(&mut self, label: &str, amount: Rupiah, bold: bool) {
        self.pair(label, &amount.grouped(), bold);
    }

    fn double(&mut self, text: &str) {
        let text = centred(text, self.columns.count() / 2);
        self.rows.push(Row::Text { text, bold: true, double: true });
    }
}
