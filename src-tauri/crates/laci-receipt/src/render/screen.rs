//! Rows as data for the window, which draws them in a grid of `columns` cells and adds nothing.

use serde::Serialize;

use super::{RenderError, dark_runs, symbol};
use crate::layout::{Row, Slip};
use laci_qris::symbol::QUIET_ZONE;
use std::fmt::Write;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Screen {
    pub columns: usize,
    pub rows: Vec<ScreenRow>,
}

/// `kind` in JSON: `text`, `rule`, `qr`, `gap`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ScreenRow {
    Text {
        text: String,
        bold: bool,
        double: bool,
    },
    Rule,
    /// `path` is the `d` of one SVG path to fill in black on white, in a view box of `0 0 side side`; the quiet
    /// zone is inside.
    Qr {
        path: String,
        side: usize,
    },
    Gap {
        rows: u8,
    },
}

/// # Errors
/// [`RenderError::Qr`].
pub fn screen(slip: &Slip) -> Result<Screen, RenderError> {
    let rows = slip.rows.iter().map(screen_row).collect::<Result<_, _>>()?;
    Ok(Screen { columns: slip.columns.count(), rows })
}

fn screen_row(row: &Row) -> Result<ScreenRow, RenderError> {
    Ok(match row {
        Row::Text { text, bold, double } => {
            ScreenRow::Text { text: text.clone(), bold: *bold, double: *double }
        }
        Row::Rule => ScreenRow::Rule,
        Row::Qr { payload } => {
            let symbol = symbol(payload)?;
            let mut path = String::new();
            for (x, y, length) in dark_runs(&symbol) {
                // Writing to a String cannot fail.
                let _ =
                    write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET_ZONE, y + QUIET_ZONE);
            }
            ScreenRow::Qr { path, side: symbol.modules() + 2 * QUIET_ZONE }
        }
        Row::Gap(rows) => ScreenRow::Gap { rows: *rows },
    })
}
