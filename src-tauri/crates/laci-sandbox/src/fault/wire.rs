//! What a fault does to an answer on its way out.

use std::convert::Infallible;
use std::io::{self, Write};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use serde_json::{Value, json};

use super::menu::Fault;
use crate::clock;
use crate::line::{Cut, Stop};
use crate::played::Played;

/// How long a silence lasts when the other side does not give up first.
const HANG: Duration = Duration::from_secs(120);
const HUGE_CHUNKS: usize = 50;
const HUGE_CHUNK_BYTES: usize = 1_000_000;
const AMOUNTS: [&str; 10] = [
    "amount",
    "fee",
    "unique_code",
    "total_amount",
    "net_amount",
    "final_amount",
    "gross_amount",
    "price",
    "selling_price",
    "admin",
];

/// What the gateway itself answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        text(self.status, "application/json", self.body.to_string())
    }
}

fn text(status: StatusCode, media: &'static str, body: impl Into<Body>) -> Response {
    (status, [(header::CONTENT_TYPE, media)], body.into()).into_response()
}

fn page(status: StatusCode, title: &str) -> Response {
    let body = format!(
        "<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    );
    text(status, "text/html; charset=utf-8", body)
}

/// The answer of a fault behind which nothing happens; `None` for all others.
pub(crate) fn before(fault: Fault, played: &Played, cut: &Cut) -> Option<Response> {
    let json = |status, body| Some(Answer::new(status, body).into_response());
    let failed = (played.failed)("Terjadi kesalahan");
    match fault {
        Fault::Html => Some(page(StatusCode::OK, "Selamat datang")),
        Fault::Cloudflare => {
            let mut challenge = page(StatusCode::FORBIDDEN, "Just a moment...");
            let value = header::HeaderValue::from_static("challenge");
            challenge.headers_mut().insert(HeaderName::from_static("cf-mitigated"), value);
            Some(challenge)
        }
        Fault::Maintenance => {
            Some(page(StatusCode::SERVICE_UNAVAILABLE, "Situs sedang dalam pemeliharaan"))
        }
        Fault::Status { status } => {
            json(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), failed)
        }
        Fault::ErrorWith200 => json(StatusCode::OK, failed),
        Fault::RateLimited { retry_after_s } => Some(rate_limited(retry_after_s, played)),
        Fault::Redirect => Some(redirect(StatusCode::FOUND, "/masuk?dari=api")),
        Fault::RedirectAway => {
            Some(redirect(StatusCode::TEMPORARY_REDIRECT, "https://gateway-lain.example/api?k=1"))
        }
        Fault::Huge => Some(text(StatusCode::OK, "application/json", huge())),
        Fault::ResetFirst => {
            cut.reset();
            Some(StatusCode::OK.into_response())
        }
        // It wants the key, which only the call knows.
        Fault::Echo
        | Fault::Slow { .. }
        | Fault::CommitThenHang
        | Fault::CommitThenReset
        | Fault::CommitThenError
        | Fault::HalfThenHang
        | Fault::CutBody
        | Fault::Truncated
        | Fault::Bom
        | Fault::Notice
        | Fault::Gzip
        | Fault::AmountStrings
        | Fault::NullsAndExtras
        | Fault::DuplicateKeys
        | Fault::SkewedClock { .. }
        | Fault::UnknownWord
        | Fault::OtherReference
        | Fault::AnothersBill
        | Fault::TotalTooHigh
        | Fault::QrWrongAmount
        | Fault::QrWrongMerchant
        | Fault::QrBadCrc
        | Fault::QrStatic
        | Fault::PaidLate
        | Fault::PaidTwice => None,
    }
}

/// A refusal that shows the key, as PHP writes it.
pub(crate) fn echo(api_key: &str, played: &Played) -> Response {
    let body = (played.failed)(&format!("API Key tidak valid, seharusnya {api_key}"));
    text(StatusCode::UNAUTHORIZED, "application/json", body.to_string().replace('/', "\\/"))
}

fn rate_limited(retry_after_s: u32, played: &Played) -> Response {
    let body = (played.trouble)("Too Many Attempts.");
    let mut response = Answer::new(StatusCode::TOO_MANY_REQUESTS, body).into_response();
    if retry_after_s > 0 {
        response.headers_mut().insert(header::RETRY_AFTER, retry_after_s.into());
    }
    response
}

fn redirect(status: StatusCode, to: &'static str) -> Response {
    (status, [(header::LOCATION, to)]).into_response()
}

fn huge() -> Body {
    let chunk = Bytes::from(vec![b' '; HUGE_CHUNK_BYTES]);
    let start = Bytes::from_static(b"{\"success\":true,\"padding\":\"");
    let chunks = std::iter::once(start).chain(std::iter::repeat_n(chunk, HUGE_CHUNKS));
    Body::from_stream(stream::iter(chunks.map(Ok::<_, Infallible>)))
}

