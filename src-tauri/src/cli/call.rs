//! `laci gateway ops` and `laci gateway call`: every documented call of a provider. A create is a sale like any other,
//! with the provider's own fields beside.

use std::path::PathBuf;
use std::sync::Arc;

use laci_till::gateway::{Given, MAX_FILE_BYTES, Value as Given1};
use laci_till::wire::{LineInput, OperationView, Via};
use laci_till::{By, Charge, Refusal, Result, Sentence, Till, TillError};
use serde_json::{Value, json};

use super::outcome::Outcome;
use super::payment::told;

const CREATE: &str = "create";
const NAME: &str = "Penjualan";

pub(super) fn operations(till: &Till, name: &str) -> Result<Outcome> {
    let operations = till.gateway_operations(name)?;
    let text = operations.iter().map(shown).collect::<String>();
    Ok(Outcome::done(json!({ "operations": operations }), text))
}

fn shown(operation: &OperationView) -> String {
    let mut text = format!("{} · {} · {}\n", operation.name, operation.effect, operation.about);
    for field in &operation.fields {
        let mark = if field.required { "*" } else { "" };
        let default = field.default.as_deref().map_or(String::new(), |word| format!(" = {word}"));
        text.push_str(&format!("    {}{mark}: {}{default}\n", field.name, field.allowed));
    }
    text
}

pub(super) async fn run(
    till: &Arc<Till>,
    by: By,
    (name, operation): (&str, &str),
    params: &[(String, String)],
    files: &[(String, PathBuf)],
) -> Result<Outcome> {
    if operation == CREATE && files.is_empty() {
        return create(till, by, name, params).await;
    }
    let mut given =
        params.iter().fold(Given::default(), |given, (key, text)| given.with(key, text));
    for (key, path) in files {
        given.0.insert(key.clone(), read(path)?);
    }
    let called = till.gateway_call(by, name, operation, given).await?;
    let text = table(&called.answer, 0);
    let json = json!({
        "outcome": called.end.as_str(),
        "answer": called.answer,
        "http_status": called.http_status,
        "latency_ms": called.latency_ms,
    });
    Ok(Outcome::done(json, text))
}

/// A sale of one line, its payment, and what the gateway answered to the create.
async fn create(
    till: &Arc<Till>,
    by: By,
    name: &str,
    params: &[(String, String)],
) -> Result<Outcome> {
    let payment = till.payment_start(by, charge(name, params)?).await?;
    let id = payment.id.parse().map_err(|_| Refusal::PaymentUnknown)?;
    let answer = till.create_answer(id)?;
    let mut outcome = told(till, &payment, till.lang());
    if let Value::Object(fields) = &mut outcome.json {
        fields.insert("answer".to_owned(), answer);
    }
    Ok(outcome)
}

/// What a sale has of its own goes to its place; everything else is the provider's.
fn charge(name: &str, params: &[(String, String)]) -> Result<Charge> {
    let (mut amount, mut description, mut customer, mut method) = (None, None, None, None);
    let mut extra = std::collections::BTreeMap::new();
    for (key, text) in params {
        match key.as_str() {
            "amount" => amount = text.parse::<i64>().ok(),
            "description" => description = Some(text.clone()),
            "customer_name" => customer = Some(text.clone()),
            "payment_method" => method = Some(text.clone()),
            _ => {
                extra.insert(key.clone(), text.clone());
            }
        }
    }
    let unit_price = amount.ok_or_else(|| {
        TillError::Refused(Sentence::new(
            "param_missing",
            "Isian amount belum ada atau bukan angka. Tidak ada yang dikirim.",
            "The field amount is missing or no number. Nothing was sent.",
        ))
    })?;
    let line = description.clone().unwrap_or_else(|| NAME.to_owned());
    Ok(Charge {
        lines: vec![LineInput { name: line, quantity: 1, unit_price }],
        via: Via::Gateway { name: name.to_owned(), method, extra },
        order: None,
        description,
        customer,
    })
}

fn read(path: &std::path::Path) -> Result<Given1> {
    let failed = |why: String| {
        TillError::Refused(Sentence::new(
            "file_unreadable",
            format!("Berkas {} tidak bisa dibaca ({why}). Tidak ada yang dikirim.", path.display()),
            format!("The file {} cannot be read ({why}). Nothing was sent.", path.display()),
        ))
    };
    let size = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if usize::try_from(size).map_or(true, |size| size > MAX_FILE_BYTES) {
        return Err(failed("> 5 MB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Given1::File { name: name.unwrap_or_default(), bytes })
}

/// An answer as a labelled table: shapes are the provider's, so nothing is left out.
fn table(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| match value {
                Value::Object(_) | Value::Array(_) => {
                    format!("{indent}{name}:\n{}", table(value, depth + 1))
                }
                Value::String(text) => format!("{indent}{name}: {text}\n"),
                Value::Null | Value::Bool(_) | Value::Number(_) => {
                    format!("{indent}{name}: {value}\n")
                }
            })
            .collect(),
        Value::Array(items) => {
            items.iter().map(|item| format!("{indent}-\n{}", table(item, depth + 1))).collect()
        }
        Value::String(text) => format!("{indent}{text}\n"),
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("{indent}{value}\n"),
    }
}
