//! Shifts, cash in and out, counts and Zs; rupiah throughout.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ReceiptView;

/// What stands between the cashier and the drawer. Nothing in it says what is expected: the count is blind.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ShiftNow {
    pub open: Option<ShiftView>,
    /// The number that the next shift will have.
    pub next: u32,
    /// Cash that was taken since the last close while no shift was open: it lies in the drawer beside the float.
    pub before: i64,
    /// Notes and coins, from large to small.
    pub pieces: Vec<PieceView>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ShiftView {
    pub number: u32,
    pub cashier: String,
    pub opened_at: i64,
    /// `YYYY-MM-DD`, that of the opening.
    pub date: String,
    pub float: i64,
    pub counted: Option<CountedView>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CountedView {
    pub at: i64,
    pub total: i64,
    /// Pieces by kind; none when only the sum was given.
    pub pieces: Option<BTreeMap<String, u32>>,
    pub witness: Option<String>,
    /// How often this shift was counted.
    pub counts: u32,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PieceView {
    /// `note_100000`, `coin_1000`, ...
    pub key: String,
    pub value: i64,
    pub coin: bool,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ShiftOpen {
    pub float: i64,
}

/// A count to lock: piece by piece, or only the sum.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ShiftCount {
    pub pieces: Option<BTreeMap<String, u32>>,
    pub total: Option<i64>,
    pub witness: Option<String>,
}

/// What a locked count comes to.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct Difference {
    pub shift: ShiftView,
    pub now: i64,
    pub counted: i64,
    pub expected: i64,
    /// Counted minus expected.
    pub difference: i64,
    /// Where `expected` comes from, in order; their sum is `expected`.
    pub lines: Vec<DrawerLine>,
    /// The Z as it would be.
    pub preview: ReceiptView,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DrawerLine {
    pub label: String,
    pub amount: i64,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ShiftClose {
    /// Why the cash differs.
    pub reason: Option<String>,
}

/// A shift that was closed.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ShiftClosed {
    pub shift: u32,
    /// `Z-000327`.
    pub number: String,
    pub counted: i64,
    pub expected: i64,
    pub difference: i64,
    pub slip: ReceiptView,
    /// Where the slip's PDF lies; none when it could not be written.
    pub file: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct CashIn {
    pub amount: i64,
    pub reason: String,
    /// From the owner's pocket; else some other income.
    pub from_owner: bool,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct CashOut {
    pub amount: i64,
    pub reason: String,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Setor {
    pub amount: i64,
    pub reason: String,
    /// To the bank; else to the owner.
    pub to_bank: bool,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct DrawerOpen {
    pub reason: String,
}

/// Cash that moved, and the slip that says so.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CashMoved {
    pub slip: ReceiptView,
}

/// A Z that was printed before.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ZRow {
    pub shift: u32,
    pub number: String,
    pub date: String,
    pub closed_at: i64,
    pub cashier: String,
    pub difference: i64,
}

/// A Z by its number; the last one when absent.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ZAsk {
    pub number: Option<String>,
}

/// How the books count.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BookRulesView {
    /// Cash prices are rounded to a multiple of this many rupiah; 1 is no rounding.
    pub rounding_step: u32,
    /// Always down; else to the nearest.
    pub rounding_down: bool,
    pub merchant_class: String,
    pub steps: Vec<u32>,
    pub classes: Vec<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct BookRulesSet {
    pub rounding_step: u32,
    pub rounding_down: bool,
    pub merchant_class: String,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SaleRefund {
    pub sale_id: String,
    pub amount: i64,
    /// By transfer; else in cash from the drawer.
    pub transfer: bool,
    pub reason: String,
    /// What came beyond the price, not the sale itself.
    #[serde(default)]
    pub surplus: bool,
}
