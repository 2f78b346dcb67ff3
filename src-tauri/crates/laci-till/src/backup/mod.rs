//! Backups: a judged copy by hand or by itself once a day, where they lie, and which of the old ones stay.
//! Deliberately absent: restoring, which needs the ledger closed (the station's).

mod daily;
mod find;
mod folder;
mod list;
mod make;
mod name;
mod rotation;

pub use find::find_backups;
