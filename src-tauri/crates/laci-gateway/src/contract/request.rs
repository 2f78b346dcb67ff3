//! A request as plain data. Deliberately absent: the host (the gateway's settings), sockets, time-outs.

use std::borrow::Cow;
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
    pub media_type: Cow<'static, str>,
    pub bytes: Zeroizing<Vec<u8>>,
    /// A signature in it, which is cut out of whatever comes back.
    pub sign: Option<Secret>,
}

impl Content {
    pub fn new(media_type: impl Into<Cow<'static, str>>, bytes: Vec<u8>) -> Self {
        Self { media_type: media_type.into(), bytes: Zeroizing::new(bytes), sign: None }
    }

    pub fn json(text: String) -> Self {
        Self::new("application/json", text.into_bytes())
    }

    pub fn form(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self { media_type: "application/x-www-form-urlencoded".into(), bytes, sign: None }
    }

    pub fn signed(self, sign: Secret) -> Self {
        Self { sign: Some(sign), ..self }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({}, {} bytes)", self.media_type, self.bytes.len())
    }
}
