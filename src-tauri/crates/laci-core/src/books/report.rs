//! X and Z reports: totals as a fold over facts with their circumstances. One source for every view, so that turnover
//! by method = by cashier = by hour = the revenue account.
//!
//! Deliberately absent: a clock, and the choice of the shift, which is the log's order alone (`shift.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::books::account::Account;
use crate::books::drawer::Drawer;
use crate::books::error::BooksError;
use crate::books::fact::{By, Fact, Part, Pocket, RefundOf, Seen, Way};
use crate::books::legs::legs;
use crate::money::Rupiah;

/// A fact and what reports group it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The register's shifts count from 1.
    pub shift: u32,
    /// On the shop's wall, 0 to 23 ([`crate::time::UnixMs::hour`]).
    pub hour: u8,
    /// The person's id, never the name. For money that came by itself: who made the sale.
    pub cashier: String,
    pub fact: Fact,
}

/// How many, and how much in rupiah.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub count: u32,
    pub amount: Rupiah,
}

impl Tally {
    pub fn add(&mut self, amount: Rupiah) -> Result<(), BooksError> {
        self.count = self.count.checked_add(1).ok_or(BooksError::Overflow)?;
        self.amount = self.amount.checked_add(amount)?;
        Ok(())
    }
}

/// What is open at the moment of the report. It is in no total: none of it is turnover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// On the shop's own QRIS, seen by nobody yet (belum verifikasi).
    pub unverified: Tally,
    /// Every other sale without money (belum lunas).
    pub unpaid: Tally,
    /// Paid, and not yet in the bank ([`crate::books::Balances::unsettled`]).
    pub unsettled: Rupiah,
}

/// The totals of one shift, one day, or any other set of lines; rupiah throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Omzet: prices of the sales that were covered, without unique codes and rounding, before refunds.
    pub turnover: Rupiah,
    pub sales: u32,
    /// A sale in two parts counts in each of its ways.
    pub by_method: BTreeMap<Way, Tally>,
    /// The way [`Way::Qris`] by gateway and own QRIS.
    pub by_gateway: BTreeMap<Pocket, Tally>,
    pub by_cashier: BTreeMap<String, Tally>,
    pub by_hour: BTreeMap<u8, Tally>,
    /// Of the turnover: covered on a person's word.
    pub confirmed: Tally,
    /// Sales that ended before money covered them.
    pub voided: u32,
    /// Refunds of sales, counted when they were decided.
    pub refunds: Tally,
    /// Bons that were paid off, in whichever way.
    pub bon_paid: Tally,
    /// Money taken for bills: outside the turnover.
    pub bills: Tally,
    /// What unique codes added, signed.
    pub unique_code: Rupiah,
    /// What gateways keep, as far as it is known.
    pub fees: Rupiah,
    /// What customers paid beyond what was asked: owed to them.
    pub surplus: Rupiah,
    pub cash: Drawer,
    pub open: Standing,
}

