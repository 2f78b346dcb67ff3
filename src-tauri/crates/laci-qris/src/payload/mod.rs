//! The payload's text: cleaned, walked as fields, judged by the rules, read by accessors, edited
//! by spans. Symbols, pictures and the question whose money it is live in other modules.

mod clean;
mod convert;
mod error;
mod scan;
mod tag;
mod tlv;
mod warning;

pub use clean::MAX_CHARS;
pub use convert::{Converted, Converter, MAX_AMOUNT, PointOfInitiation, dynamic, dynamic_as};
pub use error::Error;
pub use tag::Tag;
pub use warning::Warning;

use crate::acquirer;
use scan::{Scan, tag as id};
use tlv::{Field, Source, Span};

/// A payload that passed every rule. It owns its cleaned text.
#[derive(Debug, Clone)]
pub struct Qris {
    text: String,
    ascii: bool,
    // Boxed: an index of every possible tag would make each move of a `Qris` a large copy.
    scan: Box<Scan>,
}

/// What was read follows from the text alone.
impl PartialEq for Qris {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Qris {}

/// Whether a code serves many payments or one (tag 01).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `11`, or no tag 01: the same code for every transaction.
    Static,
    /// `12`: a code for one transaction.
    Dynamic,
}

impl Kind {
    /// `static` or `dynamic`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Dynamic => "dynamic",
        }
    }
}

/// The merchant's class, on which its discount rate depends (table 4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criteria {
    /// UMI, micro.
    Micro,
    /// UKE, small.
    Small,
    /// UME, medium.
    Medium,
    /// UBE, large.
    Large,
    /// URE, regular; also where none is given.
    Regular,
    /// PSO, public service obligation.
    PublicService,
    /// BLU, public service agency.
    PublicAgency,
    /// Letters that the table does not have.
    Unknown,
}

impl Criteria {
    fn from_letters(letters: &str) -> Self {
        match letters {
            "UMI" => Self::Micro,
            "UKE" => Self::Small,
            "UME" => Self::Medium,
            "UBE" => Self::Large,
            "" | "URE" => Self::Regular,
            "PSO" => Self::PublicService,
            "BLU" => Self::PublicAgency,
            _ => Self::Unknown,
        }
    }

    /// The three letters; `None` for the unknown.
    pub fn letters(self) -> Option<&'static str> {
        match self {
            Self::Micro => Some("UMI"),
            Self::Small => Some("UKE"),
            Self::Medium => Some("UME"),
            Self::Large => Some("UBE"),
            Self::Regular => Some("URE"),
            Self::PublicService => Some("PSO"),
            Self::PublicAgency => Some("BLU"),
            Self::Unknown => None,
        }
    }
}

/// Reads a QRIS, as scanned or pasted.
///
/// # Errors
/// The first rule that the text breaks; see [`Error`].
pub fn parse(raw: &str) -> Result<Qris, Error> {
    let cleaned = clean::clean(raw)?;
    let mut scan = Box::<Scan>::default();
    scan.read(cleaned.source(), None)?;
    Ok(Qris { ascii: cleaned.ascii, text: cleaned.text.into_owned(), scan })
}

impl Qris {
    /// The cleaned text, character for character; its CRC has the case in which it came.
    pub fn payload(&self) -> &str {
        &self.text
    }

    /// Static or dynamic, by tag 01 alone.
    pub fn kind(&self) -> Kind {
        if self.scan.dynamic { Kind::Dynamic } else { Kind::Static }
    }

    /// The merchant's name (59), with its spaces.
    pub fn merchant(&self) -> &str {
        self.root(id::NAME).unwrap_or_default()
    }

    /// The city (60).
    pub fn city(&self) -> &str {
        self.root(id::CITY).unwrap_or_default()
    }

    /// The postal code (61).
    pub fn postal(&self) -> Option<&str> {
        self.root(id::POSTAL)
    }

