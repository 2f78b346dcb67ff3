//! Everything that may happen next: at the till, on the wire, at the gateway, and by people.

use laci_core::create::{
    AfterCreate, Learn, Left as LeftBy, LookedUp, SendAgain, after_create, by_a_persons_word,
    learn, left_by_crash,
};
use laci_core::{
    AttemptState, CreateRetry, Evidence, Observed, OutboxState, Presentment, Source, UnixMs, way,
};

use super::state::{Attempt, Bill, Contract, CoveredBy, Doing, Known, PRICE, Reply, State, Wrong};

const WAYS: usize = 2;

pub(super) struct World {
    pub contract: Contract,
    pub wrong: Wrong,
}

impl World {
    pub(super) fn steps(&self, state: &State) -> Vec<State> {
        let mut next = Vec::new();
        for at in 0..state.attempts.len() {
            self.till(state, at, &mut next);
            self.wire(state, at, &mut next);
            self.people(state, at, &mut next);
        }
        self.sale(state, &mut next);
        next
    }

    /// The attempt's own task, the workers and the poll.
    fn till(&self, state: &State, at: usize, next: &mut Vec<State>) {
        let attempt = &state.attempts[at];
        match attempt.doing {
            Doing::Started => next.push(with(state, at, send)),
            // The answer does not come within the time-out; what is still on the wire may arrive all the same.
            Doing::Asking => {
                next.push(self.answered(state, at, None));
                if let Some(reply) = attempt.reply {
                    next.push(self.answered(state, at, Some(reply)));
                }
            }
            Doing::LookingUp { again } => {
                next.push(self.looked_up(state, at, LookedUp::NothingLearnt, again));
                // It may not be listed yet.
                next.push(self.looked_up(state, at, LookedUp::NotThere, again));
                if !attempt.bills.is_empty() {
                    next.push(self.looked_up(state, at, LookedUp::Found, again));
                }
            }
            Doing::Nothing => {
                self.worker(state, at, next);
                next.extend(self.polled(state, at));
            }
        }
        if attempt.doing != Doing::Nothing && attempt.waits {
            // Patience is over: from now on an answer is only watched.
            next.push(with(state, at, |attempt| {
                attempt.waits = self.wrong == Wrong::LateAnswerShown;
                keep(attempt, Source::Create, Observed::bare(AttemptState::Unknown), self.contract);
            }));
        }
    }

    fn worker(&self, state: &State, at: usize, next: &mut Vec<State>) {
        let attempt = &state.attempts[at];
        let open = matches!(attempt.owed.state, OutboxState::Queued | OutboxState::Sending);
        if !open || attempt.standing().gateway_id.is_some() {
            return;
        }
        match learn(attempt.owed, self.retry(), attempt.standing().state) {
            Learn::Nothing => {}
            Learn::SendAgain => next.push(with(state, at, |attempt| {
                attempt.waits = false;
                send(attempt);
            })),
            Learn::LookUp => next.push(with(state, at, |attempt| {
                attempt.waits = false;
                attempt.doing = Doing::LookingUp { again: false };
            })),
        }
    }

    pub(super) fn retry(&self) -> Option<CreateRetry> {
        Some(match self.wrong {
            Wrong::RetryAnyContract => CreateRetry::OnceWithSameKey,
            Wrong::Nothing
            | Wrong::SecondQrWithoutWord
            | Wrong::LateAnswerShown
            | Wrong::CancelledIsForgotten => self.contract.retry,
        })
    }

    /// As `payment/create.rs` does with what a create came to.
    fn answered(&self, state: &State, at: usize, reply: Option<Reply>) -> State {
        let mut after = with(state, at, |attempt| {
            let first = attempt.owed.tries == 1;
            attempt.doing = Doing::Nothing;
            attempt.reply = None;
            let (observed, end) = match reply {
                Some(Reply::Bill(id)) => (bill(id), OutboxState::Done),
                Some(Reply::Refused) if first => {
                    (Observed::bare(AttemptState::Rejected), OutboxState::Done)
                }
                // A refusal of the second says nothing about the first.
                Some(Reply::Refused) | None => {
                    (Observed::bare(AttemptState::Unknown), OutboxState::Unknown)
                }
            };
            let nameless = observed.state == AttemptState::Unknown;
            let observed = if attempt.waits { observed } else { observed.unshown() };
            if let (Some(Reply::Bill(id)), true) = (reply, attempt.waits) {
                attempt.bills[usize::from(id)].shown = true;
            }
            keep(attempt, Source::Create, observed, self.contract);
            match after_create(nameless && first, self.retry()) {
                AfterCreate::Keep => attempt.owed.state = end,
                AfterCreate::SendAgain => send(attempt),
                AfterCreate::LookUp => {
                    attempt.owed.state = OutboxState::Unknown;
                    attempt.doing = Doing::LookingUp { again: false };
                }
            }
        });
        cover(&mut after, at);
        after
    }

