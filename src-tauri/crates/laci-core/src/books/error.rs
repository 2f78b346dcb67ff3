//! Why a fact cannot be booked. Deliberately absent: sentences for people. These are mistakes of the program or of
//! its input, caught before the ledger; a screen has refused what a person typed long before.

use crate::money::{MoneyOverflow, Rupiah};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BooksError {
    #[error("an amount beyond what the books can hold")]
    Overflow,
    #[error("an amount below zero")]
    AmountNegative,
    #[error("an amount of zero where something must move")]
    AmountZero,
    #[error("tendered cash below zero")]
    TenderedNegative,
    #[error("change below zero")]
    ChangeNegative,
    #[error("more change than was tendered")]
    ChangeAboveTendered,
    #[error("tendered minus change is not what was due ({due})")]
    ChangeWrong { due: Rupiah },
    #[error("cash rounding of a whole thousand or more")]
    RoundingTooLarge,
    #[error("price with unique code or rounding is zero or less")]
    AskedNotPositive,
    #[error("less was received than was asked ({asked})")]
    PaidLessThanAsked { asked: Rupiah },
    #[error("a fee below zero")]
    FeeNegative,
    #[error("nothing covers it")]
    NoParts,
    #[error("more parts than one sale can have")]
    TooManyParts,
    #[error("cash twice in one sale")]
    CashTwice,
    #[error("a bon cannot be paid off by a bon")]
    BonByBon,
    #[error("money at the bank has nothing left to settle")]
    NothingToSettle,
    #[error("a shift is open already")]
    ShiftOpen,
    #[error("no shift is open")]
    ShiftNotOpen,
    #[error("the legs do not sum to zero")]
    Unbalanced,
}

impl BooksError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Overflow => "books_overflow",
            Self::AmountNegative => "amount_negative",
            Self::AmountZero => "amount_zero",
            Self::TenderedNegative => "tendered_negative",
            Self::ChangeNegative => "change_negative",
            Self::ChangeAboveTendered => "change_above_tendered",
            Self::ChangeWrong { .. } => "change_wrong",
            Self::RoundingTooLarge => "rounding_too_large",
            Self::AskedNotPositive => "asked_not_positive",
            Self::PaidLessThanAsked { .. } => "paid_less_than_asked",
            Self::FeeNegative => "fee_negative",
            Self::NoParts => "no_parts",
            Self::TooManyParts => "too_many_parts",
            Self::CashTwice => "cash_twice",
            Self::BonByBon => "bon_by_bon",
            Self::NothingToSettle => "nothing_to_settle",
            Self::ShiftOpen => "shift_open",
            Self::ShiftNotOpen => "shift_not_open",
            Self::Unbalanced => "books_unbalanced",
        }
    }
}

impl From<MoneyOverflow> for BooksError {
    fn from(_: MoneyOverflow) -> Self {
        Self::Overflow
    }
}
