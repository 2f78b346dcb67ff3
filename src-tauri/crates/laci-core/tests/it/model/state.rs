//! What there is at one moment.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use laci_core::attempt::fold;
use laci_core::{
    CreateRetry, Evidence, GatewayName, Method, OutboxState, OwedCreate, Rupiah, Standing, Terms,
};

/// A provider, as far as its creates go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contract {
    pub retry: CreateRetry,
    /// Two creates of one reference are one bill.
    pub one_bill_per_key: bool,
    /// Our reference is the bill's own name.
    pub named_by_us: bool,
}

/// A rule that a wrong till would not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Nothing,
    SecondQrWithoutWord,
    RetryAnyContract,
    LateAnswerShown,
    CancelledIsForgotten,
}

/// What the process does for an attempt; a crash ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Doing {
    Nothing,
    /// Its commit is done, its create not yet marked.
    Started,
    /// Waits for the answer to the create.
    Asking,
    /// Waits for the answer to a look-up; `again`: a person wants it sent once more.
    LookingUp {
        again: bool,
    },
}

/// A bill at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Bill {
    pub shown: bool,
    pub paid: bool,
}

/// What comes back over the wire to whoever asked for a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Reply {
    Bill(u8),
    Refused,
}

/// A set of evidence by its number: there are few of them, and folding each once is enough.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Known(usize);

type Set = Rc<Vec<Evidence>>;

/// Every set's number, and by number what it is and what it folds to.
#[derive(Default)]
struct Sets {
    numbers: HashMap<Set, usize>,
    all: Vec<(Set, Rc<Standing>)>,
}

thread_local! {
    static SETS: RefCell<Sets> = RefCell::default();
}

impl Known {
    /// Sorted, since the fold's order cannot matter (`attempt_order.rs`).
    pub(super) fn of(mut evidence: Vec<Evidence>) -> Self {
        evidence.sort();
        SETS.with_borrow_mut(|Sets { numbers, all }| {
            let evidence = Rc::new(evidence);
            let number = *numbers.entry(evidence.clone()).or_insert_with(|| {
                let standing = fold(&terms(), &evidence);
                all.push((evidence, Rc::new(standing)));
                all.len() - 1
            });
            Self(number)
        })
    }

    pub(super) fn evidence(self) -> Rc<Vec<Evidence>> {
        SETS.with_borrow(|sets| sets.all[self.0].0.clone())
    }

    fn standing(self) -> Rc<Standing> {
        SETS.with_borrow(|sets| sets.all[self.0].1.clone())
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.evidence().fmt(f)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attempt {
    // Durable.
    pub evidence: Known,
    pub owed: OwedCreate,
    // The process.
    pub doing: Doing,
    /// Somebody stands at the counter for this QR.
    pub waits: bool,
    // The wire.
    pub requests: u8,
    pub reply: Option<Reply>,
    // The gateway.
    pub bills: Vec<Bill>,
    // Counted.
    pub sent: u8,
    pub by_person: u8,
}

impl Attempt {
    pub(super) fn started() -> Self {
        Self {
            evidence: Known::of(Vec::new()),
            owed: OwedCreate { state: OutboxState::Queued, tries: 0 },
            doing: Doing::Started,
            waits: true,
            requests: 0,
            reply: None,
            bills: Vec::new(),
            sent: 0,
            by_person: 0,
        }
    }

    pub(super) fn standing(&self) -> Rc<Standing> {
        self.evidence.standing()
    }
}

/// What covered the sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum CoveredBy {
    Cash,
    Attempt(usize),
}

/// How often something may still go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Left {
    pub crashes: u8,
    pub retries: u8,
    pub cancels: u8,
    pub words: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub attempts: Vec<Attempt>,
    pub covered: Option<CoveredBy>,
    /// People who allowed a second QR.
    pub words: u8,
    pub left: Left,
}

impl State {
    /// F9 was pressed: sale and first attempt are durable.
    pub(super) fn first() -> Self {
        Self {
            attempts: vec![Attempt::started()],
            covered: None,
            words: 0,
            left: Left { crashes: 1, retries: 1, cancels: 1, words: 1 },
        }
    }
}

pub(super) const PRICE: Rupiah = Rupiah::from_u32(10_000);

pub(super) fn terms() -> Terms {
    let gateway = GatewayName::new("satu").expect("a name");
    Terms {
        amount: PRICE,
        method: Method::Gateway { gateway, method: None, extra: BTreeMap::new() },
    }
}
