//! From a reply to an answer: content, then envelope, then business, each step able to say "unknown".

use laci_core::{AttemptState, Observed, Presentment, UnixMs, Zone};
use serde_json::value::RawValue;

use super::wire::{self, Answer};
use crate::contract::{
    Bill, CheckAnswer, CreateAnswer, CreateAsk, Doubt, Hint, RefusedBy, RefusedKind, Reply,
    StatusAnswer, StatusAsk, Trust, Uncertain,
};
use crate::json;
use crate::provider::field::{end, moment, money, qris, required, trouble};
use crate::provider::page;

/// Anybody can send it, so only the bill's name is read.
pub(super) fn callback(body: &[u8]) -> Option<Hint> {
    let reply = Reply { status: 200, body: body.to_vec(), ..Reply::default() };
    let answer: Answer<'_> = json::object(&reply).ok()?;
    let gateway_id = json::id(answer.reference?).ok()?;
    Some(Hint { gateway_id, trust: Trust::Unsigned })
}

pub(super) fn create(
    ask: &CreateAsk,
    reply: &Reply,
    zone: Zone,
    expired_in_s: u32,
) -> CreateAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return CreateAnswer::unknown(page::doubt(reply, page)),
    };
    if !reply.is_2xx() || answer.says_failed() {
        return turned_down(ask, reply, &answer);
    }
    match bill(ask, reply, &answer, zone, expired_in_s) {
        Ok(bill) => CreateAnswer::Created(bill),
        Err(why) => CreateAnswer::Unknown(Uncertain { why, gateway_id: ours(ask, &answer) }),
    }
}

/// The reference of an answer that names our bill, by our reference or, where it has none, by our price. Another
/// bill's is not ours to watch.
fn ours(ask: &CreateAsk, answer: &Answer<'_>) -> Option<String> {
    let same = match answer.merchant_ref.and_then(|raw| json::id(raw).ok()) {
        Some(named) => named == ask.our_ref.as_str(),
        None => answer.amount.and_then(money) == Some(ask.amount),
    };
    named(answer).filter(|_| same)
}

fn named(answer: &Answer<'_>) -> Option<String> {
    answer.reference.and_then(|raw| json::id(raw).ok())
}

/// A JSON answer that does not claim success: a definite refusal where HTTP or the envelope defines one.
fn turned_down(ask: &CreateAsk, reply: &Reply, answer: &Answer<'_>) -> CreateAnswer {
    let status = reply.status;
    let unknown = |why| CreateAnswer::Unknown(Uncertain { why, gateway_id: ours(ask, answer) });
    if reply.is_5xx() {
        return unknown(Doubt::ServerError { status });
    }
    if answer.says_duplicate(status) {
        return unknown(Doubt::DuplicateReference);
    }
    let kind = match status {
        401 | 403 => RefusedKind::Key,
        404 | 405 => RefusedKind::Address,
        400 | 422 => RefusedKind::Request,
        200..=299 => RefusedKind::Other,
        429 => return unknown(Doubt::RateLimited),
        _ => return unknown(Doubt::OddStatus { status }),
    };
    if named(answer).is_some() {
        // A refusal that names a bill contradicts itself.
        return unknown(Doubt::OddStatus { status });
    }
    CreateAnswer::Refused(RefusedBy { kind, message: answer.message() })
}

fn bill(
    ask: &CreateAsk,
    reply: &Reply,
    answer: &Answer<'_>,
    zone: Zone,
    expired_in_s: u32,
) -> Result<Bill, Doubt> {
    let merchant_ref = answer.merchant_ref.and_then(|raw| json::id(raw).ok());
    if merchant_ref.as_ref().is_some_and(|named| named != ask.our_ref.as_str()) {
        return Err(Doubt::ReferenceMismatch);
    }
    if merchant_ref.is_none() && answer.amount.is_none() {
        return Err(Doubt::Incomplete { field: "merchant_ref" });
    }
    let gateway_id = required(answer.reference, "reference", |raw| json::id(raw).ok())?;
    let total = required(answer.total_amount, "total_amount", money)?;
    if let Some(raw) = answer.amount
        && json::rupiah(raw) != Ok(ask.amount)
    {
        return Err(Doubt::AmountMismatch);
    }
    if total < ask.amount {
        return Err(Doubt::AmountMismatch);
    }
    if let Some(word) = answer.status.and_then(json::word)
        && wire::state(&word) != Some(AttemptState::Pending)
    {
        return Err(Doubt::NotOpen { word });
    }
    let payload = required(answer.qris_string, "qris_string", qris)?;
    Ok(Bill {
        gateway_id,
        total,
        unique_code: answer.unique_code.and_then(money),
        fee: answer.fee.and_then(money),
        presentment: Presentment::Qris { payload },
        expires_at: Some(expiry(ask.now, reply, answer, zone, expired_in_s)),
    })
}

