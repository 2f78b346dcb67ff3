//! Gateways: kinds, list, add, remove. A key goes into the vault before the log names its gateway.

use std::collections::BTreeMap;

use laci_core::{Body, GatewayName, GatewaySettings, Lang, Method, PinnedMerchant, Refusal};
use laci_gateway::provider::Purpose;
use laci_gateway::{
    Collector, Field, FieldForm, FieldRole, Gateway, HealthState, Operation, PayMethod,
};
use laci_ledger::{AttemptRow, Op, Settings};

use crate::by::By;
use crate::call::{field_view, operation_view};
use crate::error::{Result, Sentence, TillError};
use crate::gateways::{gateway_secrets, secret_name, title_of};
use crate::till::Till;
use crate::wire::{GatewayAdd, GatewayField, GatewayKind, GatewayView, Light, MethodView, Notice};

/// A key's length, as far as a form needs to know.
const SECRET_CHARS: usize = 512;
/// More open bills than any counter has.
const WATCHED_MAX: u32 = 10_000;

/// Every kind of gateway that can be added; needs no till.
pub fn gateway_kinds(lang: Lang) -> Vec<GatewayKind> {
    laci_gateway::provider::kinds().iter().map(|kind| kind_view(kind, lang)).collect()
}

fn kind_view(kind: &'static laci_gateway::provider::Kind, lang: Lang) -> GatewayKind {
    let secrets = kind.secrets.iter().map(|secret| {
        let form = FieldForm::Text(SECRET_CHARS);
        let field = Field { required: secret.required, ..Field::new(secret.name, form) };
        field_view(&field, true)
    });
    let options = kind.all_options().map(|field| field_view(field, false));
    GatewayKind {
        kind: kind.code.to_owned(),
        title: kind.name.to_owned(),
        base_url: kind.default_base_url.unwrap_or_default().to_owned(),
        pays_bills: kind.purpose == Purpose::PaysBills,
        minimum: kind.limits.minimum.get(),
        maximum: kind.limits.maximum.map(|most| most.get()),
        methods: kind.methods.iter().map(|method| method.code.to_string()).collect(),
        fields: secrets.chain(options).chain(kind.operations.iter().map(path_field)).collect(),
        operations: kind.operations.iter().map(|one| operation_view(one, lang)).collect(),
    }
}

/// The option by which a call's path is another than the document's.
fn path_field(operation: &Operation) -> GatewayField {
    GatewayField {
        name: format!("path.{}", operation.name),
        default: Some(operation.path.to_owned()),
        ..field_view(&Field::new("", FieldForm::Path(None)), false)
    }
}

fn method_views(collector: &dyn Collector) -> Vec<MethodView> {
    let view = |method: PayMethod| {
        let limits = collector.limits(Some(&method.code));
        MethodView {
            minimum: limits.minimum.get(),
            maximum: limits.maximum.map(|most| most.get()),
            code: method.code.into_owned(),
            label: method.label.into_owned(),
        }
    };
    collector.methods().into_iter().map(view).collect()
}

fn document_methods(kind: &laci_gateway::provider::Kind) -> Vec<MethodView> {
    let view = |method: &PayMethod| MethodView {
        code: method.code.to_string(),
        label: method.label.to_string(),
        minimum: kind.limits.minimum.get(),
        maximum: kind.limits.maximum.map(|most| most.get()),
    };
    kind.methods.iter().map(view).collect()
}

/// The fields of a kind's create that have no place of their own in a sale.
fn extra_fields(kind: &laci_gateway::provider::Kind) -> Vec<GatewayField> {
    let create = kind.operation("create").map_or(&[][..], |create| create.fields);
    let own = create.iter().filter(|field| field.role != FieldRole::Sale);
    own.map(|field| field_view(field, false)).collect()
}

impl Till {
    pub(crate) fn gateway_title(&self, name: &GatewayName) -> String {
        self.settings().map_or_else(|_| name.to_string(), |set| title_of(&set.gateways, name))
    }

