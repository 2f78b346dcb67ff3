//! `rxing`: fast, and it follows tilted and bent symbols by their alignment patterns. Its parts
//! are called one by one: its own reader has no bound, and needs tables of character sets.

use super::{Crowd, MAX_CODES, Pixels, two_corners};
use image::GrayImage;
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8LuminanceSource};

/// Corners that make a crowd. The photos of the tests have up to 25, the codes on a sheet three
/// each.
const MAX_CORNERS: usize = 6 * MAX_CODES;
/// Threes of corners that are measured in one view.
const MAX_THREES: usize = 400;

pub(super) fn decode(view: &GrayImage, pixels: Pixels) -> Result<Vec<String>, Crowd> {
    let Some(matrix) = matrix(view, pixels) else { return Ok(Vec::new()) };
    let mut corners = corners(&matrix)?;
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut texts = Vec::new();
    for three in GenerateFinderPatternSets(&mut corners).into_iter().take(MAX_THREES) {
        let parts = [three.tl, three.tr, three.bl];
        if texts.len() == MAX_CODES || parts.iter().any(|part| used.contains(part)) {
            continue;
        }
        let Ok(sampled) = SampleQR(&matrix, &three) else { continue };
        if let Some(text) = text(sampled.getBits()) {
            used.extend(parts);
            texts.push(text);
        }
    }
    corners.retain(|corner| !used.contains(corner));
    texts.extend(two_corners::symbols(&matrix, &corners).find_map(|symbol| text(&symbol)));
    Ok(texts)
}

/// The shapes that may be corners of a symbol.
///
/// # Errors
/// [`Crowd`].
pub(super) fn corners(matrix: &BitMatrix) -> Result<Vec<ConcentricPattern>, Crowd> {
    let corners = FindFinderPatterns(matrix, true, 0);
    if corners.len() > MAX_CORNERS { Err(Crowd) } else { Ok(corners) }
}

/// The code's text. QRIS is UTF-8 whatever character set a symbol names, so its bytes are taken.
fn text(modules: &BitMatrix) -> Option<String> {
    let decoded = Decode(modules).ok().filter(|decoded| decoded.isValid())?;
    String::from_utf8(decoded.content().bytes().to_vec()).ok()
}

/// Dark and light; of grey, by thresholds between the levels of blocks of pixels and of the blocks
/// around them. None of an empty view.
pub(super) fn matrix(view: &GrayImage, pixels: Pixels) -> Option<BitMatrix> {
    let (width, height) = view.dimensions();
    match pixels {
        Pixels::Grey => {
            let source = Luma8LuminanceSource::new(view.as_raw().clone(), width, height).ok()?;
            HybridBinarizer::new(source).get_black_matrix().ok().cloned()
        }
        Pixels::Dark => {
            let mut matrix = BitMatrix::new(width, height).ok()?;
            let dark = view.enumerate_pixels().filter(|(_, _, pixel)| pixel.0 == [1]);
            dark.for_each(|(x, y, _)| matrix.set(x, y));
            Some(matrix)
        }
    }
}
