//! A bill's state as a fold over what happened to it: the machine of payments that spend the shop's deposit.
//!
//! The fold is a function of the *set* of steps: order and duplicates cannot matter. A provider that says both "paid"
//! and "failed" has said neither, so the less final holds until a person decides. Deliberately absent: what may be done
//! next (`bill_rules.rs`) and what it posts (`bill_books.rs`).

use std::collections::BTreeSet;

use serde::Serialize;

use crate::bill_event::{Bill, BillCash, BillChange, BillEvidence, BillVerdict, BillWord};
use crate::bill_state::BillState;
use crate::hash::Hash;
use crate::money::Rupiah;
use crate::time::UnixMs;

/// The provider said both that it was paid and that it was not.
pub const CONTRADICTION: &str = "contradiction";
/// A person's word and the provider's do not agree; the provider's holds.
pub const PERSON_CONTRADICTED: &str = "person_contradicted";
/// The customer has the money back, and the bill is paid all the same.
pub const PAID_AFTER_REFUND: &str = "paid_after_refund";

/// What everything together says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillStanding {
    pub state: BillState,
    /// Why a person must look, as stable codes.
    pub reviews: BTreeSet<String>,
    /// The customer's money, once it was taken.
    pub cash: Option<BillCash>,
    /// When the last try of the payment was marked as leaving.
    pub sent_at: Option<UnixMs>,
    /// How often a payment was marked as leaving.
    pub tries: u8,
    /// What was taken from the deposit, once it is paid: as the payment was answered, else as it was inquired.
    pub deposit_price: Option<Rupiah>,
    pub refunded: bool,
    /// The fields of the answer that settled it, in the side table.
    pub details: Option<Hash>,
    /// Whether only a person says how it ended.
    pub by_person: bool,
}

impl BillStanding {
    /// Whether the provider is asked how it ended: a person's word ends the waiting, not the asking.
    pub fn is_asked_about(&self) -> bool {
        self.state.is_in_doubt() || self.by_person
    }

    /// What the shop owes the customer of a bill that failed.
    pub fn owed(&self) -> Option<BillCash> {
        let owed = self.state == BillState::Failed && !self.refunded;
        self.cash.filter(|_| owed)
    }
}

/// Folds `steps` (any order, any duplicates) over `bill`.
pub fn fold(bill: &Bill, steps: &[BillChange]) -> BillStanding {
    let seen = Seen::of(steps);
    let (provider, person) = (seen.provider(), seen.person());
    let mut reviews = seen.reviews.clone();
    let state = match (provider, person) {
        (Some(verdict), _) | (None, Some(verdict)) => end(verdict),
        (None, None) => seen.open(),
    };
    if seen.success && seen.failed && person.is_none() {
        reviews.insert(CONTRADICTION.to_owned());
    }
    if provider.is_some() && person.is_some() && provider != person {
        reviews.insert(PERSON_CONTRADICTED.to_owned());
    }
    if seen.refunded && state != BillState::Failed {
        reviews.insert(PAID_AFTER_REFUND.to_owned());
    }
    let paid = state == BillState::Success;
    let named = seen.success_price.or(bill.amounts.price);
    BillStanding {
        state,
        reviews,
        cash: seen.cash,
        sent_at: seen.sent_at,
        tries: seen.sending.last().copied().unwrap_or(0),
        deposit_price: named.filter(|_| paid),
        refunded: seen.refunded,
        details: if paid { seen.success_details } else { seen.other_details },
        by_person: provider.is_none() && person.is_some(),
    }
}

fn end(verdict: BillVerdict) -> BillState {
    match verdict {
        BillVerdict::Paid => BillState::Success,
        BillVerdict::Failed => BillState::Failed,
    }
}

/// The set of steps, gathered so that neither order nor duplicates leave a trace.
#[derive(Default)]
struct Seen {
    cash: Option<BillCash>,
    sending: BTreeSet<u8>,
    not_sent: BTreeSet<u8>,
    sent_at: Option<UnixMs>,
    answered: bool,
    pending: bool,
    success: bool,
    failed: bool,
    said_paid: bool,
    said_failed: bool,
    refunded: bool,
    reviews: BTreeSet<String>,
    /// The largest that a success names: the shop never thinks that it paid less.
    success_price: Option<Rupiah>,
    success_details: Option<Hash>,
    other_details: Option<Hash>,
}

impl Seen {
    fn of(steps: &[BillChange]) -> Self {
        let mut seen = Self::default();
        for step in steps {
            seen.take(step);
        }
        seen
    }

    fn take(&mut self, step: &BillChange) {
        match step {
            BillChange::MoneyReceived { cash } => {
                self.cash = Some(self.cash.map_or(*cash, |before| before.min(*cash)));
            }
            BillChange::PaySending { tries, at } => {
                self.sending.insert(*tries);
                self.sent_at = self.sent_at.max(Some(*at));
            }
            BillChange::PayNotSent { tries, .. } => {
                self.not_sent.insert(*tries);
            }
            BillChange::Answered { evidence } => self.answer(evidence),
            BillChange::Resolved { verdict: BillVerdict::Paid, .. } => self.said_paid = true,
            BillChange::Resolved { verdict: BillVerdict::Failed, .. } => self.said_failed = true,
            BillChange::RefundPaid { .. } => self.refunded = true,
        }
    }

    fn answer(&mut self, evidence: &BillEvidence) {
        self.answered = true;
        self.reviews.extend(evidence.review.clone());
        match evidence.word {
            BillWord::Unknown | BillWord::Review => {}
            BillWord::Pending => self.pending = true,
            BillWord::Failed => self.failed = true,
            BillWord::Success => {
                self.success = true;
                self.success_price = self.success_price.max(evidence.amounts.price);
            }
        }
        let details = match evidence.word {
            BillWord::Success => &mut self.success_details,
            BillWord::Unknown | BillWord::Review | BillWord::Pending | BillWord::Failed => {
                &mut self.other_details
            }
        };
        *details = (*details).max(evidence.details);
    }

    fn provider(&self) -> Option<BillVerdict> {
        one_of(self.success, self.failed)
    }

    fn person(&self) -> Option<BillVerdict> {
        one_of(self.said_paid, self.said_failed)
    }

    /// Tries that may have left.
    fn live(&self) -> impl Iterator<Item = u8> {
        self.sending.difference(&self.not_sent).copied()
    }

    /// Where nobody has said how it ended, or both ways were said.
    fn open(&self) -> BillState {
        if self.pending && !self.success && !self.failed {
            BillState::Pending
        } else if self.answered || self.said_paid || self.said_failed {
            BillState::Unknown
        } else if self.live().next().is_some() {
            BillState::PaySent
        } else if self.cash.is_some() {
            BillState::MoneySecured
        } else {
            BillState::Inquired
        }
    }
}

fn one_of(paid: bool, failed: bool) -> Option<BillVerdict> {
    match (paid, failed) {
        (true, false) => Some(BillVerdict::Paid),
        (false, true) => Some(BillVerdict::Failed),
        (true, true) | (false, false) => None,
    }
}
