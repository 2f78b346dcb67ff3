//! The till's use cases against a gateway that is played over real HTTP.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod backup;
mod cash;
mod fair;
mod full_disk;
mod limit;
mod lockout;
mod order;
mod patience;
mod twice;
mod world;
