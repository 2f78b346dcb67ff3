//! Driving the real window: tauri-driver and WebKitWebDriver are started, spoken to by WebDriver over HTTP, and stopped.
//! Absent on purpose: selectors and texts of the till's screens (they belong to the scenario that uses them), and
//! sleeping; a scenario waits until something is seen.

mod answer;
mod close;
mod element;
mod evidence;
mod key;
mod launch;
mod reading;
mod session;
mod trouble;
mod wire;

pub use answer::Rect;
pub use element::Element;
pub use key::Key;
pub use launch::{Launch, built};
pub use reading::{pdf_text, qr_in, screen};
pub use session::Session;
pub use trouble::{Outcome, Trouble};

use std::time::Duration;

/// How long a window may take to show what a scenario waits for, on two busy cores.
pub const PATIENCE: Duration = Duration::from_secs(30);
