//! A report for reading in a terminal.

use std::fmt::Write;

use laci_core::books::Way;
use laci_core::{Lang, Rupiah};

use super::{CashLines, ReportView};

impl CashLines {
    /// The lines with their stable names, in the order in which they add up.
    pub(super) fn named(&self) -> Vec<(&'static str, Rupiah)> {
        let mut lines = vec![
            ("float", self.float),
            ("received", self.received),
            ("change", self.change),
            ("bills", self.bills),
            ("bon_paid", self.bon_paid),
            ("refunds", self.refunds),
            ("cash_in", self.cash_in),
            ("cash_out", self.cash_out),
            ("setor", self.setor),
            ("expected", self.expected),
        ];
        lines.extend(self.counted.map(|amount| ("counted", amount)));
        lines.extend(self.difference.map(|amount| ("difference", amount)));
        lines
    }
}

/// Stable, English, snake_case.
pub(super) fn way_word(way: Way) -> &'static str {
    match way {
        Way::Cash => "cash",
        Way::Qris => "qris",
        Way::Transfer => "transfer",
        Way::Bon => "bon",
    }
}

impl ReportView {
    pub fn text(&self, lang: Lang) -> String {
        let pick = |id: &'static str, en: &'static str| match lang {
            Lang::Id => id,
            Lang::En => en,
        };
        let mut page = Page(String::new());
        let days = if self.from == self.to {
            self.from.clone()
        } else {
            format!("{} - {}", self.from, self.to)
        };
        page.head(&format!("{} {days} {}", pick("Laporan", "Report"), self.zone));
        let t = &self.totals;
        page.line(pick("Omzet", "Turnover"), t.sales, t.turnover);
        page.line(pick("Retur", "Refunds"), t.refund_count, t.refunds);
        page.amount(pick("Bersih", "Net"), t.net);
        page.amount(pick("Kode unik", "Unique codes"), t.unique_code);
        page.amount(pick("Pembulatan", "Rounding"), t.rounding);
        page.amount(pick("Biaya QRIS", "QRIS fees"), t.fees);
        page.line(pick("Dikonfirmasi manual", "Confirmed by hand"), t.confirmed_count, t.confirmed);
        page.head(pick("Cara bayar", "By method"));
        for way in &self.by_method {
            page.line(way_name(way.method, lang), way.sales, way.amount);
        }
        page.head("Gateway");
        for gateway in &self.by_gateway {
            page.line(&gateway.title, gateway.sales, gateway.amount);
        }
        page.head(pick("Kasir", "By cashier"));
        for who in &self.by_cashier {
            page.line(&who.name, who.sales, who.amount);
        }
        page.head(pick("Jam", "By hour"));
        for hour in &self.by_hour {
            page.line(&format!("{:02}.00", hour.hour), hour.sales, hour.amount);
        }
        page.head(pick("Barang", "By product"));
        for product in &self.by_product {
            let name = format!("{} ×{}", product.name, product.quantity);
            page.amount(&name, product.amount);
        }
        page.head(pick("Kas", "Cash"));
        for (name, amount) in self.cash.named() {
            page.amount(cash_name(name, lang), amount);
        }
        page.head(match (self.cross_foots, lang) {
            (true, Lang::Id) => "Semua jumlah cocok satu sama lain.",
            (true, Lang::En) => "All sums agree with one another.",
            (false, Lang::Id) => "Jumlah tidak cocok satu sama lain. Periksa buku.",
            (false, Lang::En) => "The sums do not agree. Check the books.",
        });
        page.0
    }
}

fn way_name(way: Way, lang: Lang) -> &'static str {
    match (way, lang) {
        (Way::Cash, Lang::Id) => "Tunai",
        (Way::Cash, Lang::En) => "Cash",
        (Way::Qris, _) => "QRIS",
        (Way::Transfer, _) => "Transfer",
        (Way::Bon, _) => "Bon",
    }
}

/// A line of the cash block for people; its stable name where there is no other.
fn cash_name(name: &'static str, lang: Lang) -> &'static str {
    const NAMES: [(&str, &str, &str); 12] = [
        ("float", "Modal awal", "Floats"),
        ("received", "Tunai diterima", "Cash received"),
        ("change", "Kembalian", "Change"),
        ("bills", "Titipan tagihan", "Bills"),
        ("bon_paid", "Bon dibayar", "Bons paid"),
        ("refunds", "Retur tunai", "Refunds"),
        ("cash_in", "Kas masuk", "Cash in"),
        ("cash_out", "Kas keluar", "Cash out"),
        ("setor", "Setor", "Setor"),
        ("expected", "Diharapkan", "Expected"),
        ("counted", "Dihitung", "Counted"),
        ("difference", "Selisih", "Difference"),
    ];
    let found = NAMES.iter().find(|(known, ..)| *known == name);
    match lang {
        Lang::Id => found.map_or(name, |(_, id, _)| id),
        Lang::En => found.map_or(name, |(.., en)| en),
    }
}

struct Page(String);

impl Page {
    fn head(&mut self, text: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{gap}{text}");
    }

    fn line(&mut self, name: &str, count: u32, amount: Rupiah) {
        let _ = writeln!(self.0, "  {name:<28} {count:>6} {:>16}", amount.grouped());
    }

    fn amount(&mut self, name: &str, amount: Rupiah) {
        let _ = writeln!(self.0, "  {name:<28} {:>6} {:>16}", "", amount.grouped());
    }
}