/// Sends the gateway's answer as the fault has it.
pub(crate) async fn send(
    answer: Answer,
    fault: Option<Fault>,
    played: &Played,
    cut: &Cut,
    stop: Stop,
) -> Response {
    let Some(fault) = fault else { return answer.into_response() };
    let status = answer.status;
    let whole = answer.body.to_string();
    let half = Bytes::copy_from_slice(&whole.as_bytes()[..whole.len() / 2]);
    let json = |body: Body| text(status, "application/json", body);
    match fault {
        Fault::Slow { ms } => {
            stop.sleep(Duration::from_millis(u64::from(ms)).min(HANG)).await;
            answer.into_response()
        }
        Fault::CommitThenHang => {
            stop.sleep(HANG).await;
            cut.reset();
            answer.into_response()
        }
        Fault::CommitThenReset => {
            cut.reset();
            answer.into_response()
        }
        Fault::CommitThenError => {
            Answer::new(StatusCode::INTERNAL_SERVER_ERROR, (played.trouble)("Server Error"))
                .into_response()
        }
        Fault::HalfThenHang => promised(json(ending(half, Some(stop))), whole.len()),
        Fault::CutBody => promised(json(ending(half, None)), whole.len()),
        Fault::Truncated => json(half.into()),
        Fault::Bom => json(format!("\u{feff}{whole}").into()),
        Fault::Notice => {
            json(format!("<br />\n<b>Notice</b>: Undefined variable<br />\n{whole}").into())
        }
        Fault::Gzip => gzip(status, &whole),
        Fault::DuplicateKeys => text(status, "application/json", doubled(&answer.body, played)),
        Fault::SkewedClock { seconds } => dated(answer.into_response(), seconds),
        Fault::AmountStrings
        | Fault::NullsAndExtras
        | Fault::UnknownWord
        | Fault::OtherReference => {
            let body = changed(answer.body, fault, played);
            Answer::new(status, body).into_response()
        }
        // These have done their work before the answer was written.
        Fault::TotalTooHigh
        | Fault::AnothersBill
        | Fault::QrWrongAmount
        | Fault::QrWrongMerchant
        | Fault::QrBadCrc
        | Fault::QrStatic
        | Fault::PaidLate
        | Fault::PaidTwice
        | Fault::Html
        | Fault::Cloudflare
        | Fault::Maintenance
        | Fault::Status { .. }
        | Fault::ErrorWith200
        | Fault::Echo
        | Fault::RateLimited { .. }
        | Fault::Redirect
        | Fault::RedirectAway
        | Fault::Huge
        | Fault::ResetFirst => answer.into_response(),
    }
}

/// With a clock that is this many seconds off.
fn dated(mut response: Response, seconds: i32) -> Response {
    let date = clock::http_date(clock::now_s().saturating_add(i64::from(seconds)));
    if let Ok(date) = header::HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// `half`, then a silence where there is a `stop` to end it, then a broken connection.
fn ending(half: Bytes, silence: Option<Stop>) -> Body {
    Body::from_stream(stream::unfold((Some(half), silence), |(half, silence)| async move {
        if let Some(half) = half {
            return Some((Ok(half), (None, silence)));
        }
        if let Some(stop) = silence {
            stop.sleep(HANG).await;
        }
        Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), (None, None)))
    }))
}

fn promised(mut response: Response, length: usize) -> Response {
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    response
}

fn gzip(status: StatusCode, whole: &str) -> Response {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(whole.as_bytes()).and_then(|()| encoder.finish());
    match packed {
        Ok(packed) => {
            let mut response = text(status, "application/json", packed);
            let value = header::HeaderValue::from_static("gzip");
            response.headers_mut().insert(header::CONTENT_ENCODING, value);
            response
        }
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", error.to_string()),
    }
}

/// The body with each field of its bill standing twice, the first time as the word `paid`.
fn doubled(body: &Value, played: &Played) -> String {
    let twice = |fields: &serde_json::Map<String, Value>| {
        let pairs = fields.iter().map(|(name, value)| {
            let name = json!(name);
            format!("{name}:\"paid\",{name}:{value}")
        });
        format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
    };
    let Some(root) = body.as_object() else { return body.to_string() };
    let Some(inside) = played.fields_in.and_then(|name| root.get(name)?.as_object()) else {
        return twice(root);
    };
    let pairs = root.iter().map(|(name, value)| {
        let value = if played.fields_in == Some(name) { twice(inside) } else { value.to_string() };
        format!("{}:{value}", json!(name))
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
}

fn changed(mut body: Value, fault: Fault, played: &Played) -> Value {
    let place = match played.fields_in {
        Some(name) => body.get_mut(name),
        None => Some(&mut body),
    };
    let place = match place {
        Some(Value::Array(rows)) => {
            let row = Played { fields_in: None, ..*played };
            rows.iter_mut().for_each(|bill| *bill = changed(bill.take(), fault, &row));
            return body;
        }
        other => other,
    };
    let Some(fields) = place.and_then(Value::as_object_mut) else { return body };
    if fault == Fault::AmountStrings {
        for name in AMOUNTS {
            fields.entry(name).and_modify(|amount| *amount = json!(format!("{amount}.00")));
        }
    }
    if fault == Fault::NullsAndExtras {
        for name in ["fee", "unique_code", "net_amount", "expired_at", "created_at", "paid_at"] {
            fields.entry(name).and_modify(|field| *field = Value::Null);
        }
        fields
            .insert("meta".to_owned(), json!({"versi": 2, "catatan": [null, {"success": false}]}));
    }
    if fault == Fault::UnknownWord {
        fields.insert("status".to_owned(), json!("diproses"));
    }
    if fault == Fault::OtherReference {
        for (name, other) in played.others {
            fields.insert((*name).to_owned(), json!(other));
        }
    }
    body
}
