//! The log itself: rows added, rows read, the chain walked, and the side table of raw bodies. Deliberately
//! absent: what an entry means; that is the projections' business.

pub(crate) mod blob;
pub(crate) mod chain;
pub(crate) mod rows;
pub(crate) mod tip;
