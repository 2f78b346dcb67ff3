//! A statement of the shop's own QRIS: a CSV file of a merchant app or a bank, its rows matched like a phone's
//! notifications. Reading it is pure; only `import.rs` touches the till.
//!
//! Deliberately absent: money that went, and rows that cannot be read with certainty; they are counted and shown.

mod columns;
mod import;
mod moment;
mod row;
mod table;
