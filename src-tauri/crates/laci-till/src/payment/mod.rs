//! Collecting for a sale: start, ask, cancel, confirm, look at.

mod answer;
mod beside;
mod cancel;
mod cash;
mod check;
mod confirm;
mod cover;
mod create;
mod customer;
mod later;
mod message;
mod order;
mod own_qris;
mod put_off;
mod refund;
mod resolve;
mod show;
mod start;
mod view;
mod watch;
mod words;

pub(crate) use check::Looked;
pub(crate) use cover::{Cover, cover_if_paid};
pub(crate) use later::Sent;
pub use order::Charge;
pub use resolve::Resolve;
