//! The till's use cases against a gateway that is played over real HTTP.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod backup;
mod bill;
mod cash;
mod contracts;
mod deferred;
mod deferred_crash;
mod door;
mod failover;
mod fair;
mod full_disk;
mod guarded;
mod inbox;
mod limit;
mod load;
mod lockout;
mod matrix;
mod order;
mod outside;
mod patience;
mod report;
mod shift;
mod statement;
mod twice;
mod world;
