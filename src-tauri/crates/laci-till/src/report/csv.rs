//! A report as one table for other programs: a section, a key, its name, how many, how much. Amounts are plain digits.

use super::ReportView;
use crate::error::{Result, Sentence, TillError};

const HEAD: [&str; 5] = ["section", "key", "name", "count", "amount"];

impl ReportView {
    /// UTF-8, commas, CRLF (RFC 4180).
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut to =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        to.write_record(HEAD).map_err(|_| unwritten())?;
        for row in self.rows() {
            to.write_record(row).map_err(|_| unwritten())?;
        }
        to.into_inner().map_err(|_| unwritten())
    }

    fn rows(&self) -> Vec<[String; 5]> {
        let mut rows = Vec::new();
        let mut add = |section: &str, key: &str, name: &str, count: String, amount: i64| {
            let name = laci_ledger::text_cell(name);
            rows.push([section.to_owned(), key.to_owned(), name, count, amount.to_string()]);
        };
        let none = String::new;
        let t = &self.totals;
        add("period", "from", &self.from, none(), 0);
        add("period", "to", &self.to, none(), 0);
        add("totals", "turnover", "", t.sales.to_string(), t.turnover.get());
        add("totals", "refunds", "", t.refund_count.to_string(), t.refunds.get());
        add("totals", "net", "", none(), t.net.get());
        add("totals", "unique_code", "", none(), t.unique_code.get());
        add("totals", "rounding", "", none(), t.rounding.get());
        add("totals", "fees", "", none(), t.fees.get());
        add("totals", "surplus", "", none(), t.surplus.get());
        add("totals", "confirmed", "", t.confirmed_count.to_string(), t.confirmed.get());
        for hour in &self.by_hour {
            let key = format!("{:02}", hour.hour);
            add("by_hour", &key, "", hour.sales.to_string(), hour.amount.get());
        }
        for day in &self.by_day {
            add("by_day", &day.date, "", day.sales.to_string(), day.amount.get());
        }
        for way in &self.by_method {
            let key = super::text::way_word(way.method);
            add("by_method", key, "", way.sales.to_string(), way.amount.get());
        }
        for gateway in &self.by_gateway {
            let (key, title) = (&gateway.gateway, &gateway.title);
            add("by_gateway", key, title, gateway.sales.to_string(), gateway.amount.get());
        }
        for product in &self.by_product {
            add(
                "by_product",
                "",
                &product.name,
                product.quantity.to_string(),
                product.amount.get(),
            );
        }
        for who in &self.by_cashier {
            add("by_cashier", &who.cashier, &who.name, who.sales.to_string(), who.amount.get());
        }
        for (key, amount) in self.cash.named() {
            add("cash", key, "", none(), amount.get());
        }
        rows
    }
}

fn unwritten() -> TillError {
    TillError::Failed(Sentence::new(
        "report_unwritten",
        "Laporan tidak bisa disusun. Tidak ada yang berubah. Coba lagi.",
        "The report could not be put together. Nothing changed. Try again.",
    ))
}
