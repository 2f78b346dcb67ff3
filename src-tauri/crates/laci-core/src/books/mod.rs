//! Double entry as pure rules: what moved (a fact), the legs that it posts, and the balances that they add up to.
//!
//! Signs: a debit is positive, a credit negative, in whole rupiah. The legs of a fact always sum to zero, so every
//! sum of facts does (promise L2). Deliberately absent: the log, storage, a clock; facts are derived from entries
//! elsewhere.

pub mod account;
pub mod balances;
mod book;
pub mod cash;
pub mod collected;
pub mod drawer;
pub mod error;
pub mod fact;
pub mod fee;
mod fee_rates;
pub mod leg;
pub mod legs;
mod part_legs;
pub mod report;
pub mod shift;
pub mod z;

pub use account::{Account, Nature};
pub use balances::Balances;
pub use cash::{CashRounding, Count, Denomination, RoundingMode, quick_cash};
pub use collected::{Collected, SaleIs, pocket};
pub use drawer::Drawer;
pub use error::BooksError;
pub use fact::{
    By, CashSource, Fact, Owed, Part, Pocket, RefundBy, RefundOf, Seen, SetorTo, TopUpFrom, Way,
    Why,
};
pub use fee::{FeeError, FeeTable, MerchantClass};
pub use leg::Leg;
pub use legs::legs;
pub use report::{Line, Report, Standing, Tally};
pub use shift::Shifts;
pub use z::{Z, ZNumber, ZProblem, ZReport};
