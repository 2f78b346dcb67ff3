//! The ways in which one picture is looked at: the decoder for clean pictures first, the one for
//! hard pictures after it. Each way reads pictures that the others do not.

use super::decoder::{Budget, Crowd, Decoder, Pixels, decode};
use super::view::{darker_than_around, fitted, inverted, scaled, smoothed};
use image::GrayImage;
use std::cell::OnceCell;

/// One way to look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempt {
    decoder: Decoder,
    size: Size,
    /// Pixels on each side that are put together against noise.
    smooth: u32,
    tones: Tones,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// The longer side at most [`BASE_PX`].
    Base,
    /// A part of that, in hundredths: fewer pixels of noise in each module.
    Part(u32),
    /// A picture of at most the first side, enlarged to the second or four times: modules of a pixel
    /// or two are too few.
    Enlarged(u32, u32),
    /// A picture larger than the base, at most this long: a small symbol in a large photo.
    Large(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tones {
    /// The decoder finds its own thresholds.
    Grey,
    /// The same for light on dark.
    Inverted,
    /// Dark is what is below a part, in hundredths, of the mean of so many pixels on each side.
    Around(u32, u32),
}

/// The longer side, in pixels, at which most attempts look.
const BASE_PX: u32 = 1200;
/// What `rqrr` may spend on one picture: 10 for each pixel of a full view is usual, 20 for a noisy
/// one.
const RQRR_BUDGET: u64 = 24_000_000;

/// All that is tried, in this order.
pub(super) const ATTEMPTS: [Attempt; 16] = [
    rqrr(Size::Base, Tones::Grey),
    rqrr(Size::Part(50), Tones::Grey),
    rqrr(Size::Enlarged(600, 1200), Tones::Grey),
    rqrr(Size::Part(50), Tones::Inverted),
    rqrr(Size::Part(50), Tones::Around(16, 92)),
    SECOND_LOOK,
    rxing(Size::Base, 2, Tones::Around(8, 99)),
    OTHER_LOOK,
    rxing(Size::Base, 2, Tones::Around(16, 99)),
    rxing(Size::Base, 1, Tones::Around(5, 99)),
    rxing(Size::Part(50), 0, Tones::Grey),
    rxing(Size::Base, 0, Tones::Grey),
    rxing(Size::Part(67), 0, Tones::Inverted),
    rxing(Size::Enlarged(1200, 1800), 0, Tones::Grey),
    rxing(Size::Large(2400), 0, Tones::Grey),
    rxing(Size::Large(4800), 0, Tones::Grey),
];

/// What is tried on each further frame of a moving picture.
pub(super) const BRIEF: [Attempt; 2] = [rqrr(Size::Base, Tones::Grey), SECOND_LOOK];

/// The attempt that reads the most photos. A QRIS that another one found is looked for again with
/// it, since another merchant's may stand beside it, read by this attempt alone.
const SECOND_LOOK: Attempt = rxing(Size::Base, 1, Tones::Grey);
/// The next best, after the best one itself.
const OTHER_LOOK: Attempt = rxing(Size::Part(67), 0, Tones::Around(16, 97));

const fn rqrr(size: Size, tones: Tones) -> Attempt {
    Attempt { decoder: Decoder::Rqrr, size, smooth: 0, tones }
}

const fn rxing(size: Size, smooth: u32, tones: Tones) -> Attempt {
    Attempt { decoder: Decoder::Rxing, size, smooth, tones }
}

impl Attempt {
    /// What to look with once this one has found a QRIS.
    pub(super) fn second(self) -> Self {
        if self == SECOND_LOOK { OTHER_LOOK } else { SECOND_LOOK }
    }
}

/// A picture, and what is left of the work that it may cost.
pub(super) struct Subject {
    picture: GrayImage,
    base: OnceCell<GrayImage>,
    budget: Budget,
}

impl Subject {
    pub(super) fn new(picture: GrayImage) -> Self {
        Self { picture, base: OnceCell::new(), budget: Budget::new(RQRR_BUDGET) }
    }

    /// The texts of the codes that this attempt reads; none where it would add nothing.
    ///
    /// # Errors
    /// [`Crowd`].
    pub(super) fn texts(&self, attempt: Attempt) -> Result<Vec<String>, Crowd> {
        let Some(sized) = self.sized(attempt.size) else { return Ok(Vec::new()) };
        let sized = smoothed(&sized, attempt.smooth);
        let (view, pixels) = match attempt.tones {
            Tones::Grey => (sized, Pixels::Grey),
            Tones::Inverted => (inverted(sized), Pixels::Grey),
            Tones::Around(radius, hundredths) => {
                (darker_than_around(&sized, radius, hundredths), Pixels::Dark)
            }
        };
        decode(attempt.decoder, view, pixels, &self.budget)
    }

    fn sized(&self, size: Size) -> Option<GrayImage> {
        let side = self.picture.width().max(self.picture.height()).max(1);
        let base = || self.base.get_or_init(|| fitted(&self.picture, BASE_PX));
        match size {
            Size::Base => Some(base().clone()),
            Size::Part(hundredths) => Some(scaled(base(), hundredths, 100)),
            Size::Enlarged(most, to) => {
                (side <= most).then(|| scaled(&self.picture, to.min(4 * side), side))
            }
            Size::Large(most) => (side > most / 2).then(|| fitted(&self.picture, most)),
        }
    }
}
