//! The rules of a deferred charge: a payment that was recorded without internet, whose bill is made once its gateway can
//! be reached and whose link the customer gets later. Pure, like `create.rs` and `way.rs`, which hold for it as for any
//! other. Deliberately absent: when a gateway can be reached, and how often that is tried.

use crate::attempt::Standing;
use crate::evidence::{Evidence, Source};
use crate::money::Rupiah;
use crate::state::AttemptState as S;
use crate::time::UnixMs;
use crate::way;

/// What stands beside a deferred attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its sale is neither covered nor voided.
    pub sale_open: bool,
    /// Another attempt of the sale stands, or was shown and can still be paid.
    pub another: bool,
}

impl Beside {
    fn is_free(self) -> bool {
        self.sale_open && !self.another
    }
}

/// Whether another attempt of the sale is in the way of a link.
pub fn is_another(standing: &Standing, evidence: &[Evidence]) -> bool {
    way::stands(standing) || way::can_be_paid(standing, evidence)
}

/// Whether the create that waits may still leave. What was taken back, or is not needed any more, never does.
pub fn may_leave(standing: &Standing, beside: Beside) -> bool {
    match standing.state {
        S::Planned | S::Submitting => beside.is_free(),
        S::Unknown
        | S::Rejected
        | S::Pending
        | S::Unverified
        | S::Failed
        | S::Expired
        | S::Cancelled
        | S::Confirmed
        | S::Paid => false,
    }
}

/// Whether a link that has come may be shown. The customer of a deferred charge waits however long it takes, so no
/// patience ends it: only that it was taken back, or that the sale has another way by now.
pub fn may_be_shown(standing: &Standing, beside: Beside) -> bool {
    match standing.state {
        S::Planned | S::Submitting | S::Unknown | S::Rejected | S::Pending => beside.is_free(),
        S::Unverified | S::Failed | S::Expired | S::Cancelled | S::Confirmed | S::Paid => false,
    }
}

/// What an answer to its create means for whoever is to send the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkEnd {
    Ready {
        asked: Rupiah,
    },
    /// Refused, unanswered, or not to be shown: a person decides what follows.
    Failed,
}

/// None for what is no answer to a create.
pub fn link_end(evidence: &Evidence) -> Option<LinkEnd> {
    let observed = &evidence.observed;
    match observed.state {
        _ if evidence.source != Source::Create => None,
        S::Pending if observed.presentment.is_some() => {
            Some(LinkEnd::Ready { asked: observed.amount.unwrap_or_default() })
        }
        S::Pending | S::Rejected | S::Unknown => Some(LinkEnd::Failed),
        S::Planned
        | S::Submitting
        | S::Unverified
        | S::Failed
        | S::Expired
        | S::Cancelled
        | S::Confirmed
        | S::Paid => None,
    }
}

/// Since when its bill can be there: a create that waited was made long after its attempt was started.
pub fn made_at(started_at: UnixMs, evidence: &[Evidence]) -> UnixMs {
    let names =
        |piece: &&Evidence| piece.source == Source::Create && piece.observed.gateway_id.is_some();
    evidence.iter().filter(names).map(|piece| piece.at).min().unwrap_or(started_at)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::attempt::{Method, Terms, fold};
    use crate::evidence::{Observed, Presentment};
    use crate::id::GatewayName;

    const FREE: Beside = Beside { sale_open: true, another: false };

    fn piece(source: Source, at: i64, state: S) -> Evidence {
        let observed = Observed::bare(state);
        Evidence { source, at: UnixMs(at), observed, raw: None, reason: None }
    }

    fn link(at: i64) -> Evidence {
        let mut made = piece(Source::Create, at, S::Pending);
        made.observed.gateway_id = Some("PG-1".to_owned());
        made.observed.amount = Some(Rupiah::from_u32(10_000));
        made.observed.presentment =
            Some(Presentment::Link { url: "https://contoh.id/1".to_owned() });
        made
    }

    fn standing(evidence: &[Evidence]) -> Standing {
        let gateway = GatewayName::new("kropay").unwrap();
        let method = Method::Gateway { gateway, method: None, extra: BTreeMap::new() };
        fold(&Terms { amount: Rupiah::from_u32(10_000), method }, evidence)
    }

    #[test]
    fn it_leaves_until_it_is_taken_back_or_another_way_is_there() {
        assert!(may_leave(&standing(&[]), FREE));
        let tried = standing(&[piece(Source::Till, 1, S::Submitting)]);
        assert!(may_leave(&tried, FREE), "a try that reached nobody changes nothing");
        assert!(!may_leave(&tried, Beside { sale_open: false, ..FREE }));
        assert!(!may_leave(&tried, Beside { another: true, ..FREE }));
        let back = standing(&[piece(Source::Person, 1, S::Cancelled)]);
        assert!(!may_leave(&back, FREE) && !may_be_shown(&back, FREE));
        let unknown = standing(&[piece(Source::Create, 1, S::Unknown)]);
        assert!(!may_leave(&unknown, FREE), "it may have left: its contract says what follows");
        assert!(may_be_shown(&unknown, FREE), "and a link that is found is the first one");
        assert!(!may_be_shown(&unknown, Beside { another: true, ..FREE }));
    }

    #[test]
    fn a_qr_that_was_taken_back_and_can_be_paid_is_in_the_way() {
        let shown = [link(5), piece(Source::Person, 6, S::Cancelled)];
        assert!(is_another(&standing(&shown), &shown));
        let ended = [link(5), piece(Source::Poll, 6, S::Expired)];
        assert!(!is_another(&standing(&ended), &ended));
    }

    #[test]
    fn a_bill_is_as_old_as_its_create() {
        assert_eq!(made_at(UnixMs(1), &[]), UnixMs(1));
        let tried = piece(Source::Till, 50, S::Submitting);
        assert_eq!(made_at(UnixMs(1), &[tried, link(90), link(95)]), UnixMs(90));
    }
}
