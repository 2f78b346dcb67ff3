//! The front end's own steps: packages, build, checks. Absent on purpose: install scripts of npm packages (none is
//! needed) and any second lock file.

use crate::counts::Counts;
use crate::place::{Place, read};
use crate::process::{Done, hear, run};
use std::process::Command;

/// Installs the npm packages, unless those of this very lock file are already there.
///
/// # Errors
/// A sentence if npm failed or a file could not be read.
pub(crate) fn install(place: &Place) -> Done {
    let lock = read(&place.ui().join("package-lock.json"))?;
    let stamp = place.ui().join("node_modules/.laci-package-lock.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|of_last_time| of_last_time == lock) {
        return Ok(());
    }
    let mut npm = npm(place);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(&mut npm)?;
    std::fs::write(&stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// Builds the screens into ui/dist, which the embedded till carries.
///
/// # Errors
/// A sentence if the build failed.
pub(crate) fn build(place: &Place) -> Done {
    run(npm(place).args(["run", "build"]))
}

/// svelte-check: types of all screens, warnings included.
///
/// # Errors
/// A sentence if anything was found.
pub(crate) fn check(place: &Place) -> Done {
    run(npm(place).args(["run", "check"]))
}

/// The front end's unit tests, counted from vitest's own report.
///
/// # Errors
/// A sentence if there is no report to count from.
pub(crate) fn test(place: &Place) -> Done<Counts> {
    let report = place.target.join("vitest.json");
    if report.exists() {
        std::fs::remove_file(&report).map_err(|e| format!("{}: {e}", report.display()))?;
    }
    let heard = hear(
        npm(place)
            .args(["run", "test", "--", "--reporter=default", "--reporter=json"])
            .arg(format!("--outputFile.json={}", report.display())),
    );
    let counts = std::fs::read_to_string(&report).ok().and_then(|json| Counts::of_vitest(&json));
    match (counts, heard.ended) {
        (Some(counts), ended) => Ok(counts.ended(ended.is_ok())),
        (None, Err(sentence)) => Err(sentence),
        (None, Ok(())) => Err(format!("vitest left no report at {}", report.display())),
    }
}

fn npm(place: &Place) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(place.ui());
    npm
}
