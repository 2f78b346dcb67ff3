//! The symbol as PNG: one bit of grey per pixel and whole pixels per module, since a module that
//! is scaled by a fraction is a module that a reader may miss.

use super::{QUIET_ZONE, Symbol, SymbolError};
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

/// The most pixels per module: version 40 is then 11,840 pixels wide, which is 17 MB of rows.
pub const MAX_MODULE_PX: u32 = 64;

pub(super) fn png(symbol: &Symbol, module_px: u32) -> Result<Vec<u8>, SymbolError> {
    if !(1..=MAX_MODULE_PX).contains(&module_px) {
        return Err(SymbolError::ModuleSize { px: module_px });
    }
    encode(symbol, module_px).map_err(|error| SymbolError::Png(error.to_string()))
}

fn encode(symbol: &Symbol, module_px: u32) -> Result<Vec<u8>, EncodingError> {
    let px = module_px as usize;
    let side = (symbol.modules() + 2 * QUIET_ZONE) * px;
    let mut file = Vec::new();
    // At most 185 modules of 64 pixels: far below the range of u32.
    let mut encoder = Encoder::new(&mut file, side as u32, side as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    // Equal rows follow one another, so that the difference to the row above is mostly zero.
    encoder.set_filter(Filter::Up);
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rows(symbol, px, side))?;
    writer.finish()?;
    Ok(file)
}

/// All rows, eight pixels a byte, the leftmost in the highest bit; a set bit is white.
fn rows(symbol: &Symbol, px: usize, side: usize) -> Vec<u8> {
    let stride = side.div_ceil(8);
    let white = vec![0xFF_u8; stride];
    let mut image = Vec::with_capacity(stride * side);
    let quiet = QUIET_ZONE * px;
    (0..quiet).for_each(|_| image.extend_from_slice(&white));
    for y in 0..symbol.modules() {
        let mut row = white.clone();
        for (x, dark) in symbol.row(y).iter().enumerate() {
            let start = quiet + x * px;
            let pixels = if *dark { start..start + px } else { start..start };
            for pixel in pixels {
                if let Some(byte) = row.get_mut(pixel / 8) {
                    *byte &= !(0x80 >> (pixel % 8));
                }
            }
        }
        (0..px).for_each(|_| image.extend_from_slice(&row));
    }
    (0..quiet).for_each(|_| image.extend_from_slice(&white));
    image
}
