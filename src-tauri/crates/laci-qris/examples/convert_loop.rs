//! `convert_loop PAYLOAD [text]`: nanoseconds per conversion of one static QRIS, to be put beside another
//! implementation in the same run: seven batches of at least 0.15 s each, the median as one line of JSON.
//!
//! The QRIS is read and checked once, each step puts an amount in, calculates the checksum and reads the result again. With `text` each step also reads and checks the source anew, and allocates its results.

use laci_qris::{Converter, Error, PointOfInitiation, dynamic, parse};
use std::hint::black_box;
use std::time::{Duration, Instant};

const BATCHES: usize = 7;
const BATCH: Duration = Duration::from_millis(150);

fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let sticker = arguments.next().unwrap_or_default();
    let from_text = arguments.next().is_some_and(|argument| argument == "text");
    let mut converter = Converter::new(parse(&sticker)?, PointOfInitiation::Dynamic12);
    let mut amount = 0_u64;
    let mut run = |count: u64| -> Result<Duration, Error> {
        let start = Instant::now();
        for _ in 0..count {
            amount = amount % 9_999_999 + 1;
            if from_text {
                black_box(dynamic(&parse(black_box(&sticker))?, black_box(amount))?);
            } else {
                black_box(converter.convert(black_box(amount))?);
            }
        }
        Ok(start.elapsed())
    };
    let mut count = 1_000;
    while run(count)? < BATCH {
        count *= 2;
    }
    let mut picoseconds = Vec::with_capacity(BATCHES);
    while picoseconds.len() < BATCHES {
        let elapsed = run(count)?;
        if elapsed < BATCH {
            count += count / 2;
            picoseconds.clear();
            continue;
        }
        picoseconds.push(elapsed.as_nanos() * 1_000 / u128::from(count));
    }
    picoseconds.sort_unstable();
    let median = picoseconds[BATCHES / 2];
    println!(
        "{{\"name\":\"laci-qris {}\",\"ns_per_op\":{}.{:03}}}",
        if from_text { "text to text" } else { "convert" },
        median / 1_000,
        median % 1_000
    );
    Ok(())
}
