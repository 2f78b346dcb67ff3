//! A bill of a create's answer or of a list's row: whose it is, what it costs, and what the customer is shown.

use laci_core::{AttemptState, Presentment, Rupiah};
use serde_json::value::RawValue;

use super::shop::{OVO, Shop};
use super::wire::{self, Answer, Call, Fields};
use crate::contract::{Bill, CreateAsk, Doubt, Reply};
use crate::json;
use crate::provider::field::{end, moment, money, qris, required, trouble};

/// The bill of `ask`, if `fields` are one that is open and adds up. `method` is what was asked for.
pub(super) fn bill(
    ask: &CreateAsk,
    method: &str,
    reply: &Reply,
    fields: &Fields<'_>,
    shop: &Shop,
) -> Result<Bill, Doubt> {
    // Another price first: it may be another's bill, and what else it lacks is none of our business.
    if fields.amount.and_then(money).is_some_and(|amount| amount != ask.amount) {
        return Err(Doubt::AmountMismatch);
    }
    let gateway_id = required(fields.invoice_id, "invoice_id", |raw| json::id(raw).ok())?;
    let sum = Sum::read(fields)?;
    let total = sum.total.ok_or(Doubt::Incomplete { field: "final_amount" })?;
    if total < ask.amount || !sum.adds_up() {
        return Err(Doubt::AmountMismatch);
    }
    if let Some(raw) = fields.status
        && wire::state(raw) != Some(AttemptState::Pending)
    {
        return Err(Doubt::NotOpen { word: json::word(raw).unwrap_or_default() });
    }
    let named = fields.expires_at.and_then(|raw| moment(raw, shop.zone));
    Ok(Bill {
        gateway_id,
        total,
        unique_code: sum.code,
        fee: None,
        presentment: presentment(method, total, fields, shop)?,
        // How long a bill lives is not documented, so nothing can stand in for an end that is not sound.
        expires_at: named.and_then(|named| end(named, ask.now, reply)),
    })
}

/// The three amounts of a bill; `None` for one that is not there.
pub(super) struct Sum {
    pub(super) amount: Option<Rupiah>,
    code: Option<Rupiah>,
    pub(super) total: Option<Rupiah>,
}

impl Sum {
    /// Refuses one that stands there and cannot be read.
    pub(super) fn read(fields: &Fields<'_>) -> Result<Self, Doubt> {
        let read = |raw: Option<&RawValue>, field| {
            raw.map(|raw| money(raw).ok_or(Doubt::Incomplete { field })).transpose()
        };
        Ok(Self {
            amount: read(fields.amount, "amount")?,
            code: read(fields.unique_code, "unique_code")?,
            total: read(fields.final_amount, "final_amount")?,
        })
    }

    /// `final = amount + code`, as far as they stand there; without the code the final amount is at least the price.
    pub(super) fn adds_up(&self) -> bool {
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

/// What the customer pays by, the surest first: the gateway's QR, the shop's own sticker with the final amount in it,
/// the shop's OVO number, the gateway's page. A QR of another merchant is handed on: the till tells it apart.
fn presentment(
    method: &str,
    total: Rupiah,
    fields: &Fields<'_>,
    shop: &Shop,
) -> Result<Presentment, Doubt> {
    let dynamic = fields.qris_dynamic_string.filter(|raw| raw.get() != "\"\"");
    if let Some(raw) = dynamic {
        let field = "qris_dynamic_string";
        let payload = qris(raw).ok_or(Doubt::Incomplete { field })?;
        return Ok(Presentment::Qris { payload });
    }
    let named = fields.qris_string.and_then(qris);
    if let Some(payload) = named.and_then(|text| with_amount(&laci_qris::parse(&text).ok()?, total))
    {
        return Ok(Presentment::Qris { payload });
    }
    // The shop's own ways hold for the method that was asked; the gateway may have taken another.
    let taken = fields.payment_method.and_then(json::word);
    if taken.is_none_or(|taken| taken == method) {
        if let Some(payload) = shop.own_qris(method).and_then(|own| with_amount(own, total)) {
            return Ok(Presentment::Qris { payload });
        }
        if let (OVO, Some(account)) = (method, &shop.ovo_number) {
            return Ok(Presentment::Transfer { account: account.clone(), amount: total });
        }
    }
    let page = fields.payment_url.and_then(|raw| shop.page(raw));
    page.map(|url| Presentment::Link { url }).ok_or(Doubt::Incomplete { field: "payment_url" })
}

/// A QR that asks for exactly `total`; `None` for one that asks for another amount, or for none and cannot be given
/// one.
fn with_amount(qris: &laci_qris::Qris, total: Rupiah) -> Option<String> {
    let total = u64::try_from(total.get()).ok()?;
    match (qris.amount(), qris.kind()) {
        (Some(amount), _) => (amount == total).then(|| qris.payload().to_owned()),
        (None, laci_qris::Kind::Static) => {
            let converted = laci_qris::dynamic(qris, total).ok()?;
            Some(converted.qris.payload().to_owned())
        }
        (None, laci_qris::Kind::Dynamic) => None,
    }
}

/// What an answer says that is neither a bill, nor a refusal, nor "there is no such bill".
pub(super) fn no_use(status: u16, answer: &Answer<'_>) -> Doubt {
    match (status, answer.call()) {
        (200..=299, Call::Failed) if answer.blames_key() => Doubt::KeyRefused { status },
        (200..=299, Call::Failed) if answer.misses_call() => Doubt::ApiChanged { status },
        (200..=299, Call::Unclear) => Doubt::Incomplete { field: "success" },
        (404 | 405 | 410, _) => Doubt::ApiChanged { status },
        _ => trouble(status),
    }
}
