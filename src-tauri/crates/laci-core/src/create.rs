//! What is decided about a gateway's create: what may follow an answer that never came, what a crash left, and what a
//! person's word allows. Pure, so that the till and the model of one attempt (`tests/it/model`) decide by the same
//! lines. Deliberately absent: sending, reading answers, and what is shown (`way.rs`).

use crate::state::AttemptState;

/// What a gateway's contract allows after a create whose outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreateRetry {
    /// A second create could make a second bill.
    Never,
    /// Once more with the same reference; a refusal of the second says nothing about the first.
    OnceWithSameKey,
    /// Only after a look-up said that there is no bill of this reference, and then by a person's word: it may not be
    /// listed yet.
    AfterLookUp,
}

/// How far an effect has come that is owed to the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutboxState {
    Queued,
    /// Durable before the first byte; found at a start, it means that a byte may have left.
    Sending,
    Done,
    NotSent,
    Unknown,
    /// Not yet: no byte has left, and it is done once the outside can be reached.
    Waiting,
}

/// A create's place in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwedCreate {
    pub state: OutboxState,
    /// How often it was marked as being sent.
    pub tries: u8,
}

/// What follows the answer to a first create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterCreate {
    /// It is kept as it is.
    Keep,
    SendAgain,
    LookUp,
}

/// `nameless`: the outcome is unknown, and the answer named no bill.
pub fn after_create(nameless: bool, retry: Option<CreateRetry>) -> AfterCreate {
    match retry {
        Some(CreateRetry::OnceWithSameKey) if nameless => AfterCreate::SendAgain,
        Some(CreateRetry::AfterLookUp) if nameless => AfterCreate::LookUp,
        None
        | Some(CreateRetry::Never | CreateRetry::OnceWithSameKey | CreateRetry::AfterLookUp) => {
            AfterCreate::Keep
        }
    }
}

/// What a crash left of a create that nobody is sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// No byte left: it is closed, since nobody waits for its QR any more.
    NotSent,
    /// It may have been sent. `ended`: the contract has nothing left that could be done by itself.
    Unknown {
        ended: bool,
    },
}

pub fn left_by_crash(owed: OwedCreate, retry: Option<CreateRetry>, state: AttemptState) -> Left {
    match owed.state {
        OutboxState::Queued => Left::NotSent,
        OutboxState::Sending => {
            let ended = owed.tries >= 2 || retry != Some(CreateRetry::OnceWithSameKey);
            if state == AttemptState::Unknown && !ended {
                return Left::Nothing;
            }
            Left::Unknown { ended }
        }
        OutboxState::Done | OutboxState::NotSent | OutboxState::Unknown | OutboxState::Waiting => {
            Left::Nothing
        }
    }
}

/// How the name of a bill may be learnt whose create nobody saw the end of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learn {
    Nothing,
    SendAgain,
    LookUp,
}

pub fn learn(owed: OwedCreate, retry: Option<CreateRetry>, state: AttemptState) -> Learn {
    if state != AttemptState::Unknown {
        return Learn::Nothing;
    }
    let unused = owed.tries == 1 && owed.state == OutboxState::Sending;
    match retry {
        Some(CreateRetry::OnceWithSameKey) if unused => Learn::SendAgain,
        Some(CreateRetry::AfterLookUp) => Learn::LookUp,
        None | Some(CreateRetry::Never | CreateRetry::OnceWithSameKey) => Learn::Nothing,
    }
}

/// What a look-up by our reference came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedUp {
    /// Its bill is known now, and watched.
    Found,
    /// The gateway lists no such bill; it may still come.
    NotThere,
    NothingLearnt,
}

/// What a person's "send it once more" leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendAgain {
    /// The gateway is asked first whether the first one made a bill.
    LookFirst,
    Send,
    /// The first one's bill is there.
    NotNeeded,
    /// Nothing is sent while the gateway cannot be asked.
    Refused,
}

/// `looked`: what the look-up came to, once there was one.
pub fn by_a_persons_word(retry: Option<CreateRetry>, looked: Option<LookedUp>) -> SendAgain {
    match (retry, looked) {
        (Some(CreateRetry::AfterLookUp), None) => SendAgain::LookFirst,
        (_, None | Some(LookedUp::NotThere)) => SendAgain::Send,
        (_, Some(LookedUp::Found)) => SendAgain::NotNeeded,
        (_, Some(LookedUp::NothingLearnt)) => SendAgain::Refused,
    }
}
