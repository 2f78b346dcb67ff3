//! A receipt: what is stored of it, how it is laid out, and how its rows are shown.
//!
//! * [`document`]: the resolved content of one receipt. It is what the ledger stores.
//! * [`layout`]: the document as rows of character cells, 32, 42 or 48 to a line. All wrapping, padding, alignment
//!   and writing of money happens there, once.
//! * [`slip`]: what else the till prints, as rows of the same kind: X and Z, cash in and out, recovery codes.
//! * [`render`]: the same rows as text, as a PDF and as data for the window. A renderer never wraps.
//! * [`write`]: puts a finished file in its place, whole or not at all.
//!
//! Deliberately absent: printers (a renderer for paper takes the same rows), prices, taxes, and any sum. The
//! document comes with its sums, which [`document::Document::check`] only compares. There is no clock: a moment
//! on a receipt is the document's or the copy's.

pub mod document;
pub mod layout;
pub mod render;
pub mod slip;
pub mod write;

pub use document::{Document, Fault};
pub use layout::{Columns, Reprint, Row, Slip, layout};
pub use render::RenderError;
pub use slip::{
    CashSlip, CashSlipKind, CodesSlip, ShiftKind, ShiftSlip, layout_cash, layout_codes,
    layout_shift,
};
pub use write::{WriteError, write, write_in_new_folder};
