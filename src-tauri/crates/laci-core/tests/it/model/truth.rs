//! The promises, judged by what the gateway really has.

use laci_core::{AttemptState, CreateRetry};

use super::state::{Attempt, CoveredBy, Doing, State};
use super::step::World;

pub(super) fn must_hold(world: &World, state: &State) -> Result<(), String> {
    for attempt in &state.attempts {
        asked_as_allowed(world, attempt)?;
        paid_is_money(attempt)?;
    }
    covered_is_money(state)?;
    one_can_be_paid(state)?;
    money_is_seen(world, state)
}

/// Never more creates than the contract and a person's word allow.
fn asked_as_allowed(world: &World, attempt: &Attempt) -> Result<(), String> {
    let by_contract = match world.contract.retry {
        CreateRetry::Never | CreateRetry::AfterLookUp => 1,
        CreateRetry::OnceWithSameKey => 2,
    };
    let allowed = by_contract + attempt.by_person;
    let within = attempt.sent <= allowed;
    within.then_some(()).ok_or_else(|| format!("asked too often: {} of {allowed}", attempt.sent))
}

fn paid_is_money(attempt: &Attempt) -> Result<(), String> {
    let said = attempt.standing().state == AttemptState::Paid;
    let came = attempt.bills.iter().any(|bill| bill.paid);
    (!said || came).then_some(()).ok_or_else(|| "paid without money".to_owned())
}

fn covered_is_money(state: &State) -> Result<(), String> {
    let came = match state.covered {
        None | Some(CoveredBy::Cash) => true,
        Some(CoveredBy::Attempt(at)) => state.attempts[at].bills.iter().any(|bill| bill.paid),
    };
    came.then_some(()).ok_or_else(|| "covered without money".to_owned())
}

/// Of the QRs that were shown for the sale, one can be paid, and one more for each person who allowed it.
fn one_can_be_paid(state: &State) -> Result<(), String> {
    let bills = state.attempts.iter().flat_map(|attempt| &attempt.bills);
    let shown = bills.filter(|bill| bill.shown).count();
    let allowed = 1 + usize::from(state.words);
    (shown <= allowed).then_some(()).ok_or_else(|| format!("two can be paid: {shown} of {allowed}"))
}

/// From here on nothing goes wrong any more: calls end, the till starts once more, and polls work. Then every payment
/// that the gateway has is in the evidence, and in the sale.
fn money_is_seen(world: &World, state: &State) -> Result<(), String> {
    let paid: Vec<usize> = (0..state.attempts.len())
        .filter(|at| state.attempts[*at].bills.iter().any(|bill| bill.paid))
        .collect();
    if paid.is_empty() {
        return Ok(());
    }
    let mut healed = world.crashed(state);
    for at in paid {
        debug_assert_eq!(healed.attempts[at].doing, Doing::Nothing);
        healed = world.polled(&healed, at).unwrap_or(healed);
        if healed.attempts[at].standing().state != AttemptState::Paid {
            return Err("money that came is never seen".to_owned());
        }
    }
    healed.covered.map(|_| ()).ok_or_else(|| "money that covers nothing".to_owned())
}
