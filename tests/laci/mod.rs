//! Running the real `laci` as a script would: in a data folder of its own, with nothing of this machine's settings,
//! its answer read as its page promises it. Absent on purpose: the window (driver) and the played gateway, which a
//! test starts itself.

mod answer;
mod files;
mod shop;
mod verb;

pub use answer::Answer;
pub use files::Files;
pub use shop::{KEY, PIN, Shop, vector};
pub use verb::{Running, Verb};

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long anything may take on two busy cores.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The program under test: `LACI_BIN`, else the one that this build made.
///
/// # Panics
/// If there is none: these tests do not build it.
pub fn program() -> PathBuf {
    match std::env::var_os("LACI_BIN") {
        Some(path) => path.into(),
        None => crate::driver::built("laci").expect("the till is built before its tests run"),
    }
}

/// Looks again until `seen` says yes.
///
/// # Panics
/// If it does not within [`PATIENCE`].
pub fn wait_until(what: &str, mut seen: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !seen() {
        assert!(Instant::now() < end, "waited too long: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
