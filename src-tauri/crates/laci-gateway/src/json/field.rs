//! One field at a time, from its raw text.

use std::borrow::Cow;

use laci_core::Rupiah;
use serde_json::value::RawValue;

/// A field whose text has not the asked form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a field has not the expected form")]
pub struct BadField;

/// The longest text that is handed on from a field; longer ones are cut.
pub const MAX_TEXT_CHARS: usize = 300;
const MAX_ID_CHARS: usize = 100;

/// An amount in whole rupiah, from exactly these forms: `10020`, `10020.0`, `10020.00`, and each of them in
/// quotes. Everything else is refused (`50.347` may be fifty thousand or fifty), nothing is rounded, and no
/// float is involved.
pub fn rupiah(raw: &RawValue) -> Result<Rupiah, BadField> {
    let lexeme = match string(raw) {
        Some(text) => text,
        None => Cow::Borrowed(raw.get()),
    };
    let (whole, fraction) = match lexeme.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (lexeme.as_ref(), None),
    };
    if !matches!(fraction, None | Some("0" | "00")) {
        return Err(BadField);
    }
    let digits = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(BadField);
    }
    let rupiah: i64 = whole.parse().map_err(|_| BadField)?;
    Rupiah::new(rupiah).map_err(|_| BadField)
}

/// A name given by the gateway, as a string or a whole number: 1 to 100 characters, no control characters, at
/// least one letter or digit (so that it can never act as `..` in a path).
pub fn id(raw: &RawValue) -> Result<String, BadField> {
    let text = match string(raw) {
        Some(text) => text.trim().to_owned(),
        None => {
            let lexeme = raw.get();
            let digits = lexeme.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| lexeme.to_owned()).ok_or(BadField)?
        }
    };
    let named = text.chars().any(|c| c.is_ascii_alphanumeric());
    if !named || text.chars().count() > MAX_ID_CHARS || text.chars().any(char::is_control) {
        return Err(BadField);
    }
    Ok(text)
}

/// A status word in lower case, trimmed; cut at 60 characters, so that it can be shown.
pub fn word(raw: &RawValue) -> Option<String> {
    let text = string(raw)?;
    let shown = text.trim().chars().filter(|c| !c.is_control()).take(60);
    Some(shown.collect::<String>().to_lowercase())
}

/// A text for people: control characters become spaces, and it is cut at [`MAX_TEXT_CHARS`].
pub fn text(raw: &RawValue) -> Option<String> {
    let text = string(raw)?;
    let shown: String = text
        .trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MAX_TEXT_CHARS)
        .collect();
    (!shown.is_empty()).then_some(shown)
}

/// A string's content; `None` for any other type.
fn string(raw: &RawValue) -> Option<Cow<'_, str>> {
    if !raw.get().starts_with('"') {
        return None;
    }
    serde_json::from_str::<String>(raw.get()).ok().map(Cow::Owned)
}

/// `text` as a JSON string with its quotes.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(lexeme: &str) -> Box<RawValue> {
        RawValue::from_string(lexeme.to_owned()).unwrap()
    }

    #[test]
    fn amounts_are_read_from_every_unambiguous_form() {
        for lexeme in ["10020", "10020.0", "10020.00", "\"10020\"", "\"10020.00\"", "\"10020.0\""] {
            assert_eq!(rupiah(&raw(lexeme)), Ok(Rupiah::from_u32(10_020)), "{lexeme}");
        }
        assert_eq!(rupiah(&raw("0")), Ok(Rupiah::ZERO));
        assert_eq!(rupiah(&raw("9007199254740991")).unwrap().get(), 9_007_199_254_740_991);
    }

    #[test]
    fn amounts_that_could_mean_two_things_are_refused() {
        for lexeme in [
            "50.347",
            "\"50.347\"",
            "\"50.000\"",
            "50.000",
            "\"10,020\"",
            "\"Rp 10020\"",
            "\" 10020\"",
            "1e4",
            "1.0e4",
            "-10020",
            "\"-10020\"",
            "10020.5",
            "\"10020.\"",
            "\"\"",
            "\".00\"",
            "null",
            "true",
            "[]",
            "{}",
            "9007199254740992",
            "99999999999999999999",
            "\"007\"",
            "\"+5\"",
            "\"١٢٣\"",
        ] {
            assert_eq!(rupiah(&raw(lexeme)), Err(BadField), "{lexeme}");
        }
    }

    #[test]
    fn ids_are_strings_or_numbers_and_never_paths() {
        assert_eq!(id(&raw("\"PG-20260529A1B2\"")).unwrap(), "PG-20260529A1B2");
        assert_eq!(id(&raw("184467440737095516150")).unwrap(), "184467440737095516150");
        for lexeme in ["\"\"", "\"..\"", "\" \"", "-5", "1.5", "null", "\"a\\u0000b\""] {
            assert_eq!(id(&raw(lexeme)), Err(BadField), "{lexeme}");
        }
        assert_eq!(id(&raw(&format!("\"{}\"", "a".repeat(101)))), Err(BadField));
    }

    #[test]
    fn words_and_texts_are_bounded() {
        assert_eq!(word(&raw("\" SUCCESS \"")).unwrap(), "success");
        assert_eq!(word(&raw("1")), None);
        assert_eq!(text(&raw("\"a\\nb\"")).unwrap(), "a b");
        assert_eq!(text(&raw("\"\"")), None);
        assert_eq!(text(&raw(&format!("\"{}\"", "x".repeat(999)))).unwrap().len(), MAX_TEXT_CHARS);
        assert_eq!(quoted("a\"b"), r#""a\"b""#);
    }
}
