//! One WebDriver request and its answer (W3C WebDriver, section 6). Absent on purpose: retries; they belong to waiting.

use super::trouble::{Outcome, Trouble};
use serde_json::Value;
use std::time::Duration;

/// A script or a new session may take this long; everything else is quick.
const TIME_OUT: Duration = Duration::from_secs(60);
/// A picture of a window is the largest answer.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

pub(crate) struct Wire {
    agent: ureq::Agent,
    base: String,
}

impl Wire {
    pub(crate) fn to(port: u16) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(TIME_OUT))
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .new_agent();
        Self { agent, base: format!("http://127.0.0.1:{port}") }
    }

    pub(crate) fn get(&self, path: &str) -> Outcome<Value> {
        let answer = self.agent.get(format!("{}{path}", self.base)).call();
        read(path, answer)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        let answer = self.agent.post(format!("{}{path}", self.base)).send_json(body);
        read(path, answer)
    }

    pub(crate) fn delete(&self, path: &str) -> Outcome<Value> {
        let answer = self.agent.delete(format!("{}{path}", self.base)).call();
        read(path, answer)
    }
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

fn read(path: &str, answer: Answer) -> Outcome<Value> {
    let failed = |e: ureq::Error| Trouble::new(format!("{path}: {e}"));
    let mut answer = answer.map_err(failed)?;
    let well = answer.status().is_success();
    let mut said: Value =
        answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_json().map_err(failed)?;
    let value = said["value"].take();
    if well {
        return Ok(value);
    }
    let code = value["error"].as_str().unwrap_or("unknown error").to_owned();
    let message = value["message"].as_str().unwrap_or_default();
    Err(Trouble::coded(&code, format!("{path}: {code} {message}")))
}
