//! One bill's status, and the harmless look that shows whether address and key are right.

use laci_core::{AttemptState, Observed};

use super::bill::{Sum, no_use};
use super::shop::Shop;
use super::wire::{self, Answer, Call, Fields};
use crate::contract::{CheckAnswer, Doubt, Reply, StatusAnswer, StatusAsk};
use crate::json;
use crate::provider::call::Said;
use crate::provider::field::moment;
use crate::provider::page;

pub(super) fn read(ask: &StatusAsk, reply: &Reply, shop: &Shop) -> StatusAnswer {
    let answer = match Answer::read(reply) {
        Ok(answer) => answer,
        Err(page) => return StatusAnswer::Unreadable(page::doubt(reply, page)),
    };
    match (reply.status, answer.call()) {
        (200..=299, Call::Worked | Call::Silent) => match answer.bill() {
            Ok(fields) => seen(ask, &answer, &fields, shop),
            Err(why) => StatusAnswer::Unreadable(why),
        },
        (200..=299, Call::Failed) if answer.misses_bill() => StatusAnswer::NotFound,
        (404, Call::Failed) if !answer.misses_call() => StatusAnswer::NotFound,
        (status, Call::Worked | Call::Failed | Call::Silent | Call::Unclear) => {
            StatusAnswer::Unreadable(no_use(status, &answer))
        }
    }
}

/// An answer that neither names a bill nor says that the call worked is none.
fn seen(ask: &StatusAsk, answer: &Answer<'_>, fields: &Fields<'_>, shop: &Shop) -> StatusAnswer {
    if fields.invoice_id.is_none() && answer.call() == Call::Silent {
        return StatusAnswer::Unreadable(Doubt::Incomplete { field: "invoice_id" });
    }
    StatusAnswer::Seen(observed(ask, fields, shop))
}

pub(super) fn observed(ask: &StatusAsk, fields: &Fields<'_>, shop: &Shop) -> Observed {
    let mut seen = Observed::bare(AttemptState::Pending);
    seen.gateway_id = Some(ask.gateway_id.clone());
    let review = |mut seen: Observed, code: &str| {
        seen.review = Some(code.to_owned());
        seen
    };
    // The invoice is the only name that both sides know.
    let named = fields.invoice_id.and_then(|raw| json::id(raw).ok());
    if named.as_deref() != Some(ask.gateway_id.as_str()) {
        return review(seen, "reference_mismatch");
    }
    let Some(state) = fields.status.and_then(wire::state) else {
        return review(seen, "unknown_word");
    };
    let sum = match Sum::read(fields) {
        Ok(sum) if sum.total.is_some() || state != AttemptState::Paid => sum,
        Ok(_) | Err(_) => return review(seen, "amount_unreadable"),
    };
    if !sum.adds_up() {
        return review(seen, "amount_mismatch");
    }
    seen.state = state;
    seen.amount = sum.total;
    seen.paid_at = fields.paid_at.and_then(|raw| moment(raw, shop.zone));
    seen
}

/// Only what the document's answer has shows that this is the gateway: any JSON can leave `success` out.
pub(super) fn check(reply: &Reply) -> CheckAnswer {
    let answer = match Answer::read(reply) {
        Ok(answer) => answer,
        Err(page) => return CheckAnswer::Unreadable(page::doubt(reply, page)),
    };
    let complains =
        answer.has_error() || json::object::<Said<'_>>(reply).is_ok_and(|said| said.failed());
    match (reply.status, answer.call()) {
        (200..=299, Call::Worked) => CheckAnswer::Ready,
        (401 | 403, _) => CheckAnswer::KeyRefused,
        (200..=299 | 400 | 402 | 422, Call::Failed | Call::Silent) if answer.speaks_of_key() => {
            CheckAnswer::KeyRefused
        }
        (200..=299, Call::Silent) if answer.has_account() && !complains => CheckAnswer::Ready,
        (200..=299, Call::Silent) => {
            CheckAnswer::Unreadable(Doubt::Incomplete { field: "success" })
        }
        (status, Call::Worked | Call::Failed | Call::Silent | Call::Unclear) => {
            CheckAnswer::Unreadable(no_use(status, &answer))
        }
    }
}
