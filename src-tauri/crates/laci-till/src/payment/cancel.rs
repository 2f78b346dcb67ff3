//! We take a payment back. No provider documents a cancel call, so the bill stays payable and stays watched; the
//! sale stays open and can be charged again.

use std::sync::Arc;

use laci_core::{AttemptId, AttemptState, Body, Evidence, Observed, OutboxEnd, Refusal, Source};
use laci_ledger::Op;

use super::put_off::is_waiting;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::PaymentView;

impl Till {
    /// Refused: `payment_unknown`, `not_cancellable` (it is paid). Cancelling twice changes nothing.
    pub fn payment_cancel(self: &Arc<Self>, by: By, id: AttemptId) -> Result<PaymentView> {
        let now = self.ports.now();
        self.transact(Op::Cancel, by, |tx| {
            let row = tx.attempt(id)?.ok_or(Refusal::PaymentUnknown)?;
            if row.standing.state.is_covered() {
                return Err(Refusal::NotCancellable.into());
            }
            if row.standing.state != AttemptState::Cancelled {
                let observed = Observed::bare(AttemptState::Cancelled);
                let evidence =
                    Evidence { source: Source::Person, at: now, observed, raw: None, reason: None };
                tx.append(Body::EvidenceAdded { attempt_id: id, evidence })?;
            }
            if let Some(create) = row.create.as_ref().filter(|_| is_waiting(&row)) {
                // Taken back before it left: it never does.
                tx.append(Body::OutboxEnded { item: create.id, end: OutboxEnd::NotSent })?;
            }
            Ok(())
        })?;
        if self.customer() == Some(id) {
            self.show_customer(None);
        }
        self.changed(id)?;
        self.payment_show(id)
    }
}
