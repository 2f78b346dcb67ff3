//! The till's use cases against a gateway that is played over real HTTP.
#![allow(clippy::unwrap_used, reason = "tests")]

mod fair;
mod limit;
mod order;
mod patience;
mod world;
