//! The real window, driven by WebDriver. Needs a screen, a session bus with a Secret Service, and tauri-driver;
//! `cargo xtask test` gives it all of them.

mod holder;
mod opens;
mod sale;
mod shop;
