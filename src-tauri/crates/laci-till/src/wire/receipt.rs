//! A receipt or another slip, laid out row by row.

use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "row", rename_all = "snake_case")]
#[ts(export)]
pub enum ReceiptRow {
    Text {
        text: String,
        bold: bool,
        double: bool,
    },
    Rule,
    Gap {
        lines: u8,
    },
    /// `path` is one SVG path, black on white, in a view box of `0 0 side side`.
    Qr {
        path: String,
        side: u16,
    },
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ReceiptView {
    pub columns: u16,
    pub rows: Vec<ReceiptRow>,
}
