//! Tests over more than one crate, in one binary. Absent on purpose: the window (tests/e2e) and processes that die
//! (tests/crash).

mod house;
