//! Bills through the till at the played provider: what is paid is paid once, whatever happens.

mod crash;
mod faults;
mod once;
mod outcomes;
mod rules;
mod world;
