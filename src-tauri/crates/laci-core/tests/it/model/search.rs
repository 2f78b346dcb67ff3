//! Looks at every state that can be reached from the first, each once.

use std::collections::{HashSet, VecDeque};

use laci_core::AttemptState;

use super::state::{Contract, State, Wrong};
use super::step::World;
use super::truth;

#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub states: usize,
    pub steps: usize,
    /// States with a paid attempt, with two of them, with an unknown one: that the search has been there.
    pub paid: usize,
    pub twice: usize,
    pub unknown: usize,
}

pub(super) fn explore(
    contract: Contract,
    must_hold: fn(&World, &State) -> Result<(), String>,
) -> Seen {
    let world = World { contract, wrong: Wrong::Nothing };
    walk(&world, must_hold).unwrap_or_else(|broken| panic!("{broken}"))
}

/// What the first state says that breaks a promise.
pub(super) fn first_broken(contract: Contract, wrong: Wrong) -> Option<String> {
    walk(&World { contract, wrong }, truth::must_hold).err()
}

fn walk(
    world: &World,
    must_hold: fn(&World, &State) -> Result<(), String>,
) -> Result<Seen, String> {
    let mut known = HashSet::new();
    let mut waiting = VecDeque::from([State::first()]);
    let mut seen = Seen::default();
    known.insert(State::first());
    while let Some(state) = waiting.pop_front() {
        must_hold(world, &state).map_err(|why| format!("{why}: {state:#?}"))?;
        count(&mut seen, &state);
        for next in world.steps(&state) {
            seen.steps += 1;
            if known.insert(next.clone()) {
                waiting.push_back(next);
            }
        }
    }
    Ok(seen)
}

fn count(seen: &mut Seen, state: &State) {
    let states: Vec<AttemptState> =
        state.attempts.iter().map(|attempt| attempt.standing().state).collect();
    let paid = states.iter().filter(|one| **one == AttemptState::Paid).count();
    seen.states += 1;
    seen.paid += usize::from(paid > 0);
    seen.twice += usize::from(paid > 1);
    seen.unknown += usize::from(states.contains(&AttemptState::Unknown));
}
