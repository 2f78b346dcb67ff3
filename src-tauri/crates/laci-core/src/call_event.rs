//! A call to a gateway that changes something there or spends the shop's deposit: what was sent, durable before its
//! first byte, and how it ended. Deliberately absent: looks, which change nothing, and customers' payments, which are
//! attempts.

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::id::{CallId, GatewayName};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "snake_case")]
pub enum CallEvent {
    Sending {
        id: CallId,
        gateway: GatewayName,
        /// The provider's own name for the call, as `gateway call` is given.
        operation: String,
        /// What names it at the provider (`ref_id`, an order's number), where the call has such a name: the same one is
        /// never sent twice while the first one may have worked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// It spends the shop's deposit, or orders more of it.
        spends: bool,
    },
    Ended {
        id: CallId,
        end: CallEnd,
        /// The answer's SHA-256 in the side table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        raw: Option<Hash>,
    },
}

/// How a call ended. One without an end is `Unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    Done,
    /// The provider works on it.
    Pending,
    /// The provider said no: nothing happened there.
    Refused,
    /// It certainly did not leave.
    NotSent,
    /// It may have happened.
    Unknown,
}

impl CallEnd {
    pub const ALL: [Self; 5] =
        [Self::Done, Self::Pending, Self::Refused, Self::NotSent, Self::Unknown];

    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Pending => "pending",
            Self::Refused => "refused",
            Self::NotSent => "not_sent",
            Self::Unknown => "unknown",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.as_str() == word)
    }

    /// Nothing happened at the provider: the same may be asked again.
    pub fn left_nothing(self) -> bool {
        match self {
            Self::Refused | Self::NotSent => true,
            Self::Done | Self::Pending | Self::Unknown => false,
        }
    }
}
