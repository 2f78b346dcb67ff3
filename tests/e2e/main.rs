//! The real window: the built program with its screens inside, driven by WebDriver. Run by `cargo xtask test`, which
//! gives it a screen, a session bus and a Secret Service. Absent on purpose: the Vite server, and any part of the till
//! that is not the one a shop uses.

mod opens;
