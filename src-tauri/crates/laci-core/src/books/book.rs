//! One entry while it is being written: movements between accounts, each balanced in itself.

use std::collections::BTreeMap;

use crate::books::account::Account;
use crate::books::error::BooksError;
use crate::books::leg::Leg;
use crate::money::Rupiah;

#[derive(Default)]
pub(super) struct Book(BTreeMap<Account, Rupiah>);

impl Book {
    /// Debits `to` and credits `from` with the same signed amount, so that an entry cannot lose its balance here.
    pub(super) fn move_to(
        &mut self,
        to: Account,
        from: Account,
        amount: Rupiah,
    ) -> Result<(), BooksError> {
        self.add(to, amount)?;
        self.add(from, amount.negated())
    }

    fn add(&mut self, account: Account, amount: Rupiah) -> Result<(), BooksError> {
        let balance = self.0.entry(account).or_default();
        *balance = balance.checked_add(amount)?;
        Ok(())
    }

    /// The legs that are not zero, looked at once more as a whole.
    pub(super) fn finish(self) -> Result<Vec<Leg>, BooksError> {
        if Rupiah::checked_sum(self.0.values().copied())? != Rupiah::ZERO {
            return Err(BooksError::Unbalanced);
        }
        let moved = self.0.into_iter().filter(|(_, amount)| *amount != Rupiah::ZERO);
        Ok(moved.map(|(account, amount)| Leg { account, amount }).collect())
    }
}

pub(super) fn positive(amount: Rupiah) -> Result<Rupiah, BooksError> {
    if amount == Rupiah::ZERO {
        return Err(BooksError::AmountZero);
    }
    not_negative(amount)
}

pub(super) fn not_negative(amount: Rupiah) -> Result<Rupiah, BooksError> {
    if amount < Rupiah::ZERO {
        return Err(BooksError::AmountNegative);
    }
    Ok(amount)
}

/// A fee may be above the amount it was taken from (a fixed fee on a small one), but never below zero.
pub(super) fn a_fee(fee: Rupiah) -> Result<Rupiah, BooksError> {
    if fee < Rupiah::ZERO {
        return Err(BooksError::FeeNegative);
    }
    Ok(fee)
}
