//! Rows as plain text, for a terminal, a test and a reader's eye.

use crate::layout::{Row, Slip};

/// One line per row, without blanks at the end. A double row keeps its place: its indent is doubled, its letters
/// are not. A QR cannot be drawn in text; its place says `[QR]`.
pub fn text(slip: &Slip) -> String {
    let columns = slip.columns.count();
    let mut out = String::new();
    for row in &slip.rows {
        match row {
            Row::Text { text, double, bold: _ } => {
                if *double {
                    out.extend(text.chars().take_while(|&c| c == ' '));
                }
                out.push_str(text.trim_end());
                out.push('\n');
            }
            Row::Rule => {
                out.push_str(&"-".repeat(columns));
                out.push('\n');
            }
            Row::Qr { payload: _ } => {
                out.push_str(&format!("{:>1$}\n", "[QR]", columns / 2 + 2));
            }
            Row::Gap(rows) => out.push_str(&"\n".repeat(usize::from(*rows))),
        }
    }
    out
}
