//! From bytes to grey pixels, within the limits and behind a fence: a panic in a decoder is a file
//! that is no picture.

use super::error::PictureError;
use super::{MAX_FILE_BYTES, MAX_SIDE_PX};
use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPDecoder;
use image::{
    AnimationDecoder, DynamicImage, Frames, GrayImage, ImageDecoder, ImageError, ImageFormat,
    ImageReader, Limits, RgbaImage,
};
use std::io::Cursor;
use std::panic::catch_unwind;

/// The most memory that unpacking may take, in bytes.
const MAX_ALLOC_BYTES: u64 = 256 * 1024 * 1024;
/// Frames of a moving picture that are looked at after its first.
const FURTHER_FRAMES: usize = 4;
/// The largest moving picture, in pixels, of which more than the first frame is unpacked.
const MAX_MOVING_PX: u64 = 4_000_000;

/// The picture, or the first frame of a moving one.
///
/// # Errors
/// [`PictureError::TooBig`], [`PictureError::NotPicture`], [`PictureError::Heic`], [`PictureError::Pdf`].
pub(super) fn first(bytes: &[u8]) -> Result<GrayImage, PictureError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(PictureError::TooBig);
    }
    let unpacked = catch_unwind(|| {
        let mut reader = guessed(bytes).ok_or(PictureError::NotPicture)?;
        reader.limits(limits());
        match reader.decode() {
            Ok(picture) => Ok(on_white(&picture)),
            Err(ImageError::Limits(_)) => Err(PictureError::TooBig),
            Err(_) => Err(PictureError::NotPicture),
        }
    });
    match unpacked {
        Ok(Err(PictureError::NotPicture)) | Err(_) => Err(unusable(bytes)),
        Ok(unpacked) => unpacked,
    }
}

/// What people choose for a picture and this program does not unpack, by its first bytes.
fn unusable(bytes: &[u8]) -> PictureError {
    let brand = bytes.get(4..12).unwrap_or_default();
    let phones: [&[u8]; 10] = [
        b"ftypheic",
        b"ftypheix",
        b"ftyphevc",
        b"ftyphevx",
        b"ftypheim",
        b"ftypheis",
        b"ftypheif",
        b"ftypmif1",
        b"ftypmsf1",
        b"ftypavif",
    ];
    if phones.contains(&brand) {
        PictureError::Heic
    } else if bytes.starts_with(b"%PDF-") {
        PictureError::Pdf
    } else {
        PictureError::NotPicture
    }
}

/// A picture that comes as pixels.
///
/// # Errors
/// [`PictureError::TooBig`], [`PictureError::NotPicture`].
pub(super) fn unpacked(width: u32, height: u32, rgba: &[u8]) -> Result<GrayImage, PictureError> {
    if width.max(height) > MAX_SIDE_PX || rgba.len() as u64 > MAX_ALLOC_BYTES {
        return Err(PictureError::TooBig);
    }
    let picture = RgbaImage::from_raw(width, height, rgba.to_vec());
    picture.map(|picture| on_white(&picture.into())).ok_or(PictureError::NotPicture)
}

/// The frames after the first: none of a still picture, and those before the damage of a damaged
/// one.
pub(super) fn further(bytes: &[u8]) -> Vec<GrayImage> {
    let unpacked = catch_unwind(|| {
        let format = guessed(bytes)?.format()?;
        let frames = if format == ImageFormat::Gif {
            frames(GifDecoder::new(Cursor::new(bytes)).ok()?)
        } else if format == ImageFormat::WebP {
            let decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
            if decoder.has_animation() { frames(decoder) } else { None }
        } else {
            None
        };
        let further = frames?.skip(1).take(FURTHER_FRAMES).map_while(Result::ok);
        Some(further.map(|frame| on_white(&frame.into_buffer().into())).collect())
    });
    unpacked.ok().flatten().unwrap_or_default()
}

fn frames<'a, D>(mut decoder: D) -> Option<Frames<'a>>
where
    D: ImageDecoder + AnimationDecoder<'a>,
{
    let (width, height) = decoder.dimensions();
    let small = u64::from(width) * u64::from(height) <= MAX_MOVING_PX;
    (small && decoder.set_limits(limits()).is_ok()).then(|| decoder.into_frames())
}

fn guessed(bytes: &[u8]) -> Option<ImageReader<Cursor<&[u8]>>> {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PX);
    limits.max_image_height = Some(MAX_SIDE_PX);
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    limits
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
