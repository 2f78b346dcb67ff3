//! Ask a gateway about a bill, now or when it is due.

use std::sync::Arc;

use laci_core::create::{Learn, LookedUp, learn};
use laci_core::later::made_at;
use laci_core::{AttemptId, Method, Refusal, UnixMs};
use laci_gateway::{CallError, Collector, Gateway, OurRef, StatusAnswer, StatusAsk};
use laci_ledger::{AttemptRow, Op, OutboxRow, PollState};

use super::answer::{Finding, Found};
use super::create::Window;
use super::put_off::{is_later, is_waiting};
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
    /// Its gateway may not be asked now; it keeps its place.
    Held,
}

impl Till {
    /// "Cek sekarang": asks the gateway unless it was asked just now, and answers with what is known then. A
    /// gateway that does not answer is told as a notice, not as an error.
    pub async fn payment_check(self: &Arc<Self>, id: AttemptId) -> Result<PaymentView> {
        let row = self.attempt_row(id)?;
        if is_waiting(&row) {
            self.send_later(id).await?;
            return self.payment_show(id);
        }
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
            since: made_at(row.attempt.started_at, &row.evidence),
            now,
        };
        let answered = self.executor.status(&gateway, &ask).await;
        let (looked, problem) = match answered {
            Ok(answered) => match answered.answer {
                StatusAnswer::Seen(observed) => {
                    let found = Found { finding, observed, reason: None, raw: answered.raw };
                    self.commit_found(Op::Paid, &row.attempt, found, None)?;
                    (Looked::Answered, None)
                }
                StatusAnswer::NotFound => (Looked::Nothing, Some("bill_not_found")),
                StatusAnswer::Unreadable(doubt) => (Looked::Nothing, Some(doubt.code())),
            },
            Err(CallError::Held { wait_ms, .. }) => {
                self.note_held(row, poll, now.plus_ms(i64::try_from(wait_ms).unwrap_or(0)))?;
                return Ok(Looked::Held);
            }
            Err(CallError::NotSent(why)) => (Looked::Nothing, Some(why.code())),
        };
        self.note_asked(row.attempt.id, &gateway, poll, problem)?;
        Ok(looked)
    }

    /// The gateway was asked about this bill; `problem` is why nothing was learnt.
    fn note_asked(
        &self,
        id: AttemptId,
        gateway: &Gateway,
        before: Option<PollState>,
        problem: Option<&str>,
    ) -> Result<()> {
        let row = self.attempt_row(id)?;
        let missed = before.map_or(0, |poll| poll.misses).saturating_add(1);
        let misses = if problem.is_some() { missed } else { 0 };
        let last_problem = problem.map(str::to_owned);
        let poll = PollState { last_problem, ..self.asked_now(&row, gateway, misses) };
        Ok(self.ledger.note_poll(id, &poll)?)
    }

    /// A bill that was asked about just now, and when it is asked about next.
    pub(crate) fn asked_now(&self, row: &AttemptRow, gateway: &Gateway, misses: u32) -> PollState {
        let now = self.ports.now();
        let wait = watch::wait_ms(row, misses, now, gateway.common().min_recheck_ms);
        // Up to an eighth more, so that bills that were made together do not come up together.
        let wait = wait.saturating_add(self.executor.jitter_ms(wait / 8));
        let next_at_ms = now.plus_ms(wait);
        PollState { next_at_ms, last_asked_at_ms: now, misses, last_problem: None }
    }

    /// Nobody was asked, so nothing counts as an asking.
    fn note_held(&self, row: &AttemptRow, poll: Option<PollState>, until: UnixMs) -> Result<()> {
        let poll = PollState {
            next_at_ms: until,
            last_asked_at_ms: poll.as_ref().map_or(row.attempt.started_at, |p| p.last_asked_at_ms),
            misses: poll.map_or(0, |poll| poll.misses),
            last_problem: Some("held".to_owned()),
        };
        Ok(self.ledger.note_poll(row.attempt.id, &poll)?)
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
        let Some(create) = row.create.as_ref().map(OutboxRow::owed) else {
            return Ok(Looked::NotAsked);
        };
        let retry = gateway.collector().map(Collector::create_retry);
        let next = learn(create, retry, row.standing.state);
        if next == Learn::Nothing {
            return Ok(Looked::NotAsked);
        }
        let (owed, ask) = (self.owed_create(&row.attempt)?, self.create_ask(&row.attempt)?);
        // A deferred charge's customer waits however long it takes.
        let window = if is_later(row) { Window::default() } else { Self::nobody_waits() };
        match next {
            Learn::SendAgain => {
                self.ask_again(By::TILL, gateway, &row.attempt, &ask, owed, &window).await?;
                Ok(Looked::Answered)
            }
            Learn::LookUp => {
                let found = self.look_up(gateway, &row.attempt, &ask, owed.0, &window).await?;
                let learnt = found == LookedUp::Found;
                Ok(if learnt { Looked::Answered } else { Looked::Nothing })
            }
            Learn::Nothing => Ok(Looked::NotAsked),
        }
    }
}
