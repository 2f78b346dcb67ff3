//! Who sits at the window.

use std::time::Duration;

use laci_core::{PersonId, Role};

/// A person's PIN opened reading, up to a role, until this time of the process's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant {
    pub(crate) role: Role,
    pub(crate) until: Duration,
}

/// Who sits at the window; kept in Rust alone and for as long as the process lives.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Session {
    pub(crate) person: Option<PersonId>,
    /// Somebody locked it: even a shop of one is asked then.
    pub(crate) locked: bool,
    /// So that a page that is turned does not ask again.
    pub(crate) reads: Option<Grant>,
}
