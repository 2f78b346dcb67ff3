//! A provider that pays bills: it asks what a customer owes and pays it out of the shop's deposit.
//!
//! Deliberately absent: when to ask, to wait or to give the customer's cash back, which is the till's to decide.

use std::collections::BTreeMap;
use std::fmt;

use laci_core::Rupiah;

use super::doubt::Doubt;
use super::operation::Said;
use super::reply::Reply;
use super::request::Request;

pub trait Biller: Send + Sync {
    /// What the customer owes. It names the transaction that [`Biller::pay`] pays; no money moves.
    fn inquire(&self, ask: &BillAsk) -> Request;
    /// Pays what was inquired with the same code, number and reference.
    fn pay(&self, ask: &BillAsk) -> Request;
    /// How that payment stands.
    fn bill_status(&self, ask: &BillAsk) -> Request;
    /// Buys credit; there is no inquiry. The same reference again is how its status is asked.
    fn topup(&self, ask: &BillAsk) -> Request;

    fn read_bill(&self, step: BillStep, ask: &BillAsk, reply: &Reply) -> BillAnswer;

    /// The request of `step`.
    fn bill(&self, step: BillStep, ask: &BillAsk) -> Request {
        match step {
            BillStep::Inquire => self.inquire(ask),
            BillStep::Pay => self.pay(ask),
            BillStep::Status => self.bill_status(ask),
            BillStep::Topup => self.topup(ask),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillStep {
    Inquire,
    Pay,
    Status,
    Topup,
}

impl BillStep {
    /// Whether it takes money from the deposit.
    pub fn spends(self) -> bool {
        match self {
            Self::Pay | Self::Topup => true,
            Self::Inquire | Self::Status => false,
        }
    }
}

/// Our name for one purchase: 1 to 30 of `A-Z a-z 0-9 -`. A new one is a new purchase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BillRef(String);

/// Text that cannot be a [`BillRef`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a bill's reference is 1 to 30 letters, digits and hyphens")]
pub struct BadBillRef;

impl BillRef {
    pub const MAX_CHARS: usize = 30;

    pub fn new(text: &str) -> Result<Self, BadBillRef> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if text.is_empty() || text.len() > Self::MAX_CHARS || !text.chars().all(allowed) {
            return Err(BadBillRef);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BillRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One customer's bill, the same in each of its steps.
#[derive(Clone, PartialEq, Eq)]
pub struct BillAsk {
    /// The provider's own word for the product.
    pub code: String,
    /// As the customer gave it: leading zeros count, and some products want two numbers with a comma between.
    pub customer_no: String,
    pub ref_id: BillRef,
    /// What the step's operation has beside these (`year`, `amount`, `max_price`), each checked against it. A step
    /// sends what its operation knows.
    pub extra: BTreeMap<String, String>,
}

/// A customer's number is nobody's to read in a log.
impl fmt::Debug for BillAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BillAsk({} {})", self.code, self.ref_id)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillAnswer {
    /// What the provider says of exactly this purchase.
    Seen(Box<BillSeen>),
    /// Nothing was learnt. After a step that spends, it may have been paid.
    Unreadable(Doubt),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillOutcome {
    Success,
    Failed,
    /// The end is open.
    Pending,
    /// It is said to have failed, in a way that may turn out otherwise: ask for the status before any cash is given
    /// back.
    Review,
}

/// What may be done once a purchase has ended in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillRetry {
    /// It is paid.
    Done,
    /// Its end is open: look again, never send it again.
    Look,
    /// The same again later, as a new purchase.
    Later,
    /// With another number, amount or product, as a new purchase.
    Correct,
    /// The owner has something to set right first: key, address, deposit, product.
    Owner,
    /// Not by asking again.
    Never,
}

/// An answer about our purchase. What the provider left out is `None`, and so is an empty text.
#[derive(Clone, PartialEq, Eq)]
pub struct BillSeen {
    pub outcome: BillOutcome,
    /// Why a person must look: `unknown_word`, `unknown_rc`, `contradiction`, `biller_timeout`, `duplicate_reference`,
    /// `not_found`, `status_refused`.
    pub review: Option<&'static str>,
    /// The provider's code, in two digits.
    pub rc: Option<String>,
    /// What the code means, for the cashier.
    pub meaning: Option<Said>,
    pub retry: BillRetry,
    /// Whether a transaction was formed at the provider, by its code; one that nobody knows may have.
    pub formed: bool,
    /// The provider's word for the state, as it came.
    pub status: String,
    /// The provider's own words.
    pub message: Option<String>,
    /// The proof or the token. A paid bill need not have one.
    pub sn: Option<String>,
    /// The customer's name.
    pub name: Option<String>,
    /// The product, which need not be the word that was asked.
    pub code: Option<String>,
    /// What is taken from the shop's deposit.
    pub price: Option<BillAmount>,
    /// What the provider would have the customer charged.
    pub selling_price: Option<BillAmount>,
    pub admin: Option<BillAmount>,
    pub base_commission: Option<BillAmount>,
    /// The shop's deposit afterwards.
    pub balance: Option<BillAmount>,
    /// The bill's details as raw JSON; each product has its own.
    pub desc: Option<String>,
}

/// The customer's name, number and token are nobody's to read in a log.
impl fmt::Debug for BillSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BillSeen")
            .field("outcome", &self.outcome)
            .field("review", &self.review)
            .field("rc", &self.rc)
            .field("status", &self.status)
            .field("formed", &self.formed)
            .field("price", &self.price)
            .field("selling_price", &self.selling_price)
            .finish_non_exhaustive()
    }
}

/// An amount as the provider wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillAmount {
    Rupiah(Rupiah),
    /// No whole rupiah: nothing is rounded, and nothing is paid by it.
    Odd(String),
}

impl BillAmount {
    pub fn rupiah(&self) -> Option<Rupiah> {
        match self {
            Self::Rupiah(amount) => Some(*amount),
            Self::Odd(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_plain() {
        for good in ["a", "ref-pasca4", "01JD7Z6Q8R9S0T1V2W3X4Y5Z6A", &"x".repeat(30)] {
            assert_eq!(BillRef::new(good).unwrap().as_str(), good);
        }
        for bad in ["", "a b", "a_b", "é", "a\n", &"x".repeat(31)] {
            assert_eq!(BillRef::new(bad), Err(BadBillRef), "{bad:?}");
        }
    }
}
