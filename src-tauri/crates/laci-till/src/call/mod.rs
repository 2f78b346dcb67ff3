//! The calls of a gateway that are no payment: its lists, its statistics, its shop's orders, its deposit.
//!
//! What changes something there is an entry before its first byte leaves. Deliberately absent: bills, which have a
//! machine of their own, and the shapes of answers (they are the provider's, and are shown as they came).

mod choices;
mod orders;
mod send;
mod show;

pub use orders::OrderWord;
pub(crate) use send::gateway_name;
pub use send::{CallEndView, Called};
pub(crate) use show::{field_view, operation_view};
