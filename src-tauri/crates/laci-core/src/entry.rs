//! The log's entries: their bytes and their hash chain.
//!
//! An entry's bytes are the JSON of [`Entry`], stored as they are; the hash covers those bytes and the hash
//! before them. Old entries are never rewritten: a body grows by optional fields and new variants only.

use serde::{Deserialize, Serialize};

use crate::attempt::Attempt;
use crate::bill_event::BillEvent;
use crate::books::RefundBy;
use crate::call_event::CallEvent;
use crate::evidence::Evidence;
use crate::hash::Hash;
use crate::id::{AttemptId, GatewayName, LedgerId, PersonId, SaleId};
use crate::inbox_event::InboxEvent;
use crate::money::Rupiah;
use crate::person::PeopleChange;
use crate::sale::Sale;
use crate::shift_event::ShiftEvent;
use crate::shop::{BookRules, GatewaySettings, Limits, OwnQris, PinnedMerchant, Shop};
use crate::time::{BusinessDate, UnixMs};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The program by itself: workers, start-up.
    Till,
    /// Whoever stands at the counter, where nobody signs in.
    Counter,
    /// The owner, shown by the only PIN there was: set-up, and ledgers from before people had names.
    Owner,
    /// Signed in, or shown by PIN.
    Person(PersonId),
}

impl Actor {
    /// Who it is in a report: a person's id, `counter`, `till`.
    pub fn key(self) -> String {
        match self {
            Self::Till => "till".to_owned(),
            Self::Counter => "counter".to_owned(),
            Self::Owner => PersonId::OWNER.to_string(),
            Self::Person(id) => id.to_string(),
        }
    }

    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Till | Self::Counter => None,
            Self::Owner => Some(PersonId::OWNER),
            Self::Person(id) => Some(id),
        }
    }
}

/// An effect owed to the outside, named by the entry that owes it (each entry owes at most one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OutboxId(pub u64);

/// How an effect ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxEnd {
    /// It was done, and the outside said so.
    Done,
    /// It certainly did not reach the outside.
    NotSent,
    /// It was sent and nobody knows; it is never sent again by itself.
    Unknown,
    /// Not yet: no byte has left, and it stays owed until the outside can be reached. It may follow the entry that owes
    /// it at once (a deferred charge), or a try that certainly reached nobody.
    Later,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    LedgerCreated {
        ledger_id: LedgerId,
        register: u16,
        epoch: u16,
        practice: bool,
    },
    ShopSet {
        shop: Shop,
    },
    LimitsSet {
        limits: Limits,
    },
    OwnQrisSet {
        own_qris: OwnQris,
    },
    /// The PIN's Argon2id string lies in the side table under `hash`, so that it can be erased.
    OwnerPinSet {
        hash: Hash,
    },
    GatewaySet {
        gateway: GatewaySettings,
    },
    GatewayRemoved {
        name: GatewayName,
    },
    /// The merchant of a gateway's first QR: later QRs must name the same.
    GatewayPinned {
        name: GatewayName,
        /// The provider's word for the way to pay, where each of them has a merchant of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        pin: PinnedMerchant,
    },
    GatewayCall {
        event: CallEvent,
    },
    SaleRecorded {
        sale: Sale,
    },
    SaleVoided {
        sale_id: SaleId,
    },
    /// Owes a gateway create when its method is a gateway.
    AttemptStarted {
        attempt: Attempt,
    },
    EvidenceAdded {
        attempt_id: AttemptId,
        evidence: Evidence,
    },
    /// Money first covers the sale: it enters turnover on this entry's business date. `receipt` is the SHA-256 of
    /// the resolved receipt document in the side table. Owes the receipt.
    SaleCovered {
        sale_id: SaleId,
        attempt_id: AttemptId,
        receipt: Hash,
    },
    /// Durable before the first byte leaves. `tries` counts from 1.
    OutboxSending {
        item: OutboxId,
        tries: u8,
        attempt_id: Option<AttemptId>,
    },
    OutboxEnded {
        item: OutboxId,
        end: OutboxEnd,
    },
    /// The ledger goes on from a copy: a backup, or a file that is older than its high-water mark. `epoch` is new, so
    /// that no number of the time that was lost is given twice. `seen_seq` is the highest entry that is known to have
    /// existed on this computer, when it lies beyond the copy's end.
    LedgerRestored {
        epoch: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen_seq: Option<u64>,
    },
    BookRulesSet {
        rules: BookRules,
    },
    People {
        change: PeopleChange,
    },
    Shift {
        event: ShiftEvent,
    },
    /// A customer's bill that the shop pays out of its deposit at a gateway.
    Bill {
        event: BillEvent,
    },
    /// A covered sale, or a part of it, was given back; with `surplus`, what came beyond its price instead.
    SaleRefunded {
        sale_id: SaleId,
        amount: Rupiah,
        by: RefundBy,
        reason: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        surplus: bool,
    },
    /// A copy of the receipt was made; `nth` counts from 1 ("SALINAN ke-1").
    ReceiptCopied {
        sale_id: SaleId,
        nth: u32,
    },
    Inbox {
        event: InboxEvent,
    },
}

/// One entry. `at` is the wall clock; `clock_ms` and `clock_n` are the hybrid clock, which only ever goes up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub seq: u64,
    pub at: UnixMs,
    pub clock_ms: i64,
    pub clock_n: u32,
    pub date: BusinessDate,
    pub actor: Actor,
    /// Who allowed it, beside the actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<PersonId>,
    /// By how many milliseconds the wall clock stood before the entry before it, where that is more than time servers do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_back_ms: Option<i64>,
    pub body: Body,
}

/// Bytes that are no entry of this version.
#[derive(Debug, thiserror::Error)]
#[error("not a log entry that this version can read: {0}")]
pub struct NotAnEntry(#[from] serde_json::Error);

impl Entry {
    pub fn encode(&self) -> Result<String, NotAnEntry> {
        Ok(serde_json::to_string(self)?)
    }

    pub fn decode(text: &str) -> Result<Self, NotAnEntry> {
        Ok(serde_json::from_str(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            seq: 7,
            at: UnixMs(1_763_600_000_000),
            clock_ms: 1_763_600_000_000,
            clock_n: 2,
            date: "2025-11-20".parse().unwrap(),
            actor: Actor::Till,
            approver: None,
            set_back_ms: None,
            body: Body::SaleVoided { sale_id: SaleId(uuid::Uuid::from_u128(1)) },
        }
    }

    #[test]
    fn the_bytes_are_a_promise() {
        let text = entry().encode().unwrap();
        assert_eq!(
            text,
            r#"{"seq":7,"at":1763600000000,"clock_ms":1763600000000,"clock_n":2,"date":"2025-11-20","actor":"till","body":{"type":"sale_voided","sale_id":"00000000-0000-0000-0000-000000000001"}}"#
        );
        assert_eq!(Entry::decode(&text).unwrap(), entry());
        assert_eq!(
            Hash::chained(Hash::GENESIS, text.as_bytes()).to_string(),
            "2b5bef516ff4a9716dee37a356c0fbda2c83f2f9c99b9747507f35c6aa785e25",
            "the chain of every shop depends on this value"
        );
    }
}
