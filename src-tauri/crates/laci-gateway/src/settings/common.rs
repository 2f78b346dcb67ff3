//! The options that every gateway has.

use laci_core::Zone;

use super::error::SettingsError;
use super::options::Options;
use crate::contract::{Field, FieldForm};

pub const COMMON_OPTIONS: &[Field] = &[
    Field::new("timeout_ms", FieldForm::Number(100, 120_000)).or("15000"),
    Field::new("connect_timeout_ms", FieldForm::Number(100, 60_000)).or("5000"),
    Field::new("min_recheck_ms", FieldForm::Number(0, 3_600_000)).or("4000"),
    Field::new("expected_nmid", FieldForm::Text(20)),
    Field::new("zone", FieldForm::OneOf(&["WIB", "WITA", "WIT"])).or("WIB"),
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
}

impl CommonOptions {
    pub(crate) fn read(options: &Options<'_>) -> Result<Self, SettingsError> {
        let timeout_ms = options.number("timeout_ms");
        Ok(Self {
            timeout_ms,
            connect_timeout_ms: options.number("connect_timeout_ms").min(timeout_ms),
            min_recheck_ms: options.number("min_recheck_ms"),
            expected_nmid: options.text("expected_nmid").map(nmid_form).transpose()?,
            // Its check has found it to be one of the three.
            zone: options.text("zone").and_then(|text| text.parse().ok()).unwrap_or(Zone::Wib),
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<CommonOptions, SettingsError> {
        let given =
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        CommonOptions::read(&Options::check(&given, crate::provider::kind("kropay")?)?)
    }

    #[test]
    fn defaults_and_bounds() {
        let common = read(&[]).unwrap();
        assert_eq!((common.timeout_ms, common.connect_timeout_ms), (15_000, 5_000));
        assert_eq!(
            common.zone,
            Zone::Wib,
            "gateways speak of Jakarta's time unless told otherwise"
        );
        assert_eq!(read(&[("timeout_ms", "900")]).unwrap().connect_timeout_ms, 900);
        assert_eq!(read(&[("min_recheck_ms", "0")]).unwrap().min_recheck_ms, 0);
        for (key, bad) in
            [("timeout_ms", "0"), ("timeout_ms", "9e9"), ("zone", "UTC"), ("expected_nmid", "?")]
        {
            assert_eq!(read(&[(key, bad)]).unwrap_err().code(), "option_invalid", "{key}={bad}");
        }
    }
}
