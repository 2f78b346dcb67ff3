//! The till's slips that are no receipts: the X and Z of a shift, money put into or taken from the drawer, recovery
//! codes. Each is resolved content, laid out into rows as a receipt is; every renderer takes them.
//!
//! Deliberately absent: sums. A slip shows what it is given, and reckons nothing.

mod cash;
mod codes;
mod shift;

pub use cash::{CashSlip, CashSlipKind, layout_cash};
pub use codes::{CodesSlip, layout_codes};
pub use shift::{ShiftKind, ShiftSlip, layout_shift};
