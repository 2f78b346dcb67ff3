//! How a payment stands: asked by a person or when it is due, never sooner than the gateway allows, never by paying.

use std::sync::Arc;

use laci_core::bill_rules::{is_too_old, oldest_days, pause_ms, wait_ms};
use laci_core::{BillId, BillRefusal, BillSource, BillState, UnixMs};
use laci_gateway::{BillAnswer, BillStep, CallError};
use laci_ledger::{BillRow, PollState};

use super::answer::Learnt;
use super::view::BillView;
use crate::error::Result;
use crate::till::Till;

/// What a look gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BillLooked {
    /// The gateway answered about the payment.
    Answered,
    /// It gave nothing to learn from.
    Nothing,
    /// It was not asked: too soon, on its way, or at its end.
    NotAsked,
}

impl Till {
    /// "Cek sekarang": asks unless the gateway was asked just now, and answers with what is known then.
    ///
    /// Refused: `bill_unknown`, `bill_too_old`, `bill_erased`, `gateway_unknown`.
    pub async fn bill_check(self: &Arc<Self>, id: BillId) -> Result<BillView> {
        let row = self.bill_row(id)?;
        if row.standing.is_asked_about() {
            self.look_at_bill(&row).await?;
        }
        self.bill_show(id)
    }

    /// One look at a payment whose end is open.
    pub(crate) async fn look_at_bill(&self, row: &BillRow) -> Result<BillLooked> {
        let id = row.bill.id;
        let Some(_flight) = self.bill_alone(id) else { return Ok(BillLooked::NotAsked) };
        self.name_unknown_bill(id)?;
        // Read again: what was on its way may have ended since.
        let row = self.bill_row(id)?;
        let (Some(sent_at), true) = (row.standing.sent_at, row.standing.is_asked_about()) else {
            return Ok(BillLooked::NotAsked);
        };
        let now = self.ports.now();
        if is_too_old(row.bill.kind, sent_at, now) {
            return Err(BillRefusal::TooOld { days: oldest_days(row.bill.kind) }.into());
        }
        let gateway = self.biller(row.bill.gateway.as_str())?;
        let poll = self.read(|view| view.poll_of_bill(id))?;
        let least = gateway.common().min_recheck_ms;
        if wait_ms(last_call(sent_at, poll.as_ref()), now, least) > 0 {
            return Ok(BillLooked::NotAsked);
        }
        let ask = self.bill_ask(&row.bill)?;
        let asked = poll.map_or(0, |poll| poll.misses).saturating_add(1);
        // Noted before it leaves: a process that dies here asks no sooner.
        self.note_bill_asked(id, asked, least, now, None)?;
        let answered = self.executor.bill(&gateway, BillStep::Status, &ask, now).await;
        let (looked, problem) = match answered {
            Ok(answered) => match &answered.answer {
                BillAnswer::Seen(_) => {
                    let at = self.ports.now();
                    let learnt = Learnt::of(BillSource::Status, at, &ask.customer_no, answered);
                    self.commit_learnt(id, learnt)?;
                    (BillLooked::Answered, None)
                }
                // A status that cannot be asked is no evidence.
                BillAnswer::Unreadable(doubt) => (BillLooked::Nothing, Some(doubt.code())),
            },
            Err(error @ CallError::Held { .. }) => (BillLooked::NotAsked, Some(error.code())),
            Err(error @ CallError::NotSent(_)) => (BillLooked::Nothing, Some(error.code())),
        };
        self.note_bill_asked(id, asked, least, now, problem)?;
        Ok(looked)
    }

    fn note_bill_asked(
        &self,
        id: BillId,
        asked: u32,
        least: u32,
        now: UnixMs,
        problem: Option<&str>,
    ) -> Result<()> {
        let poll = PollState {
            next_at_ms: now.plus_ms(pause_ms(asked, least)),
            last_asked_at_ms: now,
            misses: asked,
            last_problem: problem.map(str::to_owned),
        };
        Ok(self.ledger.note_bill_poll(id, &poll)?)
    }

    /// A payment that was on its way in a process that died, or whose end could not be written down.
    fn name_unknown_bill(&self, id: BillId) -> Result<()> {
        if self.bill_row(id)?.standing.state != BillState::PaySent {
            return Ok(());
        }
        let at = self.ports.now();
        self.commit_learnt(id, Learnt::nothing(BillSource::Till, at, "stopped_while_sending"))
    }

    /// The same where nobody asks, at start or by the worker: unless it is on its way.
    pub(crate) fn name_bill_left(&self, id: BillId) -> Result<()> {
        match self.bill_alone(id) {
            Some(_flight) => self.name_unknown_bill(id),
            None => Ok(()),
        }
    }
}

/// The last call about a payment: its sending counts.
fn last_call(sent_at: UnixMs, poll: Option<&PollState>) -> UnixMs {
    poll.map_or(sent_at, |poll| poll.last_asked_at_ms.max(sent_at))
}
