//! Symbols with one corner hidden, by glare mostly. The two other corners tell where the symbol
//! lies, roughly; from there one alignment pattern after another is found, and each makes the next
//! guess better.

#![allow(clippy::float_arithmetic, reason = "places between pixels are computed")]

use super::plane::{Place, Plane};
use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::{ConcentricPattern, FindConcentricPatternCorners};
use rxing::qrcode::common::Version;
use rxing::qrcode::cpp_port::detector::LocateAlignmentPattern;

/// Corners that are paired, the largest first.
const MAX_CORNERS: usize = 8;
/// Symbols that are read in one view; two corners of a photo make a dozen.
const MAX_SYMBOLS: usize = 100;
/// From a corner's middle to the middle of its outer ring, in modules.
const RING: f64 = 3.0;
/// From the symbol's edge to a corner's middle, in modules.
const INSET: f64 = 3.5;
/// Modules per side of the smallest symbol, and of each version more.
const SMALLEST: usize = 21;
const PER_VERSION: usize = 4;
const LARGEST: usize = 177;

/// The modules of the symbols that any two corners may belong to, rows and columns alike, dark ones
/// set.
pub(super) fn symbols<'a>(
    matrix: &'a BitMatrix,
    corners: &[ConcentricPattern],
) -> impl Iterator<Item = BitMatrix> + 'a {
    let mut largest: Vec<&ConcentricPattern> = corners.iter().collect();
    largest.sort_by_key(|corner| std::cmp::Reverse(corner.size));
    largest.truncate(MAX_CORNERS);
    let corners: Vec<Corner> =
        largest.into_iter().filter_map(|corner| Corner::of(matrix, corner)).collect();
    let mut guesses = Vec::new();
    for one in &corners {
        for other in &corners {
            guesses.extend((0..4).filter_map(|turn| Guess::of(&one.turned(turn), other)));
        }
    }
    let sized = guesses.into_iter().flat_map(|guess| {
        let near = guess.modules;
        [near, near.saturating_sub(PER_VERSION), near + PER_VERSION].map(|modules| (guess, modules))
    });
    let valid = sized.filter(|(_, modules)| (SMALLEST..=LARGEST).contains(modules));
    valid.take(MAX_SYMBOLS).filter_map(|(guess, modules)| guess.sampled(matrix, modules))
}

/// A corner pattern: its middle, and the middles of the corners of its outer ring, clockwise.
#[derive(Debug, Clone, Copy)]
struct Corner {
    middle: Place,
    ring: [Place; 4],
    size: i32,
}

impl Corner {
    fn of(matrix: &BitMatrix, found: &ConcentricPattern) -> Option<Self> {
        let ring = FindConcentricPatternCorners(matrix, found.p, found.size, 2)?;
        let mut ring = ring.0.map(|point| [f64::from(point.x), f64::from(point.y)]);
        if cross(minus(ring[1], ring[0]), minus(ring[2], ring[1])) < 0.0 {
            ring.reverse();
        }
        let middle = [f64::from(found.p.x), f64::from(found.p.y)];
        Some(Self { middle, ring, size: found.size })
    }

    /// The same with another of its corners called the upper left one.
    fn turned(&self, turn: usize) -> Self {
        let mut turned = *self;
        turned.ring.rotate_left(turn);
        turned
    }

    /// One module to the right and one down, in pixels.
    fn steps(&self) -> [Place; 2] {
        let [a, b, c, d] = self.ring;
        let step = |from: [Place; 2], to: [Place; 2]| {
            [0, 1].map(|i| (to[0][i] + to[1][i] - from[0][i] - from[1][i]) / (4.0 * RING))
        };
        [step([a, d], [b, c]), step([a, b], [d, c])]
    }

    /// What is known of its places, if its middle is at `middle` of a symbol of so many modules.
    fn pairs(&self, middle: Place, modules: f64) -> [(Place, Place); 5] {
        let around = [[-RING, -RING], [RING, -RING], [RING, RING], [-RING, RING]];
        let [a, b, c, d] = around.map(|[x, y]| [middle[0] + x, middle[1] + y]);
        let [e, f, g, h] = self.ring;
        [(a, e), (b, f), (c, g), (d, h), (middle, self.middle)]
            .map(|(place, seen)| (place.map(|v| v / modules), seen))
    }
}

/// Two corners, turned alike, and which corners of the symbol they are: 0 is near its upper or left
/// edge, 1 near the other.
#[derive(Debug, Clone, Copy)]
struct Guess {
    corners: [(Corner, [u8; 2]); 2],
    modules: usize,
}

