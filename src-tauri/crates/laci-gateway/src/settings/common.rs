//! The options that every gateway has.

use laci_core::{Rupiah, Zone};

use super::choice::{Cost, Hours};
use super::error::SettingsError;
use crate::contract::{Field, FieldForm};

pub const COMMON_OPTIONS: &[Field] = &[
    Field::new("timeout_ms", FieldForm::Number(100, 120_000)).or("15000"),
    Field::new("connect_timeout_ms", FieldForm::Number(100, 60_000)).or("5000"),
    Field::new("min_recheck_ms", FieldForm::Number(0, 3_600_000)).or("4000"),
    Field::new("expected_nmid", FieldForm::Text(20)),
    Field::new("zone", FieldForm::OneOf(&["WIB", "WITA", "WIT"])).or("WIB"),
    Field::new("cost_bps", FieldForm::Number(0, 10_000)).or("0"),
    Field::new("cost_rp", FieldForm::Number(0, 1_000_000)).or("0"),
    Field::new("hours", FieldForm::Text(11)),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonOptions {
    /// For a whole call, connecting included.
    pub timeout_ms: u32,
    /// For connecting alone; never more than `timeout_ms`.
    pub connect_timeout_ms: u32,
    /// The shortest wait between two status calls about one bill; 0 switches the waits and the budget off.
    pub min_recheck_ms: u32,
    /// Whose QR it must be; checked by the till.
    pub expected_nmid: Option<String>,
    /// The zone of this gateway's naive times.
    pub zone: Zone,
    /// What a payment costs here: for the choice among several gateways.
    pub cost: Cost,
    /// When it serves, in the shop's zone; always where nothing is said.
    pub hours: Option<Hours>,
}

impl CommonOptions {
    /// `text` is an option's value, or its default; each was checked against its field.
    pub(crate) fn read<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Result<Self, SettingsError> {
        let number = |name| text(name).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        let timeout_ms = number("timeout_ms");
        Ok(Self {
            timeout_ms,
            connect_timeout_ms: number("connect_timeout_ms").min(timeout_ms),
            min_recheck_ms: number("min_recheck_ms"),
            expected_nmid: text("expected_nmid").map(nmid_form).transpose()?,
            zone: text("zone").and_then(|word| word.parse().ok()).unwrap_or(Zone::Wib),
            cost: Cost { bps: number("cost_bps"), rp: Rupiah::from_u32(number("cost_rp")) },
            hours: text("hours").map(hours_form).transpose()?,
        })
    }
}

fn hours_form(text: &str) -> Result<Hours, SettingsError> {
    Hours::read(text).ok_or_else(|| SettingsError::BadOption {
        key: "hours".to_owned(),
        allowed: "06:00-23:00".to_owned(),
    })
}

/// 15 characters by the specification; stickers have 14 to 17.
fn nmid_form(text: &str) -> Result<String, SettingsError> {
    let allowed =
        (10..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    allowed.then(|| text.to_ascii_uppercase()).ok_or_else(|| SettingsError::BadOption {
        key: "expected_nmid".to_owned(),
        allowed: "ID1020000000001".to_owned(),
    })
}
