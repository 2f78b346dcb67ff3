//! The providers. Adding one: a folder here, and one line in `KINDS`.

mod field;
mod kind;
mod kropay;
mod paydigital;

use laci_core::GatewaySettings;

pub use kind::Kind;

use crate::contract::Provider;
use crate::secret::Secrets;
use crate::settings::{self, BaseUrl, COMMON_OPTIONS, CommonOptions, SettingsError};

const KINDS: &[Kind] = &[kropay::KIND, paydigital::KIND];

/// Every provider that can be configured.
pub fn kinds() -> &'static [Kind] {
    KINDS
}

fn kind(code: &str) -> Result<&'static Kind, SettingsError> {
    KINDS.iter().find(|kind| kind.code == code).ok_or_else(|| SettingsError::UnknownKind {
        known: KINDS.iter().map(|kind| kind.code).collect(),
    })
}

/// Settings that passed every check which needs no key.
pub(crate) struct Checked {
    kind: &'static Kind,
    pub(crate) base: BaseUrl,
    pub(crate) common: CommonOptions,
}

/// Checks everything but the keys: kind, address (empty means the provider's own), options.
pub(crate) fn check(settings: &GatewaySettings) -> Result<Checked, SettingsError> {
    let kind = kind(&settings.kind)?;
    let given = settings.base_url.trim();
    let address = if given.is_empty() { kind.default_base_url.unwrap_or_default() } else { given };
    let base = BaseUrl::parse(address)?;
    settings::refuse_unknown(&settings.options, &[COMMON_OPTIONS, kind.options])?;
    let common = CommonOptions::read(&settings.options)?;
    (kind.check)(settings)?;
    Ok(Checked { kind, base, common })
}

impl Checked {
    pub(crate) fn provider(
        &self,
        settings: &GatewaySettings,
        secrets: &Secrets,
    ) -> Result<Box<dyn Provider>, SettingsError> {
        settings::check_secrets(secrets, self.kind.secrets)?;
        (self.kind.build)(&self.common, settings, secrets)
    }
}
