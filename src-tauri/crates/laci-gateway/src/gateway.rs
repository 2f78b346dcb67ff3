//! One configured gateway: settings that were checked, the provider built from them, and its keys' redactor.

use laci_core::{GatewayName, GatewaySettings};

use crate::contract::{Biller, Collector, Provider};
use crate::provider::{self, Kind};
use crate::secret::{Redactor, Secrets};
use crate::settings::{BaseUrl, CommonOptions, SettingsError};

#[derive(Debug)]
pub struct Gateway {
    name: GatewayName,
    kind: &'static Kind,
    base: BaseUrl,
    common: CommonOptions,
    provider: Box<dyn Provider>,
    redactor: Redactor,
}

impl Gateway {
    /// # Errors
    /// Any [`SettingsError`]; nothing is sent to find out.
    pub fn new(settings: &GatewaySettings, secrets: &Secrets) -> Result<Self, SettingsError> {
        let checked = provider::check(settings)?;
        let provider = checked.provider(settings, secrets)?;
        Ok(Self {
            name: settings.name.clone(),
            kind: checked.kind,
            base: checked.base,
            common: checked.common,
            provider,
            redactor: Redactor::new(secrets),
        })
    }

    /// Checks settings before there are keys.
    ///
    /// # Errors
    /// Any [`SettingsError`] but those about keys.
    pub fn check_settings(settings: &GatewaySettings) -> Result<(), SettingsError> {
        provider::check(settings).map(|_| ())
    }

    pub fn name(&self) -> &GatewayName {
        &self.name
    }

    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// How it collects; `None` for one that pays bills.
    pub fn collector(&self) -> Option<&dyn Collector> {
        self.provider.collector()
    }

    /// How it pays bills; `None` for one that does not.
    pub fn biller(&self) -> Option<&dyn Biller> {
        self.provider.biller()
    }

    pub fn provider(&self) -> &dyn Provider {
        self.provider.as_ref()
    }

    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    pub fn common(&self) -> &CommonOptions {
        &self.common
    }

    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }
}
