//! The customer of a bill that failed has the money back: all that was paid in, once.

use laci_core::books::RefundBy;
use laci_core::{BillChange, BillId, BillRefusal, Refusal};
use laci_ledger::Op;

use super::answer::happened;
use super::view::BillView;
use crate::by::By;
use crate::error::Result;
use crate::shift::reasoned;
use crate::till::Till;

impl Till {
    /// Cash leaves an open shift's drawer.
    ///
    /// Refused: `bill_unknown`, `bill_nothing_owed`, `reason_required`, `shift_not_open`.
    pub fn bill_refund(&self, by: By, id: BillId, way: RefundBy, reason: &str) -> Result<BillView> {
        let reason = reasoned(reason)?;
        self.transact(Op::Refund, by, |tx| {
            let row = tx.bill(id)?.ok_or(BillRefusal::NotFound)?;
            let cash = row.standing.owed().ok_or(BillRefusal::NothingOwed)?;
            if way == RefundBy::Cash {
                tx.open_shift()?.ok_or(Refusal::ShiftNotOpen)?;
            }
            happened(tx, id, BillChange::RefundPaid { cash, by: way, reason })
        })?;
        self.tell(crate::wire::Push::StripChanged);
        self.bill_show(id)
    }
}
