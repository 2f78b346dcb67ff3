//! A provider that collects: it makes bills that customers pay, and says whether they were paid.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use laci_core::{AttemptId, CreateRetry, Presentment, Rupiah, UnixMs};

use super::answer::{CreateAnswer, FindAnswer, ListAnswer, StatusAnswer};
use super::field::FieldFault;
use super::reply::Reply;
use super::request::Request;

pub trait Collector: Send + Sync {
    /// What one payment by `method` may be; `None` is the default method.
    fn limits(&self, method: Option<&str>) -> AmountLimits;
    /// The first is the default one.
    fn methods(&self) -> Vec<PayMethod>;
    /// What may be done after a create whose outcome is unknown.
    fn create_retry(&self) -> CreateRetry;

    fn create(&self, ask: &CreateAsk) -> Request;
    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer;

    fn status(&self, ask: &StatusAsk) -> Request;
    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer;

    /// Looks a bill up by our reference; `None` where the provider has no such call. Asked only after a create whose
    /// outcome is unknown, with what that create asked.
    fn find(&self, _ask: &CreateAsk) -> Option<Request> {
        None
    }

    fn read_find(&self, _ask: &CreateAsk, _reply: &Reply) -> FindAnswer {
        FindAnswer::NotThere
    }

    /// One page of a list that answers for many bills at once; `None` where the provider has no such call. What a page
    /// says decides nothing: whatever is new in it is asked again by the bill's own status.
    fn list(&self, _ask: &ListAsk) -> Option<Request> {
        None
    }

    fn read_list(&self, _ask: &ListAsk, _reply: &Reply) -> ListAnswer {
        ListAnswer::Page { seen: Vec::new(), last: true }
    }

    /// The name by which a bill can be looked at whose create was never answered; `None` where only the answer would have
    /// given it one.
    fn watch_id(&self, _our_ref: &OurRef) -> Option<String> {
        None
    }

    /// Whether the provider tells of money that went back after it was paid.
    fn may_reverse(&self) -> bool {
        false
    }

    /// The merchant (NMID) that this method's QRs must name, where the settings say so.
    fn expected_nmid(&self, _method: Option<&str>) -> Option<String> {
        None
    }

    /// Whether what the customer is shown is the provider's practice, where no money moves.
    fn is_test(&self, _presentment: &Presentment) -> bool {
        false
    }

    /// Why the create of `amount` with these fields would be refused, although each of them fits its form. Asked before
    /// anything is sent.
    fn refuse(&self, _extra: &BTreeMap<String, String>, _amount: Rupiah) -> Option<FieldFault> {
        None
    }
}

/// What one payment may be, in rupiah, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountLimits {
    pub minimum: Rupiah,
    pub maximum: Option<Rupiah>,
}

impl AmountLimits {
    pub fn hold(&self, amount: Rupiah) -> bool {
        amount >= self.minimum && self.maximum.is_none_or(|most| amount <= most)
    }
}

/// A way to pay that a provider offers; `code` is the provider's own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayMethod {
    pub code: Cow<'static, str>,
    pub label: Cow<'static, str>,
}

impl PayMethod {
    pub const fn new(code: &'static str, label: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), label: Cow::Borrowed(label) }
    }
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
    /// The sale's lines, whose amounts sum up to `amount`; none where they are not known.
    pub items: Vec<AskItem>,
    /// When its attempt began; before `now` for a later try and a look-up.
    pub since: UnixMs,
    /// The wall clock when it is asked.
    pub now: UnixMs,
    /// One of [`Collector::methods`]; `None` is the provider's default.
    pub method: Option<String>,
    /// Fields of the provider's own `create`, by its names, each checked against its operation.
    pub extra: BTreeMap<String, String>,
}

/// One line of the sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskItem {
    pub name: String,
    pub quantity: u32,
    /// Of one piece, in rupiah.
    pub price: Rupiah,
}

/// A bill to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusAsk {
    /// The gateway's own name for the bill, as its create answer gave it.
    pub gateway_id: String,
    pub our_ref: OurRef,
    /// What the customer was asked to pay, in rupiah: the amount of a payment by a gateway whose answers name none.
    pub total: Rupiah,
    /// When the bill was asked for, by the wall clock.
    pub since: UnixMs,
    /// The wall clock when it is asked.
    pub now: UnixMs,
}

/// A page of a list to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAsk {
    /// When the oldest of `bills` was asked for, by the wall clock.
    pub since: UnixMs,
    /// From 1 on.
    pub page: u32,
    /// Every bill that somebody waits for.
    pub bills: Vec<StatusAsk>,
}
