//! How a verb ended, and what it said.

use serde_json::Value;
use std::process::Output;

/// The end of a verb.
#[derive(Debug)]
pub struct Answer {
    /// What was asked, for a failed assertion.
    pub asked: String,
    /// None when a signal ended it.
    pub exit: Option<i32>,
    /// The signal's number.
    pub signal: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    pub(super) fn new(asked: String, output: &Output) -> Self {
        use std::os::unix::process::ExitStatusExt;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            asked,
            exit: output.status.code(),
            signal: output.status.signal(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// The one JSON object.
    ///
    /// # Panics
    /// If standard output holds anything else, or a second line.
    pub fn json(&self) -> Value {
        let line = self.stdout.strip_suffix('\n').unwrap_or(&self.stdout);
        assert!(!line.contains('\n'), "more than one line on standard output: {self:?}");
        let value: Value = serde_json::from_str(line).unwrap_or(Value::Null);
        assert!(value.is_object(), "standard output is not one JSON object: {self:?}");
        value
    }

    /// The answer of a verb that was done.
    ///
    /// # Panics
    /// If it was not.
    pub fn done(&self) -> Value {
        assert_eq!(self.exit, Some(0), "it was to be done: {self:?}");
        let json = self.json();
        assert!(json.get("error").is_none(), "exit 0 with an error: {self:?}");
        json
    }

    /// The payment of a verb that was done.
    ///
    /// # Panics
    /// If it was not done.
    pub fn payment(&self) -> Value {
        self.done()["payment"].clone()
    }

    /// The error of a verb that was not done.
    ///
    /// # Panics
    /// If it ended in another way, or with nothing to say to a person.
    pub fn refused(&self, exit: i32, code: &str) -> Value {
        let json = self.json();
        let error = &json["error"];
        assert_eq!(
            (self.exit, error["code"].as_str()),
            (Some(exit), Some(code)),
            "it was to end otherwise: {self:?}"
        );
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.len() > 10, "a sentence for people: {self:?}");
        error.clone()
    }

    /// It ended by abort, as at a kill point.
    ///
    /// # Panics
    /// If it lived on: the point was never reached, or this is a release build, which has none.
    pub fn died_at_the_point(&self) {
        const ABORT: i32 = 6;
        assert_eq!(self.signal, Some(ABORT), "the kill point was not reached: {self:?}");
        assert_eq!(self.stdout, "", "a process that died had said its answer already");
    }
}
