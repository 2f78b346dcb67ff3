//! From a reply to an answer: content, then envelope, then business, each step able to say "unknown".

use laci_core::{AttemptState, Observed, Presentment, Rupiah, Zone};
use reqwest::Url;
use serde_json::value::RawValue;

use super::wire::{self, Answer, Call, Data};
use crate::contract::{
    Bill, CheckAnswer, CreateAnswer, CreateAsk, Doubt, RefusedBy, RefusedKind, Reply, StatusAnswer,
    StatusAsk, Uncertain,
};
use crate::json;
use crate::provider::field::{end, moment, money, qris, required, trouble};
use crate::provider::page;

const MAX_URL_CHARS: usize = 300;

/// What reading needs to know of the gateway's settings.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) zone: Zone,
    /// The gateway's own host, whose pages a customer may be sent to.
    pub(super) host: String,
}

pub(super) fn create(ask: &CreateAsk, reply: &Reply, reading: &Reading) -> CreateAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return CreateAnswer::unknown(page::doubt(reply, page)),
    };
    if !reply.is_2xx() || answer.call() != Call::Worked {
        return turned_down(ask, reply, &answer);
    }
    let Some(data) = answer.data() else {
        return CreateAnswer::unknown(Doubt::Incomplete { field: "data" });
    };
    match bill(ask, reply, &data, reading) {
        Ok(bill) => CreateAnswer::Created(bill),
        Err(why) => {
            let gateway_id = ours(ask, &answer);
            CreateAnswer::Unknown(Uncertain { why, gateway_id })
        }
    }
}

/// The invoice of an answer that has our price. The price is all that ties an answer to our question, so one that has
/// another may name another sale's bill, which is not ours to watch.
fn ours(ask: &CreateAsk, answer: &Answer<'_>) -> Option<String> {
    let amount = answer.data()?.amount.and_then(money);
    answer.invoice().filter(|_| amount == Some(ask.amount))
}

/// A JSON answer that is no bill: a definite refusal where the document's codes or the envelope say so.
fn turned_down(ask: &CreateAsk, reply: &Reply, answer: &Answer<'_>) -> CreateAnswer {
    let (status, call) = (reply.status, answer.call());
    let unknown = |why| CreateAnswer::Unknown(Uncertain { why, gateway_id: ours(ask, answer) });
    if call == Call::Worked || answer.invoice().is_some() {
        // It worked and it failed, or it failed and there is a bill: it contradicts itself.
        return unknown(no_use(status, call, answer));
    }
    let kind = match (status, call) {
        (401 | 403, _) => RefusedKind::Key,
        (400 | 422, _) => RefusedKind::Request,
        // The document's "resource not found" in its own envelope: there is no such shop.
        (404, Call::Failed) => RefusedKind::Request,
        (200..=299, Call::Failed) if answer.blames_key() => RefusedKind::Key,
        (200..=299, Call::Failed) => RefusedKind::Other,
        (status, call) => return unknown(no_use(status, call, answer)),
    };
    CreateAnswer::Refused(RefusedBy { kind, message: answer.message() })
}

fn bill(ask: &CreateAsk, reply: &Reply, data: &Data<'_>, reading: &Reading) -> Result<Bill, Doubt> {
    if required(data.amount, "amount", money)? != ask.amount {
        return Err(Doubt::AmountMismatch);
    }
    let gateway_id = required(data.invoice, "invoice", |raw| json::id(raw).ok())?;
    let sum = Sum::read(data)?;
    let total = sum.total.ok_or(Doubt::Incomplete { field: "total_amount" })?;
    if !sum.adds_up() {
        return Err(Doubt::AmountMismatch);
    }
    if let Some(raw) = data.status
        && wire::state(raw) != Some(AttemptState::Pending)
    {
        return Err(Doubt::NotOpen { word: json::word(raw).unwrap_or_default() });
    }
    let named = data.expired_at.and_then(|raw| moment(raw, reading.zone));
    Ok(Bill {
        gateway_id,
        total,
        unique_code: sum.code,
        fee: None,
        presentment: presentment(data, reading)?,
        // Without a sound end the bill's life is not known; nothing was asked for that could stand in.
        expires_at: named.and_then(|named| end(named, ask.now, reply)),
    })
}

/// The three amounts of a bill; `None` for one that is not there.
struct Sum {
    amount: Option<Rupiah>,
    code: Option<Rupiah>,
    total: Option<Rupiah>,
}

impl Sum {
    /// Refuses one that stands there and cannot be read.
    fn read(data: &Data<'_>) -> Result<Self, Doubt> {
        let read = |raw: Option<&RawValue>, field| {
            raw.map(|raw| money(raw).ok_or(Doubt::Incomplete { field })).transpose()
        };
        Ok(Self {
            amount: read(data.amount, "amount")?,
            code: read(data.unique_code, "unique_code")?,
            total: read(data.total_amount, "total_amount")?,
        })
    }

