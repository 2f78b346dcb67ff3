//! Sales that were, and their receipts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PaymentView;

/// The state of a sale as one pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Pill {
    Paid,
    /// Paid by a person's word.
    Confirmed,
    Unpaid,
    Unverified,
    Late,
    Under,
    Over,
    Duplicate,
    Review,
    Cancelled,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum HistoryShow {
    #[default]
    All,
    Paid,
    Unpaid,
    Late,
    Unverified,
    Cancelled,
}

#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct HistoryAsk {
    /// `YYYY-MM-DD`; today's business date when absent.
    pub date: Option<String>,
    pub show: HistoryShow,
    /// A number, name, amount or invoice.
    pub search: Option<String>,
    /// The `next` of the page before.
    pub before: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct HistoryRow {
    pub sale_id: String,
    pub number: String,
    pub at: i64,
    /// The first line's name, or how many lines there are.
    pub contents: String,
    pub lines: u32,
    pub method: String,
    pub total: i64,
    pub pill: Pill,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct HistoryCounts {
    pub all: u32,
    pub paid: u32,
    pub unpaid: u32,
    pub late: u32,
    pub unverified: u32,
    pub cancelled: u32,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct HistoryPage {
    pub date: String,
    pub rows: Vec<HistoryRow>,
    pub counts: HistoryCounts,
    pub next: Option<i64>,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SaleAsk {
    pub sale_id: String,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct LineView {
    pub name: String,
    pub quantity: u32,
    pub unit_price: i64,
    pub amount: i64,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct SaleView {
    pub sale_id: String,
    pub number: String,
    pub at: i64,
    pub lines: Vec<LineView>,
    /// The price in rupiah, before any unique code.
    pub total: i64,
    pub pill: Pill,
    pub payments: Vec<PaymentView>,
    /// The receipt's PDF lies in the data folder.
    pub receipt_ready: bool,
    /// What the customer paid, with code or rounding; zero while it is open.
    pub paid: i64,
    /// What was given back of it, in rupiah.
    pub refunded: i64,
    /// What came beyond the price and was not given back yet, in rupiah.
    pub surplus: i64,
    /// Who sold it.
    pub cashier: String,
    /// What the next copy is called: 1 for "SALINAN ke-1".
    pub next_copy: u32,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ReceiptAsk {
    pub sale_id: String,
    /// 32, 42 or 48.
    pub columns: u16,
}

/// A file that was written.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FileView {
    pub path: String,
}
