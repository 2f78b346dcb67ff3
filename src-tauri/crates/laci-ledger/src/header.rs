//! Which ledger this is. The log's first entry says it, so it cannot change without breaking the chain.

use laci_core::{Body, LedgerId};

/// What a new ledger is given. `register` and `epoch` make its sale numbers its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Genesis {
    pub ledger_id: LedgerId,
    pub register: u16,
    pub epoch: u16,
    pub practice: bool,
}

impl Genesis {
    pub(crate) fn body(self) -> Body {
        let Self { ledger_id, register, epoch, practice } = self;
        Body::LedgerCreated { ledger_id, register, epoch, practice }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub ledger_id: LedgerId,
    pub register: u16,
    pub epoch: u16,
    pub practice: bool,
}

impl Header {
    /// None when `first` is not the entry that names a ledger.
    pub(crate) fn of(first: &Body) -> Option<Self> {
        if let Body::LedgerCreated { ledger_id, register, epoch, practice } = first {
            let (ledger_id, register) = (*ledger_id, *register);
            return Some(Self { ledger_id, register, epoch: *epoch, practice: *practice });
        }
        None
    }
}
