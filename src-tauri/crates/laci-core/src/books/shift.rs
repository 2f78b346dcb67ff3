//! Which shift a fact belongs to: a fold in the log's order. No time is looked at, so that no clock fault can put a
//! sale in two Z reports or in none (promise T1).
//!
//! Deliberately absent: whether selling takes an open shift (a setting, decided before a fact exists). Cash should not
//! move while none is open: it would lie under the next float and be counted as a difference.

use crate::books::error::BooksError;
use crate::books::fact::Fact;

/// How far the shifts of a register have come. They count from 1; a hand-over is a close and an open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shifts {
    opened: u32,
    is_open: bool,
}

impl Shifts {
    /// After `opened` shifts, the last of which is open or not.
    pub fn after(opened: u32, is_open: bool) -> Self {
        Self { opened, is_open }
    }

    /// The shift that `fact`, the next in the log's order, belongs to: the one that is open (its own opening and close
    /// belong to it), else the next to open. Refused, and nothing changed: `shift_open` when a second one would open,
    /// `shift_not_open` when none could close.
    pub fn place(&mut self, fact: &Fact) -> Result<u32, BooksError> {
        match fact {
            Fact::ShiftOpened { .. } if self.is_open => Err(BooksError::ShiftOpen),
            Fact::ShiftOpened { .. } => {
                self.opened = self.opened.checked_add(1).ok_or(BooksError::Overflow)?;
                self.is_open = true;
                Ok(self.opened)
            }
            Fact::ShiftClosed { .. } if !self.is_open => Err(BooksError::ShiftNotOpen),
            Fact::ShiftClosed { .. } => {
                self.is_open = false;
                Ok(self.opened)
            }
            Fact::SaleCovered { .. }
            | Fact::SaleVoided
            | Fact::BonPaid { .. }
            | Fact::MoneyReceived { .. }
            | Fact::MoneyWithdrawn { .. }
            | Fact::Settled { .. }
            | Fact::FeeCorrected { .. }
            | Fact::RefundPromised { .. }
            | Fact::RefundPaid { .. }
            | Fact::CashIn { .. }
            | Fact::CashOut { .. }
            | Fact::Setor { .. }
            | Fact::DepositToppedUp { .. }
            | Fact::BillMoneyReceived { .. }
            | Fact::BillSucceeded { .. }
            | Fact::BillFailed { .. }
            | Fact::BillFoundPaid { .. }
            | Fact::BillRefunded { .. }
            | Fact::BillReversed { .. } => match self.open() {
                Some(open) => Ok(open),
                None => self.opened.checked_add(1).ok_or(BooksError::Overflow),
            },
        }
    }

    /// The shift that is open now.
    pub fn open(&self) -> Option<u32> {
        self.is_open.then_some(self.opened)
    }
}
