//! The shell: the window, the command line, the keyring. It wires the till to the machine and holds no rule of the
//! till's own. The only crate that names tauri and keyring.
//!
//! `cli/` has one file per verb. `commands.rs` is the one list of what the window may ask; `desk.rs` answers it.

mod app;
mod cli;
mod clipboard;
mod commands;
mod counter;
mod desk;
mod events;
mod gateways;
mod inbox;
mod long_work;
mod outside;
mod places;
mod platform;
mod practice;
mod recovery;
mod secrets;
mod station;
mod trace;
mod windows;

use std::process::ExitCode;

/// Without a verb the window opens; with one it runs and ends.
pub fn main() -> ExitCode {
    match cli::asked() {
        cli::Asked::Window(places) => app::open(places),
        cli::Asked::Verb(call) => cli::run(*call),
        cli::Asked::Told(code) => code,
    }
}
