//! From a reply to an answer: content, then whose purchase, then what status and code say together. Where the two do
//! not agree the less final one holds.

use super::rc::{End, Rc};
use super::wire::{self, Content, Data, amount};
use crate::contract::{
    BillAnswer, BillOutcome, BillRetry, BillSeen, BillStep, CallAnswer, CheckAnswer, Doubt,
    RefusedBy, RefusedKind, Reply,
};
use crate::json;
use crate::provider::call::Said;
use crate::provider::field::short;
use crate::provider::page;

/// As much of an unknown word as can be shown.
const MAX_WORD_CHARS: usize = 60;

/// The purchase that was asked about.
pub(super) struct Ours<'a> {
    pub(super) ref_id: &'a str,
    pub(super) customer_no: &'a str,
}

pub(super) fn bill(step: BillStep, ours: &Ours<'_>, reply: &Reply) -> BillAnswer {
    match seen(step, ours, reply) {
        Ok(seen) => BillAnswer::Seen(Box::new(seen)),
        Err(why) => BillAnswer::Unreadable(why),
    }
}

fn seen(step: BillStep, ours: &Ours<'_>, reply: &Reply) -> Result<BillSeen, Doubt> {
    let data = wire::data(reply)?;
    let Some(named) = data.ref_id else { return Err(nameless(reply.status, &data, "ref_id")) };
    let other = |raw| !wire::names(raw, ours.customer_no);
    if !wire::names(named, ours.ref_id) || data.customer_no.is_some_and(other) {
        return Err(Doubt::ReferenceMismatch);
    }
    let status = data.status.and_then(wire::word);
    let status = status.ok_or_else(|| nameless(reply.status, &data, "status"))?;
    let rc = data.known_rc();
    let (outcome, review) = judged(step, Word::of(&status), rc);
    Ok(BillSeen {
        outcome,
        review,
        rc: data.code_of_answer(),
        meaning: rc.map(|rc| rc.meaning),
        retry: match outcome {
            BillOutcome::Success => BillRetry::Done,
            BillOutcome::Pending | BillOutcome::Review => BillRetry::Look,
            BillOutcome::Failed => rc.map_or(BillRetry::Never, |rc| rc.retry),
        },
        formed: rc.is_none_or(|rc| rc.formed),
        status: short(&status, MAX_WORD_CHARS),
        message: data.message(),
        sn: data.sn.and_then(json::text),
        name: data.name(),
        code: data.code(),
        price: data.price.map(amount),
        selling_price: data.selling_price.map(amount),
        admin: data.admin.map(amount),
        base_commission: data.base_commission.map(amount),
        balance: data.balance(),
        desc: data.desc.map(|raw| raw.get().to_owned()),
    })
}

/// An answer that says not even whose it is. Some causes are named all the same; none of them is a purchase's end.
fn nameless(status: u16, data: &Data<'_>, field: &'static str) -> Doubt {
    match data.known_rc() {
        Some(rc) if rc.blames_key() => Doubt::KeyRefused { status },
        Some(rc) if rc.blames_address() => Doubt::NotWhitelisted,
        Some(_) | None => wire::useless(status, field),
    }
}

/// The words for the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Success,
    Pending,
    Failed,
    Unknown,
}

impl Word {
    /// Only `Sukses`, in exactly these letters, is a payment.
    fn of(text: &str) -> Self {
        match text {
            "Sukses" => Self::Success,
            "Pending" => Self::Pending,
            "Gagal" => Self::Failed,
            _ => Self::Unknown,
        }
    }
}

/// What word and code say of `step`, and why a person must look.
fn judged(
    step: BillStep,
    word: Word,
    rc: Option<&'static Rc>,
) -> (BillOutcome, Option<&'static str>) {
    let open = |code| (BillOutcome::Pending, Some(code));
    let Some(rc) = rc else { return open("unknown_rc") };
    match (word, rc.end()) {
        (Word::Unknown, _) => open("unknown_word"),
        (Word::Success, End::Success) => (BillOutcome::Success, None),
        (Word::Failed, End::Failed) => failed(step, rc),
        (Word::Pending, End::Open) => (BillOutcome::Pending, None),
        (Word::Success, End::Open | End::Failed)
        | (Word::Pending, End::Success | End::Failed)
        | (Word::Failed, End::Success | End::Open) => open("contradiction"),
    }
}

/// A failure is an end, but for those that say nothing for certain of the payment.
fn failed(step: BillStep, rc: &Rc) -> (BillOutcome, Option<&'static str>) {
    let review = |code| (BillOutcome::Review, Some(code));
    match step {
        BillStep::Inquire => (BillOutcome::Failed, None),
        BillStep::Pay | BillStep::Topup if rc.is_timeout() => review("biller_timeout"),
        BillStep::Pay | BillStep::Topup if rc.is_duplicate() => review("duplicate_reference"),
        BillStep::Pay | BillStep::Topup => (BillOutcome::Failed, None),
        // It may not be there yet, or not any more.
        BillStep::Status if rc.is_missing() => review("not_found"),
        // The look was turned down, which says nothing of the payment.
        BillStep::Status if !rc.formed || rc.is_about_the_call() => review("status_refused"),
        BillStep::Status => (BillOutcome::Failed, None),
    }
}

