//! Questions that join several projections. Each is a function of a connection; `view.rs` offers them.

pub(crate) mod attempt;
pub(crate) mod books;
pub(crate) mod history;
pub(crate) mod watch;
