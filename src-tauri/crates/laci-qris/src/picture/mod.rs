//! Reads a QRIS out of the bytes of a picture: a photo of the sticker, a download, a screenshot.
//! PNG, JPEG, WebP and GIF; no camera, no files. A misread cannot pass, since the payload's own CRC
//! decides.
//!
//! A picture is looked at in several ways until one reads a QRIS: as it is, smaller, larger, with
//! light and dark exchanged, and in black and white by a threshold of each place's own, through two
//! decoders. Turned, tilted, blurred, dark and noisy photos and such with glare are read. The work
//! is bounded: sizes are reduced first, and a picture full of shapes like a symbol's corners is
//! given up.

mod attempt;
mod decoder;
mod error;
mod open;
mod view;

pub use error::PictureError;

use crate::merchant::pin_of;
use crate::payload::{Error, Kind, Qris, parse};
use attempt::{ATTEMPTS, Attempt, BRIEF, Subject};
use image::GrayImage;

/// The largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;
/// The longest side, in pixels.
pub const MAX_SIDE_PX: u32 = 10_000;

/// Finds the one QRIS in a picture. Other codes in it (a link, a barcode of a card) are passed
/// over. Of a moving picture the first frame counts; a few more are looked at when it has none.
///
/// # Errors
/// [`PictureError`]; two different merchants in one picture are refused rather than chosen from.
pub fn read(bytes: &[u8]) -> Result<Qris, PictureError> {
    let refusal = match search(open::first(bytes)?, &ATTEMPTS) {
        Err(refusal @ (PictureError::NoCode | PictureError::NotQris(_))) => refusal,
        found => return found,
    };
    for frame in open::further(bytes) {
        match search(frame, &BRIEF) {
            Err(PictureError::NoCode | PictureError::NotQris(_)) => {}
            found => return found,
        }
    }
    Err(refusal)
}

/// The same of a picture that is unpacked already, as a clipboard holds it: `width` by `height`
/// pixels of red, green, blue and alpha.
///
/// # Errors
/// As [`read`]; [`PictureError::NotPicture`] where the pixels are not as many as they should be.
pub fn read_pixels(width: u32, height: u32, rgba: &[u8]) -> Result<Qris, PictureError> {
    search(open::unpacked(width, height, rgba)?, &ATTEMPTS)
}

fn search(picture: GrayImage, attempts: &[Attempt]) -> Result<Qris, PictureError> {
    let subject = Subject::new(picture);
    let mut seen = Seen::default();
    for attempt in attempts {
        let Ok(texts) = subject.texts(*attempt) else { break };
        seen.add(texts)?;
        if seen.qris.is_some() {
            seen.add(subject.texts(attempt.second()).unwrap_or_default())?;
            break;
        }
    }
    let refusal = seen.refused.map_or(PictureError::NoCode, PictureError::NotQris);
    seen.qris.ok_or(refusal)
}

/// What the attempts so far have read.
#[derive(Default)]
struct Seen {
    qris: Option<Qris>,
    refused: Option<Error>,
}

impl Seen {
    fn add(&mut self, texts: Vec<String>) -> Result<(), PictureError> {
        for text in texts {
            match (parse(&text), &self.qris) {
                (Ok(qris), Some(other)) if pin_of(other) != pin_of(&qris) => {
                    return Err(PictureError::Several);
                }
                // A sticker beside a QR for one sale: the sticker is what lasts.
                (Ok(qris), Some(other)) if is_sticker(&qris) && !is_sticker(other) => {
                    self.qris = Some(qris);
                }
                (Ok(_), Some(_)) => {}
                (Ok(qris), None) => self.qris = Some(qris),
                (Err(error), _) => self.refused = Some(pick(self.refused.take(), error)),
            }
        }
        Ok(())
    }
}

fn is_sticker(qris: &Qris) -> bool {
    qris.kind() == Kind::Static
}

/// The refusal to tell of: a broken QRIS says more than a link beside it.
fn pick(before: Option<Error>, now: Error) -> Error {
    match before {
        Some(before) if !matches!(before, Error::NotQris { .. }) => before,
        Some(_) | None => now,
    }
}