/// The same, for a call of the table.
pub(super) fn step(step: BillStep, ours: &Ours<'_>, reply: &Reply) -> CallAnswer {
    let seen = match seen(step, ours, reply) {
        Ok(seen) => seen,
        Err(why) => return CallAnswer::Unknown(why),
    };
    match seen.outcome {
        BillOutcome::Success => CallAnswer::Done,
        BillOutcome::Pending | BillOutcome::Review => CallAnswer::Pending,
        BillOutcome::Failed => {
            let kind =
                seen.rc.as_deref().and_then(super::rc::find).map_or(RefusedKind::Other, kind);
            CallAnswer::Refused(RefusedBy { kind, message: seen.message.unwrap_or_default() })
        }
    }
}

fn kind(rc: &Rc) -> RefusedKind {
    if rc.blames_key() {
        return RefusedKind::Key;
    }
    match rc.retry {
        BillRetry::Correct => RefusedKind::Request,
        BillRetry::Done
        | BillRetry::Look
        | BillRetry::Later
        | BillRetry::Owner
        | BillRetry::Never => RefusedKind::Other,
    }
}

/// What proves that a call without a purchase worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// `data` is an array.
    List,
    /// `data` has a `deposit`.
    Deposit,
    /// The code 00.
    Rc,
}

pub(super) fn call(proof: Proof, customer_no: Option<&str>, reply: &Reply) -> CallAnswer {
    let data = match wire::content(reply) {
        Ok(Content::List) if proof == Proof::List => return CallAnswer::Done,
        Ok(Content::List) => return CallAnswer::Unknown(Doubt::Incomplete { field: "data" }),
        Ok(Content::One(data)) => data,
        Err(why) => return CallAnswer::Unknown(why),
    };
    let other = |raw| customer_no.is_some_and(|ours| !wire::names(raw, ours));
    if data.customer_no.is_some_and(other) {
        return CallAnswer::Unknown(Doubt::ReferenceMismatch);
    }
    let word = data.status.and_then(wire::word).map(|word| Word::of(&word));
    match (data.known_rc(), data.code_of_answer()) {
        (Some(rc), _) => coded(proof, rc, word, &data, reply.status),
        (None, Some(_)) => CallAnswer::Unknown(Doubt::OddStatus { status: reply.status }),
        (None, None) => match (proof, word) {
            (Proof::Deposit, None | Some(Word::Success)) if data.deposit.is_some() => {
                CallAnswer::Done
            }
            (Proof::List | Proof::Deposit | Proof::Rc, _) => {
                CallAnswer::Unknown(missing(proof, reply.status))
            }
        },
    }
}

/// A call whose answer has a code that is known. Its word, where it has one, must not say otherwise.
fn coded(proof: Proof, rc: &Rc, word: Option<Word>, data: &Data<'_>, status: u16) -> CallAnswer {
    let refused = || {
        let message = data.message().unwrap_or_default();
        CallAnswer::Refused(RefusedBy { kind: kind(rc), message })
    };
    match (rc.end(), word) {
        (End::Success, None | Some(Word::Success)) => match proof {
            Proof::List => CallAnswer::Unknown(missing(proof, status)),
            Proof::Deposit if data.deposit.is_none() => CallAnswer::Unknown(missing(proof, status)),
            Proof::Deposit | Proof::Rc => CallAnswer::Done,
        },
        (End::Open, None | Some(Word::Pending)) => CallAnswer::Pending,
        (End::Failed, None | Some(Word::Failed)) if rc.is_timeout() => CallAnswer::Pending,
        (End::Failed, None | Some(Word::Failed)) => refused(),
        (_, Some(_)) => CallAnswer::Unknown(Doubt::OddStatus { status }),
    }
}

fn missing(proof: Proof, status: u16) -> Doubt {
    let field = match proof {
        Proof::List => "data",
        Proof::Deposit => "deposit",
        Proof::Rc => "rc",
    };
    wire::useless(status, field)
}

/// The list, or a refusal that only one with a good key gets. A list beside a word for failing is none.
pub(super) fn check(reply: &Reply) -> CheckAnswer {
    let status = reply.status;
    let data = match wire::content(reply) {
        Ok(Content::List) => return listed(reply),
        Ok(Content::One(data)) => data,
        Err(Doubt::KeyRefused { .. }) => return CheckAnswer::KeyRefused,
        Err(why) => return CheckAnswer::Unreadable(why),
    };
    match data.known_rc() {
        Some(rc) if rc.blames_key() => CheckAnswer::KeyRefused,
        Some(rc) if rc.blames_address() => CheckAnswer::Unreadable(Doubt::NotWhitelisted),
        Some(rc) if rc.is_list_limit() || rc.code == "43" => CheckAnswer::Ready,
        Some(rc) if rc.end() == End::Success && !says_failed(&data) => CheckAnswer::Ready,
        Some(_) | None => CheckAnswer::Unreadable(Doubt::OddStatus { status }),
    }
}

/// Some frameworks put an empty `data` beside a refusal.
fn listed(reply: &Reply) -> CheckAnswer {
    match (reply.status, json::object::<Said<'_>>(reply)) {
        (200..=299, Ok(said)) if !said.failed() => CheckAnswer::Ready,
        (200..=299, Ok(said)) if page::blames_key(&said.message()) => CheckAnswer::KeyRefused,
        (401 | 403, _) => CheckAnswer::KeyRefused,
        (status, _) => CheckAnswer::Unreadable(wire::useless(status, "data")),
    }
}

/// The word says otherwise than the code.
fn says_failed(data: &Data<'_>) -> bool {
    data.status.and_then(wire::word).is_some_and(|word| Word::of(&word) == Word::Failed)
}
