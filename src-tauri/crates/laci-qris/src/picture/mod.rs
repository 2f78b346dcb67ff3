//! Reads a QRIS out of the bytes of a picture: a photo of the sticker, a download, a screenshot.
//! PNG and JPEG only; no camera, no files. A misread cannot pass, since the payload's own CRC
//! decides. Harder pictures (perspective, uneven light) are beyond the one decoder used here.

mod attempt;
mod error;

pub use error::PictureError;

use crate::merchant::pin_of;
use crate::payload::{Error, Qris, parse};
use image::{DynamicImage, GrayImage, ImageReader, Limits};
use std::io::Cursor;

/// The largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;
/// The longest side, in pixels.
pub const MAX_SIDE_PX: u32 = 10_000;
/// The most memory that unpacking may take, in bytes.
const MAX_ALLOC_BYTES: u64 = 256 * 1024 * 1024;

/// Finds the one QRIS in a picture. Other codes in it (a link, a barcode of a card) are passed
/// over.
///
/// # Errors
/// [`PictureError`]; two different merchants in one picture are refused rather than chosen from.
pub fn read(bytes: &[u8]) -> Result<Qris, PictureError> {
    let picture = open(bytes)?;
    let mut refused: Option<Error> = None;
    for attempt in attempt::ATTEMPTS {
        let Some(view) = attempt.view(&picture) else { continue };
        let mut found: Option<Qris> = None;
        for text in attempt::decode(view) {
            match parse(&text) {
                Ok(qris) => match &found {
                    Some(other) if pin_of(other) != pin_of(&qris) => {
                        return Err(PictureError::Several);
                    }
                    Some(_) => {}
                    None => found = Some(qris),
                },
                Err(error) => refused = Some(pick(refused, error)),
            }
        }
        if let Some(qris) = found {
            return Ok(qris);
        }
    }
    Err(refused.map_or(PictureError::NoCode, PictureError::NotQris))
}

/// The refusal to tell of: a broken QRIS says more than a link beside it.
fn pick(before: Option<Error>, now: Error) -> Error {
    match before {
        Some(before) if !matches!(before, Error::NotQris { .. }) => before,
        Some(_) | None => now,
    }
}

fn open(bytes: &[u8]) -> Result<GrayImage, PictureError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(PictureError::TooBig);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PictureError::NotPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PX);
    limits.max_image_height = Some(MAX_SIDE_PX);
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    reader.limits(limits);
    match reader.decode() {
        Ok(picture) => Ok(on_white(&picture)),
        Err(image::ImageError::Limits(_)) => Err(PictureError::TooBig),
        Err(_) => Err(PictureError::NotPicture),
    }
}

/// Grey, with transparent parts as the white paper that they are shown on: under a transparent
/// background files mostly hold black, and a black symbol would drown in it.
fn on_white(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let with_alpha = picture.to_luma_alpha8();
    let mut grey = GrayImage::new(with_alpha.width(), with_alpha.height());
    for (target, source) in grey.pixels_mut().zip(with_alpha.pixels()) {
        let [luma, alpha] = source.0.map(u32::from);
        // A weighted mean of two bytes is a byte.
        target.0 = [((luma * alpha + 255 * (255 - alpha)) / 255) as u8];
    }
    grey
}