impl Report {
    /// The totals of `lines`, in any order. Errors as [`legs`].
    pub fn of<'a>(
        lines: impl IntoIterator<Item = &'a Line>,
        open: Standing,
    ) -> Result<Self, BooksError> {
        let mut report = Self { open, ..Self::default() };
        lines.into_iter().try_for_each(|line| report.take(line))?;
        Ok(report)
    }

    /// The same for the lines of one shift.
    pub fn of_shift<'a>(
        shift: u32,
        lines: impl IntoIterator<Item = &'a Line>,
        open: Standing,
    ) -> Result<Self, BooksError> {
        Self::of(lines.into_iter().filter(|line| line.shift == shift), open)
    }

    /// Adds one line. After an error the report is half added to and must be dropped.
    pub fn take(&mut self, line: &Line) -> Result<(), BooksError> {
        let mut revenue = Rupiah::ZERO;
        let mut returned = Rupiah::ZERO;
        for leg in legs(&line.fact)? {
            match leg.account {
                Account::Revenue => revenue = leg.amount.negated(),
                Account::SalesReturned => returned = leg.amount,
                Account::UniqueCode => {
                    self.unique_code = self.unique_code.checked_sub(leg.amount)?;
                }
                Account::GatewayFee => self.fees = self.fees.checked_add(leg.amount)?,
                Account::Surplus if leg.amount < Rupiah::ZERO => {
                    self.surplus = self.surplus.checked_sub(leg.amount)?;
                }
                Account::Surplus
                | Account::Cash
                | Account::GatewayReceivable(_)
                | Account::OwnQrisReceivable
                | Account::Bank
                | Account::BonReceivable
                | Account::BillDeposit(_)
                | Account::UnmatchedMoney
                | Account::BillMoney
                | Account::RefundOwed
                | Account::Rounding
                | Account::BillFee
                | Account::BillMargin
                | Account::OtherIncome
                | Account::CashExpense
                | Account::OwnerCapital
                | Account::CashOverShort => {}
            }
        }
        self.cash.take(&line.fact)?;
        self.count(line, revenue, returned)
    }

    fn count(&mut self, line: &Line, revenue: Rupiah, returned: Rupiah) -> Result<(), BooksError> {
        match &line.fact {
            Fact::SaleCovered { parts } => self.sale(line, revenue, parts),
            Fact::SaleVoided => {
                self.voided = self.voided.checked_add(1).ok_or(BooksError::Overflow)?;
                Ok(())
            }
            Fact::RefundPromised { of: RefundOf::Sale, .. }
            | Fact::RefundPaid { of: RefundOf::Sale, .. } => self.refunds.add(returned),
            Fact::BonPaid { part } => self.bon_paid.add(part.price),
            Fact::BillMoneyReceived { part } => self.bills.add(part.price),
            Fact::RefundPromised { of: RefundOf::Owed(_), .. }
            | Fact::RefundPaid { of: RefundOf::Owed(_), .. }
            | Fact::MoneyReceived { .. }
            | Fact::MoneyWithdrawn { .. }
            | Fact::Settled { .. }
            | Fact::FeeCorrected { .. }
            | Fact::CashIn { .. }
            | Fact::CashOut { .. }
            | Fact::Setor { .. }
            | Fact::ShiftOpened { .. }
            | Fact::ShiftClosed { .. }
            | Fact::DepositToppedUp { .. }
            | Fact::BillSucceeded { .. }
            | Fact::BillFailed { .. }
            | Fact::BillFoundPaid { .. }
            | Fact::BillRefunded { .. }
            | Fact::BillReversed { .. } => Ok(()),
        }
    }

    fn sale(&mut self, line: &Line, total: Rupiah, parts: &[Part]) -> Result<(), BooksError> {
        self.turnover = self.turnover.checked_add(total)?;
        self.sales = self.sales.checked_add(1).ok_or(BooksError::Overflow)?;
        self.by_cashier.entry(line.cashier.clone()).or_default().add(total)?;
        self.by_hour.entry(line.hour).or_default().add(total)?;
        for part in parts {
            let way = part.by.way();
            self.by_method.entry(way).or_default().add(part.price)?;
            if let (Way::Qris, Some(pocket)) = (way, part.by.pocket()) {
                self.by_gateway.entry(pocket.clone()).or_default().add(part.price)?;
            }
            if let By::Sent { seen: Seen::Person, .. } = part.by {
                self.confirmed.add(part.price)?;
            }
        }
        Ok(())
    }

    /// Whether every view of the turnover comes to the same: the check that is shown beside a report.
    pub fn cross_foots(&self) -> bool {
        let qris = self.by_method.get(&Way::Qris).copied().unwrap_or_default();
        sums_to(self.by_method.values(), self.turnover)
            && sums_to(self.by_cashier.values(), self.turnover)
            && sums_to(self.by_hour.values(), self.turnover)
            && sums_to(self.by_gateway.values(), qris.amount)
    }
}

fn sums_to<'a>(tallies: impl Iterator<Item = &'a Tally>, amount: Rupiah) -> bool {
    Rupiah::checked_sum(tallies.map(|tally| tally.amount)) == Ok(amount)
}
