//! The ledger: one SQLite file that holds an append-only, hash-chained log and the tables that are projected from
//! it. The only crate that names rusqlite; no type of rusqlite leaves it.
//!
//! - `ledger/` opens the file, runs transactions, verifies and rebuilds. Start at [`Ledger`].
//! - `view.rs` and `query/` answer what the till asks.
//! - `projection/` has one file per table: its SQL, how an entry changes it, its rows.
//! - `export/` writes all of it out for other programs.
//! - `log/` has the entries, the chain, and the side table of raw bodies.
//! - `file/` has the folder, the lock, the connections with their settings, the guard and the high-water file.
//!
//! Deliberately absent: clocks, ids, randomness, the network, and every rule about what should be recorded.

mod change;
mod copy_error;
mod error;
mod export;
mod export_error;
pub mod fault;
mod file;
mod header;
mod ledger;
mod lockout;
mod log;
mod poll;
mod projection;
mod query;
mod sentence;
mod sql;
mod view;

pub use change::{Changes, Committed, Head, Moment, Op};
pub use copy_error::CopyError;
pub use error::{LedgerError, OpenError, TransactError};
pub use export::cell::text_cell;
pub use export_error::ExportError;
pub use file::{Disk, DiskState, Folder};
pub use header::{Genesis, Header};
pub use laci_core::OutboxState;
pub use ledger::Ledger;
pub use ledger::copy::Copied;
pub use ledger::export::Exported;
pub use ledger::rebuild::Rebuilt;
pub use ledger::restore::{Restored, Takes};
pub use ledger::stats::Stats;
pub use ledger::tx::Tx;
pub use ledger::verdict::{Problem, ProblemKind, Verdict};
pub use lockout::Lockout;
pub use poll::PollState;
pub use projection::bill::{BillFilter, BillRow};
pub use projection::feed::{FeedKind, FeedRow};
pub use projection::inbox::{InboxRow, InboxState};
pub use projection::outbox::{DeliveryClass, OutboxKind, OutboxQueue, OutboxRow};
pub use projection::people::{PersonRow, Recovery};
pub use projection::sale::{SaleRow, SaleState};
pub use projection::settings::Settings;
pub use projection::shift::{Counted, ShiftRow};
pub use query::attempt::{AttemptFilter, AttemptRow};
pub use query::books::{BookRow, ProductTally};
pub use query::history::{
    HistoryAttempt, HistoryCounts, HistoryFilter, HistoryPage, HistoryRow, HistoryState,
};
pub use view::View;
