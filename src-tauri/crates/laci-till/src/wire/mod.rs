//! What crosses to the window: plain data, in rupiah (numbers) and Unix milliseconds (numbers). The TypeScript
//! side is generated from here (`cargo xtask gen`). Deliberately absent: secrets, except on their way in.

mod backup;
mod boot;
mod call;
mod door;
mod field;
mod gateway;
mod history;
mod inbox;
mod payment;
mod receipt;
mod shift;

pub use backup::*;
pub use boot::*;
pub use call::*;
pub use door::*;
pub use field::*;
pub use gateway::*;
pub use history::*;
pub use inbox::*;
pub use payment::*;
pub use receipt::*;
pub use shift::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every command answers one of these.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Answer<T> {
    Done {
        value: T,
    },
    /// A rule said no: `code` is stable, `message` is for the cashier in the chosen language.
    Refused {
        code: String,
        message: String,
    },
    /// It could not be done: what is safe and what to do stand in `message`; `incident` finds it in the log.
    Failed {
        code: String,
        message: String,
        incident: String,
    },
}

/// For commands that ask for nothing.
#[derive(Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Nothing {}

/// A sentence for people, with its stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Notice {
    pub code: String,
    pub message: String,
}
