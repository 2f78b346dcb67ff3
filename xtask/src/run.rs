//! `cargo xtask run`: from a fresh clone to the open till.

use crate::place::{Place, cargo};
use crate::process::{Done, run as run_program};
use crate::{front, system};
use std::process::Command;

pub(crate) fn run(arguments: &[String]) -> Done {
    system::ensure(&[system::BUILD])?;
    system::ensure_node()?;
    let place = Place::find()?;
    front::install(&place)?;
    front::build(&place)?;
    run_program(cargo().args(["build", "--package", "laci", "--features", "embedded"]))?;
    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    let till = place.built("laci");
    if arguments.is_empty() && !has_screen() {
        return Err(format!(
            "the till is built ({}), but there is no screen to open it on: neither DISPLAY nor WAYLAND_DISPLAY is set",
            till.display()
        ));
    }
    run_program(Command::new(till).args(arguments))
}

fn has_screen() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}
