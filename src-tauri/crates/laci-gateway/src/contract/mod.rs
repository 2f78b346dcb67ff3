//! What a gateway is: a request built from a question, and an answer read from a reply. Both are pure.
//!
//! Deliberately absent: sending, time (it is in the questions), storage, and a shared "success" word.

mod answer;
mod biller;
mod callback;
mod collector;
mod doubt;
mod field;
mod form;
mod operation;
mod reply;
mod request;

use std::fmt;

pub use answer::{
    Bill, CheckAnswer, CreateAnswer, FindAnswer, ListAnswer, RefusedBy, RefusedKind, StatusAnswer,
    Uncertain,
};
pub use biller::{
    BadBillRef, BillAmount, BillAnswer, BillAsk, BillOutcome, BillRef, BillRetry, BillSeen,
    BillStep, Biller,
};
pub use callback::{CallbackHeaders, Hint, Trust};
pub use collector::{
    AmountLimits, AskItem, BadOurRef, Collector, CreateAsk, ListAsk, OurRef, PayMethod, StatusAsk,
};
pub use doubt::{Doubt, LooksLike, NoAnswer, NotJson};
pub use field::{Field, FieldFault, FieldRole, Given, MAX_FILE_BYTES, Value, check_fields};
pub use form::FieldForm;
pub(crate) use form::is_word;
pub use laci_core::CreateRetry;
pub use operation::{BodyForm, CallAnswer, Effect, Operation, Said};
pub use reply::{MAX_BODY_BYTES, Reply, ReplyHeaders, http_date};
pub use request::{Content, Header, HeaderText, HttpMethod, Request};

/// One configured provider. Object safe; it holds its keys and options, and nothing that changes.
pub trait Provider: Send + Sync + fmt::Debug {
    /// How it collects money from customers; `None` for one that only pays bills out of the shop's deposit.
    fn collector(&self) -> Option<&dyn Collector>;

    /// How it pays customers' bills; `None` for one that does not.
    fn biller(&self) -> Option<&dyn Biller> {
        None
    }

    /// One harmless look that shows whether address and key are right.
    fn check(&self) -> Request;
    fn read_check(&self, reply: &Reply) -> CheckAnswer;

    /// A call of the kind's table, with values that were checked against it. Never one that collects.
    fn call(&self, operation: &Operation, given: &Given) -> Request;
    fn read_call(&self, operation: &Operation, given: &Given, reply: &Reply) -> CallAnswer;

    /// Which bill a callback is about, as a reason to ask for its status; `None` for what is forged or unreadable, and
    /// for a provider that has no callback. Nothing that it says about money is read.
    fn read_callback(
        &self,
        _headers: &CallbackHeaders,
        _body: &[u8],
        _now: laci_core::UnixMs,
    ) -> Option<Hint> {
        None
    }
}
