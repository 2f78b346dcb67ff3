//! People, signing in, and the words that an act may need.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A PIN beside a command, and whose it is; the first owner's where nobody is named.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct WordInput {
    /// A person's id.
    pub person: Option<String>,
    pub pin: String,
}

/// Who is at the window.
#[derive(Clone, Debug, Default, Serialize, TS)]
#[ts(export)]
pub struct DoorView {
    /// Somebody must sign in before anything else.
    pub locked: bool,
    pub signed_in: Option<DoorPerson>,
    /// Everybody with a PIN.
    pub people: Vec<DoorPerson>,
    /// Whether a recovery code would open.
    pub has_recovery: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct DoorPerson {
    pub id: String,
    pub name: String,
    /// `cashier`, `supervisor` or `owner`.
    pub role: String,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SignIn {
    pub person: String,
    pub pin: String,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PinChange {
    pub person: String,
    pub old: String,
    pub new: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PersonView {
    pub id: String,
    pub name: String,
    pub role: String,
    pub has_pin: bool,
}

/// Somebody new (without `id`), or what somebody is from here on.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PersonEdit {
    pub id: Option<String>,
    pub name: String,
    pub role: String,
    /// Six digits; none keeps the old one.
    pub pin: Option<String>,
    /// Only for the first PIN where there is no keyring.
    pub passphrase: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PersonAsk {
    pub id: String,
}

/// New recovery codes, readable this once.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
    /// The slip, as on paper.
    pub slip: super::ReceiptView,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct RecoveryUse {
    pub code: String,
    /// The owner's new one: six digits.
    pub pin: String,
    pub passphrase: Option<String>,
}

/// What happened besides sales.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FeedView {
    pub items: Vec<FeedItem>,
    /// For the next page; none when this is the last.
    pub next: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FeedItem {
    pub seq: i64,
    pub kind: String,
    /// Whether somebody should look: wrong PINs, drawers opened, refunds, clocks.
    pub notable: bool,
    pub at: i64,
    pub date: String,
    pub who: String,
    pub approver: Option<String>,
    /// In the chosen language.
    pub text: String,
    pub reason: Option<String>,
    pub sale_id: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct FeedAsk {
    pub before: Option<i64>,
    /// Only what somebody should look at.
    pub notable: bool,
}
