//! Reading options and keys: unknown names, numbers, paths. One refusal names what is allowed.

use std::collections::BTreeMap;

use super::error::SettingsError;
use crate::secret::Secrets;

/// What a key may be: a header carries it, and anything shorter could not be kept out of texts by replacing it.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 8..=512;

/// Refuses every option that stands in none of the lists.
pub fn refuse_unknown(
    options: &BTreeMap<String, String>,
    known: &[&'static [&'static str]],
) -> Result<(), SettingsError> {
    let known = || known.iter().flat_map(|list| list.iter().copied());
    match options.keys().find(|key| !known().any(|name| name == key.as_str())) {
        Some(key) => {
            Err(SettingsError::UnknownOption { key: key.clone(), known: known().collect() })
        }
        None => Ok(()),
    }
}

/// A whole number between the two ends, or `default` where the option is not set.
pub fn number(
    options: &BTreeMap<String, String>,
    key: &'static str,
    default: u32,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, SettingsError> {
    let Some(text) = options.get(key) else { return Ok(default) };
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        SettingsError::BadOption { key, allowed: format!("{} - {}", range.start(), range.end()) }
    })
}

/// A path of this gateway, starting with `/`; `{reference}` must stand in it exactly when `placeholder` is given.
pub fn path(
    options: &BTreeMap<String, String>,
    key: &'static str,
    default: &str,
    placeholder: Option<&str>,
) -> Result<String, SettingsError> {
    let path = options.get(key).map_or(default, String::as_str);
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/-._~{}".contains(c);
    let named = match placeholder {
        Some(name) => path.matches(name).count() == 1 && path.matches('{').count() == 1,
        None => !path.contains('{'),
    };
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains("..");
    if plain && named && path.len() <= 200 && path.chars().all(allowed) {
        return Ok(path.to_owned());
    }
    let allowed = match placeholder {
        Some(name) => format!("/api/.../{name}"),
        None => "/api/...".to_owned(),
    };
    Err(SettingsError::BadOption { key, allowed })
}

/// Refuses keys that are missing, unknown, or cannot travel in a header.
pub fn check_secrets(
    secrets: &Secrets,
    needed: &'static [&'static str],
) -> Result<(), SettingsError> {
    if let Some(key) = secrets.0.keys().find(|key| !needed.contains(&key.as_str())) {
        return Err(SettingsError::UnknownSecret { key: key.clone(), known: needed.to_vec() });
    }
    for &key in needed {
        let secret = secrets.get(key).ok_or(SettingsError::SecretMissing { key })?;
        let visible = secret.expose().bytes().all(|byte| byte.is_ascii_graphic());
        if !visible || !SECRET_CHARS.contains(&secret.expose().len()) {
            return Err(SettingsError::SecretForm { key });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_unknown_option_is_refused_with_the_known_ones() {
        let error =
            refuse_unknown(&options(&[("zon", "WIB")]), &[&["zone"], &["expired_in"]]).unwrap_err();
        assert_eq!(error.code(), "option_unknown");
        let sentence = error.sentence(laci_core::Lang::Id);
        assert!(sentence.contains("zone") && sentence.contains("expired_in"), "{sentence}");
    }

    #[test]
    fn paths_stay_on_this_host() {
        let asked = |text: &str| {
            path(&options(&[("path.status", text)]), "path.status", "/x", Some("{reference}"))
        };
        assert_eq!(asked("/v2/s/{reference}").unwrap(), "/v2/s/{reference}");
        for bad in [
            "v2/{reference}",
            "//evil/{reference}",
            "/v2",
            "/{a}/{reference}",
            "/../{reference}",
            "/a?b={reference}",
            "/{reference}/{reference}",
        ] {
            assert!(asked(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn keys_must_fit_a_header() {
        let check =
            |text: &str| check_secrets(&Secrets::default().with("api_key", text), &["api_key"]);
        assert_eq!(check("kunci-latihan"), Ok(()));
        for bad in ["", "1234567", "kunci dengan spasi", "kunci\r\nX-Evil: 1", "kuncí-latihan"] {
            assert_eq!(check(bad), Err(SettingsError::SecretForm { key: "api_key" }), "{bad:?}");
        }
        let extra =
            Secrets::default().with("api_key", "kunci-latihan").with("apikey", "kunci-latihan");
        assert_eq!(check_secrets(&extra, &["api_key"]).unwrap_err().code(), "secret_unknown");
        assert_eq!(
            check_secrets(&Secrets::default(), &["api_key"]).unwrap_err().code(),
            "secret_missing"
        );
    }
}