impl Guess {
    fn of(one: &Corner, other: &Corner) -> Option<Self> {
        if one.size > 2 * other.size || other.size > 2 * one.size {
            return None;
        }
        let [right, down] = one.steps();
        // The other corner's turn that is the most like this one's.
        let alike = |corner: &Corner| dot(corner.steps()[0], right);
        let other =
            (0..4).map(|turn| other.turned(turn)).max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
        let [right, down] = [(right, 0), (down, 1)].map(|(step, i)| mean(step, other.steps()[i]));
        let apart = minus(other.middle, one.middle);
        let area = cross(right, down);
        let [x, y] = [cross(apart, down) / area, cross(right, apart) / area];
        let places = if x > 0.0 && y.abs() < x / 4.0 {
            [[0, 0], [1, 0]]
        } else if y > 0.0 && x.abs() < y / 4.0 {
            [[0, 0], [0, 1]]
        } else if x < 0.0 && y > 0.0 && -x < 1.5 * y && y < -1.5 * x {
            [[1, 0], [0, 1]]
        } else {
            return None;
        };
        let span = x.abs().max(y.abs()) + 2.0 * INSET - SMALLEST as f64;
        let versions = (span / PER_VERSION as f64).round().max(0.0) as usize;
        let corners = [(*one, places[0]), (other, places[1])];
        Some(Self { corners, modules: SMALLEST + PER_VERSION * versions })
    }

    fn sampled(&self, matrix: &BitMatrix, modules: usize) -> Option<BitMatrix> {
        let side = modules as f64;
        let mut pairs = Vec::new();
        for (corner, place) in &self.corners {
            let middle = place.map(|far| if far == 0 { INSET } else { side - INSET });
            pairs.extend(corner.pairs(middle, side));
        }
        let mut plane = Plane::through(&pairs)?;
        let step = self.corners[0].0.steps()[0];
        let module_px = step[0].hypot(step[1]);
        for place in alignment(modules, &self.corners.map(|(_, place)| place))? {
            let place = place.map(|v| v / side);
            let [x, y] = plane.at(place).map(|v| v as f32);
            let estimate = rxing::point(x, y);
            let seen = LocateAlignmentPattern(matrix, module_px.ceil() as i32, estimate);
            if let Some(seen) = seen {
                pairs.push((place, [f64::from(seen.x), f64::from(seen.y)]));
                plane = Plane::through(&pairs)?;
            }
        }
        read(matrix, &plane, modules)
    }
}

/// The middles of the alignment patterns, in modules, the nearest to a known corner first.
fn alignment(modules: usize, known: &[[u8; 2]; 2]) -> Option<Vec<Place>> {
    let version = Version::getProvisionalVersionForDimension(modules as u32).ok()?;
    let lines: Vec<f64> =
        version.getAlignmentPatternCenters().iter().map(|line| f64::from(*line) + 0.5).collect();
    let mut places: Vec<Place> =
        lines.iter().flat_map(|y| lines.iter().map(|x| [*x, *y])).collect();
    let side = modules as f64;
    let corner = |place: &[u8; 2]| place.map(|far| f64::from(far) * side);
    let apart = |place: &Place, corner: Place| {
        let [x, y] = minus(*place, corner);
        x.hypot(y)
    };
    // Those that would lie in a corner pattern do not exist.
    let taken = [[0.0, 0.0], [side, 0.0], [0.0, side]];
    places.retain(|place| taken.iter().all(|corner| apart(place, *corner) > 10.0));
    let near = |place: &Place| {
        known.iter().map(|known| apart(place, corner(known))).fold(f64::MAX, f64::min)
    };
    places.sort_by(|a, b| near(a).total_cmp(&near(b)));
    Some(places)
}

/// Each module by most of five places in it.
fn read(matrix: &BitMatrix, plane: &Plane, modules: usize) -> Option<BitMatrix> {
    let side = modules as f64;
    let mut symbol = BitMatrix::with_single_dimension(modules as u32).ok()?;
    for y in 0..modules {
        for x in 0..modules {
            let places = [[0.5, 0.5], [0.3, 0.3], [0.7, 0.3], [0.3, 0.7], [0.7, 0.7]];
            let dark = places.into_iter().filter(|[right, down]| {
                let place = [(x as f64 + right) / side, (y as f64 + down) / side];
                let [x, y] = plane.at(place);
                x >= 0.0 && y >= 0.0 && matrix.try_get(x as u32, y as u32) == Some(true)
            });
            if dark.count() > 2 {
                symbol.set(x as u32, y as u32);
            }
        }
    }
    Some(symbol)
}

fn minus(a: Place, b: Place) -> Place {
    [a[0] - b[0], a[1] - b[1]]
}

fn mean(a: Place, b: Place) -> Place {
    [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]
}

fn dot(a: Place, b: Place) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn cross(a: Place, b: Place) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}
