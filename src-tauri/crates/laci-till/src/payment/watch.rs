//! When an open payment is looked at next, and who is told that it changed. Watched ones slow down and never stop
//! before 24 hours after their expiry, or a week where no end is known.

use laci_core::later::made_at;
use laci_core::{Attempt, AttemptId, AttemptState, UnixMs};
use laci_ledger::AttemptRow;

use crate::error::Result;
use crate::till::Till;
use crate::wire::Push;

/// "Cek sekarang" is answered from what is known when the gateway was asked less than this ago.
pub(super) const AGAIN_MS: i64 = 1_000;
const QR_ON_SCREEN_MS: i64 = 4_000;
const FRESH_MS: i64 = 3 * 60_000;
const WAITING_MS: i64 = 15_000;
const AFTER_EXPIRY_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;
const WATCHED_MS: i64 = 10 * 60_000;
const MISSES_CAP_MS: i64 = 30_000;
/// The shortest wait, for gateways whose `min_recheck_ms` is 0 (tests).
const LEAST_MS: i64 = 200;

/// How long until the next look, in milliseconds.
pub(super) fn wait_ms(row: &AttemptRow, misses: u32, now: UnixMs, min_recheck_ms: u32) -> i64 {
    let age = now.since_ms(made_at(row.attempt.started_at, &row.evidence));
    let past = row.standing.expires_at.map_or(age - 24 * HOUR_MS, |end| now.since_ms(end));
    let cancelled = row.standing.state == AttemptState::Cancelled;
    let base = if past > HOUR_MS {
        WATCHED_MS
    } else if past > 0 || cancelled {
        AFTER_EXPIRY_MS
    } else if age > FRESH_MS {
        WAITING_MS
    } else {
        QR_ON_SCREEN_MS
    };
    if min_recheck_ms == 0 {
        return LEAST_MS;
    }
    let slowed = base.saturating_mul(1 << misses.min(6)).min(MISSES_CAP_MS.max(base));
    slowed.max(i64::from(min_recheck_ms))
}

impl Till {
    /// The other attempts of a sale that was just covered: their QRs are not shown any more.
    pub(crate) fn siblings_changed(&self, attempt: &Attempt) -> Result<()> {
        let all = self.read(|view| view.attempts_of(attempt.sale_id))?;
        let mut others = all.into_iter().filter(|row| row.attempt.id != attempt.id);
        others.try_for_each(|row| self.changed(row.attempt.id))
    }

    /// Tells whoever shows this payment that it is to be read again.
    pub(crate) fn changed(&self, id: AttemptId) -> Result<()> {
        let payment = Box::new(self.payment_show(id)?);
        self.tell(Push::PaymentChanged { payment });
        self.tell(Push::StripChanged);
        if self.customer() == Some(id) {
            self.tell(Push::CustomerChanged);
        }
        Ok(())
    }
}
