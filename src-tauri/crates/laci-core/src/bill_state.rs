//! The states of a bill. Deliberately absent: amounts and reasons; the fold (`bill.rs`) has them.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillState {
    /// What the customer owes is known; nothing moved.
    Inquired,
    /// The customer's money is here, and no payment is on its way.
    MoneySecured,
    /// A payment may have left, and nothing was heard of it yet.
    PaySent,
    /// Nobody knows what the payment came to.
    Unknown,
    /// The provider works on it.
    Pending,
    Failed,
    Success,
}

impl BillState {
    pub const ALL: [Self; 7] = [
        Self::Inquired,
        Self::MoneySecured,
        Self::PaySent,
        Self::Unknown,
        Self::Pending,
        Self::Failed,
        Self::Success,
    ];

    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inquired => "inquired",
            Self::MoneySecured => "money_secured",
            Self::PaySent => "pay_sent",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Success => "success",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// A payment left or may have left, and its end is open: another one for the same bill could be a second one.
    pub fn is_in_doubt(self) -> bool {
        match self {
            Self::PaySent | Self::Unknown | Self::Pending => true,
            Self::Inquired | Self::MoneySecured | Self::Failed | Self::Success => false,
        }
    }
}
