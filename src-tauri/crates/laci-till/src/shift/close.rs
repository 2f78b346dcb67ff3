//! A shift's end: the Z, in one commit with everything that it says.

use laci_core::{Body, Refusal, ShiftEvent};
use laci_ledger::Op;

use super::cash::trimmed;
use super::open::counted_amount;
use super::sums::closing;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{Push, ShiftClosed};

impl Till {
    /// Closes the open shift on its locked count. Whatever is still open at gateways stays watched.
    ///
    /// Refused: `shift_not_open`, `shift_not_counted`, `count_stale`.
    pub fn shift_close(&self, by: By, reason: Option<&str>) -> Result<ShiftClosed> {
        let reason = trimmed(reason);
        let now = self.ports.now();
        let committed = self.transact(Op::Drawer, by, |tx| {
            let closing = closing(tx, now, reason, None)?;
            let shift = closing.shift;
            tx.append(Body::Shift { event: ShiftEvent::Closed { closing } })?;
            Ok(shift)
        })?;
        laci_ledger::fault::point("shift.closed");
        self.tell(Push::StripChanged);
        self.closed_view(committed.value)
    }

    /// Locks a sum and closes on it at once: for a verb, which shows nothing in between.
    pub fn shift_close_on(
        &self,
        by: By,
        counted: i64,
        reason: Option<&str>,
    ) -> Result<ShiftClosed> {
        self.lock_count(by, counted_amount(counted)?, None, None)?;
        self.shift_close(by, reason)
    }

    pub(super) fn closed_view(&self, shift: u32) -> Result<ShiftClosed> {
        let row = self.read(|view| view.shift(shift))?.ok_or(Refusal::ShiftUnknown)?;
        let closing = row.closing.clone().ok_or(Refusal::ShiftUnknown)?;
        let slip = self.z_slip(&row, None)?;
        let file = match self.z_file(&row) {
            Ok(file) => Some(file),
            // The Z is in the log; it can be printed again.
            Err(error) => {
                tracing::error!(code = error.code(), "the Z's file was not written");
                None
            }
        };
        let difference = closing.counted.checked_sub(closing.expected);
        Ok(ShiftClosed {
            shift,
            number: closing.number.to_string(),
            counted: closing.counted.get(),
            expected: closing.expected.get(),
            difference: difference.map_err(|_| Refusal::AmountTooLarge)?.get(),
            slip,
            file,
        })
    }
}
