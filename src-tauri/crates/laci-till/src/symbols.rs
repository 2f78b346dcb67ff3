//! The symbols that were drawn last. One QR is asked for many times while it waits (both windows, every look at the
//! gateway), and drawing costs more than a durable commit.

use std::collections::VecDeque;
use std::sync::Mutex;

use laci_qris::symbol::{Level, Symbol, SymbolError};

use crate::lock::held;

/// More QRs than wait at a busy counter.
const KEPT: usize = 32;

#[derive(Default)]
pub(crate) struct Symbols(Mutex<VecDeque<(String, String)>>);

impl Symbols {
    /// The symbol of `text` as SVG.
    pub(crate) fn svg(&self, text: &str) -> Result<String, SymbolError> {
        if let Some((_, svg)) = held(&self.0).iter().find(|(drawn, _)| drawn == text) {
            return Ok(svg.clone());
        }
        let svg = Symbol::draw(text, Level::M)?.to_svg();
        let mut kept = held(&self.0);
        kept.truncate(KEPT - 1);
        kept.push_front((text.to_owned(), svg.clone()));
        Ok(svg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_its_own_symbol_and_few_are_kept() {
        let symbols = Symbols::default();
        let one = symbols.svg("SATU").unwrap();
        for number in 0..100 {
            assert_ne!(symbols.svg(&format!("LAIN {number}")).unwrap(), one);
        }
        assert_eq!(symbols.svg("SATU").unwrap(), one, "drawn anew, the same");
        assert_eq!(held(&symbols.0).len(), KEPT);
    }
}
