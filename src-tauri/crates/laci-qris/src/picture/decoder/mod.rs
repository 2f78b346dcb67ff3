//! The two decoders behind their fence: a panic in one is a view in which nothing was found, not
//! the end of the till; and each may do only so much work.

mod budget;
mod plane;
mod rqrr;
mod rxing;
mod two_corners;

pub(super) use budget::Budget;

use image::GrayImage;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Codes looked at in one view; a sheet of more than this is not a shop's sticker.
const MAX_CODES: usize = 32;

/// Who reads a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decoder {
    Rqrr,
    Rxing,
}

/// What a view's pixels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pixels {
    /// Levels of grey; the decoder finds its own thresholds.
    Grey,
    /// 1 is dark, 0 is light.
    Dark,
}

/// More shapes like a symbol's corner than in any photo of a sticker: looking on would take long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowd;

/// The texts of all codes that the decoder reads in this view.
///
/// # Errors
/// [`Crowd`].
pub(super) fn decode(
    decoder: Decoder,
    view: GrayImage,
    pixels: Pixels,
    budget: &Budget,
) -> Result<Vec<String>, Crowd> {
    // The view is owned by the closure and gone with it, and the budget is one number: nothing
    // half-changed is seen afterwards.
    catch_unwind(AssertUnwindSafe(|| match decoder {
        Decoder::Rqrr => rqrr::decode(view, pixels, budget),
        Decoder::Rxing => rxing::decode(&view, pixels),
    }))
    .unwrap_or(Ok(Vec::new()))
}
