//! The middleware's answers as they stand on the wire: one shape for charge, status and errors, every field raw and
//! optional. It may hand on the whole of Midtrans' own answer, or only the document's few fields of it.

use laci_core::AttemptState;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::contract::{LooksLike, NotJson, RefusedKind, Reply};
use crate::json;
use crate::provider::field::short;
use crate::provider::page;

/// More than this is no line that a middleware says.
const MAX_LINE_BYTES: usize = 300;

#[derive(Deserialize)]
pub(super) struct Answer<'a> {
    #[serde(borrow, default)]
    pub(super) redirect_url: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) token: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    order_id: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) gross_amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) transaction_status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) fraud_status: Option<&'a RawValue>,
    /// Of the question to Midtrans: 200 says that it was answered, whatever became of the payment.
    #[serde(borrow, default)]
    status_code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    settlement_time: Option<&'a RawValue>,
    #[serde(borrow, default)]
    transaction_time: Option<&'a RawValue>,
    /// Snap's own form: a list of texts.
    #[serde(borrow, default)]
    error_messages: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
    #[serde(borrow, default)]
    status_message: Option<&'a RawValue>,
    /// Where Python's frameworks say that there is no such route.
    #[serde(borrow, default)]
    detail: Option<&'a RawValue>,
}

/// A field that stands there as `null` stands there: it is not the document's answer without it.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

impl<'a> Answer<'a> {
    /// It says whose order it is, and it is not `ours`.
    pub(super) fn names_another(&self, ours: &str) -> bool {
        self.order_id.is_some_and(|raw| json::id(raw).as_deref() != Ok(ours))
    }

    pub(super) fn status_code(&self) -> Option<u16> {
        json::id(self.status_code?).ok()?.parse().ok()
    }

    pub(super) fn paid_at(&self) -> Option<&'a RawValue> {
        self.settlement_time.or(self.transaction_time)
    }

    /// What is said to people, wherever it is said; empty when nothing is.
    pub(super) fn message(&self) -> String {
        self.texts().into_iter().next().unwrap_or_default()
    }

    /// All of it, the more telling fields first.
    fn texts(&self) -> Vec<String> {
        let listed: Option<Vec<&RawValue>> =
            self.error_messages.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let named = [self.message, self.error, self.status_message, self.detail];
        let all = listed.unwrap_or_default().into_iter().chain(named.into_iter().flatten());
        all.filter_map(json::text).collect()
    }

    /// What it says is missing: an order, the call itself, or nothing that can be told.
    pub(super) fn missing(&self) -> Missing {
        missing(&self.texts())
    }

    /// Whether the order's name was used before, by HTTP's code, the one inside, or the words.
    pub(super) fn says_duplicate(&self, status: u16) -> bool {
        let said = [self.error_messages, self.message, self.error, self.status_message];
        let said: Vec<&str> = said.into_iter().flatten().map(RawValue::get).collect();
        self.status_code() == Some(406) || is_duplicate(status, &said.join(" "))
    }
}

/// 406 is Midtrans' own code for it. The document's 400 says it only in words.
pub(super) fn is_duplicate(status: u16, said: &str) -> bool {
    let said = said.to_lowercase();
    let about_order = said.contains("order_id") || said.contains("order id");
    let words = [
        "taken",
        "already",
        "duplicate",
        "exist",
        "has been used",
        "not unique",
        "tidak unik",
        "sudah",
        "telah",
        "terdaftar",
    ];
    matches!(status, 406 | 409) || (about_order && words.iter().any(|word| said.contains(word)))
}

/// The refusals in the document's table, whose shape it does not give.
pub(super) fn documented_refusal(status: u16) -> Option<RefusedKind> {
    match status {
        400 => Some(RefusedKind::Request),
        401 => Some(RefusedKind::Key),
        404 => Some(RefusedKind::Address),
        _ => None,
    }
}

/// A short line of text that is the middleware's own: no page, no JSON that was cut off, and not nothing.
pub(super) fn line(reply: &Reply, page: &NotJson) -> Option<String> {
    let text = std::str::from_utf8(&reply.body).ok()?.trim().trim_matches('"');
    let plain = !text.is_empty() && !text.contains(['<', '{', '[']);
    let own = page.looks_like == LooksLike::Other && reply.body.len() <= MAX_LINE_BYTES;
    (plain && own).then(|| short(text, MAX_LINE_BYTES))
}

/// What an answer's texts say is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// In Midtrans' own words, handed on.
    Order,
    /// An endpoint, a URL, a route; or HTTP's own phrase and nothing else, which a framework says of a route and no
    /// middleware of an order.
    Call,
    Untold,
}

pub(super) fn missing(texts: &[String]) -> Missing {
    let all = texts.join(" ").to_lowercase();
    let order = ["transaction", "order", "transaksi", "pesanan", "midtrans"];
    let is_gone = page::misses_something(&all) || all.contains("404");
    if page::misses_call(&all) {
        Missing::Call
    } else if is_gone && order.iter().any(|word| all.contains(word)) {
        Missing::Order
    } else if texts.iter().any(|text| page::is_bare_404(text)) {
        Missing::Call
    } else {
        Missing::Untold
    }
}

/// What the two words say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    State(AttemptState),
    /// Midtrans has not decided whether it is fraud; the money may never come.
    Challenged,
    /// This try was refused.
    DeniedTry,
    /// It was paid, and all of it was given or taken back.
    Reversed,
    /// It was paid, and a part of it was given or taken back: the shop still holds money.
    PartlyReversed,
    /// A word that nobody knows.
    Unclear,
}

/// Only the documented words, in small letters and alone, are money; the others are read in letters of any size.
pub(super) fn meaning(status: &RawValue, fraud: Option<&RawValue>) -> Meaning {
    match exact(status).as_deref() {
        Some("settlement") => return fraud.map_or(Meaning::State(AttemptState::Paid), judged),
        Some("capture") => return fraud.map_or(Meaning::Unclear, judged),
        Some("partial_refund" | "partial_chargeback") => return Meaning::PartlyReversed,
        Some(_) | None => {}
    }
    match json::word(status).unwrap_or_default().as_str() {
        "authorize" | "pending" => Meaning::State(AttemptState::Pending),
        "deny" => Meaning::DeniedTry,
        "cancel" => Meaning::State(AttemptState::Cancelled),
        "expire" => Meaning::State(AttemptState::Expired),
        "failure" => Meaning::State(AttemptState::Failed),
        "refund" | "chargeback" => Meaning::Reversed,
        _ => Meaning::Unclear,
    }
}

/// What the fraud word makes of money that came.
fn judged(fraud: &RawValue) -> Meaning {
    if exact(fraud).as_deref() == Some("accept") {
        return Meaning::State(AttemptState::Paid);
    }
    match json::word(fraud).unwrap_or_default().as_str() {
        "challenge" => Meaning::Challenged,
        "deny" => Meaning::State(AttemptState::Failed),
        _ => Meaning::Unclear,
    }
}

fn exact(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}
