//! Photos of stickers as a phone takes them: turned, tilted, blurred, dark, noisy, with glare,
//! squeezed by JPEG. Each is made of its seed alone, for the test and the benchmark alike.

#![allow(clippy::float_arithmetic, reason = "pixels are computed")]

use crate::common::vector;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::blur;
use image::{GrayImage, Luma, Rgb, RgbImage};
use laci_qris::symbol::{Level, QUIET_ZONE, Symbol};

/// The photos that the share of read ones is measured on.
pub(crate) const PHOTOS: u64 = 200;

const WIDTH: u32 = 1200;
const HEIGHTS: [f32; 2] = [900.0, 1200.0];
/// Of the symbol's side before the tilt, in pixels of the photo.
const SIDES: [f32; 2] = [200.0, 700.0];
/// Of a phone's main camera (about 67 degrees across), in pixels of the photo.
const FOCAL_PX: f32 = 900.0;
const TILT_DEGREES: f32 = 20.0;
/// Standard deviation, in modules. Beyond about half a module the modules run together.
const BLUR_MODULES: f32 = 0.5;
/// Standard deviation, in grey levels.
const NOISE_LEVELS: f32 = 25.0;
/// Of the symbol's area.
const GLARE_SHARE: f32 = 0.1;
/// Grey levels that glare adds; 255 leaves nothing of what is under it.
const GLARE_LEVELS: [f32; 2] = [120.0, 255.0];
const DARKEST: f32 = 0.25;
const JPEG_POOR: u8 = 30;
const JPEG_USUAL: u8 = 90;
/// Modules of wall and card around the symbol: left and right, above, below.
const AROUND: [f32; 3] = [22.0, 44.0, 40.0];

/// What is done to a photo. All are turned by any angle as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Turned,
    Tilted,
    Blurred,
    Jpeg,
    Noisy,
    Glare,
    Dark,
    /// At least two of the others, each from nothing to its worst.
    Mixed,
}

const ALONE: [Kind; 7] =
    [Kind::Turned, Kind::Tilted, Kind::Blurred, Kind::Jpeg, Kind::Noisy, Kind::Glare, Kind::Dark];

/// A photo, and what stands in it.
pub(crate) struct Photo {
    pub(crate) kind: Kind,
    /// The JPEG.
    pub(crate) bytes: Vec<u8>,
    pub(crate) payload: String,
    /// The strengths, for a report.
    pub(crate) how: String,
}

/// Every other photo has one distortion, between half and all of its range; the rest are mixed.
pub(crate) fn photo(seed: u64) -> Photo {
    let mut rng = Rng(seed);
    let alone = (seed / 2) as usize % ALONE.len();
    let kind = if seed.is_multiple_of(2) { ALONE[alone] } else { Kind::Mixed };
    // Names, a fixed amount and spaces: symbols of 49 modules and more, at the level of stickers.
    let notes = ["baseline", "name contains", "POI 11 but", "double and", "unreserved"];
    let payload = vector(notes[rng.below(notes.len())]);
    let symbol = Symbol::draw(&payload, Level::M).expect("fits");
    let shot = Shot::of(kind, symbol.modules() as f32, &mut rng);
    let lit = shot.light(shot.seen(&canvas(&symbol, shot.module_px, &mut rng)), &mut rng);
    Photo { kind, bytes: jpeg(&lit, shot.jpeg, &mut rng), payload, how: shot.told() }
}

/// Places on the sticker, in modules from the symbol's middle, to places on the photo, in pixels,
/// as a homogeneous matrix.
type Map = [[f32; 3]; 3];

#[derive(Debug, Clone, Copy)]
struct Glare {
    centre: [f32; 2],
    radii: [f32; 2],
    angle: f32,
    levels: f32,
}

/// One way of taking a photo.
struct Shot {
    size: [u32; 2],
    module_px: f32,
    map: Map,
    tilt: [f32; 2],
    blur_px: f32,
    brightness: f32,
    noise: f32,
    glare: Option<Glare>,
    jpeg: u8,
}