    pub fn gateway_list(&self) -> Result<Vec<GatewayView>> {
        let settings = self.settings()?;
        let now = self.ports.now();
        let views = settings.gateways.iter().map(|set| {
            let health = self.executor.health(&set.name);
            let kind = laci_gateway::provider::kind(&set.kind).ok();
            let gateway = self.gateway(&set.name);
            let collector = gateway.as_ref().ok().and_then(|gateway| gateway.collector());
            GatewayView {
                name: set.name.to_string(),
                kind: set.kind.clone(),
                title: title_of(&settings.gateways, &set.name),
                base_url: set.base_url.clone(),
                options: set.options.clone(),
                key_hint: set.key_hint.clone(),
                light: if gateway.is_err() { Light::Down } else { light(health.state) },
                latency_ms: health.latency_ms,
                last_ok_at: health
                    .last_ok_ago_ms
                    .map(|ago| now.0.saturating_sub(i64::try_from(ago).unwrap_or(i64::MAX))),
                pinned: pinned(&settings, &set.name),
                pays_bills: kind.is_some_and(|kind| kind.purpose == Purpose::PaysBills),
                plain_http: gateway.as_ref().is_ok_and(|gateway| gateway.base().is_plain_http()),
                minimum: kind.map_or(0, |kind| kind.limits.minimum.get()),
                maximum: collector
                    .map(|collector| collector.limits(None))
                    .and_then(|limits| limits.maximum)
                    .map(|most| most.get()),
                methods: match (collector, kind) {
                    (Some(collector), _) => method_views(collector),
                    // Its keys cannot be read now: what its document has.
                    (None, Some(kind)) => document_methods(kind),
                    (None, None) => Vec::new(),
                },
                has_orders: kind.is_some_and(|kind| kind.orders.is_some()),
                extra: kind.map_or_else(Vec::new, extra_fields),
                problem: gateway.err().map(|error| Notice {
                    code: error.code().to_owned(),
                    message: error.sentence().text(self.lang()).to_owned(),
                }),
            }
        });
        Ok(views.collect())
    }

    /// Adds a gateway, or sets one of the same kind anew; the owner's. Keys that are not given are kept.
    ///
    /// Refused: `gateway_exists` (of another kind), every settings refusal.
    pub fn gateway_add(&self, by: By, add: &GatewayAdd) -> Result<GatewayView> {
        let name = GatewayName::new(&add.name).map_err(|_| bad_name())?;
        let before = self.settings()?.gateways.into_iter().find(|set| set.name == name);
        if before.as_ref().is_some_and(|set| set.kind != add.kind) {
            return Err(Refusal::GatewayExists { name: name.to_string() }.into());
        }
        let base_url = add.base_url.clone().unwrap_or_default().trim().to_owned();
        let key_hint = match add.secrets.get("api_key") {
            Some(key) => hint(key),
            None => before.map(|set| set.key_hint).unwrap_or_default(),
        };
        let options = add.options.clone();
        let settings = GatewaySettings {
            name: name.clone(),
            kind: add.kind.clone(),
            base_url,
            options,
            key_hint,
        };
        Gateway::check_settings(&settings)?;
        self.keep_keys(&settings, &add.secrets)?;
        self.transact(Op::Gateway, by, |tx| {
            tx.append(Body::GatewaySet { gateway: settings })?;
            Ok(())
        })?;
        self.executor.forget(&name);
        self.rebuild_gateways()?;
        self.tell(crate::wire::Push::StripChanged);
        let views = self.gateway_list()?;
        let added = views.into_iter().find(|view| view.name == name.as_str());
        added.ok_or_else(|| Refusal::GatewayUnknown { name: name.to_string() }.into())
    }

