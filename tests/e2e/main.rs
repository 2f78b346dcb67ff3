//! The real window, driven by WebDriver. Needs a screen, a session bus with a Secret Service, and tauri-driver;
//! `cargo xtask test` gives it all of them.

mod close;
mod door;
mod gateways;
mod holder;

mod money;
mod opens;
mod pictures;
mod practice;
mod recovery;
mod roles;
mod sale;
mod settings;
mod shift;
mod shop;
