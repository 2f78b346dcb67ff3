//! What the owner sets: the shop, its own QRIS, its gateways, its limits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::books::CashRounding;
use crate::books::fee::{FeeTable, GatewayRate, MerchantClass};
use crate::id::GatewayName;
use crate::money::Rupiah;
use crate::refusal::Refusal;
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

impl Limits {
    /// The largest limit that can be set: a thousand times what an ordinary counter sells, far below what would not
    /// fit into a QRIS (13 characters, EMV QRCPS merchant-presented 1.1, id 54).
    pub const MAX_AMOUNT_CEILING: Rupiah = Rupiah::from_u32(1_000_000_000);

    /// The same limits with another largest amount, in rupiah. Refused: 0 or less, above the ceiling.
    pub fn with_max_amount(self, max_amount: i64) -> Result<Self, Refusal> {
        let most = Self::MAX_AMOUNT_CEILING;
        match Rupiah::new(max_amount) {
            Ok(max_amount) if Rupiah::ZERO < max_amount && max_amount <= most => {
                Ok(Self { max_amount, ..self })
            }
            Ok(_) | Err(_) => Err(Refusal::LimitOutOfRange { most }),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_amount: Rupiah::from_u32(10_000_000), code_direction: Direction::default() }
    }
}

/// How the books count, from the entry that sets it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookRules {
    #[serde(default)]
    pub rounding: CashRounding,
    /// For the MDR of the own QRIS, and of gateways without a rate of their own.
    #[serde(default)]
    pub class: MerchantClass,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gateway_fees: Vec<GatewayRate>,
}

impl BookRules {
    /// Bank Indonesia's rates with the shop's own beside them.
    pub fn fees(&self) -> FeeTable {
        FeeTable { gateways: self.gateway_fees.clone(), ..FeeTable::of_bank_indonesia() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_an_amount_that_a_payment_could_have() {
        let set =
            |amount| Limits::default().with_max_amount(amount).map(|limits| limits.max_amount);
        assert_eq!(set(1), Ok(Rupiah::from_u32(1)));
        assert_eq!(set(1_000_000_000), Ok(Limits::MAX_AMOUNT_CEILING));
        for amount in [0, -1, 1_000_000_001, i64::MAX, i64::MIN] {
            assert!(matches!(set(amount), Err(Refusal::LimitOutOfRange { .. })), "{amount}");
        }
    }
}
