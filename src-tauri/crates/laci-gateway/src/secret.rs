//! Keys and how they are kept out of every text. Deliberately absent: where keys are stored (the shell's).

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use crate::escaped;

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

/// Replaces a gateway's keys, in whatever escaping they come back, by `***`.
#[derive(Clone, Debug, Default)]
pub struct Redactor(Vec<Secret>);

const MARK: &[u8] = b"***";

impl Redactor {
    pub fn new(secrets: &Secrets) -> Self {
        let keys = secrets.0.values().filter(|secret| !secret.expose().is_empty());
        let mut needles: Vec<Secret> = keys.cloned().collect();
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

/// Cuts `needle` out wherever its characters stand one after the other, each in any of its writings.
fn cut_out(bytes: Vec<u8>, needle: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut kept = 0;
    let mut at = 0;
    while at < bytes.len() {
        match end_of(&bytes, at, needle) {
            Some(end) => {
                out.extend_from_slice(&bytes[kept..at]);
                out.extend_from_slice(MARK);
                (kept, at) = (end, end);
            }
            None => at += 1,
        }
    }
    if kept == 0 {
        return bytes;
    }
    out.extend_from_slice(&bytes[kept..]);
    out
}

/// Where `needle` ends that begins at `at`. A backslash can be read in more than one way, so all ways are followed.
fn end_of(bytes: &[u8], at: usize, needle: &[u8]) -> Option<usize> {
    let first = needle.first()?;
    let mut begins = false;
    // Most bytes begin nothing.
    escaped::readings(bytes.get(at..)?, |byte, _| begins |= byte == *first);
    let mut ends = if begins { vec![at] } else { return None };
    for wanted in needle {
        let mut next = Vec::new();
        for end in ends {
            escaped::readings(bytes.get(end..)?, |byte, length| {
                if byte == *wanted && !next.contains(&(end + length)) {
                    next.push(end + length);
                }
            });
        }
        if next.is_empty() {
            return None;
        }
        ends = next;
    }
    ends.into_iter().max()
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

    /// Each way in which one character of a key may come back.
    type Writing = fn(char) -> String;

    const WRITINGS: [(&str, Writing); 15] = [
        ("plain", |c| c.to_string()),
        ("JSON", json),
        ("PHP", php),
        ("Go", |c| if "&<>".contains(c) { unicode(c, false) } else { json(c) }),
        ("PHP, all of it", |c| if "&<>'\"".contains(c) { unicode(c, true) } else { php(c) }),
        (
            "PHP, in small letters",
            |c| if "&<>'\"/".contains(c) { unicode(c, false) } else { php(c) },
        ),
        ("by number, in small letters", |c| unicode(c, false)),
        ("by number", |c| unicode(c, true)),
        ("JSON in JSON", |c| json(c).chars().map(json).collect()),
        ("HTML", |c| html(c, "&#39;")),
        ("HTML, as PHP has it", |c| html(c, "&#039;")),
        ("HTML, as others have it", |c| html(c, "&#x27;")),
        ("HTML in JSON", |c| html(c, "&#x27;").chars().map(php).collect()),
        ("percent", |c| if c.is_alphanumeric() { c.to_string() } else { percent(c) }),
        ("percent, in small letters", |c| percent(c).to_lowercase()),
    ];

    fn json(c: char) -> String {
        if "\"\\".contains(c) { format!("\\{c}") } else { c.to_string() }
    }

    fn php(c: char) -> String {
        if c == '/' { "\\/".to_owned() } else { json(c) }
    }

    fn unicode(c: char, large: bool) -> String {
        if large { format!("\\u{:04X}", u32::from(c)) } else { format!("\\u{:04x}", u32::from(c)) }
    }

    fn html(c: char, quote: &str) -> String {
        match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => quote.to_owned(),
            other => other.to_string(),
        }
    }

    fn percent(c: char) -> String {
        format!("%{:02X}", u32::from(c))
    }

    /// Keys of every length and of every visible character, the same ones in each run.
    fn keys() -> impl Iterator<Item = String> {
        let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut next = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let special: Vec<char> = r#"\"/&<>'%+#;u0"#.chars().collect();
        (0..2_000).map(move |_| {
            let length = 8 + next(40);
            let sign = |next: &mut dyn FnMut(u64) -> u64| {
                // Half of them from those that are escaped, or look like an escape.
                if next(2) == 0 {
                    let at = usize::try_from(next(special.len() as u64)).unwrap();
                    special[at]
                } else {
                    char::from(u8::try_from(0x21 + next(94)).unwrap())
                }
            };
            (0..length).map(|_| sign(&mut next)).collect()
        })
    }

    #[test]
    fn no_escaping_brings_a_key_back() {
        for key in keys() {
            let redactor = Redactor::new(&Secrets::default().with("api_key", &key));
            for (name, writing) in WRITINGS {
                let written: String = key.chars().map(writing).collect();
                let shown = redactor.text(&format!("a {written} b {written} c"));
                assert_eq!(shown, "a *** b *** c", "{name}: {key} as {written}");
            }
            let mixed: String =
                key.chars().zip(0..).map(|(c, at)| WRITINGS[at % 15].1(c)).collect();
            assert_eq!(redactor.text(&format!("({mixed})")), "(***)", "{key} as {mixed}");
            // Another key is left as it is.
            let other = format!("{}~~", &key[1..]);
            assert_eq!(redactor.text(&other), other);
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let secrets = Secrets::default().with("api_key", "kunci-kenari");
        let shown = format!("{secrets:?} {:?}", Redactor::new(&secrets));
        assert!(!shown.contains("kenari"), "{shown}");
    }
}
