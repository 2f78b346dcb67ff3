//! How often a gateway may be asked: a token bucket, and the pause that the gateway itself asks for.
//! Whole milliseconds and thousandths of a token; the clock is passed in.

use std::time::Duration;

use tokio::time::Instant;

/// One call a second on average, with room for a burst; no provider documents its limit.
const PER_TOKEN_MS: i64 = 1_000;
const BURST: i64 = 20;
/// What status calls leave untouched, so that polling never delays a sale.
const KEPT_FOR_CREATES: i64 = 5;
const PAUSE_FIRST: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// A gateway that asks for more is asked again after this.
pub(super) const ASKED_PAUSE_MAX: Duration = Duration::from_secs(3_600);

#[derive(Debug)]
pub(super) struct Budget {
    /// Thousandths of a token (each is worth `PER_TOKEN_MS` of time).
    millitokens: i64,
    filled_at: Instant,
    paused_until: Option<Instant>,
    /// 429s since the last other answer.
    strikes: u32,
}

/// Why a call has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    Budget(Duration),
    Pause(Duration),
}

impl Budget {
    pub(super) fn new(now: Instant) -> Self {
        Self { millitokens: BURST * 1000, filled_at: now, paused_until: None, strikes: 0 }
    }

    /// Takes one token, or says how long to wait for it. `urgent` calls may use the last ones.
    pub(super) fn take(&mut self, now: Instant, urgent: bool) -> Result<(), Wait> {
        self.paused(now)?;
        self.fill(now);
        let floor = if urgent { 0 } else { KEPT_FOR_CREATES * 1000 };
        let missing = 1000 + floor - self.millitokens;
        if missing > 0 {
            let ms = u64::try_from(missing.saturating_mul(PER_TOKEN_MS) / 1000 + 1).unwrap_or(0);
            return Err(Wait::Budget(Duration::from_millis(ms)));
        }
        self.millitokens -= 1000;
        Ok(())
    }

    /// The gateway's own pause alone.
    pub(super) fn paused(&mut self, now: Instant) -> Result<(), Wait> {
        match self.paused_until {
            Some(until) if until > now => Err(Wait::Pause(until.duration_since(now))),
            Some(_) | None => {
                self.paused_until = None;
                Ok(())
            }
        }
    }

    fn fill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.filled_at).as_millis();
        let gained = i64::try_from(passed).unwrap_or(i64::MAX).saturating_mul(1000) / PER_TOKEN_MS;
        self.millitokens = self.millitokens.saturating_add(gained).min(BURST * 1000);
        self.filled_at = now;
    }

    /// The gateway asked for a pause: as long as it said (at most an hour), else 1 s doubling to 60 s.
    pub(super) fn pause(&mut self, now: Instant, asked: Option<Duration>) {
        let own = PAUSE_FIRST.saturating_mul(1 << self.strikes.min(6)).min(PAUSE_MAX);
        let length = asked.map_or(own, |asked| asked.min(ASKED_PAUSE_MAX));
        self.strikes = self.strikes.saturating_add(1);
        let until = now + length;
        // An answer that was under way must not shorten the pause.
        self.paused_until = Some(self.paused_until.map_or(until, |already| already.max(until)));
    }

    pub(super) fn answered(&mut self) {
        self.strikes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn polling_leaves_the_last_tokens_to_sales() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        let polls = (0..100).take_while(|_| budget.take(start, false).is_ok()).count();
        assert_eq!(polls, 15, "twenty, less five kept for creates");
        let creates = (0..100).take_while(|_| budget.take(start, true).is_ok()).count();
        assert_eq!(creates, 5);
        assert_eq!(budget.take(start, true), Err(Wait::Budget(after(1_001))));
        assert!(budget.take(start + after(1_001), true).is_ok(), "one token a second");
        assert!(budget.take(start + after(1_001), true).is_err());
        let later = start + Duration::from_secs(86_400);
        let refilled = (0..100).take_while(|_| budget.take(later, true).is_ok()).count();
        assert_eq!(refilled, 20, "never more than the burst");
    }

    #[test]
    fn a_pause_holds_everything_and_grows() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        let mut lengths = Vec::new();
        let mut now = start;
        for _ in 0..8 {
            budget.pause(now, None);
            let Err(Wait::Pause(length)) = budget.take(now, true) else { panic!("not paused") };
            lengths.push(length.as_secs());
            now += length;
        }
        assert_eq!(lengths, [1, 2, 4, 8, 16, 32, 60, 60]);
        budget.answered();
        budget.pause(now, None);
        assert_eq!(budget.take(now, true), Err(Wait::Pause(after(1_000))), "an answer starts over");
    }

    #[test]
    fn an_asked_pause_is_kept_and_bounded() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        budget.pause(start, Some(after(7_000)));
        assert_eq!(budget.take(start, true), Err(Wait::Pause(after(7_000))));
        budget.pause(start, Some(after(2_000)));
        assert_eq!(budget.take(start, true), Err(Wait::Pause(after(7_000))), "never shortened");
        budget.pause(start, Some(Duration::MAX));
        assert_eq!(budget.take(start, true), Err(Wait::Pause(ASKED_PAUSE_MAX)));
    }
}
