//! Rows made visible. Every renderer is dumb: it draws the rows it is given, in order, and decides nothing about
//! their text.

mod pdf;
mod screen;
mod text;

use laci_core::Lang;
use laci_qris::symbol::{Level, Symbol, SymbolError};

pub use pdf::pdf;
pub use screen::{Screen, ScreenRow, screen};
pub use text::text;

/// Why rows could not be drawn. The sale and its stored receipt are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum RenderError {
    /// The receipt's QR cannot be drawn.
    Qr(#[from] SymbolError),
    /// The program's own font could not be read: its file was damaged when the program was built.
    Font,
    /// The PDF writer failed.
    Pdf(String),
}

impl RenderError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Qr(_) => "receipt_qr",
            Self::Font => "receipt_font",
            Self::Pdf(_) => "receipt_pdf",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Id, Self::Qr(why)) => {
                format!("QR di struk gagal dibuat. {} Penjualan tetap tersimpan.", why.sentence(laci_qris::Lang::Id))
            }
            (Lang::En, Self::Qr(why)) => {
                format!("The receipt's QR was not made. {} The sale is kept.", why.sentence(laci_qris::Lang::En))
            }
            (Lang::Id, Self::Font) => {
                "Huruf struk rusak, PDF tidak dibuat. Penjualan tetap tersimpan; pasang ulang Laci.".into()
            }
            (Lang::En, Self::Font) => {
                "The receipt's font is damaged, no PDF was made. The sale is kept; install Laci again.".into()
            }
            (Lang::Id, Self::Pdf(why)) => {
                format!("PDF struk gagal dibuat ({why}). Penjualan tetap tersimpan; coba lagi.")
            }
            (Lang::En, Self::Pdf(why)) => {
                format!("The receipt's PDF was not made ({why}). The sale is kept; try again.")
            }
        }
    }
}

/// Level M, as for the shop's QRIS: a slip in a pocket is damaged more than a screen, but a finer symbol is worse.
fn symbol(payload: &str) -> Result<Symbol, RenderError> {
    Ok(Symbol::draw(payload, Level::M)?)
}

/// A row's dark modules as runs: column of the first, row, length.
fn dark_runs(symbol: &Symbol) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    for y in 0..symbol.modules() {
        let mut x = 0;
        while x < symbol.modules() {
            let length = (x..symbol.modules()).take_while(|&at| symbol.get(at, y)).count();
            if length > 0 {
                runs.push((x, y, length));
            }
            x += length + 1;
        }
    }
    runs
}
