//! A document as rows of character cells. Everything that decides how a receipt reads happens here, once, so that
//! the screen, the PDF and later the paper can only show the same rows.
//!
//! Deliberately absent: fonts, millimetres, bytes for a printer.

mod cells;
mod items;
pub(crate) mod page;
mod sections;
mod transliterate;

use laci_core::UnixMs;
use serde::{Deserialize, Serialize};

pub use transliterate::transliterate;

use crate::document::{Document, LayoutVersion};

/// How many cells a line has. A printer's own setting, not derived from the paper: 80 mm printers exist with 42.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// 58 mm paper, 48 mm printable.
    C32,
    /// 80 mm paper on printers in 42-column mode, 72 mm printable.
    C42,
    /// 80 mm paper, 72 mm printable.
    C48,
}

impl Columns {
    pub const ALL: [Self; 3] = [Self::C32, Self::C42, Self::C48];

    pub fn count(self) -> usize {
        match self {
            Self::C32 => 32,
            Self::C42 => 42,
            Self::C48 => 48,
        }
    }

    /// `None` for any number but 32, 42 and 48.
    pub fn from_count(count: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|columns| columns.count() == count)
    }
}

/// One row. A text is printable ASCII, starts at the left edge, and is at most as many cells wide as the slip has
/// columns; a `double` one has cells twice as wide and high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Row {
    Text {
        text: String,
        bold: bool,
        double: bool,
    },
    /// A line across the slip.
    Rule,
    /// A QR in the middle.
    Qr {
        payload: String,
    },
    /// So many empty rows.
    Gap(u8),
}

/// A laid-out receipt, or another slip of the till ([`crate::slip`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub columns: Columns,
    /// What to call it, in ASCII: `Struk A01-0148`.
    pub title: String,
    /// The moment of what it tells: of the sale, of the close.
    pub sold_at: UnixMs,
    pub rows: Vec<Row>,
}

/// A reprint is marked as one: `nth` counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprint {
    pub nth: u32,
    pub printed_at: UnixMs,
}

/// Lays `document` out for `columns`, marked as a copy if `reprint` says so. The same arguments give the same rows
/// for as long as the document's layout version is known.
pub fn layout(document: &Document, columns: Columns, reprint: Option<Reprint>) -> Slip {
    let rows = match document.layout {
        LayoutVersion::V1 => sections::rows(document, columns, reprint),
    };
    Slip { columns, title: format!("Struk {}", document.number), sold_at: document.sold_at, rows }
}
