//! What a shop's settings say: which methods it offers, its own stickers, and whose pages a customer may be sent to.

use std::collections::BTreeMap;

use laci_core::{GatewaySettings, Rupiah, Zone};
use laci_qris::Qris;
use reqwest::Url;
use serde_json::value::RawValue;

use crate::contract::{AmountLimits, PayMethod};
use crate::provider::kind::Making;
use crate::settings::SettingsError;

/// An option of a QRIS that the shop hung up itself: with the method's word behind it.
pub(super) const OWN_QRIS: &str = "own_qris.";
pub(super) const METHODS: &[PayMethod] = &[
    PayMethod::new("qris", "QRIS Bayar.gg"),
    PayMethod::new("qris_user", "QRIS BRI"),
    PayMethod::new("gopay_qris", "QRIS GoPay"),
    PayMethod::new(OVO, "OVO"),
];
pub(super) const OVO: &str = "ovo";
/// The provider's own merchant, under its old and its new word.
const HOUSE: [&str; 2] = ["qris", "qris_bayar_gg"];
const MINIMUM: Rupiah = Rupiah::from_u32(1_000);
const HOUSE_MAXIMUM: Rupiah = Rupiah::from_u32(500_000);
/// The provider's own pages.
const PAGES: [&str; 2] = ["https://www.bayar.gg", "https://bayar.gg"];
const MAX_URL_CHARS: usize = 300;

#[derive(Debug)]
pub(super) struct Shop {
    /// The first is the default one.
    pub(super) methods: Vec<String>,
    pub(super) payment_url: String,
    pub(super) ovo_number: Option<String>,
    pub(super) use_qris_converter: Option<String>,
    /// By method.
    own_qris: BTreeMap<String, Qris>,
    /// Scheme, host and port of every page that may be shown.
    pages: Vec<Url>,
    /// Of the gateway's naive times.
    pub(super) zone: Zone,
}

impl Shop {
    pub(super) fn read(making: &Making<'_>) -> Result<Self, SettingsError> {
        let options = &making.options;
        let owned = |name| options.text(name).map(str::to_owned);
        let payment_url = owned("payment_url").unwrap_or_default();
        Ok(Self {
            methods: methods(
                options.text("method").unwrap_or_default(),
                options.text("methods").unwrap_or_default(),
            )?,
            ovo_number: owned("ovo_number"),
            use_qris_converter: owned("use_qris_converter"),
            own_qris: own_qris(options.all())?,
            pages: pages(making.settings, &payment_url),
            payment_url,
            zone: making.common.zone,
        })
    }

    /// The word for `method`, or for the default one.
    pub(super) fn method<'a>(&'a self, method: Option<&'a str>) -> &'a str {
        method.or_else(|| self.methods.first().map(String::as_str)).unwrap_or_default()
    }

    pub(super) fn own_qris(&self, method: &str) -> Option<&Qris> {
        self.own_qris.get(method)
    }

    /// A page of the provider's, of this address or of the checkout's: under https, or as the address itself where
    /// that is plain http, which only this machine and a shop's own network may be.
    pub(super) fn page(&self, raw: &RawValue) -> Option<String> {
        let text: String = serde_json::from_str(raw.get()).ok()?;
        let url = Url::parse(text.trim()).ok()?;
        let bare = url.username().is_empty() && url.password().is_none();
        let known = self.pages.iter().any(|page| page.origin() == url.origin());
        (bare && known && url.as_str().chars().count() <= MAX_URL_CHARS).then(|| url.to_string())
    }
}

pub(super) fn is_house(method: &str) -> bool {
    HOUSE.contains(&method)
}

pub(super) fn limits(method: &str) -> AmountLimits {
    AmountLimits { minimum: MINIMUM, maximum: is_house(method).then_some(HOUSE_MAXIMUM) }
}

/// A method that has no label here is shown by its own word.
pub(super) fn labelled(method: &str) -> PayMethod {
    let known = METHODS.iter().find(|known| known.code == method);
    known.cloned().unwrap_or_else(|| PayMethod {
        code: method.to_owned().into(),
        label: method.to_owned().into(),
    })
}

/// The default one, then the others, none of them twice.
fn methods(default: &str, list: &str) -> Result<Vec<String>, SettingsError> {
    if default.contains(',') {
        let allowed = METHODS.iter().map(|method| method.code.as_ref()).collect::<Vec<_>>();
        return Err(SettingsError::BadOption {
            key: "method".to_owned(),
            allowed: allowed.join(" | "),
        });
    }
    let mut methods = vec![default.to_owned()];
    for method in list.split(',') {
        if !methods.iter().any(|known| known == method) {
            methods.push(method.to_owned());
        }
    }
    Ok(methods)
}

fn own_qris(options: &BTreeMap<String, String>) -> Result<BTreeMap<String, Qris>, SettingsError> {
    let own = options.iter().filter_map(|(name, text)| Some((name.strip_prefix(OWN_QRIS)?, text)));
    own.map(|(method, text)| match laci_qris::parse(text) {
        Ok(qris) => Ok((method.to_owned(), qris)),
        Err(_) => Err(SettingsError::BadOption {
            key: format!("{OWN_QRIS}{method}"),
            allowed: crate::contract::FieldForm::Qris.allowed(),
        }),
    })
    .collect()
}

fn pages(settings: &GatewaySettings, payment_url: &str) -> Vec<Url> {
    let own = [settings.base_url.trim(), payment_url];
    PAGES.iter().chain(&own).filter_map(|page| Url::parse(page).ok()).collect()
}
