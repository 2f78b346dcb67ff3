//! A call's fields: a form in the body, the query, and the key where it stands.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use percent_encoding::percent_decode_str;

/// What PHP would find in its two arrays and in the header.
#[derive(Debug, Default)]
pub(super) struct Asked {
    query: BTreeMap<String, String>,
    form: BTreeMap<String, String>,
    bearer: Option<String>,
}

impl Asked {
    /// A body of any other type than a form's is not read, as in PHP.
    pub(super) fn read(headers: &HeaderMap, query: Option<&str>, body: &[u8]) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let is_form = text(header::CONTENT_TYPE)
            .is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"));
        let body = if is_form { std::str::from_utf8(body).unwrap_or_default() } else { "" };
        let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        Self {
            query: fields(query.unwrap_or_default()),
            form: fields(body),
            bearer: bearer.map(|key| key.trim().to_owned()),
        }
    }

    /// The header wins; the form's field counts without it; one in the query never counts.
    pub(super) fn key(&self) -> Option<&str> {
        self.bearer.as_deref().or_else(|| self.form("api_key"))
    }

    pub(super) fn form(&self, name: &str) -> Option<&str> {
        self.form.get(name).map(String::as_str)
    }

    /// From the query or the form.
    pub(super) fn either(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str).or_else(|| self.form(name))
    }
}

/// `a=1&b=x+y%21`; of a name that stands twice the last one counts, as in PHP.
fn fields(text: &str) -> BTreeMap<String, String> {
    let plain =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_php_reads_them() {
        let read = fields("a=1&b=x+y%21%2B&&c&a=2&d=%C3%A9%26%3D");
        let pairs: Vec<(&str, &str)> =
            read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("a", "2"), ("b", "x y!+"), ("c", ""), ("d", "é&=")]);
    }
}
