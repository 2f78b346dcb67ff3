//! The calls of a provider that no use case of the till has, as data: lists, statistics, converters, deposits. One
//! table a provider, one builder and one reader for all. Also listed, so that a person sees every call: the create,
//! which the till does itself.

use laci_core::Lang;

use super::answer::RefusedBy;
use super::doubt::Doubt;
use super::field::{Field, FieldRole};
use super::request::HttpMethod;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// `list_payments`: what `gateway call` is given.
    pub name: &'static str,
    pub about: Said,
    pub effect: Effect,
    pub method: HttpMethod,
    /// The document's path; the option `path.<name>` sets another. A field in braces is put in its place.
    pub path: &'static str,
    pub body: BodyForm,
    /// What people may give, in the order in which it is sent.
    pub fields: &'static [Field],
    /// Asked in its place when the gateway answers 405: two of the provider's papers name two methods.
    pub on_405: Option<&'static str>,
}

/// One sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub id: &'static str,
    pub en: &'static str,
}

/// What a call does at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The till's own create: a bill for a sale. Never sent from the table.
    Collect,
    /// Nothing: it may be sent again.
    Look,
    /// Changes something there that is no money. Sent once.
    Change,
    /// Spends the shop's deposit, or orders more of it. Sent once; who asks again says so.
    Spend,
}

impl Effect {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Look => "look",
            Self::Change => "change",
            Self::Spend => "spend",
        }
    }
}

/// Where the fields go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    Query,
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// JSON, or multipart as soon as one field is a file.
    JsonOrFile,
}

impl Said {
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Id => self.id,
            Lang::En => self.en,
        }
    }
}

impl Operation {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that names a call of this operation at the provider.
    pub fn reference(&self) -> Option<&'static str> {
        let field = self.fields.iter().find(|field| field.role == FieldRole::Reference);
        field.map(|field| field.name)
    }
}

/// What a call from the table was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallAnswer {
    /// The provider says that it worked. Its JSON is the answer's raw body.
    Done,
    /// The provider says that it works on it: the end is open.
    Pending,
    /// A definite no: nothing happened there.
    Refused(RefusedBy),
    /// Nothing was learnt; after a change or a spending it may have happened.
    Unknown(Doubt),
}
