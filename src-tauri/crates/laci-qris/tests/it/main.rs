//! The crate as its users see it, in one binary: linking six would cost more than running them.

mod common;
mod distort;
mod gateway;
mod photos;
mod picture;
mod properties;
mod rules;
mod symbol;
mod vectors;
