//! Refusals, in Laravel's shape.

use axum::http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::app::App;
use crate::fault::Answer;

pub(crate) async fn not_found() -> Answer {
    Answer::new(StatusCode::NOT_FOUND, json!({"message": "The route could not be found."}))
}

pub(super) async fn wrong_method() -> Answer {
    let body = json!({"message": "The method is not supported for this route."});
    Answer::new(StatusCode::METHOD_NOT_ALLOWED, body)
}

/// `None` when the key is right.
pub(super) fn wrong_key(app: &App, headers: &HeaderMap) -> Option<Answer> {
    let given = headers.get("x-api-key").map(|value| value.as_bytes());
    let right = given == Some(app.api_key.as_bytes());
    let body = json!({"success": false, "message": "API Key tidak valid."});
    (!right).then(|| Answer::new(StatusCode::UNAUTHORIZED, body))
}

pub(super) fn invalid(field: &str, why: &str) -> Answer {
    let body = json!({"success": false, "message": why, "errors": {field: [why]}});
    Answer::new(StatusCode::UNPROCESSABLE_ENTITY, body)
}
