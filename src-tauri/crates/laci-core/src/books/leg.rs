//! What an entry is made of.

use crate::books::account::Account;
use crate::money::Rupiah;

/// One side of a double entry: `amount` is positive for a debit, negative for a credit, never zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    pub account: Account,
    pub amount: Rupiah,
}