/// `expired_at` where it lies in a bill's possible life by the server's own clock (`Date`, else ours); otherwise
/// what was asked for, counted from now.
fn expiry(
    now: UnixMs,
    reply: &Reply,
    answer: &Answer<'_>,
    zone: Zone,
    expired_in_s: u32,
) -> UnixMs {
    let asked = now.plus_ms(i64::from(expired_in_s) * 1000);
    let named = answer.expired_at.and_then(|raw| moment(raw, zone));
    named.and_then(|named| end(named, now, reply)).unwrap_or(asked)
}

pub(super) fn status(ask: &StatusAsk, reply: &Reply, zone: Zone) -> StatusAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return StatusAnswer::Unreadable(page::doubt(reply, page)),
    };
    match reply.status {
        200..=299 if !answer.says_failed() => StatusAnswer::Seen(observed(ask, &answer, zone)),
        404 if page::misses_call(&answer.said()) => {
            StatusAnswer::Unreadable(Doubt::ApiChanged { status: 404 })
        }
        404 => StatusAnswer::NotFound,
        status => StatusAnswer::Unreadable(trouble(status)),
    }
}

fn observed(ask: &StatusAsk, answer: &Answer<'_>, zone: Zone) -> Observed {
    let review = |code: &str| {
        let mut doubtful = Observed::bare(AttemptState::Pending);
        doubtful.gateway_id = Some(ask.gateway_id.clone());
        doubtful.review = Some(code.to_owned());
        doubtful
    };
    if !is_ours(ask, answer) {
        return review("reference_mismatch");
    }
    let Some(state) = answer.status.and_then(json::word).as_deref().and_then(wire::state) else {
        return review("unknown_word");
    };
    let amount = answer.total_amount.and_then(money);
    if state == AttemptState::Paid && amount.is_none() {
        return review("amount_unreadable");
    }
    Observed {
        state,
        gateway_id: Some(ask.gateway_id.clone()),
        amount,
        paid_at: answer.paid_at.and_then(|raw| moment(raw, zone)),
        expires_at: None,
        presentment: None,
        review: None,
    }
}

/// Whether the answer names this bill: both names where both stand, and at least one of them.
fn is_ours(ask: &StatusAsk, answer: &Answer<'_>) -> bool {
    let same = |raw: Option<&RawValue>, ours: &str| {
        raw.map(|raw| json::id(raw).is_ok_and(|named| named == ours))
    };
    match (same(answer.reference, &ask.gateway_id), same(answer.merchant_ref, ask.our_ref.as_str()))
    {
        (Some(reference), Some(merchant_ref)) => reference && merchant_ref,
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => false,
    }
}

/// "There is no such bill" is expected: none has the asked reference. A bill all the same shows as much; JSON that has
/// nothing of the document shows that something else answers at this address.
pub(super) fn check(reply: &Reply) -> CheckAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return CheckAnswer::Unreadable(page::doubt(reply, page)),
    };
    let (status, said) = (reply.status, answer.said());
    match status {
        401 | 403 => CheckAnswer::KeyRefused,
        200..=299 | 404 if page::blames_key(&said) => CheckAnswer::KeyRefused,
        200..=299 | 404 if page::misses_call(&said) => {
            CheckAnswer::Unreadable(Doubt::ApiChanged { status })
        }
        200..=299 if answer.says_failed() && !page::misses_something(&said) => {
            CheckAnswer::Unreadable(Doubt::Incomplete { field: "success" })
        }
        200..=299 if answer.is_documented() => CheckAnswer::Ready,
        200..=299 => CheckAnswer::Unreadable(Doubt::Incomplete { field: "reference" }),
        404 if answer.is_documented() || page::misses_something(&said) => CheckAnswer::Ready,
        404 => CheckAnswer::Unreadable(Doubt::ApiChanged { status }),
        status => CheckAnswer::Unreadable(trouble(status)),
    }
}
