//! `cargo xtask test`: every check and every test, in one order, each timed. It goes on after a failure, so that one run
//! names everything; its last line is the sum. Absent on purpose: a way to leave one out.

use crate::counts::Counts;
use crate::display::Display;
use crate::place::{Place, WHOLE, cargo};
use crate::process::{Done, Heard, hear, run as run_program};
use crate::tools::{CARGO_DENY, TAURI_DRIVER};
use crate::{front, generate, system};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

type Check = fn(&Place) -> Done<Counts>;

/// In this order: what is quick and wrong is said first, and each step finds what the ones before it built.
const CHECKS: [(&str, Check); 11] = [
    ("rustfmt", format),
    ("ui packages", ui_packages),
    ("ui build", ui_build),
    ("svelte-check", svelte_check),
    ("vitest", front::test),
    ("rust build", rust_build),
    ("generated types", generate::check),
    ("clippy", clippy),
    ("rust tests", rust_tests),
    ("window tests", window_tests),
    ("licences and sources", deny),
];

struct Step {
    name: &'static str,
    took: Duration,
    counts: Counts,
    trouble: Option<String>,
}

pub(crate) fn run() -> Done {
    let mut steps = vec![step("system", || prepare().map(|()| Counts::ONE_PASSED))];
    if steps.iter().all(|step| step.trouble.is_none()) {
        let place = Place::find()?;
        steps.extend(CHECKS.map(|(name, check)| step(name, || check(&place))));
    }
    let sum = report(&steps);
    if sum.failed == 0 { Ok(()) } else { Err(String::new()) }
}

fn prepare() -> Done {
    system::ensure(&[system::BUILD, system::TEST])?;
    system::ensure_node()
}

fn step(name: &'static str, check: impl FnOnce() -> Done<Counts>) -> Step {
    eprintln!("\n== {name}");
    let start = Instant::now();
    let (counts, trouble) = match check() {
        Ok(counts) => (counts, None),
        Err(sentence) => (Counts::default().ended(false), Some(sentence)),
    };
    if let Some(sentence) = &trouble {
        eprintln!("{name}: {sentence}");
    }
    Step { name, took: start.elapsed(), counts, trouble }
}

fn report(steps: &[Step]) -> Counts {
    let mut sum = Counts::default();
    println!();
    for step in steps {
        sum += step.counts;
        let mark = if step.counts.failed == 0 { "ok  " } else { "FAIL" };
        let Counts { passed, failed } = step.counts;
        println!(
            "{mark} {:<22} {:>7.1} s  {passed:>5} passed {failed:>4} failed",
            step.name,
            step.took.as_secs_f64()
        );
    }
    for (name, sentence) in steps.iter().filter_map(|s| Some((s.name, s.trouble.as_ref()?))) {
        println!("{name}: {sentence}");
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    sum
}

fn format(_: &Place) -> Done<Counts> {
    yes(cargo().args(["fmt", "--all", "--check"]))
}

fn ui_packages(place: &Place) -> Done<Counts> {
    front::install(place).map(|()| Counts::ONE_PASSED)
}

fn ui_build(place: &Place) -> Done<Counts> {
    front::build(place).map(|()| Counts::ONE_PASSED)
}

fn svelte_check(place: &Place) -> Done<Counts> {
    front::check(place).map(|()| Counts::ONE_PASSED)
}

fn clippy(_: &Place) -> Done<Counts> {
    yes(cargo().arg("clippy").args(WHOLE).args(["--all-targets", "--", "-D", "warnings"]))
}

/// The advisory database is left out: it is fetched from the network at each run and would make an old commit fail.
fn deny(place: &Place) -> Done<Counts> {
    let program = CARGO_DENY.ensure(place)?;
    let mut deny = Command::new(program);
    deny.args(["--all-features", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
    yes(&mut deny)
}

/// The real program, with its screens inside, and every test. `--tests` makes cargo choose the same features of shared
/// dependencies as `cargo test` does, which would otherwise build many of them twice.
fn rust_build(_: &Place) -> Done<Counts> {
    yes(cargo().arg("build").args(WHOLE).args(["--bins", "--tests"]))
}

/// In a session of their own, so that no test meets the person's keyring or data folder.
fn rust_tests(_: &Place) -> Done<Counts> {
    let mut tests = cargo();
    tests.arg("test").args(WHOLE).arg("--no-fail-fast");
    Ok(counted(hear(&mut Display::new()?.inside(&tests)?)))
}

fn window_tests(place: &Place) -> Done<Counts> {
    let driver = TAURI_DRIVER.ensure(place)?;
    // What is driven must be what was written: after a failed build an older program may still stand there.
    rust_build(place)?;
    let display = Display::new()?;
    let mut tests = cargo();
    tests.arg("test").args(WHOLE).args(["--test", "e2e", "--", "--test-threads=1"]);
    tests.env("PATH", path_with(driver.parent())?);
    Ok(counted(hear(&mut display.inside(&tests)?)))
}

/// PATH with a folder before all others.
pub(crate) fn path_with(folder: Option<&Path>) -> Done<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_path_buf).into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(folders).map_err(|e| format!("PATH: {e}"))
}

fn yes(command: &mut Command) -> Done<Counts> {
    run_program(command).map(|()| Counts::ONE_PASSED)
}

fn counted(heard: Heard) -> Counts {
    if let Err(sentence) = &heard.ended {
        eprintln!("{sentence}");
    }
    Counts::of_cargo(&heard.lines).ended(heard.ended.is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_is_one_failure_and_keeps_its_sentence() {
        let failed = step("x", || Err("because".into()));
        assert_eq!(failed.counts, Counts { passed: 0, failed: 1 }, "an error is never nothing");
        assert_eq!(failed.trouble.as_deref(), Some("because"), "the report repeats it at the end");
    }

    #[test]
    fn the_sum_is_over_all_steps() {
        let steps = [
            step("a", || Ok(Counts { passed: 4, failed: 0 })),
            step("b", || Err("no".into())),
            step("c", || Ok(Counts { passed: 2, failed: 3 })),
        ];
        assert_eq!(report(&steps), Counts { passed: 6, failed: 4 }, "the last line of the run");
    }
}
