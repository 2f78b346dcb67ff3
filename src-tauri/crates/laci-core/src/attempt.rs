//! One try to collect for a sale, and its state as a fold over evidence.
//!
//! The fold is a function of the *set* of evidence: order and duplicates cannot matter. Nothing here expires by
//! a local clock, and no state is final: money that comes after `expired` or `cancelled` is still money.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::evidence::{Evidence, Presentment};
use crate::id::{AttemptId, GatewayName, SaleId};
use crate::money::Rupiah;
use crate::state::AttemptState;
use crate::time::UnixMs;

/// The review of evidence that money went back: a refund or a chargeback at the gateway. It takes no sale back.
pub const REVERSED: &str = "reversed";

/// Derived from amounts and times; stands beside the state and never changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Paid after `expires_at` (the gateway's `paid_at`, else the moment it was first seen).
    Late,
    Over,
    Under,
    /// More than one payment was seen for this attempt.
    Duplicate,
    /// The gateway says that what was paid went back to the customer.
    Reversed,
    NeedsReview,
}

impl Flag {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Over => "over",
            Self::Under => "under",
            Self::Duplicate => "duplicate",
            Self::Reversed => "reversed",
            Self::NeedsReview => "needs_review",
        }
    }
}

/// How an attempt collects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Method {
    /// `method` is the provider's own word where it has several.
    Gateway {
        gateway: GatewayName,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// Fields of the provider's create that only it knows, by its own names.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        extra: BTreeMap<String, String>,
    },
    /// The shop's own static QRIS, made dynamic here. `unique_code` in rupiah, signed: what it adds to the price.
    OwnQris { unique_code: Rupiah },
    /// Notes and coins. `tendered` rupiah were given; `rounding` is what rounding to whole coins adds to the price,
    /// signed. The change is what was given beyond price and rounding.
    Cash { tendered: Rupiah, rounding: Rupiah },
}

/// What was asked, fixed when the attempt was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The sale's price in rupiah.
    pub amount: Rupiah,
    pub method: Method,
}

impl Terms {
    /// The total before any gateway answered: own QRIS adds its code, a gateway may still add its own.
    pub fn asked_total(&self) -> Rupiah {
        match &self.method {
            Method::Gateway { .. } => self.amount,
            Method::OwnQris { unique_code: added } | Method::Cash { rounding: added, .. } => {
                self.amount.checked_add(*added).unwrap_or(self.amount)
            }
        }
    }
}

/// An attempt as the log started it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub id: AttemptId,
    pub sale_id: SaleId,
    pub started_at: UnixMs,
    pub terms: Terms,
}

/// What all evidence together says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub state: AttemptState,
    pub flags: BTreeSet<Flag>,
    /// What the customer must pay, in rupiah: the gateway's total once it named one.
    pub total: Rupiah,
    /// `total - amount`, signed.
    pub unique_code: Rupiah,
    /// The sum of all distinct payments seen.
    pub received: Rupiah,
    pub gateway_id: Option<String>,
    pub presentment: Option<Presentment>,
    pub expires_at: Option<UnixMs>,
    /// When the covering payment was made (the gateway's word, else first seen).
    pub paid_at: Option<UnixMs>,
    /// Why a person must look; the stable codes of the evidence.
    pub reviews: BTreeSet<String>,
}

