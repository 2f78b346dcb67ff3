//! Who stands at the till, and who may do what: sign-in, PINs, approvals. Every command and verb passes here, and only
//! what comes out of [`crate::Till::allow`] can write to the log in somebody's name.
//!
//! Deliberately absent: the table of acts and roles (laci-core), and which command is which act (the shell).

mod allow;
mod code;
mod people;
mod pins;
mod recovery;
mod session;

pub(crate) use pins::set_pin;
