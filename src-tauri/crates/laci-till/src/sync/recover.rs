//! At start: what a crash left half done is named. A create that was never sent is closed as not sent, since nobody
//! waits for its QR any more; one that may have been sent becomes unknown, and is watched as far as its contract
//! lets its name be learnt.

use laci_core::{
    AttemptId, AttemptState, Body, Evidence, Method, Observed, OutboxEnd, OutboxId, Source,
};
use laci_gateway::{Collector, CreateRetry};
use laci_ledger::{Op, OutboxKind, OutboxQueue, OutboxRow, OutboxState};

use crate::by::By;
use crate::error::Result;
use crate::till::Till;

impl Till {
    pub(crate) fn close_what_a_crash_left(&self) -> Result<()> {
        for owed in self.read(|view| view.outbox_due(OutboxQueue::GatewayCreate))? {
            self.settle_left(&owed)?;
        }
        self.name_bills_left()
    }

    /// A create that nobody is sending: closed when it was never sent, unknown when it may have been.
    pub(super) fn settle_left(&self, owed: &OutboxRow) -> Result<()> {
        if let OutboxKind::GatewayCreate { attempt_id } = owed.kind {
            match owed.state {
                OutboxState::Queued => {
                    let reason = "not_sent_before_stop";
                    self.settle(
                        owed.id,
                        attempt_id,
                        AttemptState::Rejected,
                        reason,
                        Some(OutboxEnd::NotSent),
                    )?;
                }
                OutboxState::Sending => self.name_unknown(owed, attempt_id)?,
                OutboxState::Done | OutboxState::NotSent | OutboxState::Unknown => {}
            }
        }
        Ok(())
    }

    fn name_unknown(&self, owed: &OutboxRow, attempt_id: AttemptId) -> Result<()> {
        let row = self.attempt_row(attempt_id)?;
        let retry = match &row.attempt.terms.method {
            Method::Gateway { gateway, .. } => self
                .gateway(gateway)
                .map(|gateway| gateway.collector().map(Collector::create_retry)),
            Method::OwnQris { .. } | Method::Cash { .. } => Ok(None),
        };
        // A gateway whose keys are locked now may still have its retry later.
        let may_retry =
            owed.tries < 2 && matches!(retry, Err(_) | Ok(Some(CreateRetry::OnceWithSameKey)));
        let end = (!may_retry).then_some(OutboxEnd::Unknown);
        if row.standing.state == AttemptState::Unknown && end.is_none() {
            return Ok(());
        }
        self.settle(owed.id, attempt_id, AttemptState::Unknown, "stopped_while_sending", end)
    }

    fn settle(
        &self,
        item: OutboxId,
        attempt_id: AttemptId,
        state: AttemptState,
        reason: &str,
        end: Option<OutboxEnd>,
    ) -> Result<()> {
        let at = self.ports.now();
        let observed = Observed::bare(state);
        let reason = Some(reason.to_owned());
        let evidence = Evidence { source: Source::Till, at, observed, raw: None, reason };
        self.transact(Op::Evidence, By::TILL, |tx| {
            tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
            if let Some(end) = end {
                tx.append(Body::OutboxEnded { item, end })?;
            }
            Ok(())
        })?;
        Ok(())
    }
}
