//! What the tests of the real window and of the real process share. Absent on purpose: anything that knows a rule of the
//! till; a test states its own.

pub mod driver;
