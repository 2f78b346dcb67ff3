//! Money on the shop's own QRIS that something told of: its attempt finds it, or it waits here for a person.
//! Deliberately absent: who tells (`outside/`, `statement/`), and money at gateways, which their own status tells.

mod list;
mod settle;
mod told;
mod words;

pub(crate) use told::{Placed, Telling, fate};
