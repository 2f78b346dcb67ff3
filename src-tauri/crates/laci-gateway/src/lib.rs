//! Payment gateways: each is two pure functions (build a request, read a response), and one executor that owns
//! sockets, time-outs, rate budgets, redaction and health.
//!
//! Deliberately absent: storage, retries of a create (the till decides on those), the check of a QR's content
//! (the till's, with `laci-qris`), and any shared idea of "success": every provider maps its own words.

pub mod contract;
mod encode;
mod escaped;
pub mod executor;
mod gateway;
pub mod json;
pub mod provider;
pub mod rank;
mod secret;
pub mod settings;

pub use contract::{
    AmountLimits, AskItem, BadBillRef, BadOurRef, Bill, BillAmount, BillAnswer, BillAsk,
    BillOutcome, BillRef, BillRetry, BillSeen, BillStep, Biller, BodyForm, CallAnswer,
    CallbackHeaders, CheckAnswer, Collector, Content, CreateAnswer, CreateAsk, CreateRetry, Doubt,
    Effect, Field, FieldFault, FieldForm, FieldRole, FindAnswer, Given, Header, HeaderText, Hint,
    HttpMethod, ListAnswer, ListAsk, LooksLike, MAX_FILE_BYTES, NoAnswer, NotJson, Operation,
    OurRef, PayMethod, Provider, RefusedBy, RefusedKind, Reply, ReplyHeaders, Request, Said,
    StatusAnswer, StatusAsk, Trust, Uncertain, Value, check_fields,
};
pub use executor::{
    Answered, CallError, Executor, Health, HealthState, HeldWhy, HttpTransport, NotSent, OnWire,
    Reach, Sending, Timeouts, Transport, TransportError,
};
pub use gateway::Gateway;
pub use provider::Orders;
pub use secret::{Redactor, Secret, Secrets};
pub use settings::{CommonOptions, SettingsError};
