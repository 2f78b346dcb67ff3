//! A picture at another size, with less noise, or in black and white.

use image::{GrayImage, Luma};

/// The picture with its longer side at most `side_px`: whole pixels are put together first, which
/// is cheap, and the rest is left to interpolation.
pub(super) fn fitted(picture: &GrayImage, side_px: u32) -> GrayImage {
    let side = picture.width().max(picture.height());
    let whole = grouped(picture, side / side_px.max(1));
    scaled(&whole, side_px, whole.width().max(whole.height()).max(side_px))
}

/// The picture at `numerator / denominator` of its size, at least one pixel each way; each pixel
/// lies between the four nearest ones. For less than half the size, [`fitted`] groups pixels first.
pub(super) fn scaled(picture: &GrayImage, numerator: u32, denominator: u32) -> GrayImage {
    if numerator == denominator || picture.is_empty() {
        return picture.clone();
    }
    let scale = |px: u32| (px * numerator / denominator).max(1);
    let (width, height) = (scale(picture.width()), scale(picture.height()));
    let columns = places(picture.width(), width);
    let rows = places(picture.height(), height);
    let source_width = picture.width() as usize;
    let levels = picture.as_raw();
    let row = |y: usize| levels.get(y * source_width..(y + 1) * source_width).unwrap_or_default();
    let mut pixels = Vec::with_capacity(columns.len() * rows.len());
    for (y, next_y, down) in rows {
        let (upper, lower) = (row(y), row(next_y));
        let level = |row: &[u8], x: usize| row.get(x).copied().map_or(0, u32::from);
        for (x, next_x, right) in &columns {
            let across = |row| level(row, *x) * (ONE - right) + level(row, *next_x) * right;
            pixels
                .push(((across(upper) * (ONE - down) + across(lower) * down) / (ONE * ONE)) as u8);
        }
    }
    GrayImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// The weight of a whole pixel.
const ONE: u32 = 256;

/// For each of `to` pixels along one axis: the two of `from` pixels that it lies between, and the
/// weight of the second.
fn places(from: u32, to: u32) -> Vec<(usize, usize, u32)> {
    let (from, to) = (u64::from(from), u64::from(to));
    let last = from - 1;
    let place = |index: u64| {
        // The middle of the pixel, and half a pixel back to the middle of its neighbour.
        let fine = ((2 * index + 1) * from * 256 / (2 * to)).saturating_sub(128);
        let whole = (fine / 256).min(last);
        (whole as usize, (whole + 1).min(last) as usize, (fine % 256) as u32)
    };
    (0..to).map(place).collect()
}

/// Each pixel the mean of `factor` by `factor`; what is left over at the edges is cut off.
fn grouped(picture: &GrayImage, factor: u32) -> GrayImage {
    if factor < 2 || picture.width() < factor || picture.height() < factor {
        return picture.clone();
    }
    let (width, height) = (picture.width() / factor, picture.height() / factor);
    let side = factor as usize;
    let mut sums = vec![0_u32; width as usize];
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    let rows = picture.as_raw().chunks_exact(picture.width() as usize);
    for (index, row) in rows.take((height * factor) as usize).enumerate() {
        for (sum, group) in sums.iter_mut().zip(row.chunks_exact(side)) {
            *sum += group.iter().copied().map(u32::from).sum::<u32>();
        }
        if (index + 1) % side == 0 {
            pixels.extend(sums.iter().map(|sum| (sum / (factor * factor)) as u8));
            sums.fill(0);
        }
    }
    GrayImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// Each pixel the mean of those up to `radius` (at most 7) away from it: less noise.
pub(super) fn smoothed(picture: &GrayImage, radius: u32) -> GrayImage {
    if radius == 0 || picture.is_empty() {
        return picture.clone();
    }
    // Multiplying is faster than dividing; rounded up, so that a mean of 255 stays 255.
    let share = 65_536_u32.div_ceil(window(radius));
    let mut pixels = Vec::with_capacity(picture.as_raw().len());
    around(picture, radius, |_, sums| {
        pixels.extend(sums.iter().map(|sum| ((sum * share) >> 16).min(255) as u8));
    });
    GrayImage::from_raw(picture.width(), picture.height(), pixels).unwrap_or_default()
}

/// 1 for each pixel that is darker than `percent` of the mean up to `radius` (at most 40) away from
/// it, else 0. A threshold of its own for each place reads symbols in uneven light, under glare and
/// blurred.
pub(super) fn darker_than_around(picture: &GrayImage, radius: u32, percent: u32) -> GrayImage {
    let whole = 100 * window(radius);
    let mut pixels = Vec::with_capacity(picture.as_raw().len());
    around(picture, radius, |levels, sums| {
        let pairs = levels.iter().zip(sums);
        pixels
            .extend(pairs.map(|(level, sum)| u8::from(u32::from(*level) * whole < sum * percent)));
    });
    GrayImage::from_raw(picture.width(), picture.height(), pixels).unwrap_or_default()
}

/// Pixels up to `radius` away from one, itself included.
fn window(radius: u32) -> u32 {
    (2 * radius + 1).pow(2)
}

/// Tells for each row its levels and, for each of its pixels, the sum of the levels up to `radius`
/// away; beyond an edge all is as at the edge. A sum of columns slides over sums that slide down.
fn around(picture: &GrayImage, radius: u32, mut tell: impl FnMut(&[u8], &[u32])) {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (Some(last_column), Some(last_row)) = (width.checked_sub(1), height.checked_sub(1)) else {
        return;
    };
    let radius = radius as usize;
    let row = |y: usize| picture.as_raw().get(y * width..(y + 1) * width).unwrap_or_default();
    let mut columns = vec![0_u32; width];
    for y in 0..=2 * radius {
        for (sum, level) in columns.iter_mut().zip(row(y.saturating_sub(radius).min(last_row))) {
            *sum += u32::from(*level);
        }
    }
    let mut padded = vec![0_u32; width + 2 * radius];
    let mut sums = vec![0_u32; width];
    for y in 0..height {
        let inside = |x: usize| x.saturating_sub(radius).min(last_column);
        for (x, place) in padded.iter_mut().enumerate() {
            *place = columns.get(inside(x)).copied().unwrap_or_default();
        }
        let (first, further) = padded.split_at(2 * radius);
        let mut sum: u32 = first.iter().sum();
        for ((target, new), old) in sums.iter_mut().zip(further).zip(&padded) {
            sum += new;
            *target = sum;
            sum -= old;
        }
        tell(row(y), &sums);
        let (new, old) = (row((y + 1 + radius).min(last_row)), row(y.saturating_sub(radius)));
        for ((sum, new), old) in columns.iter_mut().zip(new).zip(old) {
            *sum = *sum + u32::from(*new) - u32::from(*old);
        }
    }
}

/// Light and dark exchanged.
pub(super) fn inverted(mut picture: GrayImage) -> GrayImage {
    for Luma([level]) in picture.pixels_mut() {
        *level = 255 - *level;
    }
    picture
}
