//! The people of a shop, as the log knows them. A name lies in the side table, so that it can be erased; PINs and
//! recovery codes lie there as hashes. Deliberately absent: PINs themselves, sessions, lock-out (laci-till).

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::id::PersonId;
use crate::role::Role;

/// Somebody who works at the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub role: Role,
    /// Names the UTF-8 text of the name in the side table.
    pub name: Hash,
}

/// What happened to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum PeopleChange {
    /// New, or with another name or role.
    Set {
        person: Person,
    },
    /// Works here no more. Whatever was done keeps the id.
    Removed {
        id: PersonId,
    },
    /// The PIN's Argon2id string lies in the side table under `hash`.
    PinSet {
        id: PersonId,
        hash: Hash,
    },
    /// The PIN can never be checked again: the secret that it needs is gone.
    PinCleared {
        id: PersonId,
    },
    /// A wrong PIN was given as this person's.
    PinFailed {
        id: PersonId,
    },
    SignedIn {
        id: PersonId,
    },
    /// New recovery codes; earlier ones open nothing any more. `hash` names their hashes in the side table.
    RecoverySet {
        hash: Hash,
    },
    /// The code at this place (from 0) opened, and opens nothing any more.
    RecoveryUsed {
        place: u32,
    },
    /// A recovery code was given that opens nothing.
    RecoveryFailed,
    /// The till stood open for what a cashier may, since no PIN could be looked at.
    DoorUnguarded,
}

/// The longest name, in characters: what fits a receipt's row.
pub const NAME_CHARS_MAX: usize = 24;
