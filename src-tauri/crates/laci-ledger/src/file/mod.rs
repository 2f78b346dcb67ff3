//! The files of a ledger and how they are opened: one process, checked settings, guarded statements, and the
//! high-water file that lies outside the data folder, and what the disk has room for. Deliberately absent: what the log and the tables mean.

pub(crate) mod anchor;
pub(crate) mod ballast;
pub(crate) mod connect;
pub(crate) mod disk;
pub(crate) mod folder;
pub(crate) mod guard;
pub(crate) mod lock;
pub(crate) mod schema;

pub use disk::{Disk, DiskState};
pub use folder::Folder;
