//! The symbol as SVG: one path whose every run of dark modules in a row is one rectangle. Units
//! are modules, so that it scales to any size without a blurred edge.

use super::{QUIET_ZONE, Symbol};
use std::fmt::Write;

pub(super) fn svg(symbol: &Symbol) -> String {
    let side = symbol.modules() + 2 * QUIET_ZONE;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\""
    );
    for y in 0..symbol.modules() {
        let mut start = 0;
        for run in symbol.row(y).chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let (x, y, length) = (start + QUIET_ZONE, y + QUIET_ZONE, run.len());
                // Writing to a String cannot fail.
                let _ = write!(text, "M{x} {y}h{length}v1h-{length}z");
            }
            start += run.len();
        }
    }
    text.push_str("\"/></svg>");
    text
}