    /// `total = amount + code`, as far as they stand there; without the code the total is at least the amount.
    fn adds_up(&self) -> bool {
        match (self.amount, self.code, self.total) {
            (Some(amount), Some(code), Some(total)) => {
                amount.get().checked_add(code.get()) == Some(total.get())
            }
            (Some(amount), None, Some(total)) => total >= amount,
            (None, Some(code), Some(total)) => total >= code,
            (_, _, None) | (None, None, Some(_)) => true,
        }
    }
}

/// The QR's content; only where there is none the gateway's own page. Never `qr_url`.
fn presentment(data: &Data<'_>, reading: &Reading) -> Result<Presentment, Doubt> {
    let field = "qr_content";
    match data.qr_content.filter(|raw| raw.get() != "\"\"") {
        Some(raw) => qris(raw)
            .map(|payload| Presentment::Qris { payload })
            .ok_or(Doubt::Incomplete { field }),
        None => {
            let url = data.payment_url.and_then(|raw| page(raw, &reading.host));
            url.map(|url| Presentment::Link { url }).ok_or(Doubt::Incomplete { field })
        }
    }
}

/// A page of the gateway's own host, under https. The document's sample says http, which the same page has under
/// https as well; a link to another host is none.
fn page(raw: &RawValue, host: &str) -> Option<String> {
    let text: String = serde_json::from_str(raw.get()).ok()?;
    let mut url = Url::parse(text.trim()).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let web = url.scheme() == "https" || url.scheme() == "http";
    if !web || !bare || url.host_str() != Some(host) || url.set_scheme("https").is_err() {
        return None;
    }
    (url.as_str().chars().count() <= MAX_URL_CHARS).then(|| url.to_string())
}

pub(super) fn status(ask: &StatusAsk, reply: &Reply, reading: &Reading) -> StatusAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return StatusAnswer::Unreadable(page::doubt(reply, page)),
    };
    match (reply.status, answer.call()) {
        (200..=299, Call::Worked) => match answer.data() {
            Some(data) => StatusAnswer::Seen(observed(ask, &data, reading)),
            None => StatusAnswer::Unreadable(Doubt::Incomplete { field: "data" }),
        },
        (200..=299, Call::Failed) if answer.misses_bill() => StatusAnswer::NotFound,
        (404, Call::Failed) if !answer.misses_call() => StatusAnswer::NotFound,
        (status, call) => StatusAnswer::Unreadable(no_use(status, call, &answer)),
    }
}

/// What an answer says that is neither a bill nor "there is no such bill".
fn no_use(status: u16, call: Call, answer: &Answer<'_>) -> Doubt {
    match (status, call) {
        (200..=299, Call::Failed) if answer.blames_key() => Doubt::KeyRefused { status },
        (200..=299, Call::Failed) if answer.misses_call() => Doubt::ApiChanged { status },
        (200..=299, Call::Unclear) => Doubt::Incomplete { field: "status" },
        (404 | 405 | 410, _) => Doubt::ApiChanged { status },
        _ => trouble(status),
    }
}

fn observed(ask: &StatusAsk, data: &Data<'_>, reading: &Reading) -> Observed {
    let mut seen = Observed::bare(AttemptState::Pending);
    seen.gateway_id = Some(ask.gateway_id.clone());
    let review = |mut seen: Observed, code: &str| {
        seen.review = Some(code.to_owned());
        seen
    };
    // The invoice is the only name that both sides know.
    let named = data.invoice.and_then(|raw| json::id(raw).ok());
    if named.as_deref() != Some(ask.gateway_id.as_str()) {
        return review(seen, "reference_mismatch");
    }
    let Some(state) = data.status.and_then(wire::state) else {
        return review(seen, "unknown_word");
    };
    let sum = match Sum::read(data) {
        Ok(sum) if sum.total.is_some() || state != AttemptState::Paid => sum,
        Ok(_) | Err(_) => return review(seen, "amount_unreadable"),
    };
    if !sum.adds_up() {
        return review(seen, "amount_mismatch");
    }
    seen.state = state;
    seen.amount = sum.total;
    seen.paid_at = data.paid_at.and_then(|raw| moment(raw, reading.zone));
    seen
}

/// "No such bill" is expected: no bill has the asked invoice. A bill all the same shows as much; a bare `success` does
/// not, which any host may say of anything.
pub(super) fn check(reply: &Reply) -> CheckAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => return CheckAnswer::Unreadable(page::doubt(reply, page)),
    };
    match (reply.status, answer.call()) {
        (200..=299, Call::Worked) if answer.invoice().is_some() => CheckAnswer::Ready,
        (200..=299, Call::Worked) => CheckAnswer::Unreadable(Doubt::Incomplete { field: "data" }),
        (200..=299 | 404, Call::Failed) if answer.blames_key() => CheckAnswer::KeyRefused,
        (200..=299, Call::Failed) if answer.misses_bill() => CheckAnswer::Ready,
        (404, Call::Failed) if !answer.misses_call() => CheckAnswer::Ready,
        (401 | 403, _) => CheckAnswer::KeyRefused,
        (status, call) => CheckAnswer::Unreadable(no_use(status, call, &answer)),
    }
}
