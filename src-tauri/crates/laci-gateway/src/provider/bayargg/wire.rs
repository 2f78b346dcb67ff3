//! Bayar.gg's answers as they stand on the wire: a bill stands in `data`, in `payment` or at the root, and each of its
//! fields may be missing there and stand at the root. Every field is raw and optional, since papers and clients differ.

use laci_core::AttemptState;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::contract::{Doubt, NotJson, Reply};
use crate::json;
use crate::provider::page;

#[derive(Deserialize)]
struct Envelope<'a> {
    /// "The call worked". It says nothing about the payment.
    #[serde(borrow, default)]
    success: Option<&'a RawValue>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    #[serde(borrow, default)]
    payment: Option<&'a RawValue>,
    #[serde(borrow, default)]
    payments: Option<&'a RawValue>,
    #[serde(borrow, default)]
    payment_methods: Option<&'a RawValue>,
    #[serde(borrow, default)]
    user_status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// What `success` says of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Worked,
    Failed,
    /// It does not stand there.
    Silent,
    /// It is neither `true` nor `false`.
    Unclear,
}

/// One bill.
#[derive(Clone, Copy, Default, Deserialize)]
pub(super) struct Fields<'a> {
    #[serde(borrow, default)]
    pub(super) invoice_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) unique_code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) final_amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) payment_method: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) payment_url: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) qris_string: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) qris_dynamic_string: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) description: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) expires_at: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) paid_at: Option<&'a RawValue>,
}

impl<'a> Fields<'a> {
    /// These, and what is missing from `below`. The payment's word is taken from where the bill is named only: at the
    /// root of another object a `status` may be the call's.
    fn over(self, below: Self) -> Self {
        Self {
            invoice_id: self.invoice_id.or(below.invoice_id),
            amount: self.amount.or(below.amount),
            unique_code: self.unique_code.or(below.unique_code),
            final_amount: self.final_amount.or(below.final_amount),
            payment_method: self.payment_method.or(below.payment_method),
            status: if self.invoice_id.is_some() { self.status } else { below.status },
            payment_url: self.payment_url.or(below.payment_url),
            qris_string: self.qris_string.or(below.qris_string),
            qris_dynamic_string: self.qris_dynamic_string.or(below.qris_dynamic_string),
            description: self.description.or(below.description),
            expires_at: self.expires_at.or(below.expires_at),
            paid_at: self.paid_at.or(below.paid_at),
        }
    }
}

/// One answer.
pub(super) struct Answer<'a> {
    envelope: Envelope<'a>,
    root: Fields<'a>,
}

impl<'a> Answer<'a> {
    pub(super) fn read(reply: &'a Reply) -> Result<Self, NotJson> {
        Ok(Self { envelope: json::object(reply)?, root: json::object(reply)? })
    }

    pub(super) fn call(&self) -> Call {
        match self.envelope.success.map(RawValue::get) {
            Some("true") => Call::Worked,
            Some("false") => Call::Failed,
            Some(_) => Call::Unclear,
            None => Call::Silent,
        }
    }

    /// # Errors
    /// The object that should hold the bill names a field twice.
    pub(super) fn bill(&self) -> Result<Fields<'a>, Doubt> {
        let objects = [("data", self.envelope.data), ("payment", self.envelope.payment)];
        let held = objects.into_iter().find_map(|(name, raw)| Some((name, object(raw)?)));
        let Some((field, raw)) = held else { return Ok(self.root) };
        let inside: Fields<'a> =
            serde_json::from_str(raw.get()).map_err(|_| Doubt::Incomplete { field })?;
        Ok(inside.over(self.root))
    }

    /// The bill that the answer names, whatever else it says.
    pub(super) fn invoice(&self) -> Option<String> {
        self.bill().ok()?.invoice_id.and_then(|raw| json::id(raw).ok())
    }

    /// The rows of a list; `None` where no list can be read.
    pub(super) fn rows(&self) -> Option<Vec<Fields<'a>>> {
        #[derive(Deserialize)]
        struct Inside<'a> {
            #[serde(borrow, default)]
            payments: Option<&'a RawValue>,
        }
        let Envelope { data, payments, .. } = self.envelope;
        let inside = || {
            let inside: Inside<'a> = serde_json::from_str(object(data)?.get()).ok()?;
            list(inside.payments)
        };
        let raw = list(data).or_else(|| list(payments)).or_else(inside)?;
        serde_json::from_str(raw.get()).ok()
    }

    /// What the gateway says to people; empty when it says nothing.
    pub(super) fn message(&self) -> String {
        let texts = [self.envelope.message, self.envelope.error].into_iter().flatten();
        texts.into_iter().find_map(json::text).unwrap_or_default()
    }

    /// All of it.
    fn said(&self) -> String {
        let texts = [self.envelope.message, self.envelope.error].into_iter().flatten();
        texts.filter_map(json::text).collect::<Vec<_>>().join(" ")
    }

    /// A failed call's words are about the key.
    pub(super) fn blames_key(&self) -> bool {
        self.call() == Call::Failed && self.speaks_of_key()
    }

    /// The same, of an answer that does not say whether it failed.
    pub(super) fn speaks_of_key(&self) -> bool {
        page::blames_key(&self.said())
    }

    /// Its words are about the call, which is not there.
    pub(super) fn misses_call(&self) -> bool {
        page::misses_call(&self.said())
    }

    /// It has one of the fields of the document's answer to the harmless look.
    pub(super) fn has_account(&self) -> bool {
        let Envelope { data, payment_methods, user_status, .. } = self.envelope;
        [data, payment_methods, user_status].iter().any(Option::is_some)
    }

    pub(super) fn has_error(&self) -> bool {
        self.envelope.error.is_some()
    }

    /// A failed call's words are about a bill that is not there.
    pub(super) fn misses_bill(&self) -> bool {
        let said = self.said().to_lowercase();
        let missing = said.contains("tidak ditemukan") || said.contains("not found");
        self.call() == Call::Failed && missing && !self.blames_key() && !self.misses_call()
    }
}

fn object(raw: Option<&RawValue>) -> Option<&RawValue> {
    raw.filter(|raw| raw.get().starts_with('{'))
}

fn list(raw: Option<&RawValue>) -> Option<&RawValue> {
    raw.filter(|raw| raw.get().starts_with('['))
}

/// The payment's words. Only `paid`, in small letters and alone, is money; the others are read in letters of any
/// size. `None` for any other word.
pub(super) fn state(raw: &RawValue) -> Option<AttemptState> {
    if serde_json::from_str::<String>(raw.get()).ok()? == "paid" {
        return Some(AttemptState::Paid);
    }
    match json::word(raw)?.as_str() {
        "pending" => Some(AttemptState::Pending),
        "expired" => Some(AttemptState::Expired),
        "cancelled" | "canceled" => Some(AttemptState::Cancelled),
        "failed" => Some(AttemptState::Failed),
        _ => None,
    }
}
