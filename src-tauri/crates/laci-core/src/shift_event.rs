//! What happens to a drawer beside sales: a shift's opening, cash in and out, the count, the close.
//!
//! What each of them posts is in `books/legs.rs`; which shift anything belongs to, in `books/shift.rs`.

use serde::{Deserialize, Serialize};

use crate::books::{CashSource, Count, Fact, SetorTo, ZNumber};
use crate::hash::Hash;
use crate::id::PersonId;
use crate::money::Rupiah;

/// Why cash moved that paid for nothing sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashMove {
    /// Kas masuk: change from the owner.
    InFromOwner,
    /// Kas masuk: anything else.
    InOther,
    /// Kas keluar: paid for the shop.
    Out,
    SetorToOwner,
    SetorToBank,
}

impl CashMove {
    pub const ALL: [Self; 5] =
        [Self::InFromOwner, Self::InOther, Self::Out, Self::SetorToOwner, Self::SetorToBank];

    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InFromOwner => "in_from_owner",
            Self::InOther => "in_other",
            Self::Out => "out",
            Self::SetorToOwner => "setor_to_owner",
            Self::SetorToBank => "setor_to_bank",
        }
    }

    pub fn fact(self, amount: Rupiah) -> Fact {
        match self {
            Self::InFromOwner => Fact::CashIn { amount, from: CashSource::Owner },
            Self::InOther => Fact::CashIn { amount, from: CashSource::Other },
            Self::Out => Fact::CashOut { amount },
            Self::SetorToOwner => Fact::Setor { amount, to: SetorTo::Owner },
            Self::SetorToBank => Fact::Setor { amount, to: SetorTo::Bank },
        }
    }
}

/// A shift's end, and the Z that says so. The Z's text lies in the side table under `report`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub shift: u32,
    /// Signed: it can be below zero.
    pub expected: Rupiah,
    pub counted: Rupiah,
    pub number: ZNumber,
    /// The Z before this one; [`Hash::GENESIS`] for the first.
    pub previous: Hash,
    /// This Z's place in the chain: [`crate::books::z::z_hash`] of `previous` and its text.
    pub hash: Hash,
    pub report: Hash,
    /// Why the cash differs, in the cashier's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who goes on with this drawer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_to: Option<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ShiftEvent {
    /// `by` has the drawer from here on; without one, whoever stands at the counter.
    Opened {
        shift: u32,
        float: Rupiah,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    CashMoved {
        kind: CashMove,
        amount: Rupiah,
        reason: String,
    },
    /// Without a sale.
    DrawerOpened {
        reason: String,
    },
    /// A count that was locked before anybody was shown what is expected; each further one is seen too.
    Counted {
        shift: u32,
        counted: Rupiah,
        /// Piece by piece; absent when only the sum was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        count: Option<Count>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        witness: Option<String>,
    },
    Closed {
        closing: Closing,
    },
}

/// The longest reason or witness, in characters.
pub const REASON_CHARS_MAX: usize = 120;
