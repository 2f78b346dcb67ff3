//! Money that is told from outside, as screens see it: the inbox, statements, the listener and the phone's token.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct InboxAsk {
    /// Also what a person settled.
    pub all: bool,
}

/// Money without a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InboxItem {
    pub id: String,
    /// `relay` or `statement`.
    pub source: String,
    /// Rupiah; none where the text names none, or more than one.
    pub amount: Option<i64>,
    /// When the money came, as it was told.
    pub at: i64,
    /// Which app or file told it.
    pub about: String,
    /// What was told; none when it was erased.
    pub text: Option<String>,
    /// `waiting`, `matched`, `dismissed`.
    pub state: String,
    /// The payment that it was matched to.
    pub payment_id: Option<String>,
    /// Why it was dismissed.
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InboxView {
    pub items: Vec<InboxItem>,
    /// How many wait, whatever is shown.
    pub waiting: u32,
    /// What those name together, in rupiah.
    pub amount: i64,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct InboxMatch {
    pub id: String,
    /// The sale's id or number.
    pub sale: String,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct InboxDismiss {
    pub id: String,
    pub reason: String,
}

/// A statement's file. `map` names columns by their heading or their number from 1: `date`, `time`, `amount`, `text`,
/// `direction`, `status`; where it is empty, the kept one is used, else a guess.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct StatementAsk {
    pub name: String,
    /// Base64.
    pub file: String,
    #[serde(default)]
    pub map: BTreeMap<String, String>,
}

/// One row as it would be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StatementRow {
    /// Counted from 1 in the file.
    pub line: u32,
    pub at: Option<i64>,
    pub amount: Option<i64>,
    pub text: String,
    /// `pays`, `repeats`, `inbox`, `before`, `not_in` (no money came in), `unreadable`.
    pub fate: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StatementView {
    pub header: Vec<String>,
    /// What is read from where: a column's heading by its use. Empty when a person must say.
    pub map: BTreeMap<String, String>,
    /// Whether `map` was kept from an import before.
    pub kept: bool,
    /// The first rows.
    pub rows: Vec<StatementRow>,
    pub all_rows: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StatementDone {
    /// Rows that paid an open payment.
    pub paid: u32,
    /// Rows whose payment was known already.
    pub repeated: u32,
    pub inbox: u32,
    /// Rows that were imported before.
    pub before: u32,
    /// Rows of money that went, or did not come.
    pub not_in: u32,
    /// Lines that could not be read; nothing was taken from them.
    pub unreadable: Vec<u32>,
}

/// Where providers and a phone reach the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ListenerView {
    pub on: bool,
    /// The shop's network; else this computer alone.
    pub lan: bool,
    pub port: u16,
    /// Whether a phone's token was made.
    pub has_token: bool,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ListenerSet {
    pub on: bool,
    pub lan: bool,
    pub port: u16,
}

/// Shown once; the one before it is good for nothing any more.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct RelayToken {
    /// Where the phone sends to.
    pub address: String,
    pub token: String,
    /// Both as one symbol (SVG).
    pub svg: String,
}

impl std::fmt::Debug for RelayToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayToken").field("address", &self.address).finish_non_exhaustive()
    }
}
