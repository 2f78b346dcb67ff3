//! Paydigital's answers as they stand on the wire, and its form bodies. Two fields are called `status`: the one at
//! the root says that the call worked, the one in `data` is the payment's. They are read by different types, so that
//! one can never stand in for the other.

use laci_core::AttemptState;
use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::contract::{Content, Doubt, LooksLike, NotJson, Reply};
use crate::{encode, json};

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

    /// A failed call's words are about the key. Hosts in PHP often answer such a call with 200.
    pub(super) fn blames_key(&self) -> bool {
        self.says(&["api key", "api_key", "apikey", "unauthorized"])
    }

    /// A failed call's words are about a bill that is not there.
    pub(super) fn misses_bill(&self) -> bool {
        !self.blames_key() && self.says(&["tidak ditemukan", "not found"])
    }

    fn says(&self, words: &[&str]) -> bool {
        let said = self.message().to_lowercase();
        self.call() == Call::Failed && words.iter().any(|word| said.contains(word))
    }
}

/// What a body that is not the document's JSON says. A challenge, a maintenance and a login page keep their names,
/// as does JSON that was cut off; a failing server's own page is its failure.
pub(super) fn not_json(reply: &Reply, page: NotJson) -> Doubt {
    let status = reply.status;
    if page.looks_like != LooksLike::Other {
        return Doubt::NotJson(page);
    }
    let head = page.excerpt.to_lowercase();
    let is_page = head.contains("<html") || head.contains("<!doctype");
    match status {
        404 | 405 | 410 => Doubt::ApiChanged { status },
        200..=299 if is_page => Doubt::ApiChanged { status },
        429 => Doubt::RateLimited,
        500..=599 => Doubt::ServerError { status },
        _ => Doubt::NotJson(page),
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

/// A form body, field by field. It may hold the key, so its memory is overwritten when it is dropped.
pub(super) struct Form(Zeroizing<Vec<u8>>);

impl Form {
    /// More than any body needs: a buffer that grew would leave its old memory behind.
    const ROOM: usize = 8 * 1024;

    pub(super) fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(Self::ROOM)))
    }

    /// `name` stands as it is. The value is written as forms have it: a blank as `+`, and every other byte but
    /// letters, digits and `-._~` as `%XX`.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        let value = Zeroizing::new(encode::segment(value));
        if !self.0.is_empty() {
            self.0.push(b'&');
        }
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'=');
        for (at, piece) in value.split("%20").enumerate() {
            if at > 0 {
                self.0.push(b'+');
            }
            self.0.extend_from_slice(piece.as_bytes());
        }
        self
    }

    pub(super) fn content(self) -> Content {
        Content { media_type: "application/x-www-form-urlencoded", bytes: self.0 }
    }
}
