//! Whether a call may use the last tokens of the budget, and how often it may leave.

use crate::contract::Effect;
use crate::provider::{Kind, Purpose};

/// A look (a status, a check; a GET, or the POST that some providers take for it) is tried this often in all.
const LOOK_TRIES: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Leaves once, ahead of every look.
    Create,
    Look,
    /// Waits its turn as a look does, and leaves once.
    LookOnce,
}

impl Urgency {
    /// A provider that pays bills wants a minute between two calls about one purchase, and five between two lists.
    pub(super) fn of_look(kind: &Kind) -> Self {
        match kind.purpose {
            Purpose::Collects => Self::Look,
            Purpose::PaysBills => Self::LookOnce,
        }
    }

    pub(super) fn of(effect: Effect, kind: &Kind) -> Self {
        match effect {
            Effect::Look => Self::of_look(kind),
            Effect::Collect | Effect::Change | Effect::Spend => Self::Create,
        }
    }

    pub(super) fn tries(self) -> u32 {
        match self {
            Self::Create | Self::LookOnce => 1,
            Self::Look => LOOK_TRIES,
        }
    }
}
