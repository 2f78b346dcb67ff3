//! The use cases of the till.
pub mod wire;
