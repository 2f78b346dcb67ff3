//! The menu of faults, the queue of those that wait for their call, and what each does to an answer.

mod menu;
mod queue;
mod wire;

pub use menu::{Fault, Operation};
pub(crate) use queue::Faults;
pub(crate) use wire::{Answer, before, echo, send};
