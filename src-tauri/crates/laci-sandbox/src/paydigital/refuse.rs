//! Refusals: the document's codes, in its envelope with a `message`, which is what its clients read.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::ask::Asked;
use crate::app::App;
use crate::fault::Answer;

pub(super) fn body(message: &str) -> Value {
    json!({"status": "error", "message": message})
}

pub(super) fn refused(status: StatusCode, message: &str) -> Answer {
    Answer::new(status, body(message))
}

pub(super) async fn wrong_method() -> Answer {
    refused(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
}

/// The web server's own page: there is no such file.
pub(super) async fn no_page() -> Response {
    let page = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n\
                <title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n</body></html>\n";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=iso-8859-1")], page)
        .into_response()
}

/// `None` when the key is right: in the header, or as `api_key` in the form.
pub(super) fn wrong_key(app: &App, asked: &Asked) -> Option<Answer> {
    let right = asked.key().is_some_and(|key| key == &*app.api_key);
    (!right).then(|| refused(StatusCode::UNAUTHORIZED, "API Key tidak valid atau kadaluarsa"))
}
