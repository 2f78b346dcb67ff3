//! The ledger through its public door, and the file behind its back.

// The lint's exception covers test functions only; the fixtures beside them are tests as well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod backup;
mod behind;
mod child;
mod counter;
mod crash;
mod drawer_by_hand;
mod export;
mod full_disk;
mod golden;
mod guards;
mod history;
mod open;
mod projection;
mod rebuild;
mod restore;
mod shop;
mod small_disk;
mod syscalls;
mod tamper;
mod tamper_random;
mod transact;
mod verify;
mod watch;
