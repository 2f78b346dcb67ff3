//! Tables of calls and fields, as people read them.

use laci_core::Lang;
use laci_gateway::{Field, Operation};

use crate::wire::{GatewayField, OperationView};

pub(crate) fn field_view(field: &Field, secret: bool) -> GatewayField {
    GatewayField {
        name: field.name.to_owned(),
        secret,
        required: field.required,
        default: field.default.map(str::to_owned),
        form: field.form.word().to_owned(),
        choices: field.form.choices().iter().map(|word| (*word).to_owned()).collect(),
        allowed: field.form.allowed(),
    }
}

pub(crate) fn operation_view(operation: &Operation, lang: Lang) -> OperationView {
    OperationView {
        name: operation.name.to_owned(),
        about: operation.about.text(lang).to_owned(),
        effect: operation.effect.as_str().to_owned(),
        fields: operation.fields.iter().map(|field| field_view(field, false)).collect(),
    }
}