    fn looked_up(&self, state: &State, at: usize, looked: LookedUp, again: bool) -> State {
        with(state, at, |attempt| {
            attempt.doing = Doing::Nothing;
            if looked == LookedUp::Found {
                // Two bills of one reference are not shown; the first is watched.
                let alone = attempt.bills.len() == 1;
                let observed = if attempt.waits && alone { bill(0) } else { bill(0).unshown() };
                attempt.bills[0].shown |= attempt.waits && alone;
                attempt.owed.state = OutboxState::Done;
                keep(attempt, Source::Create, observed, self.contract);
            }
            if again && by_a_persons_word(self.retry(), Some(looked)) == SendAgain::Send {
                attempt.by_person += 1;
                send(attempt);
            }
        })
    }

    /// A look at the bill whose name is known; none for one that is not watched.
    pub(super) fn polled(&self, state: &State, at: usize) -> Option<State> {
        let attempt = &state.attempts[at];
        let standing = attempt.standing();
        way::watched_until(UnixMs(0), &standing)?;
        let forgotten = self.wrong == Wrong::CancelledIsForgotten;
        if forgotten && standing.state == AttemptState::Cancelled {
            return None;
        }
        let id = standing.gateway_id.clone()?;
        let index = id.strip_prefix("PG-").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
        let found = attempt.bills.get(index)?;
        let mut observed = Observed::bare(AttemptState::Pending);
        if found.paid {
            observed.state = AttemptState::Paid;
            observed.amount = Some(PRICE);
        }
        observed.gateway_id = Some(id);
        let mut after =
            with(state, at, |attempt| keep(attempt, Source::Poll, observed, self.contract));
        cover(&mut after, at);
        Some(after)
    }

    /// A request arrives, with or without its answer, or is lost.
    fn wire(&self, state: &State, at: usize, next: &mut Vec<State>) {
        let attempt = &state.attempts[at];
        if attempt.requests == 0 {
            return;
        }
        next.push(with(state, at, |attempt| attempt.requests -= 1));
        if attempt.bills.is_empty() && attempt.doing == Doing::Asking {
            next.push(with(state, at, |attempt| {
                attempt.requests -= 1;
                attempt.reply = Some(Reply::Refused);
            }));
        }
        for answers in [false, true] {
            next.push(with(state, at, |attempt| {
                attempt.requests -= 1;
                if attempt.bills.is_empty() || !self.contract.one_bill_per_key {
                    attempt.bills.push(Bill { shown: false, paid: false });
                }
                let newest = attempt.bills.len() - 1;
                if answers && attempt.doing == Doing::Asking {
                    attempt.reply = u8::try_from(newest).ok().map(Reply::Bill);
                }
            }));
        }
    }

    /// The customer pays what was shown, and the cashier is impatient.
    fn people(&self, state: &State, at: usize, next: &mut Vec<State>) {
        let attempt = &state.attempts[at];
        for (index, bill) in attempt.bills.iter().enumerate() {
            if bill.shown && !bill.paid {
                next.push(with(state, at, |attempt| attempt.bills[index].paid = true));
            }
        }
        let standing = attempt.standing();
        let ended = standing.state.is_covered() || standing.state == AttemptState::Cancelled;
        if state.left.cancels > 0 && !ended {
            let mut after = with(state, at, |attempt| {
                let cancelled = Observed::bare(AttemptState::Cancelled);
                keep(attempt, Source::Person, cancelled, self.contract);
            });
            after.left.cancels -= 1;
            next.push(after);
        }
        if attempt.doing == Doing::Nothing && way::is_resolvable(&standing) {
            self.resolved(state, at, next);
        }
    }

    /// A person's word on an unknown outcome: given up, or sent once more.
    fn resolved(&self, state: &State, at: usize, next: &mut Vec<State>) {
        next.push(with(state, at, |attempt| {
            attempt.owed.state = OutboxState::Unknown;
            let cancelled = Observed::bare(AttemptState::Cancelled);
            keep(attempt, Source::Person, cancelled, self.contract);
        }));
        let mut others = state.attempts.iter().enumerate().filter(|(other, _)| *other != at);
        let another = others.any(|(_, other)| way::stands(&other.standing()));
        if state.left.retries == 0 || state.covered.is_some() || another {
            return;
        }
        let mut after = with(state, at, |attempt| {
            attempt.waits = true;
            match by_a_persons_word(self.retry(), None) {
                SendAgain::LookFirst => attempt.doing = Doing::LookingUp { again: true },
                SendAgain::Send => {
                    attempt.by_person += 1;
                    send(attempt);
                }
                SendAgain::NotNeeded | SendAgain::Refused => {}
            }
        });
        after.left.retries -= 1;
        // It is a supervisor's act: should an earlier QR be payable, this is the word for a second one.
        after.words += 1;
        next.push(after);
    }

