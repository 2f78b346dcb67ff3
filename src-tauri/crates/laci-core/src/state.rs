//! The states of an attempt, as one total order. Deliberately absent: flags and amounts; the fold has them.

use serde::{Deserialize, Serialize};

/// The states in their total order (see the command line's page); the maximum over the evidence is the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    Planned,
    Submitting,
    Unknown,
    Rejected,
    Pending,
    /// Stands in the place of `Pending` for the shop's own QRIS; the two never meet in one attempt.
    Unverified,
    Failed,
    Expired,
    Cancelled,
    Confirmed,
    Paid,
}

impl AttemptState {
    pub const ALL: [Self; 11] = [
        Self::Planned,
        Self::Submitting,
        Self::Unknown,
        Self::Rejected,
        Self::Pending,
        Self::Unverified,
        Self::Failed,
        Self::Expired,
        Self::Cancelled,
        Self::Confirmed,
        Self::Paid,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Submitting => "submitting",
            Self::Unknown => "unknown",
            Self::Rejected => "rejected",
            Self::Pending => "pending",
            Self::Unverified => "unverified",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Confirmed => "confirmed",
            Self::Paid => "paid",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether only a person says that the money came.
    pub fn is_a_persons_word(self) -> bool {
        match self {
            Self::Confirmed => true,
            Self::Planned
            | Self::Submitting
            | Self::Unknown
            | Self::Rejected
            | Self::Pending
            | Self::Unverified
            | Self::Failed
            | Self::Expired
            | Self::Cancelled
            | Self::Paid => false,
        }
    }

    /// Whether money covers the sale.
    pub fn is_covered(self) -> bool {
        match self {
            Self::Confirmed | Self::Paid => true,
            Self::Planned
            | Self::Submitting
            | Self::Unknown
            | Self::Rejected
            | Self::Pending
            | Self::Unverified
            | Self::Failed
            | Self::Expired
            | Self::Cancelled => false,
        }
    }
}
