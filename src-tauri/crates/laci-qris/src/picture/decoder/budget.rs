//! How much work `rqrr` may do. It copies the picture for each three shapes that may be the corners
//! of a symbol, and fills speckles again and again: minutes of work, in some pictures.

use image::{GenericImage, GenericImageView, GrayImage, Luma};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::rc::Rc;

/// Pixels that may still be touched. Copies share one budget.
#[derive(Debug, Clone)]
pub(in super::super) struct Budget(Rc<Cell<u64>>);

impl Budget {
    pub(in super::super) fn new(touches: u64) -> Self {
        Self(Rc::new(Cell::new(touches)))
    }

    /// Unwinds to the fence, silently, when nothing is left.
    fn spend(&self, touches: u64) {
        match self.0.get().checked_sub(touches) {
            Some(left) => self.0.set(left),
            None => {
                self.0.set(0);
                resume_unwind(Box::new("the budget is spent"));
            }
        }
    }
}

/// A picture that pays for each look.
#[derive(Debug)]
pub(super) struct Metered {
    picture: GrayImage,
    budget: Budget,
}

impl Metered {
    pub(super) fn new(picture: GrayImage, budget: &Budget) -> Self {
        Self { picture, budget: budget.clone() }
    }
}

/// Pixels that are copied, into memory to be had first, in the time of looking at one.
const COPIED_AT_ONCE: u64 = 4;

impl Clone for Metered {
    fn clone(&self) -> Self {
        self.budget.spend(self.picture.as_raw().len() as u64 / COPIED_AT_ONCE);
        Self::new(self.picture.clone(), &self.budget)
    }
}

impl GenericImageView for Metered {
    type Pixel = Luma<u8>;

    /// Paid for as well: one search for a pattern wanders far outside, asking this at each step.
    fn dimensions(&self) -> (u32, u32) {
        self.budget.spend(1);
        self.picture.dimensions()
    }

    fn get_pixel(&self, x: u32, y: u32) -> Luma<u8> {
        self.budget.spend(1);
        *self.picture.get_pixel(x, y)
    }
}

#[allow(deprecated, reason = "the trait still asks for them")]
impl GenericImage for Metered {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Luma<u8> {
        self.picture.get_pixel_mut(x, y)
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.budget.spend(1);
        self.picture.put_pixel(x, y, pixel);
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.picture.put_pixel(x, y, pixel);
    }
}
