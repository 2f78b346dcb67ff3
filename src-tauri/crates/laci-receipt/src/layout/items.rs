//! The lines of things sold. On 58 mm each has its name above its numbers; on 80 mm they share a row when they fit.

use super::Columns;
use super::cells::{pair, right, wrap};
use super::transliterate;
use crate::document::Line;

/// The rows of one line, in order.
pub(super) fn rows(line: &Line, columns: Columns) -> Vec<String> {
    let width = columns.count();
    let name = transliterate(&line.name).split_whitespace().collect::<Vec<_>>().join(" ");
    let numbers = Numbers {
        detail: format!("{} x {}", line.quantity, line.unit_price.grouped()),
        amount: line.amount.grouped(),
    };
    match columns {
        Columns::C32 => stacked(&name, &numbers, width),
        Columns::C42 | Columns::C48 => beside(&name, &numbers, width),
    }
}

struct Numbers {
    /// `5 x 3.100`
    detail: String,
    amount: String,
}

impl Numbers {
    /// Detail left and amount right in one row of `width` cells, if they fit.
    fn in_one_row(&self, width: usize) -> Option<String> {
        (self.detail.len() + self.amount.len() < width)
            .then(|| pair(&self.detail, &self.amount, width).concat())
    }
}

/// The name, then the numbers, set in by two.
fn stacked(name: &str, numbers: &Numbers, width: usize) -> Vec<String> {
    const INDENT: usize = 2;
    let mut rows = wrap(name, width);
    match numbers.in_one_row(width - INDENT) {
        Some(row) => rows.push(format!("{:INDENT$}{row}", "")),
        None => {
            let detail = wrap(&numbers.detail, width - INDENT);
            rows.extend(detail.iter().map(|part| format!("{:INDENT$}{part}", "")));
            rows.push(right(&numbers.amount, width));
        }
    }
    rows
}

/// Name, detail and amount in one row; the details of a receipt start below each other unless a long name pushes
/// its own to the right.
fn beside(name: &str, numbers: &Numbers, width: usize) -> Vec<String> {
    let start = width / 2 + 1;
    let Some(aligned) = numbers.in_one_row(width - start) else {
        return stacked(name, numbers, width);
    };
    if name.len() < start {
        return vec![format!("{name:start$}{aligned}")];
    }
    let pushed = name.len() + 1;
    if let Some(row) = width.checked_sub(pushed).and_then(|room| numbers.in_one_row(room)) {
        return vec![format!("{name:pushed$}{row}")];
    }
    let mut rows = wrap(name, width);
    rows.push(format!("{:start$}{aligned}", ""));
    rows
}
