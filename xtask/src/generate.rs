//! `cargo xtask gen`: writes ui/src/generated again from the Rust types. The writing itself is done by tests (ts-rs
//! exports in a test of each type, the command list in one of the shell's), so this only empties the folder and runs them.

use crate::counts::Counts;
use crate::front;
use crate::place::{Place, WHOLE, cargo};
use crate::process::{Done, answer, hear, run as run_program};
use std::path::Path;
use std::process::Command;

/// ts-rs names its tests so; the second is the shell's own, for the list of commands.
const WRITERS: [&str; 2] = ["export_bindings", "commands_ts"];

pub(crate) fn run() -> Done {
    let place = Place::find()?;
    crate::system::ensure(&[crate::system::BUILD])?;
    crate::system::ensure_node()?;
    if !place.ui().join("dist/index.html").is_file() {
        front::install(&place)?;
        front::build(&place)?;
    }
    write(&place)
}

/// Writes the folder again, and says which files differ from what git holds.
///
/// # Errors
/// A sentence that lists the files.
pub(crate) fn check(place: &Place) -> Done<Counts> {
    write(place)?;
    let status =
        answer(Command::new("git").args(["status", "--porcelain", "--", "ui/src/generated"]))?;
    let changed: Vec<&str> = status.lines().filter(|line| differs(line)).collect();
    if changed.is_empty() {
        return Ok(Counts::ONE_PASSED);
    }
    Err(format!(
        "ui/src/generated is not what the Rust types give; commit what `cargo xtask gen` wrote:\n{}",
        changed.join("\n")
    ))
}

/// A file that is staged as it stands is as good as committed.
fn differs(status_line: &str) -> bool {
    !status_line[1..].starts_with(' ')
}

fn write(place: &Place) -> Done {
    // Built first: a tree that does not compile must not lose its generated files.
    run_program(cargo().arg("test").args(WHOLE).arg("--no-run"))?;
    empty(&place.generated())?;
    let mut writers = cargo();
    writers.arg("test").args(WHOLE).args(["--lib", "--", "--quiet"]).args(WRITERS);
    let heard = hear(&mut writers);
    heard.ended?;
    if Counts::of_cargo(&heard.lines).passed == 0 {
        return Err(format!(
            "no test named {} was found, so nothing was written",
            WRITERS.join(" or ")
        ));
    }
    Ok(())
}

/// A type that left Rust must leave the folder too.
fn empty(generated: &Path) -> Done {
    if generated.is_dir() {
        std::fs::remove_dir_all(generated).map_err(|e| format!("{}: {e}", generated.display()))?;
    }
    std::fs::create_dir_all(generated).map_err(|e| format!("{}: {e}", generated.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_staged_differs() {
        for clean in [
            "A  ui/src/generated/Sale.ts",
            "M  ui/src/generated/Sale.ts",
            "D  ui/src/generated/Old.ts",
        ] {
            assert!(!differs(clean), "staged as it stands: {clean}");
        }
        for dirty in [
            " M ui/src/generated/Sale.ts",
            "?? ui/src/generated/New.ts",
            " D ui/src/generated/Old.ts",
            "AM x",
        ] {
            assert!(differs(dirty), "git does not hold this: {dirty}");
        }
    }
}
