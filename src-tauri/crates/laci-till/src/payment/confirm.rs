//! A person's word that the money of an own-QRIS payment arrived: two people's, or the owner's, with a reason, kept with it.

use std::sync::Arc;

use laci_core::{AttemptId, AttemptState, Body, Evidence, Method, Observed, Refusal, Source};
use laci_ledger::Op;

use super::cover::cover_if_paid;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::PaymentView;

const REASON_CHARS_MAX: usize = 200;

impl Till {
    /// Refused: `reason_required`, `payment_unknown`, `not_confirmable`.
    pub fn payment_confirm(
        self: &Arc<Self>,
        by: By,
        id: AttemptId,
        reason: &str,
    ) -> Result<PaymentView> {
        let reason: String = reason.trim().chars().take(REASON_CHARS_MAX).collect();
        if reason.is_empty() {
            return Err(Refusal::ReasonRequired.into());
        }
        let now = self.ports.now();
        let cover = self.transact(Op::Confirm, by, |tx| {
            let row = tx.attempt(id)?.ok_or(Refusal::PaymentUnknown)?;
            let own = matches!(row.attempt.terms.method, Method::OwnQris { .. });
            let open = matches!(
                row.standing.state,
                AttemptState::Unverified | AttemptState::Cancelled | AttemptState::Expired
            );
            if !own || !open {
                return Err(Refusal::NotConfirmable.into());
            }
            let observed = Observed::bare(AttemptState::Confirmed);
            let reason = Some(reason.clone());
            let evidence =
                Evidence { source: Source::Person, at: now, observed, raw: None, reason };
            tx.append(Body::EvidenceAdded { attempt_id: id, evidence })?;
            cover_if_paid(tx, id)
        })?;
        laci_ledger::fault::point("paid.committed");
        self.sounded(id, cover.value)?;
        self.wake.notify_one();
        self.changed(id)?;
        self.payment_show(id)
    }
}
