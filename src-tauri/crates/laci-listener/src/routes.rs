//! Two addresses, both POST: `/callback/NAME` and `/relay`. Everything else is not there. Deliberately absent: CORS, so
//! that no page in a browser can read an answer, and any word about the shop.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use crate::limits::Limits;
use crate::{Came, Heard, Outside};

#[derive(Clone)]
struct Behind {
    outside: Arc<dyn Outside>,
    limits: Limits,
}

pub(crate) fn router(outside: Arc<dyn Outside>, limits: Limits) -> Router {
    Router::new()
        .route("/callback/{gateway}", post(callback))
        .route("/relay", post(relay))
        .with_state(Behind { outside, limits })
}

async fn callback(
    State(behind): State<Behind>,
    Path(gateway): Path<String>,
    request: Request,
) -> Response {
    match came(request, &behind.limits).await {
        Ok(came) => answer(behind.outside.callback(&gateway, came).await),
        Err(status) => status.into_response(),
    }
}

async fn relay(State(behind): State<Behind>, request: Request) -> Response {
    match came(request, &behind.limits).await {
        Ok(came) => answer(behind.outside.relay(came).await),
        Err(status) => status.into_response(),
    }
}

/// The whole request, if it comes in time and is small enough. A body that says beforehand that it is too large is not
/// read at all.
async fn came(request: Request, limits: &Limits) -> Result<Came, StatusCode> {
    let (parts, body) = request.into_parts();
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let said: Option<usize> = said.and_then(|text| text.parse().ok());
    if said.is_some_and(|bytes| bytes > limits.body_bytes) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = whole(body, limits.body_bytes, limits.read_within).await?;
    Ok(Came { headers: texts(&parts.headers), body })
}

async fn whole(body: Body, most: usize, within: Duration) -> Result<Vec<u8>, StatusCode> {
    match tokio::time::timeout(within, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}

fn answer(heard: Heard) -> Response {
    let (status, success) = match heard {
        Heard::Taken => (StatusCode::OK, true),
        Heard::Malformed => (StatusCode::UNPROCESSABLE_ENTITY, false),
        Heard::Forbidden => (StatusCode::UNAUTHORIZED, false),
        Heard::Unknown => (StatusCode::NOT_FOUND, false),
        Heard::Later => (StatusCode::SERVICE_UNAVAILABLE, false),
    };
    let json = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (status, json, format!("{{\"success\":{success}}}")).into_response();
    if heard == Heard::Later {
        let after = header::HeaderValue::from_static("5");
        response.headers_mut().insert(header::RETRY_AFTER, after);
    }
    response
}
