//! The use cases of the till, and the workers that run beside them.
//!
//! One folder per noun: `payment`, `history`, `receipt`, `settings`, `sync`, `secrets`. Every use case is a method of
//! [`Till`]: it decides with laci-core, commits with laci-ledger, and only then acts through the ports.
//!
//! Deliberately absent: the window, the command line, the keyring's API (the shell's), and SQL (the ledger's).

mod backup;
mod backup_place;
mod bill;
mod by;
mod call;
mod door;
pub mod error;
mod feed;
mod gateways;
mod history;
mod inbox;
mod listen_file;
mod lock;
mod merchant;
mod outside;
mod payment;
pub mod ports;
mod prefs;
mod receipt;
mod report;
mod secrets;
mod session;
mod settings;
mod shift;
mod statement;
mod symbols;
mod sync;
mod till;
pub mod wire;

pub use backup::find_backups;
pub use bill::{BillCashView, BillEvidenceView, BillInquiry, BillProduct, BillView};
pub use by::{Asker, By, Word};
pub use call::{CallEndView, Called, OrderWord};
pub use error::{Result, Sentence, TillError};
pub use gateways::PRACTICE_KEY;
pub use laci_core::books::RefundBy;
pub use laci_core::{
    Act, AttemptId, AttemptState, BillId, BillRefusal, BillState, BillVerdict, CashMove, Hash,
    Lang, Refusal, Role, SaleId, UnixMs, Verdict, Zone, may,
};
pub use outside::OutsideEnd;
pub use payment::{Charge, Resolve};
pub use ports::{Clock, Ids, KeyStore, KeyStoreError, Ports};
pub use receipt::{Receipt, ReceiptFormat, write_file};
pub use report::{Period, ReportView};
pub use settings::{Facts, Setup, gateway_kinds, read_qris, read_qris_picture, read_qris_pixels};
pub use shift::CashMovement;
pub use sync::Synced;
pub use till::{Place, Till, speaking};
pub use {laci_gateway as gateway, laci_ledger as ledger, laci_qris as qris};
