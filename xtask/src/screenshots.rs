//! `cargo xtask screenshots`: pictures of the real window into docs/screenshots. What is pictured, and how the till
//! gets there, is told in tests/; this only gives it a screen.

use crate::display::Display;
use crate::place::{Place, WHOLE, cargo};
use crate::process::{Done, run as run_program};
use crate::test::path_with;
use crate::tools::TAURI_DRIVER;
use crate::{front, system};
use std::process::Command;

pub(crate) fn run() -> Done {
    system::ensure(&[system::BUILD, system::TEST])?;
    system::ensure_node()?;
    let place = Place::find()?;
    front::install(&place)?;
    front::build(&place)?;
    let driver = TAURI_DRIVER.ensure(&place)?;
    run_program(cargo().arg("build").args(WHOLE).args(["--bins", "--tests"]))?;
    let mut pictures = Command::new(place.built("screenshots"));
    pictures.arg(place.root.join("docs/screenshots"));
    pictures.env("PATH", path_with(driver.parent())?);
    run_program(&mut Display::new()?.inside(&pictures)?)
}
