//! `rqrr`: small, and exact on what is straight and evenly lit.

use super::budget::{Budget, Metered};
use super::{Crowd, MAX_CODES, Pixels, rxing};
use image::GrayImage;
use rqrr::PreparedImage;

pub(super) fn decode(
    view: GrayImage,
    pixels: Pixels,
    budget: &Budget,
) -> Result<Vec<String>, Crowd> {
    // Before it touches a pixel of them, it compares all shapes with all others.
    if let Some(matrix) = rxing::matrix(&view, pixels) {
        rxing::corners(&matrix)?;
    }
    let metered = Metered::new(view, budget);
    let mut prepared = match pixels {
        Pixels::Grey => PreparedImage::prepare(metered),
        Pixels::Dark => PreparedImage::without_preparation(metered),
    };
    let grids = prepared.detect_grids();
    let texts = grids.iter().take(MAX_CODES).filter_map(|grid| grid.decode().ok());
    Ok(texts.map(|(_, text)| text).collect())
}
