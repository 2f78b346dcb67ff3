//! A payload as a QR symbol: the smallest version that any segmentation allows, four modules of
//! quiet zone, black on white. No logo is laid over it and no colour can be chosen: both cost
//! scans. The matrix itself (error correction, mask) is the `qrcode` crate's.

mod png;
mod segment;
mod svg;

pub use png::MAX_MODULE_PX;

use crate::lang::Lang;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, QrResult, Version};
use segment::{Mode, Segment};
use thiserror::Error;

/// Modules of white that a reader needs on each side (ISO/IEC 18004).
pub const QUIET_ZONE: usize = 4;

/// How much of the symbol may be damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %: for screens.
    #[default]
    M,
    /// About 25 %: for thermal paper.
    Q,
    /// About 30 %.
    H,
}

impl Level {
    fn ec(self) -> EcLevel {
        match self {
            Self::L => EcLevel::L,
            Self::M => EcLevel::M,
            Self::Q => EcLevel::Q,
            Self::H => EcLevel::H,
        }
    }
}

/// Why no symbol was drawn. Display is the English [`sentence`](Self::sentence).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum SymbolError {
    /// More data than version 40 holds at this level.
    TooLong,
    /// Modules of 0 or more than [`MAX_MODULE_PX`] pixels.
    ModuleSize {
        /// The pixels per module that were asked for.
        px: u32,
    },
    /// The PNG encoder failed.
    Png(String),
}

impl SymbolError {
    /// The stable name of the reason, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "symbol_too_long",
            Self::ModuleSize { .. } => "module_size",
            Self::Png(_) => "png_failed",
        }
    }

    /// What is wrong and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::TooLong => lang
                .pick(
                    "Teks terlalu panjang untuk satu gambar QR. Pendekkan teksnya.",
                    "The text is too long for one QR symbol. Shorten it.",
                )
                .into(),
            Self::ModuleSize { px } => match lang {
                Lang::Id => format!(
                    "Ukuran kotak {px} piksel tidak bisa. Pilih 1 sampai {MAX_MODULE_PX} piksel."
                ),
                Lang::En => format!(
                    "A module of {px} pixels is not possible. Choose 1 to {MAX_MODULE_PX} pixels."
                ),
            },
            Self::Png(reason) => match lang {
                Lang::Id => format!("Gambar PNG gagal dibuat ({reason}). Pakai SVG."),
                Lang::En => format!("The PNG could not be made ({reason}). Use SVG."),
            },
        }
    }
}

/// A drawn symbol, without its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    modules: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// Draws `text`. Digits, capitals and the rest are packed in the mixture of segments that
    /// needs the fewest bits; text beyond ASCII is UTF-8 in byte mode, as EMVCo has it.
    ///
    /// # Errors
    /// [`SymbolError::TooLong`].
    pub fn draw(text: &str, level: Level) -> Result<Self, SymbolError> {
        let data = text.as_bytes();
        let (version, segments) = segment::fit(data, level.ec()).ok_or(SymbolError::TooLong)?;
        let code = encode(data, version, &segments, level).map_err(|_| SymbolError::TooLong)?;
        let modules = code.width();
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { modules, dark })
    }

    /// Modules per side, without the quiet zone: 21 for version 1, four more for each next one.
    pub fn modules(&self) -> usize {
        self.modules
    }

    /// The QR version, 1 to 40.
    pub fn version(&self) -> usize {
        (self.modules - 17) / 4
    }

    /// Whether the module in column `x` of row `y` is dark. Outside the symbol all is white.
    pub fn get(&self, x: usize, y: usize) -> bool {
        x < self.modules && self.row(y).get(x).copied().unwrap_or_default()
    }

    /// An SVG of `modules() + 8` units per side, white background and quiet zone included.
    pub fn to_svg(&self) -> String {
        svg::svg(self)
    }

    /// A PNG of one bit per pixel, `module_px` whole pixels per module, quiet zone included.
    ///
    /// # Errors
    /// [`SymbolError::ModuleSize`], [`SymbolError::Png`].
    pub fn to_png(&self, module_px: u32) -> Result<Vec<u8>, SymbolError> {
        png::png(self, module_px)
    }

    /// The modules of row `y`; empty outside the symbol.
    fn row(&self, y: usize) -> &[bool] {
        y.checked_mul(self.modules)
            .and_then(|start| self.dark.get(start..start + self.modules))
            .unwrap_or_default()
    }
}

fn encode(data: &[u8], version: Version, segments: &[Segment], level: Level) -> QrResult<QrCode> {
    let mut bits = Bits::new(version);
    for segment in segments {
        let part = data.get(segment.begin..segment.end).unwrap_or_default();
        match segment.mode {
            Mode::Numeric => bits.push_numeric_data(part)?,
            Mode::Alphanumeric => bits.push_alphanumeric_data(part)?,
            Mode::Byte => bits.push_byte_data(part)?,
        }
    }
    bits.push_terminator(level.ec())?;
    QrCode::with_bits(bits, level.ec())
}
