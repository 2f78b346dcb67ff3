//! Keys and how they are kept out of every text. Deliberately absent: where keys are stored (the shell's).

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use crate::encode;

/// A gateway's key. Its `Debug` is `***`; its memory is overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The key itself, for a header or a signature only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// One gateway's keys by their names (`api_key`, ...).
#[derive(Clone, Debug, Default)]
pub struct Secrets(pub BTreeMap<String, Secret>);

impl Secrets {
    pub fn get(&self, name: &str) -> Option<&Secret> {
        self.0.get(name)
    }

    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), Secret::new(text));
        self
    }
}

/// Replaces a gateway's keys, in the forms in which they travel, by `***`.
#[derive(Clone, Debug, Default)]
pub struct Redactor(Vec<Secret>);

const MARK: &[u8] = b"***";

impl Redactor {
    pub fn new(secrets: &Secrets) -> Self {
        let mut needles = Vec::new();
        for secret in secrets.0.values().filter(|secret| !secret.expose().is_empty()) {
            let plain = secret.expose();
            let quoted = Zeroizing::new(serde_json::Value::from(plain).to_string());
            let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
            // PHP's encoder writes a slash as `\/`.
            for form in [
                plain.to_owned(),
                encode::segment(plain),
                inner.to_owned(),
                inner.replace('/', "\\/"),
            ] {
                let form = Secret::new(form);
                if !needles.contains(&form) {
                    needles.push(form);
                }
            }
        }
        // A key that is part of another must not break the longer one apart.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.expose().len()));
        Self(needles)
    }

    /// The same, and a request's own signature beside it.
    pub(crate) fn and(&self, sign: Option<&Secret>) -> Self {
        let mut needles = self.0.clone();
        needles.extend(sign.cloned());
        Self(needles)
    }

    /// `bytes` without any key. Text without one is returned as it came.
    pub fn bytes(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        for needle in &self.0 {
            bytes = cut_out(bytes, needle.expose().as_bytes());
        }
        bytes
    }

    pub fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes().to_vec())).into_owned()
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn cut_out(bytes: Vec<u8>, needle: &[u8]) -> Vec<u8> {
    if find(&bytes, needle).is_none() {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let Some(at) = find(rest, needle) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(MARK);
        rest = &rest[at + needle.len()..];
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_every_key_is_cut_out() {
        let secrets =
            Secrets::default().with("api_key", "kunci/\"rahasia\"").with("other", "kunci/\"r");
        let redactor = Redactor::new(&secrets);
        let text = redactor.text(
            r#"a kunci/"rahasia" b kunci%2F%22rahasia%22 c kunci/\"rahasia\" d kunci\/\"rahasia\" e kunci/"r"#,
        );
        assert_eq!(text, "a *** b *** c *** d *** e ***");
        assert_eq!(redactor.text("nothing here"), "nothing here");
    }

    #[test]
    fn debug_shows_no_key() {
        let secrets = Secrets::default().with("api_key", "kunci-kenari");
        let shown = format!("{secrets:?} {:?}", Redactor::new(&secrets));
        assert!(!shown.contains("kenari"), "{shown}");
    }
}
