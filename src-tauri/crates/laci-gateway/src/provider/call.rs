//! Builds the requests of the tables, in the fields' order, and reads what they are answered with. Deliberately absent:
//! keys and signatures, which are each provider's own.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::field::trouble;
use super::kind::Options;
use super::page;
use crate::contract::{
    BodyForm, CallAnswer, Content, Field, FieldForm, Given, Header, Operation, RefusedBy,
    RefusedKind, Reply, Request, Value,
};
use crate::encode::{self, Form};
use crate::json::{self, quoted};

/// Where an operation is: its option `path.<name>`, else the document's path.
pub(super) fn path(operation: &Operation, options: &Options<'_>) -> String {
    options.path_of(operation.name).unwrap_or(operation.path).to_owned()
}

/// The request of `operation` at `path`. `fixed` comes first in a body: what the document wants and nobody gives.
pub(super) fn request(
    operation: &Operation,
    path: &str,
    given: &Given,
    fixed: &[(&str, &str)],
    headers: Vec<Header>,
) -> Request {
    let (target, in_path) = placed(path, given);
    let fields = || operation.fields.iter().filter(|field| !in_path.contains(&field.name));
    let pairs = || {
        let asked =
            fields().filter_map(|field| text(field, given).map(|text| (field.wire(), text)));
        fixed.iter().copied().chain(asked)
    };
    let (target, content) = match operation.body {
        BodyForm::Query => (with_query(target, pairs()), None),
        BodyForm::Form => {
            let form = pairs().fold(Form::new(), |form, (name, value)| form.with(name, value));
            (target, Some(Content::form(form.bytes())))
        }
        BodyForm::Json => (target, Some(json_body(fixed, fields(), given))),
        BodyForm::JsonOrFile => {
            let file = fields().find_map(|field| match given.0.get(field.name) {
                Some(Value::File { name, bytes }) => {
                    Some((field.wire(), name.as_str(), bytes.as_slice()))
                }
                Some(Value::Text(_)) | None => None,
            });
            let content = match file {
                Some(file) => multipart(pairs(), file),
                None => json_body(fixed, fields(), given),
            };
            (target, Some(content))
        }
    };
    Request { method: operation.method, target, headers, content }
}

/// Puts fields in braces into the path; says which.
fn placed<'a>(path: &str, given: &'a Given) -> (String, Vec<&'a str>) {
    let mut target = path.to_owned();
    let mut used = Vec::new();
    for (name, value) in &given.0 {
        let place = format!("{{{name}}}");
        if let (Value::Text(text), true) = (value, target.contains(&place)) {
            target = target.replace(&place, &encode::segment(text));
            used.push(name.as_str());
        }
    }
    (target, used)
}

fn text<'a>(field: &Field, given: &'a Given) -> Option<&'a str> {
    given.text(field.name).or(field.default)
}

fn with_query<'a>(target: String, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let query: Vec<String> =
        pairs.map(|(name, value)| format!("{name}={}", encode::segment(value))).collect();
    if query.is_empty() { target } else { format!("{target}?{}", query.join("&")) }
}

fn json_body<'a>(
    fixed: &[(&str, &str)],
    fields: impl Iterator<Item = &'a Field>,
    given: &Given,
) -> Content {
    let fixed = fixed.iter().map(|(name, text)| format!("{}:{}", quoted(name), quoted(text)));
    let asked = fields.filter_map(|field| {
        let text = text(field, given)?;
        let value = match field.form {
            // JSON has no `+5` and no `007`.
            FieldForm::Number(..) => {
                text.parse::<i64>().map_or_else(|_| quoted(text), |n| n.to_string())
            }
            FieldForm::Flag | FieldForm::Objects => text.to_owned(),
            FieldForm::Text(_)
            | FieldForm::Date
            | FieldForm::OneOf(_)
            | FieldForm::Words
            | FieldForm::Path(_)
            | FieldForm::Url
            | FieldForm::Qris
            | FieldForm::Account
            | FieldForm::Picture => quoted(text),
        };
        Some(format!("{}:{value}", quoted(field.wire())))
    });
    Content::json(format!("{{{}}}", fixed.chain(asked).collect::<Vec<_>>().join(",")))
}

/// RFC 7578. The boundary cannot stand in the file: it is lengthened until it does not.
fn multipart<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    (field, name, bytes): (&str, &str, &[u8]),
) -> Content {
    let mut boundary = "laci-".to_owned();
    while boundary.len() < 24 || bytes.windows(boundary.len()).any(|w| w == boundary.as_bytes()) {
        boundary.push(char::from(b'a' + u8::try_from(boundary.len() % 26).unwrap_or(0)));
    }
    let mut body = Vec::with_capacity(bytes.len() + 1024);
    let mut write = |text: String| body.extend_from_slice(text.as_bytes());
    for (name, value) in pairs {
        write(format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' })
        .collect();
    let media = media_of(bytes);
    write(format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {media}\r\n\r\n"
    ));
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Content::new(format!("multipart/form-data; boundary={boundary}"), body)
}

/// By the file's first bytes; the name's ending proves nothing.
fn media_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "application/octet-stream",
    }
}

/// The root of an answer that says whether the call worked, in any of the providers' ways.
#[derive(Deserialize)]
pub(super) struct Said<'a> {
    #[serde(borrow, default)]
    success: Option<&'a RawValue>,
    #[serde(borrow, default)]
    status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

impl Said<'_> {
    /// `success: false`; without a `success`, a root `status` that is a word for failing. Beside one, the root's
    /// `status` may be a payment's, and a failed payment was looked up all the same.
    pub(super) fn failed(&self) -> bool {
        if let Some(success) = self.success {
            return success.get() == "false";
        }
        let status = self.status.and_then(json::word);
        let word = matches!(status.as_deref(), Some("error" | "failed" | "fail" | "gagal"));
        word || self.status.is_some_and(|raw| raw.get() == "false")
    }

    pub(super) fn message(&self) -> String {
        [self.message, self.error].into_iter().flatten().find_map(json::text).unwrap_or_default()
    }
}

/// What an answer in JSON with `success` or `status` at its root says of a call. A look that found nothing (404 in the
/// gateway's own JSON) is a refusal, with the gateway's words.
pub(super) fn read(reply: &Reply) -> CallAnswer {
    let said: Said<'_> = match json::object(reply) {
        Ok(said) => said,
        Err(page) => return CallAnswer::Unknown(page::doubt(reply, page)),
    };
    let refused = |kind| CallAnswer::Refused(RefusedBy { kind, message: said.message() });
    match reply.status {
        200..=299 if !said.failed() => CallAnswer::Done,
        200..=299 => refused(RefusedKind::Other),
        401 | 403 => refused(RefusedKind::Key),
        402 | 404 => refused(RefusedKind::Other),
        405 => refused(RefusedKind::Address),
        400 | 422 => refused(RefusedKind::Request),
        status => CallAnswer::Unknown(trouble(status)),
    }
}