impl Shot {
    fn of(kind: Kind, modules: f32, rng: &mut Rng) -> Self {
        let parts = parts(kind, rng);
        let least = if kind == Kind::Mixed { 0.0 } else { 0.5 };
        let mut share = |part: Kind| {
            let share = rng.between([least, 1.0]);
            if parts.contains(&part) { share } else { 0.0 }
        };
        let [tilt_x, tilt_y] = [share(Kind::Tilted), share(Kind::Tilted)];
        let [blur, noise] = [share(Kind::Blurred), share(Kind::Noisy)];
        let [dark, glare] = [share(Kind::Dark), share(Kind::Glare)];
        let tilt = [rng.sign() * tilt_x * TILT_DEGREES, rng.sign() * tilt_y * TILT_DEGREES];
        let turn = rng.between([0.0, 360.0]);
        let size = [WIDTH, rng.between(HEIGHTS) as u32];
        let (module_px, map) = placed(modules, size, turn, tilt, rng);
        let strength = rng.between(GLARE_LEVELS);
        let jpeg = if parts.contains(&Kind::Jpeg) { JPEG_POOR } else { JPEG_USUAL };
        Self {
            size,
            module_px,
            map,
            tilt,
            blur_px: blur * BLUR_MODULES * module_px,
            brightness: 1.0 - dark * (1.0 - DARKEST),
            noise: noise * NOISE_LEVELS,
            glare: parts.contains(&Kind::Glare).then(|| {
                let area = glare * GLARE_SHARE * (modules * module_px).powi(2);
                let longer = rng.between([1.0, 3.0]);
                let radius = (area / std::f32::consts::PI / longer).sqrt();
                let on_symbol = [0, 1].map(|_| rng.between([-0.5, 0.5]) * modules);
                let angle = rng.between([0.0, std::f32::consts::PI]);
                let radii = [radius * longer, radius];
                Glare { centre: through(&map, on_symbol), radii, angle, levels: strength }
            }),
            jpeg,
        }
    }

    fn told(&self) -> String {
        let Self { module_px, tilt, blur_px, brightness, noise, glare, jpeg, .. } = self;
        format!(
            "{module_px:.1} px per module, tilt {tilt:.0?}, blur {blur_px:.1} px, light \
             {brightness:.2}, noise {noise:.0}, JPEG {jpeg}, {glare:.0?}"
        )
    }

    /// The sticker as the lens sees it.
    fn seen(&self, canvas: &Canvas) -> GrayImage {
        let back = inverse(&self.map);
        let [width, height] = self.size;
        let sharp = GrayImage::from_fn(width, height, |x, y| {
            Luma([canvas.at(through(&back, [x as f32 + 0.5, y as f32 + 0.5])) as u8])
        });
        if self.blur_px > 0.0 { blur(&sharp, self.blur_px) } else { sharp }
    }

    /// The same in its light, with glare on it, as the sensor takes it.
    fn light(&self, mut photo: GrayImage, rng: &mut Rng) -> GrayImage {
        for (x, y, pixel) in photo.enumerate_pixels_mut() {
            let mut level = f32::from(pixel.0[0]) * self.brightness;
            if let Some(glare) = &self.glare {
                level += glare.at(x as f32, y as f32);
            }
            if self.noise > 0.0 {
                level = level.clamp(0.0, 255.0) + rng.normal() * self.noise;
            }
            pixel.0 = [level.round() as u8];
        }
        photo
    }
}

impl Glare {
    /// Levels added here: all of it inside, fading out across the ellipse's edge.
    fn at(&self, x: f32, y: f32) -> f32 {
        let [dx, dy] = [x - self.centre[0], y - self.centre[1]];
        let (sin, cos) = self.angle.sin_cos();
        let along = (dx * cos + dy * sin) / self.radii[0];
        let across = (dy * cos - dx * sin) / self.radii[1];
        self.levels * ((1.15 - along.hypot(across)) / 0.3).clamp(0.0, 1.0)
    }
}

fn parts(kind: Kind, rng: &mut Rng) -> Vec<Kind> {
    if kind != Kind::Mixed {
        return vec![kind];
    }
    loop {
        let parts: Vec<Kind> = ALONE[1..].iter().copied().filter(|_| rng.sign() > 0.0).collect();
        if parts.len() > 1 {
            return parts;
        }
    }
}

