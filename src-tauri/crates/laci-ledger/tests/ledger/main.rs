//! The ledger through its public door, and the file behind its back.

mod projection;
mod shop;
mod transact;
