//! What can be sold with a payment: the lists behind the create's own fields that name something of the gateway's.

use std::sync::Arc;

use laci_gateway::{Field, FieldRole, Given};
use serde_json::Value;

use super::send::gateway_name;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{ChargeChoices, ChoiceView};

const NAMES: [&str; 6] = ["name", "title", "file_name", "original_name", "filename", "label"];
const MOST: usize = 200;

impl Till {
    /// Asks for each list that this gateway has. One that cannot be read stays empty: its number can still be typed.
    pub async fn charge_choices(self: &Arc<Self>, name: &str) -> Result<ChargeChoices> {
        let gateway = self.gateway(&gateway_name(name)?)?;
        let mut choices = ChargeChoices::default();
        let create = gateway.kind().operation("create");
        let picked = create.into_iter().flat_map(|create| create.fields).filter_map(picked_from);
        for (field, list) in picked {
            let asked = self.gateway_call(By::TILL, name, list, Given::default()).await;
            let listed = match asked {
                Ok(called) => rows(&called.answer).iter().filter_map(choice).take(MOST).collect(),
                Err(error) => {
                    tracing::warn!(gateway = name, list, code = error.code(), "no list");
                    Vec::new()
                }
            };
            choices.fields.insert(field.to_owned(), listed);
        }
        Ok(choices)
    }
}

/// A field whose value names a row of a list, and the call that lists them.
fn picked_from(field: &'static Field) -> Option<(&'static str, &'static str)> {
    match field.role {
        FieldRole::Pick(list) => Some((field.name, list)),
        FieldRole::Own | FieldRole::Sale | FieldRole::Reference => None,
    }
}

/// The rows of a list: the first array that holds objects, at the root, in `data`, or one level deeper.
pub(super) fn rows(answer: &Value) -> Vec<Value> {
    fn of(value: &Value, deep: u8) -> Option<&Vec<Value>> {
        match value {
            Value::Array(rows) if !rows.is_empty() && rows.iter().all(Value::is_object) => {
                Some(rows)
            }
            Value::Object(fields) if deep > 0 => {
                let first = fields.get("data").and_then(|data| of(data, deep - 1));
                first.or_else(|| fields.values().find_map(|value| of(value, deep - 1)))
            }
            Value::Array(_)
            | Value::Object(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => None,
        }
    }
    of(answer, 3).cloned().unwrap_or_default()
}

/// A scalar as text; nothing for what is none.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn choice(row: &Value) -> Option<ChoiceView> {
    let id = row.get("id").and_then(text_of)?;
    let name = NAMES.iter().find_map(|name| row.get(*name).and_then(text_of));
    Some(ChoiceView { name: name.unwrap_or_else(|| id.clone()), id })
}
