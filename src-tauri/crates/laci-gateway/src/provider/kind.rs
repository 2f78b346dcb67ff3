//! What is the same for every gateway of one provider, and the options and keys that one of them was given: unknown
//! names and odd values are refused before anything is kept, with what is allowed.

use std::collections::BTreeMap;

use laci_core::GatewaySettings;

use crate::contract::{
    AmountLimits, Field, FieldFault, FieldForm, Given, Operation, PayMethod, Provider,
    check_fields, is_word,
};
use crate::secret::{Secret, Secrets};
use crate::settings::{COMMON_OPTIONS, CommonOptions, SettingsError};

/// What a key may be: a header carries it, and anything shorter could not be kept out of texts by replacing it.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 8..=512;
const PATH: &str = "path.";

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

/// Options that fit their fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options<'a> {
    given: &'a BTreeMap<String, String>,
    kind: &'static Kind,
}

impl<'a> Options<'a> {
    /// Common ones, the kind's own and its families', and a `path.<operation>` for each of its operations.
    ///
    /// # Errors
    /// [`SettingsError::UnknownOption`], [`SettingsError::BadOption`]
    pub(super) fn check(
        given: &'a BTreeMap<String, String>,
        kind: &'static Kind,
    ) -> Result<Self, SettingsError> {
        let known: Vec<Field> = kind.all_options().copied().collect();
        let mut rest = Given::default();
        for (name, text) in given {
            if known.iter().any(|field| field.name == name) {
                rest = rest.with(name, text);
            } else if name.starts_with(PATH) {
                check_path(kind, &known, name, text)?;
            } else if let Some(form) = kind.family_form(name) {
                check_form(form, name, text)?;
            } else {
                rest = rest.with(name, text);
            }
        }
        check_fields(&known, &rest).map_err(|fault| told(fault, kind))?;
        Ok(Self { given, kind })
    }

    /// The value, or the field's default; blank is not given.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        let given = self.given.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
        given.or_else(|| self.kind.all_options().find(|field| field.name == name)?.default)
    }

    /// A number, which its check has found to be one; the default of a field without one is 0.
    pub(super) fn number(&self, name: &str) -> u32 {
        self.text(name).and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    pub(super) fn path_of(&self, operation: &str) -> Option<&'a str> {
        self.given.get(&format!("{PATH}{operation}")).map(String::as_str)
    }

    pub(super) fn all(&self) -> &'a BTreeMap<String, String> {
        self.given
    }
}

/// The path must hold the same field in braces as the document's.
fn check_path(
    kind: &'static Kind,
    known: &[Field],
    name: &str,
    path: &str,
) -> Result<(), SettingsError> {
    let operation = name.strip_prefix(PATH).and_then(|operation| kind.operation(operation));
    let Some(operation) = operation else {
        let known = names(kind, known.iter().map(|field| field.name));
        return Err(SettingsError::UnknownOption { key: name.to_owned(), known });
    };
    let placeholder = operation.path.find('{').map(|at| &operation.path[at..]);
    let placeholder = placeholder.and_then(|rest| rest.find('}').map(|end| &rest[..=end]));
    check_form(FieldForm::Path(placeholder), name, path)
}

/// One option that no list names.
fn check_form(form: FieldForm, name: &str, text: &str) -> Result<(), SettingsError> {
    let given = Given::default().with("value", text);
    check_fields(&[Field::new("value", form)], &given)
        .map_err(|_| SettingsError::BadOption { key: name.to_owned(), allowed: form.allowed() })
}

/// Every name that an option may have: these, the paths, the families'.
fn names(kind: &'static Kind, known: impl Iterator<Item = &'static str>) -> Vec<String> {
    let paths = kind.operations.iter().map(|one| format!("{PATH}{}", one.name));
    let families = kind.option_families.iter().map(|(prefix, _)| format!("{prefix}*"));
    known.map(str::to_owned).chain(paths).chain(families).collect()
}

fn told(fault: FieldFault, kind: &'static Kind) -> SettingsError {
    match fault {
        FieldFault::Unknown { name, known } => {
            SettingsError::UnknownOption { key: name, known: names(kind, known.into_iter()) }
        }
        FieldFault::Missing { name } => {
            let field = kind.options.iter().find(|field| field.name == name);
            let allowed = field.map_or_else(String::new, |field| field.form.allowed());
            SettingsError::BadOption { key: name.to_owned(), allowed }
        }
        FieldFault::Invalid { name, allowed } => {
            SettingsError::BadOption { key: name.to_owned(), allowed }
        }
    }
}

