//! From the answer to a charge to a bill. Once the order may stand at Midtrans and its page cannot be had any more, the
//! answer names the order, so that it is watched; where a second charge with the same name may still fetch the page, it
//! does not, so that one follows.

use laci_core::Presentment;
use reqwest::Url;
use serde_json::value::RawValue;

use super::PAGE_LIFE_MS;
use super::wire::{self, Answer};
use crate::contract::{
    Bill, CreateAnswer, CreateAsk, Doubt, NotJson, RefusedBy, RefusedKind, Reply, Uncertain,
};
use crate::json;
use crate::provider::field::{money, required, trouble};
use crate::provider::page;

const MAX_URL_CHARS: usize = 300;
const HOST: &str = "app.midtrans.com";
/// Where no money moves.
const PRACTICE_HOST: &str = "app.sandbox.midtrans.com";

pub(super) fn create(ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return without_json(ask, reply, page),
    };
    if !reply.is_2xx() {
        return turned_down(ask, reply.status, &answer);
    }
    match bill(ask, &answer) {
        Ok(bill) => CreateAnswer::Created(bill),
        Err(Doubt::Incomplete { .. }) if answer.says_duplicate(reply.status) => {
            watched(ask, Doubt::DuplicateReference)
        }
        Err(why) => watched(ask, why),
    }
}

/// The order may stand at Midtrans. Our reference is its name.
fn watched(ask: &CreateAsk, why: Doubt) -> CreateAnswer {
    CreateAnswer::Unknown(Uncertain { why, gateway_id: Some(ask.our_ref.to_string()) })
}

fn bill(ask: &CreateAsk, answer: &Answer<'_>) -> Result<Bill, Doubt> {
    let gateway_id = ask.our_ref.to_string();
    if answer.names_another(&gateway_id) {
        return Err(Doubt::ReferenceMismatch);
    }
    // The document's answer has no amount; one that stands there all the same must be ours.
    if answer.gross_amount.is_some_and(|raw| money(raw) != Some(ask.amount)) {
        return Err(Doubt::AmountMismatch);
    }
    let url = required(answer.redirect_url, "redirect_url", snap_page)?;
    Ok(Bill {
        gateway_id,
        total: ask.amount,
        unique_code: None,
        fee: None,
        presentment: Presentment::Link { url },
        expires_at: Some(ask.now.plus_ms(PAGE_LIFE_MS)),
    })
}

/// A page of Midtrans' own, the real one or its sandbox's. Customers are sent nowhere else.
fn snap_page(raw: &RawValue) -> Option<String> {
    let text: String = serde_json::from_str(raw.get()).ok()?;
    let url = Url::parse(text.trim()).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let theirs = matches!(url.host_str(), Some(HOST | PRACTICE_HOST)) && bare;
    let short = url.as_str().chars().count() <= MAX_URL_CHARS;
    (url.scheme() == "https" && theirs && short).then(|| url.into())
}

pub(super) fn is_practice(presentment: &Presentment) -> bool {
    match presentment {
        Presentment::Link { url } => {
            Url::parse(url).is_ok_and(|url| url.host_str() == Some(PRACTICE_HOST))
        }
        Presentment::Qris { .. } | Presentment::Transfer { .. } => false,
    }
}

/// A JSON answer that does not claim success: a definite refusal where the document's table of codes defines one.
fn turned_down(ask: &CreateAsk, status: u16, answer: &Answer<'_>) -> CreateAnswer {
    if answer.says_duplicate(status) {
        return watched(ask, Doubt::DuplicateReference);
    }
    if answer.redirect_url.is_some() || answer.token.is_some() {
        // It failed, and there is a page: it contradicts itself.
        return watched(ask, trouble(status));
    }
    let kind = match status {
        401 | 403 => RefusedKind::Key,
        404 | 405 => RefusedKind::Address,
        400 | 422 => RefusedKind::Request,
        _ => return CreateAnswer::unknown(trouble(status)),
    };
    CreateAnswer::Refused(RefusedBy { kind, message: answer.message() })
}

/// The document names three refusals without a shape: a line of text beside one of these codes is that refusal.
fn without_json(ask: &CreateAsk, reply: &Reply, page: NotJson) -> CreateAnswer {
    let Some(message) = wire::line(reply, &page) else {
        return CreateAnswer::unknown(page::doubt(reply, page));
    };
    if wire::is_duplicate(reply.status, &message) {
        return watched(ask, Doubt::DuplicateReference);
    }
    match wire::documented_refusal(reply.status) {
        Some(kind) => CreateAnswer::Refused(RefusedBy { kind, message }),
        None => CreateAnswer::unknown(page::doubt(reply, page)),
    }
}
