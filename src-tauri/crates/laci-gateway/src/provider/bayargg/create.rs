//! The create: what is sent, and what its answer means.

use super::bill::{bill, no_use};
use super::operations::{MAX_DESCRIPTION_CHARS, MAX_NAME_CHARS};
use super::shop::{OVO, Shop, is_house};
use super::wire::{Answer, Call};
use crate::contract::{
    CreateAnswer, CreateAsk, Given, OurRef, RefusedBy, RefusedKind, Reply, Uncertain,
};
use crate::provider::field::{money, short};
use crate::provider::page;

/// Marks our reference in a description, where a look-up searches for it.
pub(super) fn mark(our_ref: &OurRef) -> String {
    format!("POS#{our_ref}")
}

/// The method of this bill: asked for with it, or the shop's default.
pub(super) fn method<'a>(ask: &'a CreateAsk, shop: &'a Shop) -> &'a str {
    let extra = ask.extra.get("payment_method");
    shop.method(ask.method.as_deref().or(extra.map(String::as_str)))
}

/// The create's fields. Our reference ends the description, whole. The method and the page are always named: the
/// provider's papers disagree on what holds without them.
pub(super) fn given(ask: &CreateAsk, shop: &Shop) -> Given {
    let method = method(ask, shop);
    let text = short(&ask.description, MAX_DESCRIPTION_CHARS);
    let description = format!("{text} {}", mark(&ask.our_ref));
    let mut given = Given::from(&ask.extra)
        .with("amount", &ask.amount.get().to_string())
        .with("description", description.trim_start())
        .with("payment_method", method);
    let name = ask.customer_name.as_deref().map(|name| short(name, MAX_NAME_CHARS));
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        given = given.with("customer_name", &name);
    }
    if given.text("payment_url").is_none() {
        given = given.with("payment_url", &shop.payment_url);
    }
    match converter(method, shop).filter(|_| given.text("use_qris_converter").is_none()) {
        Some(wanted) => given.with("use_qris_converter", wanted),
        None => given,
    }
}

/// Whether the gateway is told to put the amount into the QR on its page. For the shop's own merchants it is, where no
/// sticker is known here that could take the amount: a customer who types it may forget the unique code. The
/// provider's own QRIS and OVO have no such switch.
fn converter<'a>(method: &str, shop: &'a Shop) -> Option<&'a str> {
    let own = !is_house(method) && method != OVO && shop.own_qris(method).is_none();
    shop.use_qris_converter.as_deref().or(own.then_some("true"))
}

pub(super) fn read(ask: &CreateAsk, reply: &Reply, shop: &Shop) -> CreateAnswer {
    let answer = match Answer::read(reply) {
        Ok(answer) => answer,
        Err(page) => return CreateAnswer::unknown(page::doubt(reply, page)),
    };
    let worked = matches!(answer.call(), Call::Worked | Call::Silent);
    if !reply.is_2xx() || !worked {
        return turned_down(ask, reply.status, &answer);
    }
    let read = answer.bill().and_then(|fields| bill(ask, method(ask, shop), reply, &fields, shop));
    match read {
        Ok(bill) => CreateAnswer::Created(bill),
        Err(why) => CreateAnswer::Unknown(Uncertain { why, gateway_id: ours(ask, &answer) }),
    }
}

/// The invoice of an answer that does not speak of another price: no reference of ours ties it to our question, so a
/// bill of another price may be another sale's, which is not ours to watch. The look-up finds our own.
fn ours(ask: &CreateAsk, answer: &Answer<'_>) -> Option<String> {
    let fields = answer.bill().ok()?;
    let same = match (fields.amount, fields.final_amount.and_then(money)) {
        (Some(raw), _) => money(raw) == Some(ask.amount),
        // Without a price, a total below ours is another's as well.
        (None, total) => total.is_none_or(|total| total >= ask.amount),
    };
    answer.invoice().filter(|_| same)
}

/// A JSON answer that is no bill: a definite refusal where the document's codes or `success` say so.
fn turned_down(ask: &CreateAsk, status: u16, answer: &Answer<'_>) -> CreateAnswer {
    let call = answer.call();
    let unknown =
        |gateway_id| CreateAnswer::Unknown(Uncertain { why: no_use(status, answer), gateway_id });
    if call == Call::Worked || answer.invoice().is_some() {
        // It worked and it failed, or it failed and there is a bill: it contradicts itself.
        return unknown(ours(ask, answer));
    }
    let kind = match (status, call) {
        (401 | 403, _) => RefusedKind::Key,
        (405, _) => RefusedKind::Address,
        // 404 is the document's "resource not found": a file, a content or a picture that is not there.
        (400 | 404 | 422, _) => RefusedKind::Request,
        // The method needs a subscription.
        (402, _) => RefusedKind::Other,
        (200..=299, Call::Failed) if answer.blames_key() => RefusedKind::Key,
        (200..=299, Call::Failed) => RefusedKind::Other,
        (_, Call::Failed | Call::Silent | Call::Unclear | Call::Worked) => return unknown(None),
    };
    CreateAnswer::Refused(RefusedBy { kind, message: answer.message() })
}
