//! The blind count: locked in the log before anybody is shown what is expected. A second count is another entry.

use std::collections::BTreeMap;

use laci_core::books::Count;
use laci_core::{Body, Refusal, Rupiah, ShiftEvent};
use laci_ledger::Op;

use super::cash::trimmed;
use super::open::counted_amount;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::{Difference, ShiftCount};

impl Till {
    /// Locks what was counted and tells the difference. Refused: `shift_not_open`, `count_unreadable`,
    /// `amount_negative`, `amount_too_large`.
    pub fn shift_count(&self, by: By, given: &ShiftCount) -> Result<Difference> {
        let (counted, count) = match (&given.pieces, given.total) {
            (Some(pieces), None) => {
                let count = counted_pieces(pieces)?;
                (count.total().map_err(|_| Refusal::AmountTooLarge)?, Some(count))
            }
            (None, Some(total)) => (counted_amount(total)?, None),
            (Some(_), Some(_)) | (None, None) => return Err(unreadable()),
        };
        let witness = trimmed(given.witness.as_deref());
        self.lock_count(by, counted, count, witness)?;
        self.shift_difference()
    }

    pub(super) fn lock_count(
        &self,
        by: By,
        counted: Rupiah,
        count: Option<Count>,
        witness: Option<String>,
    ) -> Result<()> {
        self.transact(Op::Drawer, by, |tx| {
            let shift = tx.open_shift()?.ok_or(Refusal::ShiftNotOpen)?.number;
            let event = ShiftEvent::Counted { shift, counted, count, witness };
            tx.append(Body::Shift { event })?;
            Ok(())
        })?;
        Ok(())
    }
}

fn counted_pieces(pieces: &BTreeMap<String, u32>) -> Result<Count> {
    let value = serde_json::to_value(pieces).map_err(|_| unreadable())?;
    serde_json::from_value(value).map_err(|_| unreadable())
}

fn unreadable() -> TillError {
    TillError::Refused(Sentence::new(
        "count_unreadable",
        "Hitungan tidak terbaca. Belum ada yang dikunci. Hitung per lembar, atau isi jumlahnya saja.",
        "The count cannot be read. Nothing was locked. Count by piece, or give only the sum.",
    ))
}
