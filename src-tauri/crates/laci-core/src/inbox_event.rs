//! Money on the shop's own QRIS that something told of and that has no sale yet, and what became of it.
//!
//! Deliberately absent: names and the told text itself; they lie in the side table under `raw`, so that they can be
//! erased. Money that was matched at once is evidence on its attempt and never stands here.

use serde::{Deserialize, Serialize};

use crate::evidence::Source;
use crate::hash::Hash;
use crate::id::{AttemptId, InboxId};
use crate::money::Rupiah;
use crate::time::UnixMs;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "inbox", rename_all = "snake_case")]
pub enum InboxEvent {
    Seen {
        id: InboxId,
        source: Source,
        /// None where the text names no amount, or more than one: nothing is guessed, and nothing is booked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Rupiah>,
        /// When the money came, as it was told.
        at: UnixMs,
        /// Which app or file told it.
        about: String,
        /// SHA-256 of what was told, with its time: the same twice is one.
        raw: Hash,
    },
    /// A person said whose it is. The evidence on the attempt follows in the same commit.
    Matched { id: InboxId, attempt_id: AttemptId },
    /// A person said that it is no money of a sale, or that it was given back.
    Dismissed { id: InboxId, reason: String },
    /// How the columns of one kind of statement are read: a setting, kept under its header's SHA-256.
    ColumnsSet { header: Hash, columns: Columns },
}

/// Which column of a statement holds what, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    pub date: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<u16>,
    pub amount: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<u16>,
    /// Says of each row whether money came or went, where one column of amounts holds both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<u16>,
    /// Says of each row whether it succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}
