//! At start: what a crash left half done is named. A create that was never sent is closed as not sent, since nobody
//! waits for its QR any more; one that may have been sent becomes unknown, and is watched as far as its contract
//! lets its name be learnt.

use laci_core::create::{Left, left_by_crash};
use laci_core::{
    AttemptId, AttemptState, Body, Evidence, Method, Observed, OutboxEnd, OutboxId, Source,
};
use laci_gateway::{Collector, CreateRetry};
use laci_ledger::{Op, OutboxKind, OutboxQueue, OutboxRow};

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
        let OutboxKind::GatewayCreate { attempt_id } = owed.kind else { return Ok(()) };
        let row = self.attempt_row(attempt_id)?;
        let retry = self.retry_of(&row.attempt.terms.method);
        let (state, reason, end) = match left_by_crash(owed.owed(), retry, row.standing.state) {
            Left::Nothing => return Ok(()),
            Left::NotSent => {
                (AttemptState::Rejected, "not_sent_before_stop", Some(OutboxEnd::NotSent))
            }
            Left::Unknown { ended } => {
                let end = ended.then_some(OutboxEnd::Unknown);
                (AttemptState::Unknown, "stopped_while_sending", end)
            }
        };
        self.settle(owed.id, attempt_id, state, reason, end)
    }

    fn retry_of(&self, method: &Method) -> Option<CreateRetry> {
        let Method::Gateway { gateway, .. } = method else { return None };
        match self.gateway(gateway) {
            Ok(gateway) => gateway.collector().map(Collector::create_retry),
            // A gateway whose keys are locked now may still have its retry later.
            Err(_) => Some(CreateRetry::OnceWithSameKey),
        }
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
