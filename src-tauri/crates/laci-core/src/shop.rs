//! What the owner sets: the shop, its own QRIS, its gateways, its limits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::GatewayName;
use crate::money::Rupiah;
use crate::time::{CutOff, Zone};
use crate::unique_code::Direction;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    pub name: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
    pub zone: Zone,
    pub cut_off: CutOff,
}

/// `max_amount`: QRIS takes at most Rp 10.000.000 per payment (Bank Indonesia, since 2022-03-01); a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub max_amount: Rupiah,
    #[serde(default)]
    pub code_direction: Direction,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_amount: Rupiah::from_u32(10_000_000), code_direction: Direction::default() }
    }
}

/// The shop's own static QRIS, pinned by its NMID or, without one, by the PAN of its first account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnQris {
    pub payload: String,
    pub merchant: String,
    pub pin: PinnedMerchant,
}

/// Whose QR it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "value", rename_all = "snake_case")]
pub enum PinnedMerchant {
    Nmid(String),
    Pan(String),
}

impl PinnedMerchant {
    pub fn value(&self) -> &str {
        match self {
            Self::Nmid(value) | Self::Pan(value) => value,
        }
    }
}

/// One gateway as the owner set it up. Secrets stand elsewhere; `key_hint` is the last four characters of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewaySettings {
    pub name: GatewayName,
    /// The provider: `kropay`, ...
    pub kind: String,
    pub base_url: String,
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    #[serde(default)]
    pub key_hint: String,
}
