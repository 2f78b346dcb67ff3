//! The providers. Adding one: a folder here, and one line in `KINDS`; docs/ADDING-A-GATEWAY.md has it step by step.

mod bayargg;
mod call;
mod digiswitch;
mod field;
mod kind;
mod kropay;
mod midtrans;
mod page;
mod paydigital;

use laci_core::GatewaySettings;

pub use kind::{Kind, Orders, Purpose, SecretField};

use crate::contract::Provider;
use crate::secret::Secrets;
use crate::settings::{BaseUrl, CommonOptions, SettingsError};
use kind::{Making, Options};

const KINDS: &[Kind] = &[
    paydigital::KIND, //
    bayargg::KIND,
    kropay::KIND,
    midtrans::KIND,
    digiswitch::KIND,
];

/// Every provider that can be configured.
pub fn kinds() -> &'static [Kind] {
    KINDS
}

/// The provider of this code.
///
/// # Errors
/// [`SettingsError::UnknownKind`]
pub fn kind(code: &str) -> Result<&'static Kind, SettingsError> {
    KINDS.iter().find(|kind| kind.code == code).ok_or_else(|| SettingsError::UnknownKind {
        known: KINDS.iter().map(|kind| kind.code).collect(),
    })
}

/// Settings that passed every check which needs no key.
pub(crate) struct Checked<'a> {
    pub(crate) kind: &'static Kind,
    pub(crate) base: BaseUrl,
    pub(crate) common: CommonOptions,
    options: Options<'a>,
}

/// Checks everything but the keys: kind, address (empty means the provider's own), options.
pub(crate) fn check(settings: &GatewaySettings) -> Result<Checked<'_>, SettingsError> {
    let kind = kind(&settings.kind)?;
    let given = settings.base_url.trim();
    let address = if given.is_empty() { kind.default_base_url.unwrap_or_default() } else { given };
    let base = BaseUrl::parse(address)?;
    let options = Options::check(&settings.options, kind)?;
    let common = CommonOptions::read(|name| options.text(name))?;
    Ok(Checked { kind, base, common, options })
}

impl Checked<'_> {
    pub(crate) fn provider(
        &self,
        settings: &GatewaySettings,
        secrets: &Secrets,
    ) -> Result<Box<dyn Provider>, SettingsError> {
        kind::check_secrets(secrets, self.kind.secrets)?;
        (self.kind.build)(Making { common: &self.common, settings, options: self.options, secrets })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::contract::{Effect, Given, check_fields};

    #[test]
    fn the_tables_hold_together() {
        for kind in KINDS {
            let mut seen = BTreeSet::new();
            for operation in kind.operations {
                let name = format!("{} {}", kind.code, operation.name);
                assert!(seen.insert(operation.name), "{name}: twice");
                assert!(!operation.about.id.is_empty() && !operation.about.en.is_empty(), "{name}");
                assert!(operation.path.starts_with('/'), "{name}");
                let other = operation.on_405.map(|other| kind.operation(other));
                assert_ne!(other, Some(None), "{name}: falls back on nothing");
                for field in operation.fields {
                    let Some(default) = field.default else { continue };
                    let given = Given::default().with(field.name, default);
                    assert_eq!(check_fields(&[*field], &given), Ok(()), "{name}: {}", field.name);
                }
            }
            let collects = kind.operations.iter().filter(|one| one.effect == Effect::Collect);
            assert_eq!(
                collects.map(|one| one.name).collect::<Vec<_>>(),
                if kind.purpose == Purpose::Collects { vec!["create"] } else { Vec::new() },
                "{}",
                kind.code
            );
            for field in kind.options {
                let Some(default) = field.default else { continue };
                let given = Given::default().with(field.name, default);
                assert_eq!(
                    check_fields(&[*field], &given),
                    Ok(()),
                    "{}: {}",
                    kind.code,
                    field.name
                );
            }
        }
    }
}
