//! A named value that people give: an option of a gateway's settings, or a parameter of one of its calls. What it may
//! be is data, so that screens, command line and checks all read one table.

use std::collections::BTreeMap;

use laci_core::Lang;

use super::form::FieldForm;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// As the provider's document has it.
    pub name: &'static str,
    pub form: FieldForm,
    pub required: bool,
    /// What holds when it is not given.
    pub default: Option<&'static str>,
    /// What it is called on the wire, where that is another name: two forms of one field.
    pub sent_as: Option<&'static str>,
    /// Of the fields of one such group exactly one must be given.
    pub one_of: Option<&'static str>,
    pub role: FieldRole,
}

/// Who has the value of a field, so that nobody else needs to know the provider's names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldRole {
    /// People give it.
    #[default]
    Own,
    /// The sale itself has it.
    Sale,
    /// It names the call at the provider: the same one again is the same call.
    Reference,
    /// It is chosen from the rows of this operation.
    Pick(&'static str),
}

/// One value.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    File { name: String, bytes: Vec<u8> },
}

/// A picture of this size and a bit more than its base64 is the most that is sent.
pub const MAX_FILE_BYTES: usize = 5 * 1024 * 1024;

/// Values by name, each checked against its [`Field`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(pub BTreeMap<String, Value>);

/// Why given values are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldFault {
    Unknown { name: String, known: Vec<&'static str> },
    Missing { name: &'static str },
    Invalid { name: &'static str, allowed: String },
}

impl FieldFault {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "param_unknown",
            Self::Missing { .. } => "param_missing",
            Self::Invalid { .. } => "param_invalid",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Id, Self::Unknown { name, known }) => {
                format!(
                    "Isian {name} tidak dikenal. Tidak ada yang dikirim. Yang ada: {}.",
                    known.join(", ")
                )
            }
            (Lang::Id, Self::Missing { name }) => {
                format!("Isian {name} belum ada. Tidak ada yang dikirim.")
            }
            (Lang::Id, Self::Invalid { name, allowed }) => {
                format!("Isian {name} tidak benar. Tidak ada yang dikirim. Yang boleh: {allowed}.")
            }
            (Lang::En, Self::Unknown { name, known }) => {
                format!(
                    "There is no field {name}. Nothing was sent. There are: {}.",
                    known.join(", ")
                )
            }
            (Lang::En, Self::Missing { name }) => {
                format!("The field {name} is missing. Nothing was sent.")
            }
            (Lang::En, Self::Invalid { name, allowed }) => {
                format!("The field {name} is not valid. Nothing was sent. Allowed: {allowed}.")
            }
        }
    }
}

impl Field {
    pub const fn new(name: &'static str, form: FieldForm) -> Self {
        let role = FieldRole::Own;
        Self { name, form, required: false, default: None, sent_as: None, one_of: None, role }
    }

    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    pub const fn sent_as(self, wire: &'static str) -> Self {
        Self { sent_as: Some(wire), ..self }
    }

    pub const fn one_of(self, group: &'static str) -> Self {
        Self { one_of: Some(group), ..self }
    }

    pub const fn of_the_sale(self) -> Self {
        Self { role: FieldRole::Sale, ..self }
    }

    pub const fn reference(self) -> Self {
        Self { role: FieldRole::Reference, ..self }
    }

    pub const fn picked_from(self, operation: &'static str) -> Self {
        Self { role: FieldRole::Pick(operation), ..self }
    }

    /// Its name on the wire.
    pub fn wire(&self) -> &'static str {
        self.sent_as.unwrap_or(self.name)
    }

    fn check(&self, value: &Value) -> Result<(), FieldFault> {
        let fits = match value {
            Value::Text(text) => self.form.takes(text),
            Value::File { bytes, .. } => {
                self.form == FieldForm::Picture && (1..=MAX_FILE_BYTES).contains(&bytes.len())
            }
        };
        let invalid = || FieldFault::Invalid { name: self.name, allowed: self.form.allowed() };
        fits.then_some(()).ok_or_else(invalid)
    }
}

