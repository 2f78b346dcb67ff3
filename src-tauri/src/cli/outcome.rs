//! How a verb ends: an exit code, one JSON object, and text for people.

use laci_till::{Lang, TillError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// 0 done, 2 usage, 3 refused, 4 unknown, 5 failed, 6 integrity in doubt.
    pub exit: u8,
    pub json: Value,
    /// For people; the JSON's data where it is empty.
    pub text: String,
}

impl Outcome {
    pub(crate) fn done(json: Value, text: impl Into<String>) -> Self {
        Self { exit: 0, json, text: text.into() }
    }

    pub(crate) fn failed(error: &TillError, lang: Lang) -> Self {
        let sentence = error.sentence();
        Self::error(error.exit(), &sentence.code, sentence.text(lang), json!({}))
    }

    /// `more` adds fields beside code and message.
    pub(crate) fn error(exit: u8, code: &str, message: &str, more: Value) -> Self {
        let mut error = json!({ "code": code, "message": message });
        if let (Value::Object(error), Value::Object(more)) = (&mut error, more) {
            error.extend(more);
        }
        Self { exit, json: json!({ "error": error }), text: message.to_owned() }
    }

    pub(crate) fn usage(text: &str) -> Self {
        Self::error(2, "usage", text.trim_end(), json!({}))
    }

    /// The error's code, when it is one.
    pub(crate) fn code(&self) -> Option<&str> {
        self.json.get("error")?.get("code")?.as_str()
    }

    /// Errors go to standard error unless JSON was asked for.
    pub(crate) fn print(&self, as_json: bool) {
        use std::io::Write;
        let failed = self.code().is_some();
        let text = if as_json { self.json.to_string() } else { self.text.clone() };
        // A closed pipe is the reader's wish.
        let _ = if failed && !as_json {
            writeln!(std::io::stderr(), "{text}")
        } else {
            writeln!(std::io::stdout(), "{}", text.trim_end_matches('\n'))
        };
    }
}
