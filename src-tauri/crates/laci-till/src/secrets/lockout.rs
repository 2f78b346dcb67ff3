//! Wrong PINs cost time: after five of them a wait, which doubles with each further one. Guesses go one at a time, and
//! each is noted durably before it is looked at, so that no crash and no second window gives a free one.
//!
//! No wall clock is asked. The wait that is owed stands in the ledger, is counted down by the process's own clock, and
//! begins anew at a restart.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use laci_core::Refusal;
use laci_ledger::{Ledger, Lockout};

use crate::error::Result;
use crate::lock::held;
use crate::ports::Clock;

/// So many wrong ones cost nothing: fingers slip.
const FREE: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// Held by whoever is guessing, for as long as the guess is looked at: one guess at a time, whoever's it is. Failures
/// and waits are each person's own, so that nobody can lock out another.
pub(crate) struct Turnstile(Mutex<Waits>);

#[derive(Debug, Default)]
struct Waits {
    by: BTreeMap<String, Wait>,
    /// Whose PIN was refused unlooked at last.
    refused: Option<String>,
}

/// A wait of this length that began at this time of the process's clock.
#[derive(Clone, Copy, Debug, Default)]
struct Wait {
    since: Duration,
    length: Duration,
}

impl Wait {
    fn left(self, now: Duration) -> Duration {
        self.length.saturating_sub(now.saturating_sub(self.since))
    }
}

impl Turnstile {
    /// What an earlier process left owed is owed from now on.
    pub(crate) fn of(ledger: &Ledger, clock: &dyn Clock) -> Result<Self> {
        let since = clock.monotonic();
        let all = ledger.read(|view| view.lockouts())?;
        let by = all
            .into_iter()
            .map(|(who, owed)| (who, Wait { since, length: Duration::from_millis(owed.left_ms) }));
        Ok(Self(Mutex::new(Waits { by: by.collect(), refused: None })))
    }

    /// The wait of whoever was refused last; zero when that PIN would be looked at now.
    pub(crate) fn owed(&self, clock: &dyn Clock) -> Duration {
        let waits = held(&self.0);
        let wait = waits.refused.as_ref().and_then(|who| waits.by.get(who));
        wait.map_or(Duration::ZERO, |wait| wait.left(clock.monotonic()))
    }

    pub(crate) fn refused(&self) -> Option<String> {
        held(&self.0).refused.clone()
    }

    /// The wait of `who` was waited out in this process before the ledger was opened again.
    pub(crate) fn waited(&self, who: &str) {
        held(&self.0).by.remove(who);
    }

    /// Nothing is held against `who` any more.
    pub(crate) fn forgive(&self, ledger: &Ledger, who: &str) -> Result<()> {
        let mut waits = held(&self.0);
        ledger.note_lockout(who, Lockout::default())?;
        waits.by.remove(who);
        Ok(())
    }

    /// Lets `check` look at one PIN. Refused with `pin_locked`, unlooked at, while a wait is owed.
    pub(crate) fn pass(
        &self,
        ledger: &Ledger,
        clock: &dyn Clock,
        who: &str,
        check: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let mut waits = held(&self.0);
        let now = clock.monotonic();
        let left = waits.by.get(who).map_or(Duration::ZERO, |wait| wait.left(now));
        if !left.is_zero() {
            waits.refused = Some(who.to_owned());
            return Err(Refusal::PinLocked { seconds: whole_seconds(left) }.into());
        }
        let failures = ledger.read(|view| view.lockout(who))?.failures.saturating_add(1);
        let length = wait_after(failures);
        waits.by.insert(who.to_owned(), Wait { since: now, length });
        let left_ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        ledger.note_lockout(who, Lockout { failures, left_ms })?;
        laci_ledger::fault::point("pin.noted");
        check()?;
        ledger.note_lockout(who, Lockout::default())?;
        waits.by.remove(who);
        Ok(())
    }
}

fn wait_after(failures: u32) -> Duration {
    match failures.saturating_sub(FREE) {
        0 => Duration::ZERO,
        costly => {
            let times = 1_u32.checked_shl(costly - 1).unwrap_or(u32::MAX);
            FIRST_WAIT.saturating_mul(times).min(LONGEST_WAIT)
        }
    }
}

/// Rounded up: whoever waits so long is let through.
fn whole_seconds(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let seconds = |failures| wait_after(failures).as_secs();
        assert_eq!((0..=4).map(seconds).sum::<u64>(), 0);
        assert_eq!((5..=11).map(seconds).collect::<Vec<_>>(), [30, 60, 120, 240, 480, 900, 900]);
        for many in [36, 37, 68, u32::MAX] {
            assert_eq!(seconds(many), 900, "{many} failures");
        }
    }

    #[test]
    fn a_part_of_a_second_is_a_second() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_millis(30_000)), 30);
    }
}
