//! One observation about an attempt. Evidence is only ever added; what it means is the fold's business
//! (`attempt.rs`). Deliberately absent: raw bodies and names of people; the log holds their SHA-256.

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::money::Rupiah;
use crate::state::AttemptState;
use crate::time::UnixMs;

/// Who observed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The till itself: made offline, marked as sending, found dead while sending.
    Till,
    /// The gateway's answer to our create, or the lack of one.
    Create,
    /// The gateway's answer to a status call.
    Poll,
    /// A person's word: a cancel, or a confirmation with a PIN and a reason.
    Person,
    /// The gateway's answer to a status call that its callback asked for; the callback itself is never believed.
    Webhook,
    /// A merchant app's notification, passed on by a phone.
    Relay,
    /// A row of a statement that a person imported.
    Statement,
}

impl Source {
    pub const ALL: [Self; 7] = [
        Self::Till,
        Self::Create,
        Self::Poll,
        Self::Person,
        Self::Webhook,
        Self::Relay,
        Self::Statement,
    ];

    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Till => "till",
            Self::Create => "create",
            Self::Poll => "poll",
            Self::Person => "person",
            Self::Webhook => "webhook",
            Self::Relay => "relay",
            Self::Statement => "statement",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }

    /// Whether it tells of money on the shop's own QRIS without being asked about an attempt.
    pub fn tells_of_money(self) -> bool {
        match self {
            Self::Relay | Self::Statement => true,
            Self::Till | Self::Create | Self::Poll | Self::Person | Self::Webhook => false,
        }
    }
}

/// What the customer is shown to pay with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Presentment {
    Qris { payload: String },
    Link { url: String },
    Transfer { account: String, amount: Rupiah },
}

/// What was observed. Two observations that are equal are one: only something new becomes evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Observed {
    pub state: AttemptState,
    /// The gateway's own name for the bill (invoice, reference).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway_id: Option<String>,
    /// The whole amount that the gateway names for this payment, in rupiah.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Rupiah>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<UnixMs>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMs>,
    /// Present exactly when it may be shown; a refused or late QR never stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentment: Option<Presentment>,
    /// Why a person must look, as a stable code (`unknown_word`, `foreign_merchant`, ...).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

impl Observed {
    /// An observation that says nothing but the state.
    pub fn bare(state: AttemptState) -> Self {
        Self {
            state,
            gateway_id: None,
            amount: None,
            paid_at: None,
            expires_at: None,
            presentment: None,
            review: None,
        }
    }

    /// Nobody waits for its QR any more: it is kept and watched, and never shown.
    pub fn unshown(self) -> Self {
        Self { presentment: None, ..self }
    }

    /// The bill of an unanswered create can be watched where our own reference is its name.
    pub fn watched_by(self, our_ref: Option<String>) -> Self {
        let nameless = self.state == AttemptState::Unknown && self.gateway_id.is_none();
        if nameless { Self { gateway_id: our_ref, ..self } } else { self }
    }

    /// Only a state, amount, gateway id, paid time, review or presentment that is new for this attempt becomes evidence.
    pub fn is_new_to(&self, known: &[Evidence]) -> bool {
        !known.iter().any(|piece| {
            let old = &piece.observed;
            old.state == self.state
                && (self.amount.is_none() || old.amount == self.amount)
                && (self.gateway_id.is_none() || old.gateway_id == self.gateway_id)
                && (self.paid_at.is_none() || old.paid_at == self.paid_at)
                && (self.review.is_none() || old.review == self.review)
                && (self.presentment.is_none() || old.presentment == self.presentment)
        })
    }
}

/// An observation with its circumstances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    pub source: Source,
    /// When the till first saw it.
    pub at: UnixMs,
    #[serde(flatten)]
    pub observed: Observed,
    /// SHA-256 of the provider's raw body, kept in the side table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Hash>,
    /// For a person's word: the reason given. For a refusal: what the gateway said, shortened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
