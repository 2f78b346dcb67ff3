//! What settings and keys together say of a gateway. Deliberately absent: changing either.

use laci_core::{GatewayName, GatewaySettings, Method};
use laci_gateway::Secrets;

use crate::secrets::Vault;

/// The practice gateway's key: it guards nothing and stands in no vault.
pub const PRACTICE_KEY: &str = "kunci-latihan";

pub(crate) fn secret_name(gateway: &GatewayName, field: &str) -> String {
    format!("gateway/{gateway}/{field}")
}

/// The keys of one gateway, as far as they can be read now.
pub(crate) fn gateway_secrets(vault: &Vault, set: &GatewaySettings, practice: bool) -> Secrets {
    let fields = laci_gateway::provider::kinds()
        .iter()
        .find(|kind| kind.code == set.kind)
        .map_or(&[][..], |kind| kind.secrets);
    let mut secrets = Secrets::default();
    for field in fields {
        let kept = vault.get(&secret_name(&set.name, field.name));
        let practiced =
            (practice && field.required).then(|| laci_gateway::Secret::new(PRACTICE_KEY));
        if let Some(secret) = kept.or(practiced) {
            secrets.0.insert(field.name.to_owned(), secret);
        }
    }
    secrets
}

/// A gateway as people read it: its provider's name, and the shop's own name for it where it has several.
pub(crate) fn title_of(all: &[GatewaySettings], name: &GatewayName) -> String {
    let Some(set) = all.iter().find(|set| &set.name == name) else { return name.to_string() };
    let kinds = laci_gateway::provider::kinds();
    let title =
        kinds.iter().find(|kind| kind.code == set.kind).map_or(set.kind.as_str(), |kind| kind.name);
    let alone = all.iter().filter(|other| other.kind == set.kind).count() == 1;
    if alone { title.to_owned() } else { format!("{title} ({name})") }
}

/// How it was to be paid, in the provider's words.
pub(crate) fn way_of(method: &Method, gateways: &[GatewaySettings]) -> String {
    match method {
        Method::Cash { .. } => "Tunai".to_owned(),
        Method::OwnQris { .. } => "QRIS".to_owned(),
        Method::Gateway { gateway, method, .. } => {
            let set = gateways.iter().find(|set| &set.name == gateway);
            let kind = set.and_then(|set| laci_gateway::provider::kind(&set.kind).ok());
            let known = kind.map_or(&[][..], |kind| kind.methods);
            let named = known.iter().find(|one| Some(one.code.as_ref()) == method.as_deref());
            let label = named.or(known.first().filter(|_| method.is_none()));
            let word = method.clone().unwrap_or_else(|| "QRIS".to_owned());
            label.map_or(word, |one| one.label.to_string())
        }
    }
}
