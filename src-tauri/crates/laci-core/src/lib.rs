//! The rules of the till, and nothing else: money, ids, business dates, sales, payment attempts, the books
//! (double entry, cash, reports), roles, and the log entry's encoding and hash.
//!
//! Deliberately absent: IO, a clock, randomness, async. Time and ids come in as arguments, so that every rule
//! can be tested with plain data and replayed from the log.

pub mod approval;
pub mod attempt;
pub mod bill;
pub mod bill_books;
pub mod bill_event;
pub mod bill_refusal;
pub mod bill_rules;
pub mod bill_state;
pub mod books;
pub mod call_event;
pub mod create;
pub mod entry;
pub mod evidence;
pub mod hash;
pub mod id;
pub mod inbox_event;
pub mod later;
pub mod money;
pub mod person;
pub mod refusal;
pub mod role;
pub mod sale;
pub mod shift_event;
pub mod shop;
pub mod state;
pub mod time;
pub mod told;
pub mod unique_code;
pub mod way;

pub use approval::{Known, decide};
pub use attempt::{Attempt, Flag, Method, Standing, Terms};
pub use bill::BillStanding;
pub use bill_event::{
    Bill, BillAmounts, BillCash, BillChange, BillEvent, BillEvidence, BillKind, BillSource,
    BillVerdict, BillWord,
};
pub use bill_refusal::BillRefusal;
pub use bill_state::BillState;
pub use call_event::{CallEnd, CallEvent};
pub use create::{CreateRetry, OutboxState, OwedCreate};
pub use entry::{Actor, Body, Entry, OutboxEnd, OutboxId};
pub use evidence::{Evidence, Observed, Presentment, Source};
pub use hash::Hash;
pub use id::{
    AttemptId, BillId, CallId, GatewayName, InboxId, LedgerId, PersonId, SaleId, SaleNumber,
};
pub use inbox_event::{Columns, InboxEvent};
pub use money::Rupiah;
pub use person::{PeopleChange, Person};
pub use refusal::{Lang, Refusal};
pub use role::{Act, Role, Verdict, may};
pub use sale::{Sale, SaleLine};
pub use shift_event::{CashMove, Closing, ShiftEvent};
pub use shop::{BookRules, GatewaySettings, Limits, OwnQris, PinnedMerchant, Shop};
pub use state::AttemptState;
pub use time::{BusinessDate, CutOff, UnixMs, Zone};
