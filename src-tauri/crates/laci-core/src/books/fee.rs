//! What a gateway keeps of a payment (MDR), as data that the owner can edit.
//!
//! The rates are Bank Indonesia's as the news gave them (sources beside each row), not read in the regulation itself,
//! and gateways take fees of their own; so they are only an estimate at the moment of payment, which the settlement
//! corrects. The shop bears them: no fee is ever added to a price (PBI 23/6/PBI/2021 art. 52(1)).

use serde::{Deserialize, Serialize};

use crate::id::GatewayName;
use crate::money::Rupiah;
use crate::time::BusinessDate;

/// How the acquirer classes the shop. It stands in the contract with it; a shop is not asked to guess its turnover.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MerchantClass {
    /// Usaha mikro.
    #[default]
    Umi,
    /// Usaha kecil.
    Uke,
    /// Usaha menengah.
    Ume,
    /// Usaha besar.
    Ube,
    Education,
    /// SPBU.
    Fuel,
    /// Badan layanan umum, public service obligation.
    BluPso,
    /// Social, donations, places of worship, G2P and P2G.
    Social,
}

impl MerchantClass {
    pub const ALL: [Self; 8] = [
        Self::Umi,
        Self::Uke,
        Self::Ume,
        Self::Ube,
        Self::Education,
        Self::Fuel,
        Self::BluPso,
        Self::Social,
    ];
}

/// A rate: `basis_points` of the amount (30 is 0.3 %), plus `fixed` rupiah.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub basis_points: u32,
    #[serde(default)]
    pub fixed: Rupiah,
}

/// How a part of a rupiah is rounded, for each payment by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeRounding {
    /// To the nearest rupiah, half up. No source names the acquirers' rule; this one is never off by more than half
    /// a rupiah, to neither side.
    #[default]
    HalfUp,
    Down,
    Up,
}

/// From `from` on, payments of at most `up_to` rupiah (any, if none) pay `rate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassRate {
    pub class: MerchantClass,
    pub from: BusinessDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Rupiah>,
    pub rate: Rate,
}

/// What a gateway takes in place of the class's rate, from `from` on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayRate {
    pub gateway: GatewayName,
    pub from: BusinessDate,
    pub rate: Rate,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeTable {
    pub classes: Vec<ClassRate>,
    #[serde(default)]
    pub gateways: Vec<GatewayRate>,
    #[serde(default)]
    pub rounding: FeeRounding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeeError {
    #[error("no rate holds for this class, amount and date")]
    NoRate,
    #[error("a fee is taken of an amount of zero or more")]
    AmountNegative,
    #[error("a fee beyond what the books can hold")]
    Overflow,
    #[error("a rate above 100 % or a fixed fee below zero")]
    RateOutOfRange,
    #[error("two rates hold for the same class or gateway, amount and date")]
    Ambiguous,
    #[error("no rate holds for large amounts from that date on")]
    NoTop,
}

impl FeeError {
    /// Stable, English, snake_case.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRate => "fee_no_rate",
            Self::AmountNegative => "amount_negative",
            Self::Overflow => "books_overflow",
            Self::RateOutOfRange => "fee_rate_out_of_range",
            Self::Ambiguous => "fee_ambiguous",
            Self::NoTop => "fee_no_top",
        }
    }
}

/// The fee in rupiah on one payment of `amount` rupiah on `date`. `gateway` is none for the shop's own QRIS. A
/// gateway's own rate goes before the class's. It may exceed the amount when a fixed fee does.
pub fn fee(
    table: &FeeTable,
    class: MerchantClass,
    gateway: Option<&GatewayName>,
    amount: Rupiah,
    date: BusinessDate,
) -> Result<Rupiah, FeeError> {
    if amount < Rupiah::ZERO {
        return Err(FeeError::AmountNegative);
    }
    let own = gateway.and_then(|gateway| table.gateway_rate(gateway, date));
    let rate = own.or_else(|| table.class_rate(class, amount, date)).ok_or(FeeError::NoRate)?;
    rate.of(amount, table.rounding)
}

impl Rate {
    fn of(self, amount: Rupiah, rounding: FeeRounding) -> Result<Rupiah, FeeError> {
        let parts = amount.get().checked_mul(i64::from(self.basis_points));
        let parts = parts.ok_or(FeeError::Overflow)?;
        let raise = match rounding {
            FeeRounding::HalfUp => 5_000,
            FeeRounding::Down => 0,
            FeeRounding::Up => 9_999,
        };
        let whole = parts.checked_add(raise).ok_or(FeeError::Overflow)? / 10_000;
        let whole = Rupiah::new(whole).map_err(|_| FeeError::Overflow)?;
        whole.checked_add(self.fixed).map_err(|_| FeeError::Overflow)
    }

    fn is_sensible(self) -> bool {
        self.basis_points <= 10_000 && self.fixed >= Rupiah::ZERO
    }
}

impl FeeTable {
    fn gateway_rate(&self, gateway: &GatewayName, date: BusinessDate) -> Option<Rate> {
        let rows = self.gateways.iter().filter(|row| row.gateway == *gateway && row.from <= date);
        rows.max_by_key(|row| row.from).map(|row| row.rate)
    }

    /// Of the rows with the latest start, the lowest bracket that reaches the amount.
    fn class_rate(&self, class: MerchantClass, amount: Rupiah, date: BusinessDate) -> Option<Rate> {
        let rows = || self.classes.iter().filter(|row| row.class == class && row.from <= date);
        let start = rows().map(|row| row.from).max()?;
        let reaching =
            rows().filter(|row| row.from == start && row.up_to.is_none_or(|most| amount <= most));
        reaching.min_by_key(|row| (row.up_to.is_none(), row.up_to)).map(|row| row.rate)
    }

    /// Whether an edited table gives one rate for every amount: no two rows for the same thing, and each start with a
    /// row without upper end.
    pub fn check(&self) -> Result<(), FeeError> {
        let rates = self.classes.iter().map(|row| row.rate);
        if !rates.chain(self.gateways.iter().map(|row| row.rate)).all(Rate::is_sensible) {
            return Err(FeeError::RateOutOfRange);
        }
        for (at, row) in self.classes.iter().enumerate() {
            let group = |other: &&ClassRate| (other.class, other.from) == (row.class, row.from);
            let mut later = self.classes.iter().skip(at + 1).filter(group);
            if later.any(|other| other.up_to == row.up_to) {
                return Err(FeeError::Ambiguous);
            }
            if !self.classes.iter().filter(group).any(|other| other.up_to.is_none()) {
                return Err(FeeError::NoTop);
            }
        }
        for (at, row) in self.gateways.iter().enumerate() {
            let mut later = self.gateways.iter().skip(at + 1);
            if later.any(|other| other.gateway == row.gateway && other.from == row.from) {
                return Err(FeeError::Ambiguous);
            }
        }
        Ok(())
    }
}
