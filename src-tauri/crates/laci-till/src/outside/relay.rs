//! A merchant app's notification, passed on by the shop's phone: `{"at": ..., "text": "...", "title": "...", "app": "..."}`.
//! `at` is when the phone got it (Unix seconds or milliseconds, or RFC 3339): without it, one that is sent again could not
//! be told from a second payment.

use laci_core::told::amount_told;
use laci_core::{Source, UnixMs};
use serde::{Deserialize, Serialize};

use super::OutsideEnd;
use crate::by::By;
use crate::inbox::Telling;
use crate::till::Till;

/// Unix times above it are milliseconds: as seconds they would lie beyond the year 5000.
const SECONDS_MOST: i64 = 100_000_000_000;
const TEXT_CHARS_MAX: usize = 2_000;
const APP_CHARS_MAX: usize = 60;

#[derive(Deserialize)]
#[serde(untagged)]
enum When {
    Number(i64),
    Text(String),
}

#[derive(Deserialize)]
struct Wire {
    at: When,
    text: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    app: String,
}

/// As it is kept; the same notification always has the same bytes.
#[derive(Serialize)]
struct Kept<'a> {
    at: i64,
    app: &'a str,
    title: &'a str,
    text: &'a str,
}

impl Till {
    /// `bearer` is the token of the request's `Authorization` header.
    pub fn told_by_phone(&self, bearer: Option<&str>, body: &[u8]) -> OutsideEnd {
        match self.is_relay_token(bearer) {
            Some(true) => {}
            Some(false) => return OutsideEnd::Forbidden,
            None => return OutsideEnd::Later,
        }
        let Some(telling) = read(body, self.ports.now()) else { return OutsideEnd::Malformed };
        match self.money_told(By::TILL, &[telling]) {
            Ok(_) => OutsideEnd::Taken,
            Err(error) => {
                tracing::warn!(code = error.code(), "a notification could not be taken");
                OutsideEnd::Later
            }
        }
    }
}

fn read(body: &[u8], now: UnixMs) -> Option<Telling> {
    let wire: Wire = serde_json::from_slice(body).ok()?;
    let at = moment(&wire.at)?;
    let (title, text) = (wire.title.trim(), wire.text.trim());
    let long = |text: &str| text.chars().count() > TEXT_CHARS_MAX;
    if text.is_empty() || long(text) || long(title) {
        return None;
    }
    let app: String = wire.app.trim().chars().take(APP_CHARS_MAX).collect();
    let raw = serde_json::to_vec(&Kept { at: at.0, app: &app, title, text }).ok()?;
    // A phone whose clock is ahead tells of nothing that is still to come.
    let came = at.min(now);
    let amount = amount_told(&format!("{title}\n{text}"));
    Some(Telling { source: Source::Relay, amount, from: came, to: came, about: app, raw })
}

fn moment(when: &When) -> Option<UnixMs> {
    let number = match when {
        When::Number(number) => *number,
        When::Text(text) => match text.trim().parse() {
            Ok(number) => number,
            Err(_) => return UnixMs::from_rfc3339(text.trim()).filter(|at| at.0 > 0),
        },
    };
    match number {
        ..=0 => None,
        1..=SECONDS_MOST => number.checked_mul(1_000).map(UnixMs),
        _ => Some(UnixMs(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_795_000_100_000);

    fn at(json: &str) -> Option<i64> {
        let body = format!(r#"{{"at":{json},"text":"Pembayaran Rp 50.347 diterima"}}"#);
        read(body.as_bytes(), NOW).map(|telling| telling.from.0)
    }

    #[test]
    fn a_phones_time_is_read_in_every_form() {
        for json in [
            "1795000000",
            "1795000000000",
            "\"1795000000\"",
            "\" 1795000000000 \"",
            "\"2026-11-18T18:06:40+07:00\"",
        ] {
            assert_eq!(at(json), Some(1_795_000_000_000), "{json}");
        }
        assert_eq!(at("1895000000"), Some(NOW.0), "no money comes tomorrow");
        for json in ["0", "-5", "null", "\"\"", "\"kemarin\"", "1.5", "[]"] {
            assert_eq!(at(json), None, "{json}");
        }
    }

    #[test]
    fn title_and_text_are_one_sentence_and_bounded() {
        let told = |title: &str, text: &str| {
            let body = serde_json::json!({ "at": 1_795_000_000, "title": title, "text": text });
            read(body.to_string().as_bytes(), NOW)
        };
        let amount = |title: &str, text: &str| told(title, text).and_then(|one| one.amount);
        assert_eq!(amount("Pembayaran diterima", "Rp 50.347").map(|a| a.get()), Some(50_347));
        assert_eq!(amount("Diterima Rp 1", "Rp 2"), None);
        assert!(told("x", " ").is_none());
        assert!(told("x", &"x".repeat(TEXT_CHARS_MAX + 1)).is_none());
        for body in ["", "{}", "[]", r#"{"text":"x"}"#, "text=Rp 5 diterima"] {
            assert!(read(body.as_bytes(), NOW).is_none(), "{body}");
        }
    }
}
