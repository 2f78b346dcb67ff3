//! A drawer as a cashier would reckon it, without the books: the oracle of the tests.

use laci_core::books::{By, Fact, RefundBy};
use laci_ledger::BookRow;

/// Float, cash received less change, less refunds, in, out and setor; in rupiah.
pub(crate) fn drawer_by_hand(rows: &[BookRow]) -> i64 {
    rows.iter().map(|row| in_hand(&row.line.fact)).sum()
}

fn in_hand(fact: &Fact) -> i64 {
    match fact {
        Fact::ShiftOpened { float } => float.get(),
        Fact::SaleCovered { parts } => parts.iter().map(|part| received(&part.by)).sum(),
        Fact::RefundPaid { amount, by: RefundBy::Cash, .. } => -amount.get(),
        Fact::CashIn { amount, .. } => amount.get(),
        Fact::CashOut { amount } | Fact::Setor { amount, .. } => -amount.get(),
        Fact::BillRefunded { held, rounding, by: RefundBy::Cash } => -held.get() - rounding.get(),
        Fact::BillMoneyReceived { part } => received(&part.by),
        Fact::BillSucceeded { .. }
        | Fact::BillFailed { .. }
        | Fact::BillFoundPaid { .. }
        | Fact::BillRefunded { by: RefundBy::Transfer, .. }
        | Fact::BillReversed { .. }
        | Fact::RefundPaid { by: RefundBy::Transfer, .. }
        | Fact::SaleVoided
        | Fact::MoneyReceived { .. }
        | Fact::MoneyWithdrawn { .. }
        | Fact::ShiftClosed { .. }
        | Fact::Settled { .. }
        | Fact::FeeCorrected { .. }
        | Fact::RefundPromised { .. } => 0,
        Fact::BonPaid { .. } | Fact::DepositToppedUp { .. } => {
            panic!("no entry comes to {fact:?} yet")
        }
    }
}

fn received(by: &By) -> i64 {
    match by {
        By::Cash { tendered, change, .. } => tendered.get() - change.get(),
        By::Sent { .. } | By::Bon | By::Held { .. } => 0,
    }
}