    /// Checks all keys together, then keeps the new ones.
    fn keep_keys(&self, set: &GatewaySettings, given: &BTreeMap<String, String>) -> Result<()> {
        if self.practice() {
            Gateway::new(set, &gateway_secrets(&self.vault(), set, true))?;
            return Ok(());
        }
        let mut vault = self.vault();
        let mut all = gateway_secrets(&vault, set, false);
        for (field, key) in given {
            all.0.insert(field.clone(), laci_gateway::Secret::new(key.trim()));
        }
        Gateway::new(set, &all)?;
        if given.is_empty() {
            return Ok(());
        }
        vault.ready_to_keep(None)?;
        let changes: Vec<_> = given
            .iter()
            .map(|(field, key)| (secret_name(&set.name, field), Some(key.trim().to_owned())))
            .collect();
        vault.keep(&changes)
    }

    /// Forgets a gateway and its keys; the owner's. Payments made through it stay in the books.
    pub fn gateway_remove(&self, by: By, name: &str) -> Result<Vec<GatewayView>> {
        let unknown = || Refusal::GatewayUnknown { name: name.to_owned() };
        let name = GatewayName::new(name).map_err(|_| unknown())?;
        let settings = self.settings()?;
        let set = settings.gateways.iter().find(|set| set.name == name).ok_or_else(unknown)?;
        if self.watches(&name)? {
            return Err(Refusal::GatewayWatched { name: name.to_string() }.into());
        }
        self.transact(Op::Gateway, by, |tx| {
            tx.append(Body::GatewayRemoved { name: name.clone() })?;
            Ok(())
        })?;
        self.forget_keys(set)?;
        self.executor.forget(&name);
        self.rebuild_gateways()?;
        self.tell(crate::wire::Push::StripChanged);
        self.gateway_list()
    }

    /// Whether a bill of this gateway can still be paid: without its key that money would never be seen.
    fn watches(&self, name: &GatewayName) -> Result<bool> {
        let now = self.ports.now();
        let open = self.read(|view| view.to_watch(now, WATCHED_MAX))?;
        let its = |row: &AttemptRow| matches!(&row.attempt.terms.method, Method::Gateway { gateway, .. } if gateway == name);
        if open.iter().any(|(row, _)| its(row)) {
            return Ok(true);
        }
        // A deferred charge that waits for it would wait for ever.
        Ok(self.payments_waiting()?.iter().any(its))
    }

    fn forget_keys(&self, set: &GatewaySettings) -> Result<()> {
        let mut vault = self.vault();
        let kept = gateway_secrets(&vault, set, false);
        let changes: Vec<_> =
            kept.0.keys().map(|field| (secret_name(&set.name, field), None)).collect();
        if changes.is_empty() { Ok(()) } else { vault.keep(&changes) }
    }

    /// Opens the secrets with their passphrase and builds the gateways again.
    pub fn secrets_unlock(&self, passphrase: &str) -> Result<()> {
        self.vault().unlock(passphrase)?;
        self.rebuild_gateways()?;
        self.tell(crate::wire::Push::StripChanged);
        Ok(())
    }

    pub fn secrets_locked(&self) -> bool {
        self.vault().state() == crate::secrets::VaultState::Locked
    }
}

pub(crate) fn light(state: HealthState) -> Light {
    match state {
        HealthState::Ready => Light::Ready,
        HealthState::Slow => Light::Slow,
        HealthState::Down => Light::Down,
        HealthState::Unknown => Light::Unknown,
    }
}

/// Every merchant that this gateway's QRs must name, one per way to pay.
fn pinned(settings: &Settings, name: &GatewayName) -> Option<String> {
    let own = settings.pins.iter().filter(|((gateway, _), _)| gateway == name);
    let values: Vec<&str> = own.map(|(_, pin)| PinnedMerchant::value(pin)).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// The last four characters, of keys long enough that four give nothing away.
fn hint(key: &str) -> String {
    let chars: Vec<char> = key.trim().chars().collect();
    if chars.len() < 12 { String::new() } else { chars[chars.len() - 4..].iter().collect() }
}

fn bad_name() -> TillError {
    TillError::Refused(Sentence::new(
        "gateway_name",
        "Nama gateway: huruf kecil, angka, - dan _, mulai dengan huruf, paling panjang 40.",
        "A gateway's name: small letters, digits, - and _, starting with a letter, at most 40.",
    ))
}