/// A size and a place at which the whole symbol, with its quiet zone, is in the photo.
fn placed(modules: f32, size: [u32; 2], turn: f32, tilt: [f32; 2], rng: &mut Rng) -> (f32, Map) {
    let mut module_px = rng.between(SIDES) / modules;
    let half = modules / 2.0 + QUIET_ZONE as f32;
    loop {
        let map = map(module_px, turn, tilt, [0.0, 0.0]);
        let corners = [[-half, -half], [half, -half], [half, half], [-half, half]];
        let seen = corners.map(|corner| through(&map, corner));
        let span = [0, 1].map(|axis| {
            let places = seen.map(|corner| corner[axis]);
            [places.into_iter().fold(f32::MAX, f32::min), places.into_iter().fold(0.0, f32::max)]
        });
        let room = [0, 1].map(|axis| size[axis] as f32 - (span[axis][1] - span[axis][0]));
        if room[0] >= 0.0 && room[1] >= 0.0 {
            let shift = [0, 1].map(|axis| rng.between([0.0, room[axis]]) - span[axis][0]);
            return (module_px, self::map(module_px, turn, tilt, shift));
        }
        module_px *= 0.95;
    }
}

/// A pinhole camera in front of the sticker: tilted about its two axes, then turned; angles in
/// degrees. The symbol's middle comes to `shift`.
fn map(module_px: f32, turn: f32, tilt: [f32; 2], shift: [f32; 2]) -> Map {
    let [(sx, cx), (sy, cy), (st, ct)] = [tilt[0], tilt[1], turn].map(|a| a.to_radians().sin_cos());
    // The sticker's two axes in space.
    let across = [cy, sx * sy, -cx * sy];
    let down = [0.0, cx, sx];
    let column = |[x, y, z]: [f32; 3]| {
        let [x, y] = [x * ct - y * st, x * st + y * ct];
        [FOCAL_PX * x + shift[0] * z, FOCAL_PX * y + shift[1] * z, z].map(|v| v * module_px)
    };
    let (a, b) = (column(across), column(down));
    let c = [FOCAL_PX * shift[0], FOCAL_PX * shift[1], FOCAL_PX];
    [0, 1, 2].map(|row| [a[row], b[row], c[row]])
}

fn through(map: &Map, [x, y]: [f32; 2]) -> [f32; 2] {
    let [u, v, w] = [0, 1, 2].map(|row| map[row][0] * x + map[row][1] * y + map[row][2]);
    [u / w, v / w]
}

