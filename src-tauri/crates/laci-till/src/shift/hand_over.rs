//! A drawer goes from one cashier to the next while the shop stays open: a close and an opening in one commit, with the
//! counted cash as the float. Whoever takes over says so with a PIN.

use laci_core::{Body, Refusal, ShiftEvent};
use laci_ledger::Op;

use super::cash::trimmed;
use super::open::opened;
use super::sums::closing;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{Push, ShiftClosed};

impl Till {
    /// Closes the open shift on its locked count and opens the next one for the approver, who sits at the window then.
    ///
    /// Refused: `shift_not_open`, `shift_not_counted`, `count_stale`, `pin_required`.
    pub fn shift_hand_over(&self, by: By, reason: Option<&str>) -> Result<ShiftClosed> {
        let to = by.approver().ok_or(Refusal::PinRequired)?;
        let reason = trimmed(reason);
        let now = self.ports.now();
        let committed = self.transact(Op::Drawer, by, |tx| {
            let closing = closing(tx, now, reason, Some(to))?;
            let (shift, float) = (closing.shift, closing.counted);
            tx.append(Body::Shift { event: ShiftEvent::Closed { closing } })?;
            opened(tx, float, Some(to))?;
            Ok(shift)
        })?;
        if let Err(error) = self.let_in(to) {
            // The drawer is theirs already; at worst they sign in by themselves.
            tracing::error!(code = error.code(), "the next cashier does not sit at the window yet");
        }
        self.tell(Push::StripChanged);
        self.closed_view(committed.value)
    }
}
