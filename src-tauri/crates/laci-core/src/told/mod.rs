//! Money on the shop's own QRIS that something told of: how much a text says, and whose it is. Pure.
//!
//! Deliberately absent: duplicates of the same telling, which the ledger finds by their bytes, and a person's word.

mod amount;
mod notice;
mod place;

pub use amount::rupiah_of;
pub use notice::amount_told;
pub use place::{Candidate, Fate, Told, Was, place};
