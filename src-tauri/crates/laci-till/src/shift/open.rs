//! A shift begins with the cash that lies in the drawer.

use laci_core::{Body, PersonId, Refusal, Rupiah, ShiftEvent};
use laci_ledger::{Op, Tx};

use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{Push, ShiftNow};

impl Till {
    /// Opens the next shift with `float` rupiah, whoever asks being its cashier. Refused: `shift_open`,
    /// `amount_negative`, `amount_too_large`, `not_set_up`.
    pub fn shift_open(&self, by: By, float: i64) -> Result<ShiftNow> {
        self.settings()?.shop.ok_or_else(Self::not_set_up)?;
        let float = counted_amount(float)?;
        let before = self.shift_now()?.before;
        self.transact(Op::Shift, by, |tx| opened(tx, float, by.actor().person()))?;
        self.tell(Push::StripChanged);
        Ok(ShiftNow { before, ..self.shift_now()? })
    }
}

/// Appends the opening of the next shift; refused with `shift_open` while one is.
pub(super) fn opened(tx: &mut Tx<'_>, float: Rupiah, by: Option<PersonId>) -> Result<()> {
    let newest = tx.newest_shift()?;
    if let Some(open) = newest.as_ref().filter(|shift| shift.is_open()) {
        return Err(Refusal::ShiftOpen { shift: open.number }.into());
    }
    let shift = newest.map_or(1, |last| last.number.saturating_add(1));
    tx.append(Body::Shift { event: ShiftEvent::Opened { shift, float, by } })?;
    Ok(())
}

/// An amount that somebody counted: zero or more.
pub(super) fn counted_amount(amount: i64) -> Result<Rupiah> {
    let amount = Rupiah::new(amount).map_err(|_| Refusal::AmountTooLarge)?;
    if amount < Rupiah::ZERO {
        return Err(Refusal::AmountNegative.into());
    }
    Ok(amount)
}
