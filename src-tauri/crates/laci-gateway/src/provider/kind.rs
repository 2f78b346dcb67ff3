//! What is the same for every gateway of one provider.

use laci_core::GatewaySettings;

use super::options::Options;
use crate::contract::{AmountLimits, Field, FieldForm, Operation, PayMethod, Provider, is_word};
use crate::secret::{Secret, Secrets};
use crate::settings::{COMMON_OPTIONS, CommonOptions, SettingsError};

/// Makes a provider from settings that passed every check, and keys.
pub(super) type Build = fn(Making<'_>) -> Result<Box<dyn Provider>, SettingsError>;

/// What a provider is made of.
pub(super) struct Making<'a> {
    pub(super) common: &'a CommonOptions,
    pub(super) settings: &'a GatewaySettings,
    pub(super) options: Options<'a>,
    pub(super) secrets: &'a Secrets,
}

impl Making<'_> {
    /// One of the kind's required keys.
    pub(super) fn key(&self, name: &'static str) -> Result<Secret, SettingsError> {
        self.secrets.get(name).cloned().ok_or(SettingsError::SecretMissing { key: name })
    }
}

/// What can be said of a provider before it is configured.
#[derive(Debug)]
pub struct Kind {
    /// `kropay`, ...
    pub code: &'static str,
    pub name: &'static str,
    pub purpose: Purpose,
    /// What its address is unless the owner sets another; `None` where each shop has its own.
    pub default_base_url: Option<&'static str>,
    /// The options of its own, beside the common ones and the paths of its operations. One that is called as a common
    /// one takes its place, with a default of its own.
    pub options: &'static [Field],
    /// Options whose names begin with this text and end with one word of the provider's own.
    pub option_families: &'static [(&'static str, FieldForm)],
    pub secrets: &'static [SecretField],
    pub limits: AmountLimits,
    pub methods: &'static [PayMethod],
    /// Every call that its document has, the create among them.
    pub operations: &'static [Operation],
    /// The orders of a store that the provider runs for the shop; `None` where it has none.
    pub orders: Option<Orders>,
    pub(super) build: Build,
}

/// What a shop has it for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Customers pay through it.
    Collects,
    /// It pays customers' bills out of the shop's deposit.
    PaysBills,
}

/// The operations behind a store's orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orders {
    /// Lists them, or one by its reference.
    pub list: &'static str,
    /// Hands one over or cancels it.
    pub end: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretField {
    pub name: &'static str,
    pub required: bool,
}

impl SecretField {
    pub(super) const fn required(name: &'static str) -> Self {
        Self { name, required: true }
    }

    pub(super) const fn optional(name: &'static str) -> Self {
        Self { name, required: false }
    }
}

impl Kind {
    /// Its own options, then the common ones that it has no other of.
    pub fn all_options(&'static self) -> impl Iterator<Item = &'static Field> {
        let own = |name| self.options.iter().any(|field| field.name == name);
        self.options.iter().chain(COMMON_OPTIONS.iter().filter(move |field| !own(field.name)))
    }

    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// What the option `name` of a family may be.
    pub(crate) fn family_form(&self, name: &str) -> Option<FieldForm> {
        let mut families = self.option_families.iter();
        let holds = |prefix: &str| name.strip_prefix(prefix).is_some_and(is_word);
        families.find(|(prefix, _)| holds(prefix)).map(|(_, form)| *form)
    }
}