    /// The sale as a whole: cash, the next way, F9 again, and the computer that stops.
    fn sale(&self, state: &State, next: &mut Vec<State>) {
        if state.covered.is_none() {
            let mut cash = state.clone();
            cash.covered = Some(CoveredBy::Cash);
            next.push(cash);
        }
        next.extend(self.another_way(state));
        if state.left.crashes > 0 {
            next.push(self.crashed(state));
        }
    }

    /// The next way: by itself while nothing was shown, else by F9 on the same cart.
    fn another_way(&self, state: &State) -> Option<State> {
        let last = state.attempts.last()?;
        let stands = state.attempts.iter().any(|attempt| way::stands(&attempt.standing()));
        if state.covered.is_some() || state.attempts.len() == WAYS || stands {
            return None;
        }
        // One turn at a time per order: F9 waits for the last one's end, or for the end of patience.
        let waits = last.waits && self.wrong != Wrong::LateAnswerShown;
        if last.doing != Doing::Nothing && waits {
            return None;
        }
        let payable = |one: &Attempt| way::can_be_paid(&one.standing(), &one.evidence.evidence());
        let mut after = state.clone();
        after.attempts.iter_mut().for_each(|earlier| earlier.waits = self.keeps_waiting(earlier));
        if state.attempts.iter().any(payable) && self.wrong != Wrong::SecondQrWithoutWord {
            after.left.words = after.left.words.checked_sub(1)?;
            after.words += 1;
        }
        after.attempts.push(Attempt::started());
        Some(after)
    }

    fn keeps_waiting(&self, earlier: &Attempt) -> bool {
        self.wrong == Wrong::LateAnswerShown && earlier.waits
    }

    /// What was not durable is gone; the start names what was left half done.
    pub(super) fn crashed(&self, state: &State) -> State {
        let mut after = state.clone();
        after.left.crashes = after.left.crashes.saturating_sub(1);
        for attempt in &mut after.attempts {
            attempt.doing = Doing::Nothing;
            attempt.waits = false;
            attempt.reply = None;
            let (observed, ended) =
                match left_by_crash(attempt.owed, self.retry(), attempt.standing().state) {
                    LeftBy::Nothing => continue,
                    LeftBy::NotSent => (AttemptState::Rejected, Some(OutboxState::NotSent)),
                    LeftBy::Unknown { ended } => {
                        (AttemptState::Unknown, ended.then_some(OutboxState::Unknown))
                    }
                };
            attempt.owed.state = ended.unwrap_or(attempt.owed.state);
            keep(attempt, Source::Till, Observed::bare(observed), self.contract);
        }
        after
    }
}

/// Marked as being sent, durably, then sent.
fn send(attempt: &mut Attempt) {
    attempt.owed.state = OutboxState::Sending;
    attempt.owed.tries += 1;
    attempt.sent += 1;
    attempt.requests += 1;
    attempt.reply = None;
    attempt.doing = Doing::Asking;
}

fn with(state: &State, at: usize, change: impl FnOnce(&mut Attempt)) -> State {
    let mut after = state.clone();
    change(&mut after.attempts[at]);
    after
}

/// Commits what was observed, if it is new.
fn keep(attempt: &mut Attempt, source: Source, observed: Observed, contract: Contract) {
    let ours = (contract.named_by_us && source == Source::Create).then(|| "PG-0".to_owned());
    let observed = observed.watched_by(ours);
    let known = attempt.evidence.evidence();
    if observed.is_new_to(&known) {
        let piece = Evidence { source, at: UnixMs(0), observed, raw: None, reason: None };
        let mut more = known.to_vec();
        more.push(piece);
        attempt.evidence = Known::of(more);
    }
}

fn bill(id: u8) -> Observed {
    let mut observed = Observed::bare(AttemptState::Pending);
    observed.gateway_id = Some(format!("PG-{id}"));
    observed.amount = Some(PRICE);
    observed.presentment = Some(Presentment::Link { url: format!("https://gw.example/{id}") });
    observed
}

/// As `payment/cover.rs`: the first that is covered covers the sale.
fn cover(state: &mut State, at: usize) {
    if state.covered.is_none() && state.attempts[at].standing().state.is_covered() {
        state.covered = Some(CoveredBy::Attempt(at));
    }
}
