//! What a field's value may be, and how that is told to people and screens.

use time::Date;
use time::macros::format_description;

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// At most this many characters, none of them a control character.
    Text(usize),
    /// A whole number between the two, both included.
    Number(i64, i64),
    /// `true` or `false`.
    Flag,
    /// `YYYY-MM-DD`.
    Date,
    OneOf(&'static [&'static str]),
    /// Words of small letters, digits and `_`, with commas between.
    Words,
    /// A path on the gateway's host, with this placeholder in it where there is one.
    Path(Option<&'static str>),
    /// An https address.
    Url,
    /// A static QRIS with a right CRC.
    Qris,
    /// 5 to 20 digits.
    Account,
    /// A JSON array of objects.
    Objects,
    /// A picture: a file's bytes.
    Picture,
}

impl FieldForm {
    pub(super) fn takes(self, text: &str) -> bool {
        match self {
            Self::Text(most) => text.chars().count() <= most && !text.chars().any(char::is_control),
            Self::Number(least, most) => {
                text.parse::<i64>().is_ok_and(|number| (least..=most).contains(&number))
            }
            Self::Flag => matches!(text, "true" | "false"),
            Self::Date => Date::parse(text, format_description!("[year]-[month]-[day]")).is_ok(),
            Self::OneOf(words) => words.contains(&text),
            Self::Words => text.split(',').all(is_word),
            Self::Path(placeholder) => is_path(text, placeholder),
            Self::Url => reqwest::Url::parse(text).is_ok_and(|url| {
                url.scheme() == "https" && url.username().is_empty() && url.password().is_none()
            }),
            Self::Qris => laci_qris::parse(text)
                .is_ok_and(|qris| qris.kind() == laci_qris::Kind::Static && qris.nmid().is_some()),
            Self::Account => {
                (5..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Self::Objects => {
                serde_json::from_str::<Vec<serde_json::Map<String, serde_json::Value>>>(text)
                    .is_ok_and(|items| (1..=200).contains(&items.len()))
            }
            Self::Picture => false,
        }
    }

    /// What to write, in few signs that need no language.
    pub fn allowed(self) -> String {
        match self {
            Self::Text(most) => format!("1 - {most} huruf"),
            Self::Number(least, most) => format!("{least} - {most}"),
            Self::Flag => "true, false".to_owned(),
            Self::Date => "YYYY-MM-DD".to_owned(),
            Self::OneOf(words) => words.join(", "),
            Self::Words => "abc,abc_2".to_owned(),
            Self::Path(None) => "/api/...".to_owned(),
            Self::Path(Some(name)) => format!("/api/.../{name}"),
            Self::Url => "https://...".to_owned(),
            Self::Qris => "000201010211...".to_owned(),
            Self::Account => "081200000000".to_owned(),
            Self::Objects => r#"[{"id":"1","price":1000,"quantity":1,"name":"Kopi"}]"#.to_owned(),
            Self::Picture => "PNG, JPEG, GIF, WebP (5 MB)".to_owned(),
        }
    }

    /// One stable word for screens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(..) => "number",
            Self::Flag => "flag",
            Self::Date => "date",
            Self::OneOf(_) => "one_of",
            Self::Words => "words",
            Self::Path(_) => "path",
            Self::Url => "url",
            Self::Qris => "qris",
            Self::Account => "account",
            Self::Objects => "objects",
            Self::Picture => "picture",
        }
    }

    /// The words of which one may be chosen.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::OneOf(words) => words,
            Self::Flag => &["true", "false"],
            Self::Text(_)
            | Self::Number(..)
            | Self::Date
            | Self::Words
            | Self::Path(_)
            | Self::Url
            | Self::Qris
            | Self::Account
            | Self::Objects
            | Self::Picture => &[],
        }
    }
}

/// One word of [`FieldForm::Words`].
pub(crate) fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn is_path(path: &str, placeholder: Option<&str>) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/-._~{}".contains(c);
    let named = match placeholder {
        Some(name) => path.matches(name).count() == 1 && path.matches('{').count() == 1,
        None => !path.contains('{'),
    };
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains("..");
    plain && named && path.len() <= 200 && path.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_take_what_they_say() {
        for (form, good, bad) in [
            (FieldForm::Text(3), "abc", "abcd"),
            (FieldForm::Text(9), "a b", "a\nb"),
            (FieldForm::Flag, "true", "ya"),
            (FieldForm::OneOf(&["form"]), "form", "forms"),
            (FieldForm::Words, "qris,gopay_qris", "qris, gopay"),
            (FieldForm::Url, "https://a.example/x", "http://a.example/x"),
            (FieldForm::Account, "081200000000", "0812-000"),
            (FieldForm::Objects, r#"[{"a":1}]"#, r#"{"a":1}"#),
            (FieldForm::Qris, "", "000201010211"),
        ] {
            if !good.is_empty() {
                assert!(form.takes(good), "{form:?}: {good}");
            }
            assert!(!form.takes(bad), "{form:?}: {bad}");
        }
    }
}
