//! The ways in which one picture is looked at, cheapest first, and the decoder behind its fence.

use image::GrayImage;
use image::imageops::{FilterType, invert, resize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One way to look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// As it is.
    Plain,
    /// Large photos made smaller: fewer pixels of noise in each module.
    Smaller,
    /// Small pictures at twice the size: modules of one or two pixels are too few for the decoder.
    Twice,
    /// Light on dark.
    Inverted,
}

pub(super) const ATTEMPTS: [Attempt; 4] =
    [Attempt::Plain, Attempt::Smaller, Attempt::Twice, Attempt::Inverted];

/// A picture with a longer side, in pixels, is also tried at this size; any other at twice its own.
const LARGE_PX: u32 = 1600;
/// Codes looked at in one view; a sheet of more than this is not a shop's sticker.
const MAX_CODES: usize = 32;

impl Attempt {
    /// The picture in this view; `None` where the view would add nothing.
    pub(super) fn view(self, picture: &GrayImage) -> Option<GrayImage> {
        let side = picture.width().max(picture.height());
        match self {
            Self::Plain => Some(picture.clone()),
            Self::Smaller => (side > LARGE_PX).then(|| scaled(picture, LARGE_PX, side)),
            Self::Twice => (side <= LARGE_PX).then(|| scaled(picture, 2, 1)),
            Self::Inverted => {
                let mut view =
                    if side > LARGE_PX { scaled(picture, LARGE_PX, side) } else { picture.clone() };
                invert(&mut view);
                Some(view)
            }
        }
    }
}

/// The picture at `numerator / denominator` of its size, at least one pixel each way.
fn scaled(picture: &GrayImage, numerator: u32, denominator: u32) -> GrayImage {
    let scale = |px: u32| (px * numerator / denominator).max(1);
    resize(picture, scale(picture.width()), scale(picture.height()), FilterType::Triangle)
}

/// The texts of all codes that the decoder reads. The decoder is fenced: a panic in it is a view
/// in which nothing was found, not the end of the till.
pub(super) fn decode(view: GrayImage) -> Vec<String> {
    // The view is owned by the closure and gone with it: nothing half-changed is seen afterwards.
    catch_unwind(AssertUnwindSafe(|| {
        let mut prepared = rqrr::PreparedImage::prepare(view);
        let grids = prepared.detect_grids();
        let texts = grids.iter().take(MAX_CODES).filter_map(|grid| grid.decode().ok());
        texts.map(|(_, text)| text).collect()
    }))
    .unwrap_or_default()
}
