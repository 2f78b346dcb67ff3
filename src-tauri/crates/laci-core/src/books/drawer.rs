//! What must lie in the drawer: the lines of a close, as facts fold into them.

use serde::{Deserialize, Serialize};

use crate::books::error::BooksError;
use crate::books::fact::{By, Fact, Part, RefundBy, TopUpFrom};
use crate::money::Rupiah;

/// The lines of the cash block, in rupiah, each signed as it changes the drawer, so that `expected` is their sum.
/// Over several shifts every line is the sum of theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawer {
    /// Modal awal.
    pub float: Rupiah,
    /// Cash sales at their price: received minus change minus rounding.
    pub sales: Rupiah,
    /// Titipan tagihan tunai.
    pub bills: Rupiah,
    /// Bons paid off in cash.
    pub bon_paid: Rupiah,
    /// What cash rounding changed, of sales, bills and bons together.
    pub rounding: Rupiah,
    pub refunds: Rupiah,
    pub cash_in: Rupiah,
    /// Expenses, and PPOB deposits paid from the drawer.
    pub cash_out: Rupiah,
    pub setor: Rupiah,
    /// float + sales + bills + bon_paid + rounding + refunds + cash_in + cash_out + setor.
    pub expected: Rupiah,
    /// What was counted at the closes so far; none while the only shift is open.
    pub counted: Option<Rupiah>,
    /// Counted minus expected at those closes: below zero is short (selisih kurang).
    pub difference: Option<Rupiah>,
}

impl Drawer {
    /// Adds what `fact` does to the drawer; most facts do nothing to it.
    pub fn take(&mut self, fact: &Fact) -> Result<(), BooksError> {
        match fact {
            Fact::SaleCovered { parts } => {
                parts.iter().try_for_each(|part| self.part(part, |drawer| &mut drawer.sales))
            }
            Fact::BonPaid { part } => self.part(part, |drawer| &mut drawer.bon_paid),
            Fact::BillMoneyReceived { part } => self.part(part, |drawer| &mut drawer.bills),
            Fact::RefundPaid { amount, by: RefundBy::Cash, .. } => {
                add(&mut self.refunds, amount.negated())
            }
            Fact::BillRefunded { held, rounding, by: RefundBy::Cash } => {
                add(&mut self.rounding, rounding.negated())?;
                add(&mut self.refunds, held.negated())
            }
            Fact::CashIn { amount, .. } => add(&mut self.cash_in, *amount),
            Fact::CashOut { amount }
            | Fact::DepositToppedUp { paid: amount, from: TopUpFrom::Cash, .. } => {
                add(&mut self.cash_out, amount.negated())
            }
            Fact::Setor { amount, .. } => add(&mut self.setor, amount.negated()),
            Fact::ShiftOpened { float } => add(&mut self.float, *float),
            Fact::ShiftClosed { expected, counted } => self.close(*expected, *counted),
            Fact::SaleVoided
            | Fact::MoneyReceived { .. }
            | Fact::MoneyWithdrawn { .. }
            | Fact::Settled { .. }
            | Fact::FeeCorrected { .. }
            | Fact::RefundPromised { .. }
            | Fact::RefundPaid { by: RefundBy::Transfer, .. }
            | Fact::DepositToppedUp { from: TopUpFrom::Bank, .. }
            | Fact::BillSucceeded { .. }
            | Fact::BillFailed { .. }
            | Fact::BillFoundPaid { .. }
            | Fact::BillRefunded { by: RefundBy::Transfer, .. }
            | Fact::BillReversed { .. } => Ok(()),
        }?;
        self.expected = self.sum()?;
        Ok(())
    }

    fn part(
        &mut self,
        part: &Part,
        line: impl Fn(&mut Self) -> &mut Rupiah,
    ) -> Result<(), BooksError> {
        match part.by {
            By::Cash { rounding, .. } => {
                add(line(self), part.price)?;
                add(&mut self.rounding, rounding)
            }
            By::Sent { .. } | By::Bon | By::Held { .. } => Ok(()),
        }
    }

    fn close(&mut self, expected: Rupiah, counted: Rupiah) -> Result<(), BooksError> {
        let difference = counted.checked_sub(expected)?;
        add(self.counted.get_or_insert_default(), counted)?;
        add(self.difference.get_or_insert_default(), difference)
    }

    fn sum(&self) -> Result<Rupiah, BooksError> {
        Ok(Rupiah::checked_sum([
            self.float,
            self.sales,
            self.bills,
            self.bon_paid,
            self.rounding,
            self.refunds,
            self.cash_in,
            self.cash_out,
            self.setor,
        ])?)
    }
}

fn add(line: &mut Rupiah, amount: Rupiah) -> Result<(), BooksError> {
    *line = line.checked_add(amount)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::books::fact::{CashSource, RefundOf, SetorTo};

    fn rp(n: i64) -> Rupiah {
        Rupiah::new(n).unwrap()
    }

    fn cash(price: i64, rounding: i64) -> Part {
        let by = By::Cash { tendered: rp(price + rounding), change: rp(0), rounding: rp(rounding) };
        Part { price: rp(price), by }
    }

    #[test]
    fn the_drawn_close_comes_out() {
        let facts = [
            Fact::ShiftOpened { float: rp(500_000) },
            Fact::SaleCovered { parts: vec![cash(2_315_430, -30)] },
            Fact::BillMoneyReceived { part: cash(1_090_620, -20) },
            Fact::RefundPaid { of: RefundOf::Sale, amount: rp(16_500), by: RefundBy::Cash },
            Fact::CashIn { amount: rp(100_000), from: CashSource::Owner },
            Fact::CashOut { amount: rp(73_500) },
            Fact::Setor { amount: rp(1_100_000), to: SetorTo::Owner },
        ];
        let mut drawer = Drawer::default();
        facts.iter().for_each(|fact| drawer.take(fact).unwrap());
        assert_eq!((drawer.expected, drawer.difference), (rp(2_816_000), None));
        assert_eq!(drawer.rounding, rp(-50));
        drawer
            .take(&Fact::ShiftClosed { expected: drawer.expected, counted: rp(2_814_000) })
            .unwrap();
        assert_eq!((drawer.counted, drawer.difference), (Some(rp(2_814_000)), Some(rp(-2_000))));
        assert_eq!(drawer.expected, rp(2_816_000), "a close changes no line");
    }
}