/// Up to a factor, which a homogeneous matrix does not mind.
fn inverse(map: &Map) -> Map {
    let minor = |r: usize, c: usize| {
        let [r1, r2, c1, c2] = [(r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3];
        map[r1][c1] * map[r2][c2] - map[r1][c2] * map[r2][c1]
    };
    [0, 1, 2].map(|row| [0, 1, 2].map(|column| minor(column, row)))
}

/// A sticker on a wall, in `px` pixels per module; places are modules from the symbol's middle.
struct Canvas {
    pixels: GrayImage,
    px: f32,
    origin: [f32; 2],
}

impl Canvas {
    /// A rectangle from one corner to the other.
    fn fill(&mut self, from: [f32; 2], to: [f32; 2], level: f32) {
        let end = [self.pixels.width() as f32, self.pixels.height() as f32];
        let place = |place: [f32; 2]| {
            [0, 1]
                .map(|i| ((place[i] + self.origin[i]) * self.px).round().clamp(0.0, end[i]) as u32)
        };
        let ([left, top], [right, bottom]) = (place(from), place(to));
        for y in top..bottom {
            for x in left..right {
                self.pixels.put_pixel(x, y, Luma([level as u8]));
            }
        }
    }

    /// The level at a place, between the four nearest pixels; beyond the edge as at the edge.
    fn at(&self, place: [f32; 2]) -> f32 {
        let end = [self.pixels.width() - 1, self.pixels.height() - 1];
        let at = [0, 1].map(|i| {
            ((place[i] + self.origin[i]) * self.px - 0.5).clamp(0.0, end[i] as f32 - 0.01)
        });
        let [x, y] = at.map(|v| v as u32);
        let [u, v] = at.map(f32::fract);
        let level = |dx, dy| f32::from(self.pixels.get_pixel(x + dx, y + dy).0[0]);
        let top = level(0, 0) * (1.0 - u) + level(1, 0) * u;
        let bottom = level(0, 1) * (1.0 - u) + level(1, 1) * u;
        top * (1.0 - v) + bottom * v
    }
}

/// The sticker: a card with a header, lines of text and the symbol, on a wall with things on it.
fn canvas(symbol: &Symbol, module_px: f32, rng: &mut Rng) -> Canvas {
    let px = module_px.ceil().max(3.0);
    let modules = symbol.modules() as f32;
    let half = modules / 2.0;
    let [side, above, below] = AROUND;
    let size = [modules + 2.0 * side, modules + above + below].map(|v| (v * px) as u32);
    let wall = rng.between([50.0, 200.0]);
    let pixels = GrayImage::from_pixel(size[0], size[1], Luma([wall as u8]));
    let mut canvas = Canvas { pixels, px, origin: [half + side, half + above] };
    for _ in 0..12 {
        let from = [rng.between([-1.0, 1.0]) * (half + side), rng.between([-1.0, 1.0]) * 70.0];
        let to = [from[0] + rng.between([4.0, 30.0]), from[1] + rng.between([4.0, 30.0])];
        canvas.fill(from, to, rng.between([20.0, 230.0]));
    }
    let (paper, ink) = (rng.between([225.0, 255.0]), rng.between([10.0, 40.0]));
    let edge = half + 7.0;
    canvas.fill([-edge, -half - 30.0], [edge, half + 24.0], paper);
    canvas.fill([-edge, -half - 30.0], [edge, -half - 22.0], rng.between([60.0, 110.0]));
    for (top, height) in [(-19.0, 3.0), (-14.0, 1.6), (-11.0, 1.6)] {
        words(&mut canvas, [edge, -half + top, height], ink, rng);
    }
    for top in [6.0, 10.0, 15.0, 18.0] {
        words(&mut canvas, [edge, half + top, 1.5], ink, rng);
    }
    for y in 0..symbol.modules() {
        for x in (0..symbol.modules()).filter(|x| symbol.get(*x, y)) {
            let from = [x as f32 - half, y as f32 - half];
            canvas.fill(from, [from[0] + 1.0, from[1] + 1.0], ink);
        }
    }
    canvas
}

/// One line of text: dark blocks as long as words, between the card's edges.
fn words(canvas: &mut Canvas, [edge, top, height]: [f32; 3], ink: f32, rng: &mut Rng) {
    let mut left = -edge + rng.between([4.0, 16.0]);
    let end = edge - rng.between([4.0, 16.0]);
    while left < end {
        let right = (left + rng.between([0.6, 3.0])).min(end);
        canvas.fill([left, top], [right, top + height], ink);
        left = right + rng.between([0.4, 1.2]);
    }
}

/// In the light of a lamp, warmer or colder.
fn jpeg(photo: &GrayImage, quality: u8, rng: &mut Rng) -> Vec<u8> {
    let cast = [[0.85, 1.0], [0.9, 1.0], [0.7, 1.0]].map(|range| rng.between(range));
    let colours = RgbImage::from_fn(photo.width(), photo.height(), |x, y| {
        let level = f32::from(photo.get_pixel(x, y).0[0]);
        Rgb(cast.map(|share| (level * share) as u8))
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&colours).expect("encodes");
    bytes
}

/// splitmix64: small, and the same everywhere.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    fn between(&mut self, [least, most]: [f32; 2]) -> f32 {
        // 24 bits are what an f32 holds.
        least + (most - least) * ((self.next() >> 40) as f32 / (1_u32 << 24) as f32)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn sign(&mut self) -> f32 {
        if self.next() & 1 == 0 { -1.0 } else { 1.0 }
    }

    /// About normal, of deviation 1: four uniform numbers added up.
    fn normal(&mut self) -> f32 {
        let bits = self.next();
        let sum: u64 = (0..4).map(|i| (bits >> (16 * i)) & 0xFFFF).sum();
        (sum as f32 / 65_535.0 - 2.0) * 3_f32.sqrt()
    }
}
