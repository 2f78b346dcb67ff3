//! A person's word on how a payment ended that the provider leaves open. It sends nothing: before a
//! "failed" the provider is asked once more, and goes on being asked after it.

use std::sync::Arc;

use laci_core::{BillChange, BillId, BillRefusal, BillState, BillVerdict};
use laci_ledger::Op;

use super::answer::happened;
use super::view::BillView;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;

impl Till {
    /// "Paid" books it as bought; "failed" makes the customer's money a debt. Money that was taken for a payment that
    /// never left can only have failed.
    ///
    /// Refused: `bill_unknown`, `bill_not_resolvable`.
    pub async fn bill_resolve(
        self: &Arc<Self>,
        by: By,
        id: BillId,
        verdict: BillVerdict,
        reason: Option<&str>,
    ) -> Result<BillView> {
        // The provider's word goes before a person's, where it can be had now.
        if verdict == BillVerdict::Failed
            && let Err(error) = self.bill_check(id).await
        {
            tracing::info!(code = error.code(), "no look before a person's word");
        }
        // While it is on its way its end is coming.
        let _flight = self.bill_alone(id).ok_or(BillRefusal::NotResolvable)?;
        let reason = reason.map(crate::shift::reasoned).transpose()?;
        self.transact(Op::Bill, by, |tx| {
            let row = tx.bill(id)?.ok_or(BillRefusal::NotFound)?;
            let open = match row.standing.state {
                BillState::PaySent | BillState::Unknown | BillState::Pending => true,
                BillState::MoneySecured => verdict == BillVerdict::Failed,
                BillState::Inquired | BillState::Failed | BillState::Success => false,
            };
            if !open {
                return Err(BillRefusal::NotResolvable.into());
            }
            let at = self.ports.now();
            happened(tx, id, BillChange::Resolved { verdict, at, reason })
        })?;
        self.tell(crate::wire::Push::StripChanged);
        self.bill_show(id)
    }
}
