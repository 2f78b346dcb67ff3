//! A request as plain data. Deliberately absent: the host (the gateway's settings), sockets, time-outs.

use std::fmt;

use zeroize::Zeroizing;

use crate::secret::Secret;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpMethod {
    Get,
    Post,
}

/// One call. `target` is path and query, already percent-encoded, starting with `/`; it never holds a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: HttpMethod,
    pub target: String,
    pub headers: Vec<Header>,
    pub content: Option<Content>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub name: &'static str,
    pub value: HeaderText,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderText {
    Plain(String),
    Sensitive(Secret),
}

impl Header {
    pub fn plain(name: &'static str, value: &str) -> Self {
        Self { name, value: HeaderText::Plain(value.to_owned()) }
    }

    pub fn sensitive(name: &'static str, value: Secret) -> Self {
        Self { name, value: HeaderText::Sensitive(value) }
    }
}

/// A request's body. Some providers put keys and signatures into it, so `Debug` shows only its length.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    pub media_type: &'static str,
    pub bytes: Zeroizing<Vec<u8>>,
}

impl Content {
    pub fn json(text: String) -> Self {
        Self { media_type: "application/json", bytes: Zeroizing::new(text.into_bytes()) }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({}, {} bytes)", self.media_type, self.bytes.len())
    }
}
