//! The options that every gateway has.

use std::collections::BTreeMap;

use laci_core::Zone;

use super::error::SettingsError;
use super::options::number;

pub const COMMON_OPTIONS: &[&str] =
    &["timeout_ms", "connect_timeout_ms", "min_recheck_ms", "expected_nmid", "zone"];

const TIMEOUT_MS: u32 = 15_000;
const CONNECT_TIMEOUT_MS: u32 = 5_000;
const MIN_RECHECK_MS: u32 = 4_000;

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
    pub(crate) fn read(options: &BTreeMap<String, String>) -> Result<Self, SettingsError> {
        let timeout_ms = number(options, "timeout_ms", TIMEOUT_MS, 100..=120_000)?;
        let connect = number(options, "connect_timeout_ms", CONNECT_TIMEOUT_MS, 100..=60_000)?;
        let zone = match options.get("zone") {
            None => Zone::Wib,
            Some(text) => text.parse().map_err(|_| SettingsError::BadOption {
                key: "zone",
                allowed: "WIB, WITA, WIT".to_owned(),
            })?,
        };
        Ok(Self {
            timeout_ms,
            connect_timeout_ms: connect.min(timeout_ms),
            min_recheck_ms: number(options, "min_recheck_ms", MIN_RECHECK_MS, 0..=3_600_000)?,
            expected_nmid: options.get("expected_nmid").map(|nmid| nmid_form(nmid)).transpose()?,
            zone,
        })
    }
}

/// 15 characters by the specification; stickers have 14 to 17.
fn nmid_form(text: &str) -> Result<String, SettingsError> {
    let allowed =
        (10..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    allowed.then(|| text.to_ascii_uppercase()).ok_or_else(|| SettingsError::BadOption {
        key: "expected_nmid",
        allowed: "ID1020000000001".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<CommonOptions, SettingsError> {
        CommonOptions::read(
            &pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        )
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
