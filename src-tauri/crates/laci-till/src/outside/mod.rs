//! What comes from outside by itself: a provider's callback, a phone's notification. Neither is believed for what it says
//! alone: a callback leads to a look, a phone must know the till's token.
//!
//! Deliberately absent: sockets (laci-listener), and joining the two (the shell).

mod callback;
mod listen;
mod relay;
mod token;

/// How a request ended. Only [`OutsideEnd::Taken`] says that what follows from it is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideEnd {
    Taken,
    Malformed,
    Forbidden,
    Unknown,
    /// It cannot be done now; the sender repeats it.
    Later,
}
