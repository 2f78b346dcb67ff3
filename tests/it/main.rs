//! Tests over more than one crate, in one binary. Absent on purpose: the window (tests/e2e) and processes that die
//! (tests/crash).

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test stops by a panic that says why")]
#![allow(clippy::wildcard_enum_match_arm, reason = "the syntax tree's kinds are not ours")]

mod cli_backup;
mod cli_bill;
mod cli_cash;
mod cli_digiswitch;
mod cli_disk;
mod cli_faults;
mod cli_gateways;
mod cli_holder;
mod cli_later;
mod cli_outside;
mod cli_own_qris;
mod cli_paydigital;
mod cli_qris;
mod cli_receipt;
mod cli_refusals;
mod cli_roles;
mod cli_secrets;
mod cli_shift;
mod cli_tamper;
mod cli_world;
mod house;