/// Folds `evidence` (any order, any duplicates) over `terms`.
pub fn fold(terms: &Terms, evidence: &[Evidence]) -> Standing {
    let total = bill_total(evidence).unwrap_or_else(|| terms.asked_total());
    let mut payments: BTreeMap<Option<&str>, Rupiah> = BTreeMap::new();
    let mut state = AttemptState::Planned;
    let mut flags = BTreeSet::new();
    let mut reviews: BTreeSet<String> =
        evidence.iter().filter_map(|piece| piece.observed.review.clone()).collect();
    let mut paid_at: Option<UnixMs> = None;
    for piece in evidence {
        let observed = &piece.observed;
        state = state.max(judged(observed.state, observed.amount, total));
        if observed.state == AttemptState::Paid {
            let amount = observed.amount.unwrap_or(Rupiah::ZERO);
            let seen = payments.entry(observed.gateway_id.as_deref()).or_default();
            *seen = (*seen).max(amount);
            if amount < total {
                flags.insert(Flag::Under);
                reviews.insert("paid_less_than_asked".to_owned());
            }
        }
        if observed.state.is_covered() {
            let moment = observed.paid_at.unwrap_or(piece.at);
            paid_at = Some(paid_at.map_or(moment, |first| first.min(moment)));
        }
    }
    let received = Rupiah::checked_sum(payments.values().copied()).unwrap_or(total);
    let expires_at = evidence.iter().filter_map(|piece| piece.observed.expires_at).max();
    if received > total {
        flags.insert(Flag::Over);
    }
    if payments.len() > 1 {
        flags.insert(Flag::Duplicate);
    }
    if reviews.contains(REVERSED) {
        flags.insert(Flag::Reversed);
    }
    if let (Some(paid), Some(expiry)) = (paid_at, expires_at)
        && paid > expiry
    {
        flags.insert(Flag::Late);
    }
    if !reviews.is_empty() {
        flags.insert(Flag::NeedsReview);
    }
    Standing {
        state,
        flags,
        total,
        unique_code: total.checked_sub(terms.amount).unwrap_or(Rupiah::ZERO),
        received,
        gateway_id: first(evidence, |o| o.gateway_id.clone()),
        presentment: first(evidence, |o| o.presentment.clone()),
        expires_at,
        paid_at,
        reviews,
    }
}

/// The gateway's own total: named by its answer to the create, so the largest that a bill (not a payment) names.
fn bill_total(evidence: &[Evidence]) -> Option<Rupiah> {
    evidence
        .iter()
        .filter(|piece| piece.observed.presentment.is_some() || is_bill(piece))
        .filter_map(|piece| piece.observed.amount)
        .max()
}

fn is_bill(piece: &Evidence) -> bool {
    piece.source == crate::evidence::Source::Create && piece.observed.state == AttemptState::Pending
}

/// "Paid" counts only with at least the asked total; less, or no amount at all, leaves the attempt open.
fn judged(state: AttemptState, amount: Option<Rupiah>, total: Rupiah) -> AttemptState {
    match state {
        AttemptState::Paid if amount.is_none_or(|paid| paid < total) => AttemptState::Pending,
        AttemptState::Planned
        | AttemptState::Submitting
        | AttemptState::Unknown
        | AttemptState::Rejected
        | AttemptState::Pending
        | AttemptState::Unverified
        | AttemptState::Failed
        | AttemptState::Expired
        | AttemptState::Cancelled
        | AttemptState::Confirmed
        | AttemptState::Paid => state,
    }
}

