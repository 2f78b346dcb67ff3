//! What the executor remembers per gateway name: its budget and its health. The lock is held for moments only.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use laci_core::{GatewayName, UnixMs};
use tokio::time::Instant;

use super::budget::{Budget, Wait};
use super::health::{Health, HealthRecord};
use super::jitter::Jitter;
use crate::contract::{Reply, http_date};

/// How a call ended, as far as health goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Ok,
    Failed(&'static str),
}

#[derive(Debug)]
struct Lane {
    budget: Budget,
    health: HealthRecord,
}

#[derive(Debug)]
pub(super) struct Lanes {
    lanes: Mutex<BTreeMap<GatewayName, Lane>>,
    jitter: Mutex<Jitter>,
}

impl Lanes {
    pub(super) fn new(jitter_seed: u64) -> Self {
        Self { lanes: Mutex::default(), jitter: Mutex::new(Jitter::new(jitter_seed)) }
    }

    fn with<T>(&self, name: &GatewayName, now: Instant, act: impl FnOnce(&mut Lane) -> T) -> T {
        let mut lanes = lock(&self.lanes);
        let fresh = || Lane { budget: Budget::new(now), health: HealthRecord::default() };
        act(lanes.entry(name.clone()).or_insert_with(fresh))
    }

    /// `unmetered` calls mind only the gateway's own pause.
    pub(super) fn take(
        &self,
        name: &GatewayName,
        now: Instant,
        urgent: bool,
        unmetered: bool,
    ) -> Result<(), Wait> {
        self.with(name, now, |lane| {
            if unmetered { lane.budget.paused(now) } else { lane.budget.take(now, urgent) }
        })
    }

    pub(super) fn is_paused(&self, name: &GatewayName, now: Instant) -> bool {
        self.with(name, now, |lane| lane.budget.paused(now).is_err())
    }

    /// Pauses the gateway when it asks for it: 429 always, 503 only with a `Retry-After`.
    pub(super) fn note_limits(
        &self,
        name: &GatewayName,
        reply: &Reply,
        wall: UnixMs,
        now: Instant,
    ) {
        let asked = retry_after(reply, wall);
        self.with(name, now, |lane| match (reply.status, asked) {
            (429, asked) => lane.budget.pause(now, asked),
            (503, Some(asked)) => lane.budget.pause(now, Some(asked)),
            _ => lane.budget.answered(),
        });
    }

    /// `timing`: the latency and clock offset of a whole reply.
    pub(super) fn record(
        &self,
        name: &GatewayName,
        now: Instant,
        outcome: Outcome,
        timing: Option<(u32, Option<i64>)>,
    ) {
        self.with(name, now, |lane| {
            match outcome {
                Outcome::Ok => lane.health.ok(now),
                Outcome::Failed(code) => lane.health.failed(now, code),
            }
            if let Some((latency_ms, clock_offset_ms)) = timing {
                lane.health.latency(latency_ms);
                clock_offset_ms.into_iter().for_each(|ms| lane.health.clock_offset(ms));
            }
        });
    }

    pub(super) fn health(&self, name: &GatewayName, now: Instant) -> Health {
        match lock(&self.lanes).get(name) {
            Some(lane) => lane.health.snapshot(now),
            None => HealthRecord::default().snapshot(now),
        }
    }

    pub(super) fn forget(&self, name: &GatewayName) {
        lock(&self.lanes).remove(name);
    }

    pub(super) fn jitter(&self, bound: u64) -> u64 {
        lock(&self.jitter).below(bound)
    }
}

/// What stands behind these locks is valid after every statement, so a panic elsewhere spoils nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Seconds, or a date as seen by the server's own clock (`Date`, else ours).
fn retry_after(reply: &Reply, wall: UnixMs) -> Option<Duration> {
    let text = reply.headers.retry_after.as_deref()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let ms = http_date(text)?.since_ms(reply.server_time().unwrap_or(wall));
    Some(Duration::from_millis(u64::try_from(ms).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::ReplyHeaders;

    fn asked(text: &str, date: Option<&str>) -> Option<Duration> {
        let headers = ReplyHeaders {
            retry_after: Some(text.to_owned()),
            date: date.map(str::to_owned),
            ..ReplyHeaders::default()
        };
        retry_after(&Reply { status: 429, headers, body: Vec::new() }, UnixMs(784_111_777_000))
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(asked("7", None), Some(Duration::from_secs(7)));
        let date = "Sun, 06 Nov 1994 08:49:47 GMT";
        assert_eq!(asked(date, None), Some(Duration::from_secs(10)), "against our clock");
        let server = Some("Sun, 06 Nov 1994 08:49:17 GMT");
        assert_eq!(
            asked(date, server),
            Some(Duration::from_secs(30)),
            "against the server's clock"
        );
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:30 GMT", None), Some(Duration::ZERO), "gone by");
        assert_eq!(asked("soon", None), None);
        assert_eq!(asked("-5", None), None);
    }
}
