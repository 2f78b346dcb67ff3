//! What a gateway is: a request built from a question, and an answer read from a reply. Both are pure.
//!
//! Deliberately absent: sending, time (it is in the questions), storage, and a shared "success" word.

mod answer;
mod doubt;
mod reply;
mod request;

use std::fmt;

use laci_core::{AttemptId, Rupiah, UnixMs};

pub use answer::{
    Bill, CheckAnswer, CreateAnswer, RefusedBy, RefusedKind, StatusAnswer, Uncertain,
};
pub use doubt::{Doubt, LooksLike, NoAnswer, NotJson};
pub use reply::{MAX_BODY_BYTES, Reply, ReplyHeaders, http_date};
pub use request::{Content, Header, HeaderText, HttpMethod, Request};

/// One configured provider. Object safe; it holds its keys and options, and nothing that changes.
pub trait Provider: Send + Sync + fmt::Debug {
    /// `kropay`, ...
    fn kind(&self) -> &'static str;
    fn limits(&self) -> AmountLimits;
    fn methods(&self) -> &'static [PayMethod];
    /// What may be done after a create whose outcome is unknown.
    fn create_retry(&self) -> CreateRetry;

    fn create(&self, ask: &CreateAsk) -> Request;
    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer;

    fn status(&self, ask: &StatusAsk) -> Request;
    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer;

    /// One harmless look that shows whether address and key are right.
    fn check(&self) -> Request;
    fn read_check(&self, reply: &Reply) -> CheckAnswer;
}

/// What one payment may be, in rupiah, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountLimits {
    pub minimum: Rupiah,
    pub maximum: Option<Rupiah>,
}

/// A way to pay that a provider offers; `code` is the provider's own word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayMethod {
    pub code: &'static str,
    pub label: &'static str,
}

/// What a gateway's contract allows after a create whose outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreateRetry {
    /// A second create could make a second bill.
    Never,
    /// Once more with the same [`OurRef`]; the answer goes through [`CreateAnswer::of_retry`].
    OnceWithSameKey,
}

/// Our name for one attempt, unique per attempt: 1 to 36 of `A-Z a-z 0-9 -`, which every provider takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OurRef(String);

/// Text that cannot be an [`OurRef`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reference is 1 to 36 letters, digits and hyphens")]
pub struct BadOurRef;

impl OurRef {
    pub const MAX_CHARS: usize = 36;

    pub fn new(text: &str) -> Result<Self, BadOurRef> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if text.is_empty() || text.len() > Self::MAX_CHARS || !text.chars().all(allowed) {
            return Err(BadOurRef);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<AttemptId> for OurRef {
    fn from(id: AttemptId) -> Self {
        Self(id.to_string())
    }
}

impl fmt::Display for OurRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A bill to make. `amount` is the price in rupiah; the gateway may add its own code or fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateAsk {
    pub our_ref: OurRef,
    pub amount: Rupiah,
    pub description: String,
    pub customer_name: Option<String>,
    /// How long the bill should live, in seconds; `None` leaves it to the gateway's option or default.
    pub expires_in_s: Option<u32>,
    /// The wall clock when it is asked.
    pub now: UnixMs,
    /// One of [`Provider::methods`]; `None` is the provider's default.
    pub method: Option<String>,
}

/// A bill to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusAsk {
    /// The gateway's own name for the bill, as its create answer gave it.
    pub gateway_id: String,
    pub our_ref: OurRef,
    /// The wall clock when it is asked.
    pub now: UnixMs,
}
