//! How many photos of stickers are read, and how long each takes. Every photo is distorted by its
//! seed alone, so that two runs differ in time only.

#![allow(clippy::float_arithmetic, reason = "times are computed")]

#[path = "../tests/it/common.rs"]
#[allow(dead_code, reason = "only the vectors are needed")]
mod common;
#[path = "../tests/it/distort.rs"]
mod distort;

use distort::{PHOTOS, photo};
use laci_qris::picture;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

const WORST_MS: f64 = 500.0;

fn main() -> ExitCode {
    // `cargo test` runs benchmarks once as well, unoptimised.
    let photos = if std::env::args().any(|arg| arg == "--bench") { PHOTOS } else { 4 };
    let (mut read, mut wrong, mut times) = (0, 0, Vec::new());
    let mut unread: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for seed in 0..photos {
        let photo = photo(seed);
        let start = Instant::now();
        let answer = picture::read(&photo.bytes);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        match answer {
            Ok(qris) if qris.payload() == photo.payload => read += 1,
            Ok(qris) => {
                wrong += 1;
                println!("MISREAD: photo {seed} as {} ({})", qris.payload(), photo.how);
            }
            Err(_) => unread.entry(format!("{:?}", photo.kind)).or_default().push(seed),
        }
    }
    times.sort_by(f64::total_cmp);
    println!("photos of stickers: {read} of {photos} read, {wrong} misread");
    println!("unread, by kind and seed: {unread:?}");
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("ms per photo: median {:.0}, 9 in 10 {:.0}, worst {:.0}", at(0.5), at(0.9), at(1.0));
    let few = photos == PHOTOS && read * 100 < PHOTOS * 95;
    let slow = photos == PHOTOS && at(1.0) >= WORST_MS;
    println!("goals: at least 95 of 100 read, none wrongly, each under {WORST_MS} ms");
    if wrong > 0 || few || slow { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
