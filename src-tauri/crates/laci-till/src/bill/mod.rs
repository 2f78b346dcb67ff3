//! Bills that the shop pays for customers out of its deposit: what is owed is asked, the customer's cash is taken, the
//! payment leaves once, and its end is looked for.
//!
//! Deliberately absent: credit that is bought without an inquiry, other ways than cash to pay for a bill, and slips.

mod answer;
mod ask;
mod check;
mod details;
mod inquire;
mod pay;
mod products;
mod refund;
mod resolve;
mod view;
mod words;

pub(crate) use check::BillLooked;
pub use inquire::BillInquiry;
pub use products::BillProduct;
pub use view::{BillCashView, BillEvidenceView, BillView};
