//! Payment gateways played on this machine over real HTTP, for practice and for tests: their documented calls, a
//! page on which one pays as the customer, and every fault that a real network and a real provider can show.
//!
//! Deliberately absent: real money, other machines (it listens on loopback only), storage, and any part of the
//! till: it knows nothing of the code that it tests, save how a QRIS is written.

mod app;
mod bayargg;
mod book;
mod call;
mod clock;
mod control;
mod digiswitch;
mod fault;
mod gateways;
mod kropay;
mod line;
mod midtrans;
mod page;
mod paydigital;
mod played;
mod ppob;
mod qris;
mod server;

pub use app::{Duplicates, Shape};
pub use book::{BillState, BillView, NoSuchBill};
pub use digiswitch::USERNAME;
pub use fault::{Fault, Operation};
pub use midtrans::APP_CODE;
pub use paydigital::STORE_ID;
pub use qris::{MERCHANT, NMID, practice_sticker};
pub use server::{Sandbox, SandboxOptions, StartError};
