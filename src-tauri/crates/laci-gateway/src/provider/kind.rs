//! What is the same for every gateway of one provider.

use laci_core::GatewaySettings;

use crate::contract::{AmountLimits, PayMethod, Provider};
use crate::secret::Secrets;
use crate::settings::{CommonOptions, SettingsError};

/// Makes a provider from settings that passed its check, and keys.
pub(super) type Build =
    fn(&CommonOptions, &GatewaySettings, &Secrets) -> Result<Box<dyn Provider>, SettingsError>;

/// What can be said of a provider before it is configured.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// `kropay`, ...
    pub code: &'static str,
    pub name: &'static str,
    /// What its address is unless the owner sets another.
    pub default_base_url: Option<&'static str>,
    /// The options of its own, beside the common ones.
    pub options: &'static [&'static str],
    /// Those of them that have no default.
    pub required: &'static [&'static str],
    pub secrets: &'static [&'static str],
    pub limits: AmountLimits,
    pub methods: &'static [PayMethod],
    /// Checks the options of its own, without keys.
    pub(super) check: fn(&GatewaySettings) -> Result<(), SettingsError>,
    pub(super) build: Build,
}
