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
    let gateway_id = answer.reference.and_then(|raw| json::id(raw).ok());
    if !reply.is_2xx() || answer.says_failed() {
        return turned_down(reply, &answer, gateway_id);
    }
    match bill(ask, reply, &answer, zone, expired_in_s) {
        Ok(bill) => CreateAnswer::Created(bill),
        // Another bill's reference is not ours to watch.
        Err(Doubt::ReferenceMismatch) => CreateAnswer::unknown(Doubt::ReferenceMismatch),
        Err(why) => CreateAnswer::Unknown(Uncertain { why, gateway_id }),
    }
}

/// A JSON answer that does not claim success: a definite refusal where HTTP or the envelope defines one.
fn turned_down(reply: &Reply, answer: &Answer<'_>, gateway_id: Option<String>) -> CreateAnswer {
    let status = reply.status;
    let unknown = |why| CreateAnswer::Unknown(Uncertain { why, gateway_id: gateway_id.clone() });
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
    if gateway_id.is_some() {
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
    if merchant_ref.is_some_and(|named| named != ask.our_ref.as_str()) {
        return Err(Doubt::ReferenceMismatch);
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

/// 404 is expected: no bill has the asked reference. Any other JSON answer of 2xx shows the same.
pub(super) fn check(reply: &Reply) -> CheckAnswer {
    if let Err(page) = json::object::<Answer<'_>>(reply) {
        return CheckAnswer::Unreadable(page::doubt(reply, page));
    }
    match reply.status {
        200..=299 | 404 => CheckAnswer::Ready,
        401 | 403 => CheckAnswer::KeyRefused,
        status => CheckAnswer::Unreadable(trouble(status)),
    }
}
