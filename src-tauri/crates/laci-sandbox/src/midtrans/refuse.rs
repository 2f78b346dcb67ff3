//! Refusals: the document's codes, in the shape that a small Flask host gives them.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::APP_CODE;
use crate::app::App;
use crate::fault::Answer;

pub(super) fn body(message: &str) -> Value {
    json!({"error": message})
}

/// Snap's own refusal, handed on.
pub(super) fn by_snap(message: &str) -> Answer {
    Answer::new(StatusCode::BAD_REQUEST, json!({"error_messages": [message]}))
}

pub(super) async fn wrong_method() -> Response {
    page(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
}

/// Flask's own page: there is no such route.
pub(super) async fn no_page() -> Response {
    page(StatusCode::NOT_FOUND, "Not Found")
}

fn page(status: StatusCode, title: &str) -> Response {
    let number = status.as_u16();
    let body = format!(
        "<!doctype html>\n<html lang=en>\n<title>{number} {title}</title>\n<h1>{title}</h1>\n"
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}

/// `None` when application and key are right.
pub(super) fn wrong_key(app: &App, headers: &HeaderMap) -> Option<Answer> {
    let given = |name| headers.get(name).map(header::HeaderValue::as_bytes);
    let right = given("x-app-code") == Some(APP_CODE.as_bytes())
        && given("x-api-key") == Some(app.api_key.as_bytes());
    (!right).then(|| Answer::new(StatusCode::UNAUTHORIZED, body("Unauthorized")))
}
