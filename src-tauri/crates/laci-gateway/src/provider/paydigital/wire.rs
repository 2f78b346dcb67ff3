//! Paydigital's answers as they stand on the wire. Two fields are called `status`: the one at
//! the root says that the call worked, the one in `data` is the payment's. They are read by different types, so that
//! one can never stand in for the other.

use laci_core::AttemptState;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json;
use crate::provider::page;

/// The envelope of every answer. No error body is documented, so every field is raw and optional.
#[derive(Deserialize)]
pub(super) struct Answer<'a> {
    /// "The call worked". It says nothing about the payment.
    #[serde(borrow, default)]
    status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// What the root `status` says of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// `success`, the document's only word.
    Worked,
    /// A word for failing.
    Failed,
    /// No word, or one that nobody knows.
    Unclear,
}

/// One bill, in the create's and the status's answer alike.
#[derive(Default, Deserialize)]
pub(super) struct Data<'a> {
    #[serde(borrow, default)]
    pub(super) invoice: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) unique_code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) total_amount: Option<&'a RawValue>,
    /// The payment's word; a create's answer has none.
    #[serde(borrow, default)]
    pub(super) status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) qr_content: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) payment_url: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) expired_at: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) paid_at: Option<&'a RawValue>,
}

impl<'a> Answer<'a> {
    pub(super) fn call(&self) -> Call {
        let Some(raw) = self.status else { return Call::Unclear };
        match (raw.get(), json::word(raw).as_deref()) {
            (_, Some("success")) => Call::Worked,
            ("false", _) | (_, Some("error" | "failed" | "fail" | "gagal")) => Call::Failed,
            _ => Call::Unclear,
        }
    }

    /// `None` when `data` is missing, is no object (PHP writes an empty one as `[]`), or names a field twice.
    pub(super) fn data(&self) -> Option<Data<'a>> {
        let raw = self.data.filter(|raw| raw.get().starts_with('{'))?;
        serde_json::from_str(raw.get()).ok()
    }

    /// The invoice that the answer names, whatever else it says.
    pub(super) fn invoice(&self) -> Option<String> {
        self.data()?.invoice.and_then(|raw| json::id(raw).ok())
    }

    /// What the gateway says to people; empty when it says nothing.
    pub(super) fn message(&self) -> String {
        let texts = [self.message, self.error].into_iter().flatten();
        texts.into_iter().find_map(json::text).unwrap_or_default()
    }

    /// All of it.
    fn said(&self) -> String {
        let texts = [self.message, self.error].into_iter().flatten();
        texts.filter_map(json::text).collect::<Vec<_>>().join(" ")
    }

    /// A failed call's words are about the key. Hosts in PHP often answer such a call with 200.
    pub(super) fn blames_key(&self) -> bool {
        self.call() == Call::Failed && page::blames_key(&self.said())
    }

    /// A failed call's words are about a bill that is not there.
    pub(super) fn misses_bill(&self) -> bool {
        let said = self.said().to_lowercase();
        let missing = said.contains("tidak ditemukan") || said.contains("not found");
        self.call() == Call::Failed && missing && !self.blames_key() && !self.misses_call()
    }

    /// Its words are about the call, which is not there.
    pub(super) fn misses_call(&self) -> bool {
        page::misses_call(&self.said())
    }
}

/// The payment's words. Only `paid` is documented, and only that very word, in small letters and alone, is money;
/// the others are read as their plain meaning, in letters of any size. `None` for any other word.
pub(super) fn state(raw: &RawValue) -> Option<AttemptState> {
    if serde_json::from_str::<String>(raw.get()).ok()? == "paid" {
        return Some(AttemptState::Paid);
    }
    match json::word(raw)?.as_str() {
        "pending" | "unpaid" | "waiting" => Some(AttemptState::Pending),
        "expired" => Some(AttemptState::Expired),
        "cancel" | "canceled" | "cancelled" => Some(AttemptState::Cancelled),
        "failed" => Some(AttemptState::Failed),
        _ => None,
    }
}
