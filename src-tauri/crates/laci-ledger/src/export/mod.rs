//! The ledger in a form that any program can read and check again: lines of JSON, tables of text, and a page that says
//! how. Written row by row, so that a ledger of any length needs the same memory. Deliberately absent: reading an
//! export back; a backup is what is restored.

pub(crate) mod cell;
pub(crate) mod log;
pub(crate) mod part;
pub(crate) mod readme;
pub(crate) mod tables;
pub(crate) mod watch;