/// Refuses keys that are missing, unknown, or cannot travel in a header.
pub(super) fn check_secrets(
    secrets: &Secrets,
    fields: &'static [SecretField],
) -> Result<(), SettingsError> {
    let known = || fields.iter().map(|field| field.name);
    if let Some(key) = secrets.0.keys().find(|key| !known().any(|name| name == key.as_str())) {
        return Err(SettingsError::UnknownSecret { key: key.clone(), known: known().collect() });
    }
    for field in fields {
        let key = field.name;
        let Some(secret) = secrets.get(key) else {
            if field.required {
                return Err(SettingsError::SecretMissing { key });
            }
            continue;
        };
        let visible = secret.expose().bytes().all(|byte| byte.is_ascii_graphic());
        if !visible || !SECRET_CHARS.contains(&secret.expose().len()) {
            return Err(SettingsError::SecretForm { key });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use laci_core::Zone;

    use super::*;
    use crate::provider::kind;
    use crate::settings::CommonOptions;

    fn checked(pairs: &[(&str, &str)]) -> Result<(), SettingsError> {
        let given =
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Options::check(&given, kind("kropay").unwrap()).map(|_| ())
    }

    #[test]
    fn an_unknown_option_is_refused_with_the_known_ones() {
        for name in ["zon", "path.statuses"] {
            let error = checked(&[(name, "WIB")]).unwrap_err();
            assert_eq!(error.code(), "option_unknown");
            let sentence = error.sentence(laci_core::Lang::Id);
            for known in ["zone", "expired_in", "path.status"] {
                assert!(sentence.contains(known), "{sentence}");
            }
        }
    }

    #[test]
    fn the_path_of_a_call_keeps_what_stands_in_it() {
        assert_eq!(
            checked(&[("path.status", "/v2/s/{reference}"), ("path.create", "/v2")]),
            Ok(())
        );
        for (name, path) in
            [("path.status", "/v2"), ("path.create", "/{reference}"), ("path.create", "v2")]
        {
            assert_eq!(checked(&[(name, path)]).unwrap_err().code(), "option_invalid", "{path}");
        }
    }

    #[test]
    fn common_options_have_defaults_and_bounds() {
        let common = |pairs: &[(&str, &str)]| {
            let given: BTreeMap<String, String> =
                pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
            let options = Options::check(&given, kind("kropay").unwrap())?;
            CommonOptions::read(|name| options.text(name))
        };
        let bare = common(&[]).unwrap();
        assert_eq!((bare.timeout_ms, bare.connect_timeout_ms), (15_000, 5_000));
        assert_eq!(bare.zone, Zone::Wib, "gateways speak of Jakarta's time unless told otherwise");
        assert_eq!(common(&[("timeout_ms", "900")]).unwrap().connect_timeout_ms, 900);
        assert_eq!(common(&[("min_recheck_ms", "0")]).unwrap().min_recheck_ms, 0);
        for (key, bad) in
            [("timeout_ms", "0"), ("timeout_ms", "9e9"), ("zone", "UTC"), ("expected_nmid", "?")]
        {
            assert_eq!(common(&[(key, bad)]).unwrap_err().code(), "option_invalid", "{key}={bad}");
        }
    }

    #[test]
    fn keys_must_fit_a_header() {
        const NEEDED: &[SecretField] = &[SecretField { name: "api_key", required: true }];
        let check = |text: &str| check_secrets(&Secrets::default().with("api_key", text), NEEDED);
        assert_eq!(check("kunci-latihan"), Ok(()));
        for bad in ["", "1234567", "kunci dengan spasi", "kunci\r\nX-Evil: 1", "kuncí-latihan"] {
            assert_eq!(check(bad), Err(SettingsError::SecretForm { key: "api_key" }), "{bad:?}");
        }
        let extra =
            Secrets::default().with("api_key", "kunci-latihan").with("apikey", "kunci-latihan");
        assert_eq!(check_secrets(&extra, NEEDED).unwrap_err().code(), "secret_unknown");
        assert_eq!(
            check_secrets(&Secrets::default(), NEEDED).unwrap_err().code(),
            "secret_missing"
        );
        const SPARE: &[SecretField] = &[SecretField { name: "webhook_secret", required: false }];
        assert_eq!(check_secrets(&Secrets::default(), SPARE), Ok(()));
    }
}
