//! In which order a shop's gateways are asked for a bill when nobody names one: by health, then by what it costs, then
//! by how they answered lately. A pure function of what is passed in, so that the same facts give the same order.
//!
//! Deliberately absent: asking, and when the next one may be asked (laci-till).

use laci_core::{GatewayName, Rupiah};

use crate::contract::AmountLimits;
use crate::executor::{Health, HealthState};
use crate::settings::{Cost, Hours};

/// A failure says something for this long; after it the gateway is asked in its turn again, or it would never come back.
const FAILURE_COUNTS_MS: u64 = 5 * 60_000;
/// Answer times are compared in steps of this, so that chance does not decide.
const LATENCY_STEP_MS: u32 = 1_000;

/// A gateway that could be asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub name: GatewayName,
    pub health: Health,
    pub limits: AmountLimits,
    pub cost: Cost,
    pub hours: Option<Hours>,
}

/// How sure one is that it answers; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// It answered lately, or nothing speaks against it.
    Sound,
    Slow,
    Down,
}

/// Names in the order in which they are asked; the given order decides between equals. Whoever cannot take `total` is
/// left out, and so is whoever is closed at `minute` of the shop's day, unless all are: then it is better to ask.
pub fn rank(candidates: &[Candidate], total: Rupiah, minute: u16) -> Vec<GatewayName> {
    let fit: Vec<&Candidate> = candidates.iter().filter(|one| one.limits.hold(total)).collect();
    let open = |one: &&&Candidate| one.hours.is_none_or(|hours| hours.hold(minute));
    let open_now: Vec<&Candidate> = fit.iter().filter(open).copied().collect();
    let mut ranked = if open_now.is_empty() { fit } else { open_now };
    ranked.sort_by_key(|one| {
        let steps = one.health.latency_ms.unwrap_or(0) / LATENCY_STEP_MS;
        (trust(&one.health), one.cost.of(total), one.health.failures, steps)
    });
    ranked.into_iter().map(|one| one.name.clone()).collect()
}

fn trust(health: &Health) -> Trust {
    let fresh = health.last_failed_ago_ms.is_some_and(|ago| ago < FAILURE_COUNTS_MS);
    match health.state {
        HealthState::Ready | HealthState::Unknown => Trust::Sound,
        HealthState::Slow => Trust::Slow,
        HealthState::Down if fresh => Trust::Down,
        HealthState::Down => Trust::Sound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn health(state: HealthState) -> Health {
        Health {
            state,
            last_ok_ago_ms: None,
            last_failed_ago_ms: Some(1_000),
            last_error: None,
            latency_ms: None,
            clock_offset_ms: None,
            calls: 0,
            failures: 0,
        }
    }

    fn one(name: &str) -> Candidate {
        Candidate {
            name: GatewayName::new(name).unwrap(),
            health: health(HealthState::Unknown),
            limits: AmountLimits { minimum: Rupiah::from_u32(1_000), maximum: None },
            cost: Cost::default(),
            hours: None,
        }
    }

    fn order(candidates: &[Candidate], total: u32, minute: u16) -> Vec<String> {
        let ranked = rank(candidates, Rupiah::from_u32(total), minute);
        ranked.into_iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn without_any_fact_the_owners_order_stands() {
        assert_eq!(order(&[one("b"), one("a"), one("c")], 10_000, 600), ["b", "a", "c"]);
    }

    #[test]
    fn health_goes_before_cost_and_cost_before_chance() {
        let mut down = one("down");
        down.health = health(HealthState::Down);
        let mut slow = one("slow");
        slow.health = health(HealthState::Slow);
        let dear = Candidate { cost: Cost { bps: 70, rp: Rupiah::from_u32(100) }, ..one("dear") };
        let cheap = Candidate { cost: Cost { bps: 30, rp: Rupiah::ZERO }, ..one("cheap") };
        let all = [down, slow, dear, cheap];
        assert_eq!(order(&all, 10_000, 600), ["cheap", "dear", "slow", "down"]);
        let mut failing = one("failing");
        failing.health.failures = 1;
        let mut late = one("late");
        late.health.latency_ms = Some(2_100);
        let mut quick = one("quick");
        quick.health.latency_ms = Some(900);
        assert_eq!(order(&[failing, late, quick], 10_000, 600), ["quick", "late", "failing"]);
    }

    #[test]
    fn which_is_cheaper_depends_on_the_amount() {
        let flat = Candidate { cost: Cost { bps: 0, rp: Rupiah::from_u32(500) }, ..one("flat") };
        let part = Candidate { cost: Cost { bps: 70, rp: Rupiah::ZERO }, ..one("part") };
        assert_eq!(order(&[flat.clone(), part.clone()], 50_000, 0), ["part", "flat"]);
        assert_eq!(order(&[flat, part], 100_000, 0), ["flat", "part"]);
    }

    #[test]
    fn an_old_failure_is_forgiven_or_it_would_never_be_asked_again() {
        let mut down = one("down");
        down.health = health(HealthState::Down);
        down.health.last_failed_ago_ms = Some(FAILURE_COUNTS_MS);
        assert_eq!(order(&[down, one("up")], 10_000, 0), ["down", "up"]);
    }

    #[test]
    fn limits_leave_out_and_hours_too_unless_all_are_closed() {
        let mut small = one("small");
        small.limits.maximum = Some(Rupiah::from_u32(9_999));
        let day = Candidate { hours: Hours::read("06:00-23:00"), ..one("day") };
        let night = Candidate { hours: Hours::read("22:00-05:00"), ..one("night") };
        let all = [small, day, night];
        assert_eq!(order(&all, 10_000, 12 * 60), ["day"]);
        assert_eq!(order(&all, 10_000, 22 * 60 + 30), ["day", "night"]);
        assert_eq!(order(&all, 10_000, 3 * 60), ["night"]);
        assert_eq!(order(&all, 10_000, 5 * 60 + 30), ["day", "night"], "all closed: still asked");
        assert!(order(&all, 999, 600).is_empty());
    }
}
