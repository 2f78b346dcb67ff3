//! Cash that moves without a sale: in, out, setor; and a drawer that is opened for nothing.

use laci_core::shift_event::REASON_CHARS_MAX;
use laci_core::{Body, CashMove, Refusal, Rupiah, ShiftEvent};
use laci_ledger::Op;

use super::open::counted_amount;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{CashMoved, Push, ShiftNow};

/// Cash to move, in rupiah, and why.
pub struct CashMovement {
    pub kind: CashMove,
    pub amount: i64,
    pub reason: String,
}

impl Till {
    /// Refused: `shift_not_open`, `amount_zero`, `amount_negative`, `amount_too_large`, `reason_required` (but for a setor).
    pub fn cash_move(&self, by: By, movement: &CashMovement) -> Result<CashMoved> {
        let amount = counted_amount(movement.amount)?;
        if amount == Rupiah::ZERO {
            return Err(Refusal::AmountZero.into());
        }
        let kind = movement.kind;
        let reason = match kind {
            // Where it goes says why.
            CashMove::SetorToOwner | CashMove::SetorToBank => {
                trimmed(Some(&movement.reason)).unwrap_or_default()
            }
            CashMove::InFromOwner | CashMove::InOther | CashMove::Out => {
                reasoned(&movement.reason)?
            }
        };
        let committed = self.transact(Op::Drawer, by, |tx| {
            let shift = tx.open_shift()?.ok_or(Refusal::ShiftNotOpen)?;
            let reason = reason.clone();
            let event = ShiftEvent::CashMoved { kind, amount, reason };
            tx.append(Body::Shift { event })?;
            Ok(shift.number)
        })?;
        self.tell(Push::StripChanged);
        let slip = self.cash_slip(by, movement.kind, amount, &reason, committed.value)?;
        Ok(CashMoved { slip })
    }

    /// The drawer is opened without a sale; the feed shows it. Refused: `reason_required`.
    pub fn drawer_open(&self, by: By, reason: &str) -> Result<ShiftNow> {
        let reason = reasoned(reason)?;
        self.transact(Op::Drawer, by, |tx| {
            tx.append(Body::Shift { event: ShiftEvent::DrawerOpened { reason } })?;
            Ok(())
        })?;
        self.shift_now()
    }
}

/// Why, in a person's words, [`trimmed`]. Refused: `reason_required`.
pub(crate) fn reasoned(reason: &str) -> Result<String> {
    trimmed(Some(reason)).ok_or_else(|| Refusal::ReasonRequired.into())
}

/// A person's words, cut to what a slip can hold; none when nothing was said.
pub(super) fn trimmed(words: Option<&str>) -> Option<String> {
    let words = words?.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().take(REASON_CHARS_MAX).collect();
    (!words.is_empty()).then_some(words)
}
