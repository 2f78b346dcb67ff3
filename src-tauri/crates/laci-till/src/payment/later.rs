//! A deferred charge: the sale is recorded now, its bill is made once the gateway can be reached, and its link is sent to
//! the customer. The create is owed from the first commit on and leaves by the same path and contract as any other.
//! Deliberately absent: when it is tried (`sync/later.rs`), and what the customer is written (`message.rs`).

use std::sync::Arc;

use laci_core::later::may_leave;
use laci_core::{
    AttemptId, AttemptState, Body, Evidence, Method, Observed, OutboxEnd, OutboxId, Source,
};
use laci_gateway::{CallError, CheckAnswer, Gateway, HealthState, NotSent};
use laci_ledger::{Op, PollState};

use super::create::Window;
use super::put_off::{beside, is_waiting};
use crate::by::By;
use crate::error::Result;
use crate::till::Till;

/// How long until an unreachable gateway is tried again: doubled each time, up to the most.
const AGAIN_MS: i64 = 5_000;
const AGAIN_MAX_MS: i64 = 60_000;

/// What became of a create that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// It left, and what followed is in the log.
    Answered,
    /// It never leaves: the sale has its money, or another way.
    Closed,
    /// The gateway cannot be reached; the code of why.
    Waits(String),
    /// It does not wait, or somebody sends it now.
    NotNow,
}

enum Next {
    Send(OutboxId),
    Reach,
    End(Sent),
}

impl Till {
    /// Sends a create that waits, once its gateway answers something harmless: what a captive portal would swallow has
    /// no known end. Whatever holds it back leaves it waiting.
    pub(crate) async fn send_later(self: &Arc<Self>, id: AttemptId) -> Result<Sent> {
        let Some(_flying) = self.fly_alone(id) else { return Ok(Sent::NotNow) };
        if let Next::End(end) = self.next_of_waiting(id, false)? {
            return Ok(end);
        }
        let row = self.attempt_row(id)?;
        let Method::Gateway { gateway: name, .. } = &row.attempt.terms.method else {
            return Ok(Sent::NotNow);
        };
        let gateway = match self.gateway(name) {
            Ok(gateway) => gateway,
            Err(error) => return self.still_waits(id, error.code(), 0),
        };
        if let Err((code, wait_ms)) = self.reached(&gateway).await {
            return self.still_waits(id, code, wait_ms);
        }
        let ask = self.create_ask(&row.attempt)?;
        let item = match self.next_of_waiting(id, true)? {
            Next::Send(item) => item,
            Next::End(end) => return Ok(end),
            Next::Reach => return Ok(Sent::NotNow),
        };
        laci_ledger::fault::point("create.sending");
        let window = Window::default();
        match self.ask_marked(&gateway, &row.attempt, &ask, item, &window).await? {
            None => {
                let row = self.attempt_row(id)?;
                self.ledger.note_poll(id, &self.asked_now(&row, &gateway, 0))?;
                self.changed(id)?;
                Ok(Sent::Answered)
            }
            Some(error) if may_pass(error) => {
                self.transact(Op::Evidence, By::TILL, |tx| {
                    tx.append(Body::OutboxEnded { item, end: OutboxEnd::Later })?;
                    Ok(())
                })?;
                self.still_waits(id, error.code(), held_ms(error))
            }
            Some(error) => {
                self.commit_not_sent(&row.attempt, item, error, &window).await?;
                self.changed(id)?;
                Ok(Sent::Answered)
            }
        }
    }

    /// Looks whether the create may still leave, and closes one that may not; `reached`: marks it as being sent in the
    /// same commit, so that no cancel comes between.
    fn next_of_waiting(&self, id: AttemptId, reached: bool) -> Result<Next> {
        let at = self.ports.now();
        let committed = self.transact(Op::Sending, By::TILL, |tx| {
            let Some(row) = tx.attempt(id)? else { return Ok(Next::End(Sent::NotNow)) };
            let Some(owed) = row.create.as_ref().filter(|_| is_waiting(&row)) else {
                return Ok(Next::End(Sent::NotNow));
            };
            let item = owed.id;
            if may_leave(&row.standing, beside(tx, &row)?) {
                if !reached {
                    return Ok(Next::Reach);
                }
                let tries = owed.tries.saturating_add(1);
                tx.append(Body::OutboxSending { item, tries, attempt_id: Some(id) })?;
                return Ok(Next::Send(item));
            }
            let observed = Observed::bare(AttemptState::Cancelled);
            let reason = Some("not_needed_any_more".to_owned());
            let evidence = Evidence { source: Source::Till, at, observed, raw: None, reason };
            tx.append(Body::EvidenceAdded { attempt_id: id, evidence })?;
            tx.append(Body::OutboxEnded { item, end: OutboxEnd::NotSent })?;
            Ok(Next::End(Sent::Closed))
        })?;
        if matches!(committed.value, Next::End(Sent::Closed)) {
            self.changed(id)?;
        }
        Ok(committed.value)
    }

    /// Whether the gateway answers as itself; else why not, and how long it asks to be left alone.
    async fn reached(&self, gateway: &Gateway) -> std::result::Result<(), (&'static str, i64)> {
        if self.executor.health(gateway.name()).state == HealthState::Ready {
            return Ok(());
        }
        match self.executor.check(gateway, self.ports.now()).await {
            Ok(answered) => match answered.answer {
                CheckAnswer::Ready => Ok(()),
                CheckAnswer::KeyRefused => Err(("key_refused", AGAIN_MAX_MS)),
                CheckAnswer::Unreadable(doubt) => Err((doubt.code(), 0)),
            },
            Err(error) => Err((error.code(), held_ms(error))),
        }
    }

    fn still_waits(&self, id: AttemptId, code: &str, at_least_ms: i64) -> Result<Sent> {
        self.note_waiting(id, code, at_least_ms)?;
        self.changed(id)?;
        Ok(Sent::Waits(code.to_owned()))
    }

    /// When it is tried again, and why not now.
    pub(crate) fn note_waiting(&self, id: AttemptId, code: &str, at_least_ms: i64) -> Result<()> {
        let misses = self.read(|view| view.poll_of(id))?.map_or(0, |poll| poll.misses);
        let wait = AGAIN_MS.saturating_mul(1 << misses.min(6)).min(AGAIN_MAX_MS).max(at_least_ms);
        let now = self.ports.now();
        let next_at_ms = now.plus_ms(wait.saturating_add(self.executor.jitter_ms(wait / 8)));
        let poll = PollState {
            next_at_ms,
            last_asked_at_ms: now,
            misses: misses.saturating_add(1),
            last_problem: Some(code.to_owned()),
        };
        Ok(self.ledger.note_poll(id, &poll)?)
    }
}

/// Whether the same create may reach the gateway later.
fn may_pass(error: CallError) -> bool {
    match error {
        CallError::Held { .. } => true,
        CallError::NotSent(why) => match why {
            NotSent::Dns
            | NotSent::Unreachable
            | NotSent::ConnectTimeout
            | NotSent::Tls
            | NotSent::PublicHttp => true,
            NotSent::Invalid => false,
        },
    }
}

fn held_ms(error: CallError) -> i64 {
    match error {
        CallError::Held { wait_ms, .. } => i64::try_from(wait_ms).unwrap_or(AGAIN_MAX_MS),
        CallError::NotSent(_) => 0,
    }
}
