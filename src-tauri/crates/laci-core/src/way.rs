//! The ways of one sale beside each other: which of its attempts still stands, when another may be begun, and for how
//! long a gateway is asked about one. Pure; the till asks it with what the ledger holds.

use crate::attempt::Standing;
use crate::evidence::{Evidence, Source};
use crate::state::AttemptState as S;
use crate::time::UnixMs;

/// Money may still come this long after a bill expired.
const WATCH_MS: i64 = 24 * 60 * 60 * 1000;
/// A bill whose provider names no end is watched this long after it was made: its link can be paid all the while.
const ENDLESS_MS: i64 = 7 * WATCH_MS;

/// The next way may be asked by itself only while nothing was shown and no bill is known: what was never shown cannot
/// be paid.
pub fn next_way_is_open(standing: &Standing) -> bool {
    match standing.state {
        S::Rejected | S::Unknown => standing.presentment.is_none(),
        S::Planned
        | S::Submitting
        | S::Pending
        | S::Unverified
        | S::Failed
        | S::Expired
        | S::Cancelled
        | S::Confirmed
        | S::Paid => false,
    }
}

/// Whether this attempt is still the sale's payment: covered, or shown and not ended.
pub fn stands(standing: &Standing) -> bool {
    match standing.state {
        S::Paid | S::Confirmed | S::Unverified | S::Planned | S::Submitting => true,
        // A bill whose QR may not be shown is watched, and cannot be paid.
        S::Pending => standing.presentment.is_some(),
        S::Unknown | S::Rejected | S::Failed | S::Expired | S::Cancelled => false,
    }
}

/// Whether a customer who saw this attempt's QR could still pay it. That we took it back ends nothing: no provider
/// documents a cancel. The provider's own word does.
pub fn can_be_paid(standing: &Standing, evidence: &[Evidence]) -> bool {
    let ended = |piece: &Evidence| match piece.source {
        Source::Create | Source::Poll | Source::Webhook => {
            matches!(piece.observed.state, S::Failed | S::Expired | S::Cancelled)
        }
        Source::Till | Source::Person | Source::Relay | Source::Statement => false,
    };
    let covered = standing.state.is_covered();
    standing.presentment.is_some() && !covered && !evidence.iter().any(ended)
}

/// Whether a person may say what becomes of it: its outcome is unknown, and nobody can be asked about it.
pub fn is_resolvable(standing: &Standing) -> bool {
    standing.state == S::Unknown && standing.gateway_id.is_none()
}

/// Until when the gateway is asked. Expired and cancelled bills are watched like open ones, since money that comes
/// later is still money; only a paid one, or one that the gateway never named, is not.
pub fn watched_until(started_at: UnixMs, standing: &Standing) -> Option<UnixMs> {
    let open = standing.gateway_id.is_some() && standing.state != S::Paid;
    open.then(|| match standing.expires_at {
        Some(end) => end.plus_ms(WATCH_MS),
        None => started_at.plus_ms(ENDLESS_MS),
    })
}
