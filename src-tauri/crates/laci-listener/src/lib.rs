//! The one place where others may reach the till: sockets, limits and time-outs. It hands on what came, whole and small,
//! and answers with what it is told.
//!
//! Deliberately absent: what a request means, who may send it, and money; whoever starts it implements [`Outside`], so
//! this crate knows no other one here. TLS too: it stands on loopback, on the shop's own network, or behind a tunnel.

mod lan;
mod limits;
mod routes;
mod serve;

use std::future::Future;
use std::pin::Pin;

pub use lan::lan_address;
pub use limits::Limits;
pub use serve::{Listening, listen};

/// A request, within the limits.
#[derive(Clone, Default)]
pub struct Came {
    /// Names in lower case. Values that are no text are left out.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What a header said may be a secret, and what a body said is a customer's: neither is ever printed.
impl std::fmt::Debug for Came {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Came {{ {} headers, {} bytes }}", self.headers.len(), self.body.len())
    }
}

impl Came {
    /// The value of a header that stands exactly once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Some(value),
            (None, _) | (Some(_), Some(_)) => None,
        }
    }
}

/// How it ended. Only [`Heard::Taken`] is a 2xx: what follows from the request is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Taken,
    /// It cannot be read.
    Malformed,
    /// Nobody who may send it sent it.
    Forbidden,
    /// It is about nothing here.
    Unknown,
    /// Not now: the sender repeats it.
    Later,
}

pub type Hearing<'a> = Pin<Box<dyn Future<Output = Heard> + Send + 'a>>;

/// Whoever listens behind the sockets.
pub trait Outside: Send + Sync + 'static {
    /// A provider's callback for the gateway of this name.
    fn callback<'a>(&'a self, gateway: &'a str, came: Came) -> Hearing<'a>;

    /// A notification that a phone passes on.
    fn relay(&self, came: Came) -> Hearing<'_>;
}
