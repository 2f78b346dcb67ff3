//! The lines of things sold. On 58 mm each has its name above its numbers; on 80 mm they share a row when they fit.

use super::Columns;
use super::cells::{APART, right, wrap};
use super::transliterate::one_line;
use crate::document::Line;

/// How far the numbers stand in from the left edge when the name has rows of its own.
const INDENT: usize = 2;

/// The rows of one line, in order.
pub(super) fn rows(line: &Line, columns: Columns) -> Vec<String> {
    let width = columns.count();
    let name = one_line(&line.name);
    let detail = format!("{} x {}", line.quantity, line.unit_price.grouped());
    let amount = line.amount.grouped();
    // The last cell at which the detail can start and leave the amount its room.
    let latest = width.checked_sub(detail.len() + APART + amount.len());
    // Where the details of a receipt start, below each other, when nothing pushes them.
    let usual = match columns {
        Columns::C32 => INDENT,
        Columns::C42 | Columns::C48 => width / 2 + 1,
    };
    let numbers = |name: &str, start: usize| {
        let room = width - start - detail.len();
        format!("{name:start$}{detail}{amount:>room$}")
    };
    match (columns, latest) {
        (Columns::C42 | Columns::C48, Some(latest)) if name.len() + APART <= latest => {
            vec![numbers(&name, usual.max(name.len() + APART).min(latest))]
        }
        (_, Some(latest)) if latest >= INDENT => {
            let mut rows = wrap(&name, width);
            rows.push(numbers("", usual.min(latest)));
            rows
        }
        (_, Some(_) | None) => {
            let mut rows = wrap(&name, width);
            let parts = wrap(&detail, width - INDENT);
            rows.extend(parts.iter().map(|part| format!("{:INDENT$}{part}", "")));
            rows.push(right(&amount, width));
            rows
        }
    }
}
