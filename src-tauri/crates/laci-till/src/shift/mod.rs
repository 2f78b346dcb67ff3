//! Shifts of one drawer: opened with a float, cash in and out, counted blind, closed by a Z.
//!
//! Nothing that may go wrong outside blocks a close: no difference, no open QRIS, no missing internet.

mod cash;
mod close;
mod count;
mod hand_over;
mod open;
mod slip;
mod sums;
mod view;

pub use cash::CashMovement;
pub(crate) use cash::reasoned;