/// The smallest of all values that the evidence names: a choice that order cannot change.
fn first<T: Ord>(
    evidence: &[Evidence],
    pick: impl Fn(&crate::evidence::Observed) -> Option<T>,
) -> Option<T> {
    evidence.iter().filter_map(|piece| pick(&piece.observed)).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::{Observed, Source};

    fn terms(amount: u32) -> Terms {
        Terms {
            amount: Rupiah::from_u32(amount),
            method: Method::Gateway {
                gateway: GatewayName::new("kropay").unwrap(),
                method: None,
                extra: BTreeMap::new(),
            },
        }
    }

    fn seen(source: Source, at: i64, state: AttemptState, amount: Option<u32>) -> Evidence {
        let mut observed = Observed::bare(state);
        observed.amount = amount.map(Rupiah::from_u32);
        Evidence { source, at: UnixMs(at), observed, raw: None, reason: None }
    }

    fn bill(total: u32, expires: i64) -> Evidence {
        let mut piece = seen(Source::Create, 10, AttemptState::Pending, Some(total));
        piece.observed.expires_at = Some(UnixMs(expires));
        piece.observed.gateway_id = Some("PG-1".to_owned());
        piece
    }

    fn paid(total: u32, at: i64) -> Evidence {
        let mut piece = seen(Source::Poll, at, AttemptState::Paid, Some(total));
        piece.observed.gateway_id = Some("PG-1".to_owned());
        piece
    }

    #[test]
    fn the_gateways_total_is_what_counts() {
        let standing = fold(&terms(10_000), &[bill(10_020, 100), paid(10_000, 50)]);
        assert_eq!(
            standing.state,
            AttemptState::Pending,
            "paying the price alone is short of the total"
        );
        assert!(
            standing.flags.contains(&Flag::Under) && standing.flags.contains(&Flag::NeedsReview)
        );
        let standing = fold(&terms(10_000), &[bill(10_020, 100), paid(10_020, 50)]);
        assert_eq!(standing.state, AttemptState::Paid);
        assert_eq!(standing.unique_code, Rupiah::from_u32(20));
        assert!(standing.flags.is_empty(), "{:?}", standing.flags);
    }

    #[test]
    fn expired_and_cancelled_are_not_final() {
        let end = seen(Source::Poll, 150, AttemptState::Expired, None);
        let cancel = seen(Source::Person, 160, AttemptState::Cancelled, None);
        let standing = fold(&terms(10_000), &[bill(10_000, 100), end, cancel, paid(10_000, 170)]);
        assert_eq!(standing.state, AttemptState::Paid);
        assert_eq!(standing.flags, BTreeSet::from([Flag::Late]));
    }

    #[test]
    fn a_gateways_paid_time_goes_before_the_moment_we_saw_it() {
        let mut payment = paid(10_000, 500);
        payment.observed.paid_at = Some(UnixMs(90));
        let standing = fold(&terms(10_000), &[bill(10_000, 100), payment]);
        assert!(!standing.flags.contains(&Flag::Late), "it was paid in time and only seen late");
    }

    #[test]
    fn two_payments_are_over_and_duplicate() {
        let mut second = paid(10_000, 60);
        second.observed.gateway_id = Some("PG-2".to_owned());
        let standing = fold(&terms(10_000), &[bill(10_000, 100), paid(10_000, 50), second]);
        assert_eq!(standing.flags, BTreeSet::from([Flag::Over, Flag::Duplicate]));
        assert_eq!(standing.received, Rupiah::from_u32(20_000));
    }

    #[test]
    fn paid_without_an_amount_is_never_paid() {
        let standing = fold(&terms(10_000), &[seen(Source::Poll, 5, AttemptState::Paid, None)]);
        assert_eq!(standing.state, AttemptState::Pending);
        assert!(standing.flags.contains(&Flag::NeedsReview));
    }

    #[test]
    fn a_persons_word_is_confirmed_and_later_money_upgrades_it() {
        let own = Terms {
            amount: Rupiah::from_u32(34_500),
            method: Method::OwnQris { unique_code: Rupiah::new(-3).unwrap() },
        };
        let made = seen(Source::Till, 1, AttemptState::Unverified, None);
        let word = seen(Source::Person, 2, AttemptState::Confirmed, None);
        let standing = fold(&own, &[made.clone(), word.clone()]);
        assert_eq!(standing.state, AttemptState::Confirmed);
        assert_eq!(standing.total, Rupiah::from_u32(34_497));
        let money = seen(Source::Poll, 3, AttemptState::Paid, Some(34_497));
        assert_eq!(fold(&own, &[money, word, made]).state, AttemptState::Paid);
    }

    fn any_evidence() -> impl Strategy<Value = Evidence> {
        let source = prop::sample::select(Source::ALL.to_vec());
        let state = prop::sample::select(AttemptState::ALL.to_vec());
        let amount = prop::option::of(9_998u32..10_003);
        let id = prop::option::of(prop::sample::select(vec!["PG-1", "PG-2"]));
        let times = (0i64..5, prop::option::of(0i64..5), prop::option::of(0i64..5));
        (source, state, amount, id, times).prop_map(
            |(source, state, amount, id, (at, paid, expires))| {
                let mut piece = seen(source, at, state, amount);
                piece.observed.gateway_id = id.map(str::to_owned);
                piece.observed.paid_at = paid.map(UnixMs);
                piece.observed.expires_at = expires.map(UnixMs);
                piece
            },
        )
    }

    proptest! {
        #[test]
        fn order_and_duplicates_cannot_matter(
            (set, shuffled) in prop::collection::vec(any_evidence(), 0..7).prop_flat_map(|set| {
                let doubled: Vec<_> = set.iter().chain(set.iter()).cloned().collect();
                (Just(set), Just(doubled).prop_shuffle())
            })
        ) {
            prop_assert_eq!(fold(&terms(10_000), &set), fold(&terms(10_000), &shuffled));
        }

        #[test]
        fn more_evidence_never_lowers_a_covered_sale(
            set in prop::collection::vec(any_evidence(), 0..6), more in any_evidence(),
        ) {
            let before = fold(&terms(10_000), &set);
            let raises_total = more.source == Source::Create || more.observed.presentment.is_some();
            let mut all = set;
            all.push(more);
            let after = fold(&terms(10_000), &all);
            prop_assert!(raises_total || after.state >= before.state);
        }
    }
}
