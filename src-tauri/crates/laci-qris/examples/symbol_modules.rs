//! Modules per side of each payload's symbol at level M, to be put beside another implementation: the payloads are the
//! arguments, the answer is one line of JSON.

use laci_qris::symbol::{Level, Symbol, SymbolError};

fn main() -> Result<(), SymbolError> {
    let modules: Result<Vec<usize>, SymbolError> =
        std::env::args().skip(1).map(|text| Ok(Symbol::draw(&text, Level::M)?.modules())).collect();
    println!("{{\"modules\":{:?}}}", modules?);
    Ok(())
}