/// Refuses unknown names, values that do not fit, and missing ones.
pub fn check_fields(fields: &[Field], given: &Given) -> Result<(), FieldFault> {
    for (name, value) in &given.0 {
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            let known = fields.iter().map(|field| field.name).collect();
            return Err(FieldFault::Unknown { name: name.clone(), known });
        };
        field.check(value)?;
    }
    check_groups(fields, given)?;
    match fields.iter().find(|field| field.required && !given.0.contains_key(field.name)) {
        Some(field) => Err(FieldFault::Missing { name: field.name }),
        None => Ok(()),
    }
}

/// Of each group exactly one.
fn check_groups(fields: &[Field], given: &Given) -> Result<(), FieldFault> {
    for field in fields.iter().filter(|field| field.one_of.is_some()) {
        let group = || fields.iter().filter(|other| other.one_of == field.one_of);
        if group().filter(|other| given.0.contains_key(other.name)).count() != 1 {
            let names: Vec<&str> = group().map(|other| other.name).collect();
            return Err(FieldFault::Invalid { name: field.name, allowed: names.join(" | ") });
        }
    }
    Ok(())
}

impl Given {
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(Value::Text(text)) => Some(text),
            Some(Value::File { .. }) | None => None,
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), Value::Text(value.to_owned()));
        self
    }
}

impl From<&BTreeMap<String, String>> for Given {
    fn from(texts: &BTreeMap<String, String>) -> Self {
        let pairs = texts.iter().map(|(name, text)| (name.clone(), Value::Text(text.clone())));
        Self(pairs.collect())
    }
}

/// A customer's name may stand in it, and a file is no reading.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::File { bytes, .. } => write!(f, "File({} bytes)", bytes.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field::new("nominal", FieldForm::Number(1, 1_000)).required(),
        Field::new("path.status", FieldForm::Path(Some("{reference}"))),
        Field::new("from", FieldForm::Date),
    ];

    fn asked(pairs: &[(&str, &str)]) -> Result<(), FieldFault> {
        let given = pairs.iter().fold(Given::default(), |all, (name, text)| all.with(name, text));
        check_fields(FIELDS, &given)
    }

    #[test]
    fn names_forms_and_what_is_missing() {
        assert_eq!(asked(&[("nominal", "1000"), ("from", "2026-02-28")]), Ok(()));
        assert_eq!(asked(&[]), Err(FieldFault::Missing { name: "nominal" }));
        let known = vec!["nominal", "path.status", "from"];
        assert_eq!(
            asked(&[("nominal", "1"), ("nomial", "1")]),
            Err(FieldFault::Unknown { name: "nomial".into(), known })
        );
        for bad in ["0", "1001", "1.5", "", "abc"] {
            assert!(asked(&[("nominal", bad)]).is_err(), "{bad}");
        }
        assert!(asked(&[("nominal", "1"), ("from", "2026-02-30")]).is_err());
    }

    #[test]
    fn of_a_group_exactly_one_is_given() {
        let fields = [
            Field::new("text", FieldForm::Text(9)).one_of("source"),
            Field::new("base64", FieldForm::Text(9)).sent_as("image").one_of("source"),
        ];
        let asked = |names: &[&str]| {
            let given = names.iter().fold(Given::default(), |all, name| all.with(name, "x"));
            check_fields(&fields, &given)
        };
        assert_eq!((asked(&["text"]), asked(&["base64"])), (Ok(()), Ok(())));
        let allowed = "text | base64".to_owned();
        let fault = FieldFault::Invalid { name: "text", allowed };
        assert_eq!((asked(&[]), asked(&["text", "base64"])), (Err(fault.clone()), Err(fault)));
        assert_eq!((fields[0].wire(), fields[1].wire()), ("text", "image"));
    }

    #[test]
    fn paths_stay_on_this_host() {
        let path = |text| asked(&[("nominal", "1"), ("path.status", text)]);
        assert_eq!(path("/v2/s/{reference}"), Ok(()));
        for bad in [
            "v2/{reference}",
            "//evil/{reference}",
            "/v2",
            "/{a}/{reference}",
            "/../{reference}",
            "/a?b={reference}",
            "/{reference}/{reference}",
        ] {
            assert!(path(bad).is_err(), "{bad}");
        }
    }
}
