//! Ask a gateway about a bill, now or when it is due.

use std::sync::Arc;

use laci_core::{AttemptId, AttemptState, Method, Refusal};
use laci_gateway::{CallError, Collector, CreateRetry, Gateway, OurRef, StatusAnswer, StatusAsk};
use laci_ledger::{AttemptRow, Op, PollState};

use super::answer::{Finding, Found};
use super::create::LookedUp;
use super::watch;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::PaymentView;

/// What one look gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    /// The gateway answered about the bill.
    Answered,
    /// It gave nothing to learn from; it is asked again later.
    Nothing,
    /// It was not asked: too soon, or nobody to ask.
    NotAsked,
}

impl Till {
    /// "Cek sekarang": asks the gateway unless it was asked just now, and answers with what is known then. A
    /// gateway that does not answer is told as a notice, not as an error.
    pub async fn payment_check(self: &Arc<Self>, id: AttemptId) -> Result<PaymentView> {
        let row = self.attempt_row(id)?;
        let poll = self.read(|view| view.poll_of(id))?;
        self.look(&row, poll).await?;
        self.changed(id)?;
        self.payment_show(id)
    }

    pub(crate) fn attempt_row(&self, id: AttemptId) -> Result<AttemptRow> {
        Ok(self.read(|view| view.attempt(id))?.ok_or(Refusal::PaymentUnknown)?)
    }

    /// One look at a bill, with what follows. The next look's moment is noted whatever comes.
    pub(crate) async fn look(
        self: &Arc<Self>,
        row: &AttemptRow,
        poll: Option<PollState>,
    ) -> Result<Looked> {
        self.look_because(Finding::Poll, row, poll).await
    }

    /// The same because the gateway called.
    pub(crate) async fn look_when_called(
        self: &Arc<Self>,
        row: &AttemptRow,
        poll: Option<PollState>,
    ) -> Result<Looked> {
        self.look_because(Finding::Webhook, row, poll).await
    }

    async fn look_because(
        self: &Arc<Self>,
        finding: Finding,
        row: &AttemptRow,
        poll: Option<PollState>,
    ) -> Result<Looked> {
        let Method::Gateway { gateway, .. } = &row.attempt.terms.method else {
            return Ok(Looked::NotAsked);
        };
        let gateway = self.gateway(gateway)?;
        let Some(gateway_id) = row.standing.gateway_id.clone() else {
            return self.learn_reference(row, &gateway).await;
        };
        let now = self.ports.now();
        let least = i64::from(gateway.common().min_recheck_ms);
        let asked = poll.as_ref().map_or(i64::MIN, |poll| poll.last_asked_at_ms.0);
        if now.0.saturating_sub(asked) < least.min(watch::AGAIN_MS) {
            return Ok(Looked::NotAsked);
        }
        let ask = StatusAsk {
            gateway_id,
            our_ref: OurRef::from(row.attempt.id),
            total: row.standing.total,
            since: row.attempt.started_at,
            now,
        };
        let answered = self.executor.status(&gateway, &ask).await;
        let mut misses = poll.map_or(0, |poll| poll.misses);
        let (looked, problem, held_ms) = match answered {
            Ok(answered) => match answered.answer {
                StatusAnswer::Seen(observed) => {
                    let found = Found { finding, observed, reason: None, raw: answered.raw };
                    self.commit_found(Op::Paid, &row.attempt, found, None)?;
                    (Looked::Answered, None, 0)
                }
                StatusAnswer::NotFound => (Looked::Nothing, Some("bill_not_found"), 0),
                StatusAnswer::Unreadable(doubt) => (Looked::Nothing, Some(doubt.code()), 0),
            },
            Err(CallError::Held { wait_ms, .. }) => (Looked::NotAsked, Some("held"), wait_ms),
            Err(CallError::NotSent(why)) => (Looked::Nothing, Some(why.code()), 0),
        };
        misses = if looked == Looked::Answered { 0 } else { misses.saturating_add(1) };
        let state = self.attempt_row(row.attempt.id)?;
        let least = gateway.common().min_recheck_ms;
        let wait =
            watch::wait_ms(&state, misses, now, least).max(i64::try_from(held_ms).unwrap_or(0));
        let poll = PollState {
            next_at_ms: now.plus_ms(wait),
            last_asked_at_ms: now,
            misses,
            last_problem: problem.map(str::to_owned),
        };
        self.ledger.note_poll(row.attempt.id, &poll)?;
        Ok(looked)
    }

    /// A bill whose name is not known cannot be looked at. Where the contract allows it, the same reference is
    /// sent once more to learn the name; the bill is then watched, never shown.
    async fn learn_reference(
        self: &Arc<Self>,
        row: &AttemptRow,
        gateway: &Gateway,
    ) -> Result<Looked> {
        let Some(_flying) = self.fly_alone(row.attempt.id) else { return Ok(Looked::NotAsked) };
        // Read again: another look may have used the retry up between the caller's reading and this flight.
        let row = &self.attempt_row(row.attempt.id)?;
        let unused = row
            .create
            .as_ref()
            .is_some_and(|owed| owed.tries == 1 && owed.state == laci_ledger::OutboxState::Sending);
        if row.standing.state != AttemptState::Unknown {
            return Ok(Looked::NotAsked);
        }
        let (owed, ask) = (self.owed_create(&row.attempt)?, self.create_ask(&row.attempt)?);
        let window = Self::nobody_waits();
        match gateway.collector().map(Collector::create_retry) {
            Some(CreateRetry::OnceWithSameKey) if unused => {
                self.ask_again(By::TILL, gateway, &row.attempt, &ask, owed, &window).await?;
                Ok(Looked::Answered)
            }
            Some(CreateRetry::AfterLookUp) => {
                let found = self.look_up(gateway, &row.attempt, &ask, owed.0, &window).await?;
                let learnt = found == LookedUp::Found;
                Ok(if learnt { Looked::Answered } else { Looked::Nothing })
            }
            None | Some(CreateRetry::Never | CreateRetry::OnceWithSameKey) => Ok(Looked::NotAsked),
        }
    }
}
