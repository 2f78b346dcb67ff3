//! The cheapest split of a text into numeric, alphanumeric and byte segments: an exact dynamic
//! programme over positions and modes. The `qrcode` crate's own splitter is greedy, so not always
//! the smallest, and takes some UTF-8 for kanji, which readers then show as other letters; kanji
//! mode is therefore absent here.

use qrcode::bits::Bits;
use qrcode::{EcLevel, Version};

/// How a segment packs its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Numeric,
    Alphanumeric,
    Byte,
}

const MODES: [Mode; 3] = [Mode::Numeric, Mode::Alphanumeric, Mode::Byte];

/// A part of the text, in bytes, in one mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) mode: Mode,
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// Versions within a class have equally long headers, so that one split serves them all.
const CLASSES: [(i16, i16); 3] = [(1, 9), (10, 26), (27, 40)];
const MODE_INDICATOR_BITS: u32 = 4;
/// Costs are counted in sixths of a bit: a digit takes 10/3, an alphanumeric character 11/2.
const SIXTHS: u32 = 6;
/// No text of a byte more than version 40-L holds can fit, whatever its characters.
const MAX_BYTES: usize = 7089;

impl Mode {
    fn holds(self, byte: u8) -> bool {
        match self {
            Self::Numeric => byte.is_ascii_digit(),
            Self::Alphanumeric => {
                byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte)
            }
            Self::Byte => true,
        }
    }

    fn sixths(self) -> u32 {
        match self {
            Self::Numeric => 20,
            Self::Alphanumeric => 33,
            Self::Byte => 48,
        }
    }

    /// Mode indicator and character count, in bits (ISO/IEC 18004, table 3).
    fn header_bits(self, class: usize) -> u32 {
        let count: [u32; 3] = match self {
            Self::Numeric => [10, 12, 14],
            Self::Alphanumeric => [9, 11, 13],
            Self::Byte => [8, 16, 16],
        };
        MODE_INDICATOR_BITS + count.get(class).copied().unwrap_or(16)
    }
}

/// The smallest version that holds `data` at this level, and the segments that make it fit.
pub(super) fn fit(data: &[u8], level: EcLevel) -> Option<(Version, Vec<Segment>)> {
    if data.len() > MAX_BYTES {
        return None;
    }
    for (class, (first, last)) in CLASSES.into_iter().enumerate() {
        let (needed, segments) = split(data, class);
        for version in (first..=last).map(Version::Normal) {
            if Bits::new(version).max_len(level).is_ok_and(|room| needed <= room) {
                return Some((version, segments));
            }
        }
    }
    None
}

/// The cheapest split for a class of versions, and its length in bits.
pub(super) fn split(data: &[u8], class: usize) -> (usize, Vec<Segment>) {
    // Impossible states cost more than any text; no sum comes near to overflowing.
    const NEVER: u32 = u32::MAX / 2;
    let header = MODES.map(|mode| mode.header_bits(class) * SIXTHS);
    // The cheapest way to stand at a position with a segment of each mode open; before the first
    // character its header is paid.
    let mut open = header;
    // For each character and mode: the mode that was open before it.
    let mut came_from = Vec::with_capacity(data.len());
    for (position, byte) in data.iter().enumerate() {
        let closed = open.map(|cost| cost.div_ceil(SIXTHS) * SIXTHS);
        let cheapest = if closed[0] <= closed[1] { 0 } else { 1 };
        let cheapest = if closed[cheapest] <= closed[2] { cheapest } else { 2 };
        let mut next = [NEVER; 3];
        let mut from = [0_u8; 3];
        for (at, mode) in MODES.into_iter().enumerate() {
            if !mode.holds(*byte) {
                continue;
            }
            let switched = closed[cheapest] + header[at];
            let (before, cost) = if position == 0 || open[at] <= switched {
                (at, open[at])
            } else {
                (cheapest, switched)
            };
            next[at] = cost + mode.sixths();
            from[at] = before as u8;
        }
        open = next;
        came_from.push(from);
    }
    if data.is_empty() {
        return (0, Vec::new());
    }
    let closed = open.map(|cost| cost.div_ceil(SIXTHS));
    let last = (0..MODES.len()).min_by_key(|at| closed[*at]).unwrap_or(2);
    (closed[last] as usize, trace(&came_from, last))
}

/// Follows the choices back from the last character's mode. A switch from a mode to itself never
/// happens: it would pay for a header and gain nothing.
fn trace(came_from: &[[u8; 3]], last: usize) -> Vec<Segment> {
    let mut segments = Vec::new();
    let (mut mode, mut end) = (last, came_from.len());
    for (position, from) in came_from.iter().enumerate().rev() {
        let before = usize::from(from[mode]);
        if before != mode || position == 0 {
            segments.push(Segment { mode: MODES[mode], begin: position, end });
            (mode, end) = (before, position);
        }
    }
    segments.reverse();
    segments
}

#[cfg(test)]
#[path = "segment_tests.rs"]
mod tests;