    /// The merchant category code (52), four digits of ISO 18245.
    pub fn mcc(&self) -> &str {
        self.root(id::CATEGORY).unwrap_or_default()
    }

    /// The national merchant id (51.02).
    pub fn nmid(&self) -> Option<&str> {
        self.value(self.scan.nmid)
    }

    /// The merchant's PAN: sub-tag 01 of the account template (26 to 45) with the lowest ID.
    pub fn pan(&self) -> Option<&str> {
        self.value(self.scan.pan)
    }

    /// The merchant's class: sub-tag 03 of the template that [`pan`](Self::pan) is read from.
    pub fn criteria(&self) -> Criteria {
        Criteria::from_letters(self.value(self.scan.criteria).unwrap_or_default())
    }

    /// The acquirer's name, by the first eight digits of the PAN; `None` if the table has it not.
    pub fn acquirer(&self) -> Option<&'static str> {
        self.pan().and_then(acquirer::name_of)
    }

    /// The amount (54) in rupiah.
    pub fn amount(&self) -> Option<u64> {
        self.scan.amount
    }

    /// Every field of the root in the order of the text.
    pub fn tags(&self) -> Vec<Tag<'_>> {
        tag::tags(self.source(), &self.scan)
    }

    /// All that is odd and yet accepted.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut found = self.identity_warnings();
        if self.postal().is_none() {
            found.push(Warning::PostalMissing);
        }
        for (id, limit) in [(id::NAME, 25), (id::CITY, 15), (id::POSTAL, 10)] {
            let value = self.root(id).unwrap_or_default();
            let chars = value.chars().count();
            if chars > limit {
                found.push(Warning::LongText { id, chars });
            }
            if value.contains('|') {
                found.push(Warning::PipeInText { id });
            }
        }
        let span = self.scan.span(id::ADDITIONAL);
        let additional = Field { id: id::ADDITIONAL, span };
        if span.is_present() && tag::children(self.source(), additional).is_none() {
            found.push(Warning::UncleanAdditionalData);
        }
        if self.has_tip() {
            found.push(Warning::TipTags);
        }
        if !self.scan.dynamic && self.scan.amount.is_some() {
            found.push(Warning::StaticWithAmount);
        }
        found
    }

    fn identity_warnings(&self) -> Vec<Warning> {
        let mut found = Vec::new();
        match self.nmid() {
            None if self.scan.span(id::REPOSITORY).is_present() => found.push(Warning::NmidMissing),
            None => found.push(Warning::RepositoryMissing),
            Some(nmid) => {
                let chars = nmid.chars().count();
                if chars != 15 || !nmid.bytes().all(|b| b.is_ascii_alphanumeric()) {
                    found.push(Warning::OddNmid { chars });
                }
            }
        }
        match self.pan() {
            None => found.push(Warning::PanMissing),
            Some(pan) => {
                let chars = pan.chars().count();
                if !(16..=19).contains(&chars) || !pan.bytes().all(|b| b.is_ascii_digit()) {
                    found.push(Warning::OddPan { chars });
                }
            }
        }
        found
    }

    /// Whether the code makes the payer pay more than its amount (or asks to).
    fn has_tip(&self) -> bool {
        [id::TIP, id::TIP_FIXED, id::TIP_PERCENT].iter().any(|id| self.scan.span(*id).is_present())
    }

    /// Whether the code itself adds a fixed or percentage fee, rather than letting the payer choose.
    pub(crate) fn adds_fee(&self) -> bool {
        self.has_tip() && self.root(id::TIP) != Some("01")
            || [id::TIP_FIXED, id::TIP_PERCENT].iter().any(|id| self.scan.span(*id).is_present())
    }

    fn root(&self, id: u8) -> Option<&str> {
        self.value(self.scan.span(id))
    }

    fn value(&self, span: Span) -> Option<&str> {
        span.is_present().then(|| self.source().value(span))
    }

    fn source(&self) -> Source<'_> {
        Source::new(&self.text, self.ascii)
    }
}
