//! Kropay's answers as they stand on the wire: one shape for create, status and errors, every field raw and
//! optional, since none of the error bodies is documented. Unknown fields are left alone.

use laci_core::AttemptState;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json;

#[derive(Deserialize)]
pub(super) struct Answer<'a> {
    /// "The call worked". It says nothing about the payment.
    #[serde(borrow, default)]
    pub(super) success: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) reference: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) merchant_ref: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) fee: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) unique_code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) total_amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) expired_at: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) paid_at: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) qris_string: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
    /// Laravel's form: field names with lists of texts.
    #[serde(borrow, default)]
    errors: Option<&'a RawValue>,
}

impl Answer<'_> {
    /// The call is said not to have worked.
    pub(super) fn says_failed(&self) -> bool {
        self.success.is_some_and(|raw| raw.get() == "false")
    }

    /// It has a field of the document, which any other JSON would not have: `status` counts with a known word only.
    pub(super) fn is_documented(&self) -> bool {
        let named = [self.success, self.reference, self.merchant_ref, self.total_amount];
        let word = self.status.and_then(json::word);
        named.iter().any(Option::is_some) || word.as_deref().and_then(state).is_some()
    }

    /// What the gateway says to people, wherever it says it; empty when it says nothing.
    pub(super) fn message(&self) -> String {
        let texts = [self.message, self.error].into_iter().flatten().find_map(json::text);
        texts.or_else(|| self.errors.and_then(first_text)).unwrap_or_default()
    }

    /// All of it.
    pub(super) fn said(&self) -> String {
        let texts = [self.message, self.error].into_iter().flatten().filter_map(json::text);
        texts.chain(self.errors.and_then(first_text)).collect::<Vec<_>>().join(" ")
    }

    /// Whether a refusal says that our reference was used before: 409, or words about `merchant_ref` in 4xx.
    pub(super) fn says_duplicate(&self, status: u16) -> bool {
        let errors = self.errors.map_or("", RawValue::get);
        let said = format!("{} {errors}", self.message()).to_lowercase();
        let about_reference = said.contains("merchant_ref") || said.contains("merchant ref");
        let words =
            ["taken", "already", "duplicate", "exist", "unique", "sudah", "telah", "terdaftar"];
        status == 409 || (about_reference && words.iter().any(|word| said.contains(word)))
    }
}

/// The first string anywhere in a small JSON value.
fn first_text(raw: &RawValue) -> Option<String> {
    fn walk(value: &serde_json::Value) -> Option<&str> {
        match value {
            serde_json::Value::String(text) => Some(text),
            serde_json::Value::Array(items) => items.iter().find_map(walk),
            serde_json::Value::Object(fields) => fields.values().find_map(walk),
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
                None
            }
        }
    }
    let value: serde_json::Value = serde_json::from_str(raw.get()).ok()?;
    let text = walk(&value)?;
    json::text(&RawValue::from_string(json::quoted(text)).ok()?)
}

/// The status words: the document's list says `success`, its callback says `paid` for the same event.
/// `None` for any other word.
pub(super) fn state(word: &str) -> Option<AttemptState> {
    match word {
        "pending" => Some(AttemptState::Pending),
        "success" | "paid" => Some(AttemptState::Paid),
        "failed" => Some(AttemptState::Failed),
        "expired" => Some(AttemptState::Expired),
        "cancel" | "canceled" | "cancelled" => Some(AttemptState::Cancelled),
        _ => None,
    }
}
