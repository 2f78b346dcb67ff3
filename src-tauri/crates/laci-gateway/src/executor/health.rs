//! What is known of a gateway's health, in memory only. It claims nothing: ready means proven within a minute.

use std::time::Duration;

use tokio::time::Instant;

/// For how long a proof counts.
const PROOF: Duration = Duration::from_secs(60);
/// A mean answer time from which a gateway is called slow.
const SLOW_MS: u32 = 3_000;
/// How many of the last calls are looked at, and how many failures among them make a gateway slow.
const LOOKED_AT: u32 = 10;
const FAILURES_SLOW: u32 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthState {
    /// It answered well within the last minute.
    Ready,
    /// It does answer, but late or not always.
    Slow,
    /// The last calls failed.
    Down,
    /// Not asked lately.
    Unknown,
}

impl HealthState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Slow => "slow",
            Self::Down => "down",
            Self::Unknown => "unknown",
        }
    }
}

/// A snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub state: HealthState,
    /// Milliseconds since the last good answer.
    pub last_ok_ago_ms: Option<u64>,
    /// Milliseconds since the last failure.
    pub last_failed_ago_ms: Option<u64>,
    /// The code of the last failure since the last good answer.
    pub last_error: Option<&'static str>,
    /// Moving mean of answer times in milliseconds (each new one counts a fifth).
    pub latency_ms: Option<u32>,
    /// The server's clock less ours, in milliseconds, as of the last answer with a `Date`.
    pub clock_offset_ms: Option<i64>,
    /// Calls looked at (at most 10), and how many of them failed.
    pub calls: u32,
    pub failures: u32,
}

/// Failures that say that there is no way to the gateway now.
const UNREACHED: [&str; 4] = ["dns_failed", "unreachable", "connect_timeout", "tls_failed"];

#[derive(Debug, Default)]
pub(super) struct HealthRecord {
    last_ok: Option<Instant>,
    last_failed: Option<Instant>,
    last_error: Option<&'static str>,
    latency_ms: Option<u32>,
    clock_offset_ms: Option<i64>,
    /// The last outcomes, newest in bit 0; 1 is a failure.
    outcomes: u32,
    calls: u32,
}

impl HealthRecord {
    pub(super) fn ok(&mut self, now: Instant) {
        self.last_ok = Some(now);
        self.last_error = None;
        self.push(0);
    }

    pub(super) fn failed(&mut self, now: Instant, code: &'static str) {
        self.last_failed = Some(now);
        self.last_error = Some(code);
        self.push(1);
    }

    fn push(&mut self, bit: u32) {
        self.outcomes = ((self.outcomes << 1) | bit) & ((1 << LOOKED_AT) - 1);
        self.calls = (self.calls + 1).min(LOOKED_AT);
    }

    pub(super) fn latency(&mut self, ms: u32) {
        let mean =
            self.latency_ms.map_or(u64::from(ms), |mean| (u64::from(mean) * 4 + u64::from(ms)) / 5);
        self.latency_ms = Some(u32::try_from(mean).unwrap_or(u32::MAX));
    }

    pub(super) fn clock_offset(&mut self, ms: i64) {
        self.clock_offset_ms = Some(ms);
    }

    pub(super) fn snapshot(&self, now: Instant) -> Health {
        let ago = self.last_ok.map(|at| now.saturating_duration_since(at));
        let failed = self.last_failed.map(|at| now.saturating_duration_since(at));
        Health {
            state: self.state(ago),
            last_ok_ago_ms: ago.map(whole_ms),
            last_failed_ago_ms: failed.map(whole_ms),
            last_error: self.last_error,
            latency_ms: self.latency_ms,
            clock_offset_ms: self.clock_offset_ms,
            calls: self.calls,
            failures: self.outcomes.count_ones(),
        }
    }

    fn state(&self, ok_ago: Option<Duration>) -> HealthState {
        let proven = ok_ago.is_some_and(|ago| ago < PROOF);
        let two_failed = self.outcomes & 0b11 == 0b11;
        // The newest fact wins: a call that failed since the last good answer is never shown as ready.
        if let Some(code) = self.last_error {
            let down = two_failed || !proven || UNREACHED.contains(&code);
            return if down { HealthState::Down } else { HealthState::Slow };
        }
        if !proven {
            return HealthState::Unknown;
        }
        let late = self.latency_ms.is_some_and(|ms| ms >= SLOW_MS);
        if late || self.outcomes.count_ones() >= FAILURES_SLOW {
            return HealthState::Slow;
        }
        HealthState::Ready
    }
}

fn whole_ms(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_only_while_proven() {
        let start = Instant::now();
        let mut record = HealthRecord::default();
        let state =
            |record: &HealthRecord, s: u64| record.snapshot(start + Duration::from_secs(s)).state;
        assert_eq!(state(&record, 0), HealthState::Unknown, "never asked");
        record.ok(start);
        record.latency(400);
        assert_eq!(state(&record, 59), HealthState::Ready);
        assert_eq!(state(&record, 60), HealthState::Unknown, "the proof is old");
        record.failed(start, "timeout");
        assert_eq!(
            state(&record, 30),
            HealthState::Slow,
            "one lost call is no outage, and not green"
        );
        record.failed(start, "timeout");
        assert_eq!(state(&record, 30), HealthState::Down);
        record.ok(start + Duration::from_secs(31));
        assert_eq!(state(&record, 32), HealthState::Slow, "two of the last ten failed");
        assert_eq!(record.snapshot(start).last_error, None);
    }

    #[test]
    fn what_cannot_be_reached_is_down_at_once() {
        let start = Instant::now();
        let mut record = HealthRecord::default();
        record.ok(start);
        record.failed(start, "unreachable");
        assert_eq!(record.snapshot(start).state, HealthState::Down);
    }

    #[test]
    fn a_first_failure_is_down_and_late_answers_are_slow() {
        let start = Instant::now();
        let mut record = HealthRecord::default();
        record.failed(start, "dns_failed");
        assert_eq!(record.snapshot(start).state, HealthState::Down);
        let mut record = HealthRecord::default();
        record.ok(start);
        record.latency(6_800);
        assert_eq!(record.snapshot(start).state, HealthState::Slow);
        record.latency(300);
        assert_eq!(record.snapshot(start).latency_ms, Some(5_500));
    }
}
