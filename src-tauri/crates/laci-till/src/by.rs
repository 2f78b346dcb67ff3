//! Whoever asks for an act, and whoever does it then: what the gate takes and what it gives.

use laci_core::{Act, Actor, LedgerId, PersonId, Role};
use uuid::Uuid;

/// How the question came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The window: whoever signed in there.
    Window,
    /// The command line: nobody is signed in, and whoever runs it may read the file anyway.
    Verb,
}

/// A PIN, and whose it is said to be; the first owner's where nobody is named.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// A person's id, or a name.
    pub person: Option<String>,
    pub pin: String,
}

impl Word {
    pub fn owner(pin: &str) -> Self {
        Self { person: None, pin: pin.to_owned() }
    }
}

/// Whoever may write to the log now, and who allowed it. The gate (`door/`) makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    actor: Actor,
    approver: Option<PersonId>,
    /// The higher one of the two.
    role: Role,
    /// The ledger that they were asked about; a person of one shop is nobody in another.
    ledger: Option<LedgerId>,
}

impl By {
    /// The program by itself.
    pub(crate) const TILL: Self = Self::alone(Actor::Till, Role::Cashier);
    /// The first run, before there is anybody.
    pub(crate) const FIRST: Self = Self::alone(Actor::Owner, Role::Owner);

    /// Whoever stands at the counter, where nobody signs in.
    pub fn counter() -> Self {
        Self::alone(Actor::Counter, Role::Cashier)
    }

    pub(crate) const fn alone(actor: Actor, role: Role) -> Self {
        Self { actor, approver: None, role, ledger: None }
    }

    pub(crate) fn two(actor: Actor, approver: Option<PersonId>, role: Role) -> Self {
        Self { actor, approver, role, ledger: None }
    }

    pub(crate) fn person(id: PersonId, role: Role) -> Self {
        Self::alone(Actor::Person(id), role)
    }

    /// Whoever asks where there is no ledger: writes into none.
    pub fn nobody() -> Self {
        Self { ledger: Some(LedgerId(Uuid::nil())), ..Self::counter() }
    }

    pub(crate) fn on(self, ledger: LedgerId) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    /// Whether they may write into this ledger. The window can turn to another one between question and answer.
    pub(crate) fn may_write(self, ledger: LedgerId) -> bool {
        self.ledger.is_none_or(|asked| asked == ledger)
    }

    pub fn actor(self) -> Actor {
        self.actor
    }

    pub fn approver(self) -> Option<PersonId> {
        self.approver
    }

    /// Whether the same people may do `act` too: for what a command shows more of to some. Where nobody signs in, what
    /// only reads is open.
    pub fn may(self, act: Act) -> bool {
        let unnamed = self.actor == Actor::Counter && act.only_reads();
        unnamed || self.role >= act.rule().0
    }
}
