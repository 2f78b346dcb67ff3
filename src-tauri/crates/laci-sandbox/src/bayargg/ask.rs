//! What every call brings: the query, the key in its header, and the fault that waits for it. And refusals: the
//! document's codes with a message.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::PLAYED;
use crate::app::{App, Shape};
use crate::call;
use crate::fault::{Answer, Fault, Operation};
use crate::line::Cut;
use crate::played::Played;

#[derive(Debug)]
pub(super) struct Call {
    pub(super) app: App,
    pub(super) headers: HeaderMap,
    query: BTreeMap<String, String>,
    cut: Cut,
}

impl FromRequestParts<App> for Call {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let cut = parts.extensions.get::<ConnectInfo<Cut>>().map(|info| info.0.clone());
        Ok(Self {
            app: app.clone(),
            headers: parts.headers.clone(),
            query: fields(parts.uri.query().unwrap_or_default()),
            cut: cut.unwrap_or_default(),
        })
    }
}

impl Call {
    /// A parameter; an empty one is none, as in PHP's `empty`.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// # Errors
    /// It is not a whole number between the two.
    pub(super) fn number(&self, name: &str, default: u64, most: u64) -> Result<u64, Answer> {
        let Some(text) = self.text(name) else { return Ok(default) };
        let number = text.parse().ok().filter(|number| *number <= most);
        number.ok_or_else(|| bad(&format!("Parameter {name} tidak valid")))
    }

    pub(super) fn is_plugin(&self) -> bool {
        self.app.bayargg_shape == Shape::Plugin
    }

    /// Where this server is, as the caller called it.
    pub(super) fn host(&self) -> &str {
        self.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("127.0.0.1")
    }

    /// A call of the table that makes no bill and looks at none.
    pub(super) async fn serve(&self, act: impl FnOnce(Option<Fault>) -> Answer) -> Response {
        self.serve_as(Operation::Call, &PLAYED, act).await
    }

    /// `act` is asked only with the right key.
    pub(super) async fn serve_as(
        &self,
        operation: Operation,
        played: &'static Played,
        act: impl FnOnce(Option<Fault>) -> Answer,
    ) -> Response {
        let act = |fault| self.wrong_key().unwrap_or_else(|| act(fault));
        call::serve(&self.app, played, operation, &self.cut, act).await
    }

    /// `None` when the key is right: in the header, and not in the query, which the newer pages no longer allow.
    fn wrong_key(&self) -> Option<Answer> {
        if self.query.contains_key("apiKey") {
            let message = "API Key lewat query tidak didukung. Gunakan header X-API-Key";
            return Some(refused(StatusCode::UNAUTHORIZED, message));
        }
        let given = self.headers.get("x-api-key").map(|value| value.as_bytes());
        let right = given == Some(self.app.api_key.as_bytes());
        (!right).then(|| refused(StatusCode::UNAUTHORIZED, "API Key tidak valid"))
    }
}

/// `a=1&b=x+y%21`; of a name that stands twice the last one counts.
fn fields(text: &str) -> BTreeMap<String, String> {
    let plain =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

pub(super) fn failed(message: &str) -> Value {
    json!({"success": false, "error": message})
}

pub(super) fn done(body: Value) -> Answer {
    Answer::new(StatusCode::OK, body)
}

pub(super) fn refused(status: StatusCode, message: &str) -> Answer {
    Answer::new(status, failed(message))
}

pub(super) fn bad(message: &str) -> Answer {
    refused(StatusCode::BAD_REQUEST, message)
}

pub(super) async fn wrong_method() -> Answer {
    refused(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
}

/// The web server's own page: there is no such file.
pub(super) async fn no_page() -> Response {
    let page = "<!DOCTYPE html><html><head><title>404 Not Found</title></head>\
                <body><h1>Not Found</h1></body></html>";
    let media = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::NOT_FOUND, media, page).into_response()
}
