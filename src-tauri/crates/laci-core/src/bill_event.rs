//! What happens to a bill that the shop pays for a customer out of its deposit, as entries of the log.
//!
//! Deliberately absent: what the events together mean (`bill.rs`), names, numbers and raw bodies: they lie in the side
//! table, and the log holds their SHA-256.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::books::RefundBy;
use crate::hash::Hash;
use crate::id::{BillId, GatewayName};
use crate::money::Rupiah;
use crate::time::UnixMs;

/// How a product is bought, which decides how long its status may be asked for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum BillKind {
    /// Inquired first, then paid by the same reference.
    #[default]
    Postpaid,
    /// Bought at once; its status is asked by sending the same reference again.
    Prepaid,
}

/// What a customer owes, as the inquiry was answered. Nothing in it changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bill {
    pub id: BillId,
    #[serde(default)]
    pub kind: BillKind,
    pub gateway: GatewayName,
    /// The provider's word for the product, as it was asked for.
    pub code: String,
    /// The product as the answer names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The SHA-256 of the customer's number: tells one customer's bills from another's.
    pub customer: Hash,
    /// What the inquiry was given beside code and number, by the provider's names (`year`, `amount`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// The periods that the bill is for, in the provider's words; some products name none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub periods: BTreeSet<String>,
    pub inquired_at: UnixMs,
    pub amounts: BillAmounts,
    /// The shop's own fee on top.
    pub fee: Rupiah,
    /// The customer's number and name and every other field of the answer, in the side table.
    pub details: Hash,
    /// The provider's raw body, in the side table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Hash>,
}

/// What an answer says in whole rupiah; what it left out or wrote in another way is none.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct BillAmounts {
    /// What is taken from the shop's deposit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Rupiah>,
    /// What the provider would have the customer charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selling_price: Option<Rupiah>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<Rupiah>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_commission: Option<Rupiah>,
    /// The shop's deposit afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Rupiah>,
}

/// The customer's cash for a bill: `tendered - change = price + rounding`, where `rounding` is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BillCash {
    pub price: Rupiah,
    pub tendered: Rupiah,
    pub rounding: Rupiah,
}

impl BillCash {
    /// What the customer paid: `price + rounding`.
    pub fn due(self) -> Option<Rupiah> {
        self.price.checked_add(self.rounding).ok()
    }

    pub fn change(self) -> Option<Rupiah> {
        self.tendered.checked_sub(self.due()?).ok()
    }
}

/// What an answer (or the lack of one) says of the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillWord {
    /// No answer, or one of which nothing can be learnt.
    Unknown,
    /// Said to have failed, in a way that may turn out otherwise; settles nothing.
    Review,
    Pending,
    Failed,
    Success,
}

impl BillWord {
    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Review => "review",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Success => "success",
        }
    }
}

/// Who observed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillSource {
    /// The till itself: found dead while sending.
    Till,
    Pay,
    Status,
}

impl BillSource {
    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Till => "till",
            Self::Pay => "pay",
            Self::Status => "status",
        }
    }
}

/// One observation about a payment. Two that say the same are one: only something new becomes evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BillEvidence {
    pub source: BillSource,
    /// When the till first saw it.
    pub at: UnixMs,
    pub word: BillWord,
    /// The provider's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rc: Option<String>,
    /// The provider's word for the state, as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why a person must look, as a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// Why nothing was learnt, as a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default)]
    pub amounts: BillAmounts,
    /// Every other field of the answer, in the side table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Hash>,
    /// The provider's raw body, in the side table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Hash>,
}

impl BillEvidence {
    /// Whether `other` says nothing that this one does not. When it was asked and how the deposit stood are no news.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |one: &Self| {
            let amounts = BillAmounts { balance: None, ..one.amounts };
            (one.word, one.rc.clone(), one.status.clone(), one.review.clone(), amounts)
        };
        said(self) == said(other)
            && self.reason == other.reason
            && (self.details == other.details || other.details.is_none())
    }
}

/// A person's word on how a payment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillVerdict {
    Paid,
    Failed,
}

impl BillVerdict {
    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed => "failed",
        }
    }
}

/// What happened to a bill after its inquiry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum BillChange {
    MoneyReceived {
        cash: BillCash,
    },
    /// Durable before the first byte of the payment. `tries` counts from 1.
    PaySending {
        tries: u8,
        at: UnixMs,
    },
    /// The try of this number certainly did not leave; the same bill may be paid by another try.
    PayNotSent {
        tries: u8,
        reason: String,
    },
    Answered {
        evidence: Box<BillEvidence>,
    },
    Resolved {
        verdict: BillVerdict,
        at: UnixMs,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The customer of a bill that failed has the money back.
    RefundPaid {
        cash: BillCash,
        by: RefundBy,
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum BillEvent {
    Inquired { bill: Box<Bill> },
    Happened { id: BillId, what: BillChange },
}
