//! How many photos of stickers are read, and that none is read as something else. The benchmark
//! `picture` measures the same photos in time.

use crate::distort::{Kind, PHOTOS, photo};
use laci_qris::picture;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug)]
enum Outcome {
    Read,
    Unread(Kind, String),
    Misread(String),
}

fn outcome(seed: u64) -> Outcome {
    let photo = photo(seed);
    match picture::read(&photo.bytes) {
        Ok(qris) if qris.payload() == photo.payload => Outcome::Read,
        Ok(qris) => Outcome::Misread(format!("{seed}: {}", qris.payload())),
        Err(refusal) => Outcome::Unread(photo.kind, format!("{seed}: {} {}", refusal, photo.how)),
    }
}

#[test]
fn of_the_photos_95_in_100_are_read_and_none_wrongly() {
    let next = AtomicU64::new(0);
    let work = || -> Vec<Outcome> {
        std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed))
            .take_while(|seed| *seed < PHOTOS)
            .map(outcome)
            .collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    let (mut read, mut misread) = (0, Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Read => read += 1,
            Outcome::Unread(kind, how) => println!("{kind:?} {how}"),
            Outcome::Misread(payload) => misread.push(payload),
        }
    }
    assert_eq!(misread, [""; 0]);
    assert!(read * 100 >= PHOTOS * 95, "{read} of {PHOTOS} were read");
}
