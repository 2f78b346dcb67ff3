//! The fields of a payload as a list for people: what `inspect` shows. Nothing is decided by it.

use super::scan::{Scan, tag};
use super::tlv::{Field, HEADER, Source};

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// 0 to 99.
    pub id: u8,
    /// Of the ID's first digit, in characters of the cleaned text.
    pub offset: usize,
    /// The value, untouched.
    pub value: &'a str,
    /// The fields inside a template whose whole value is fields; empty for every other value.
    pub children: Vec<Tag<'a>>,
}

pub(super) fn tags<'a>(source: Source<'a>, scan: &Scan) -> Vec<Tag<'a>> {
    let field = |id: &u8| {
        let field = Field { id: *id, span: scan.span(*id) };
        let children = if is_template(*id) { children(source, field) } else { None };
        Tag { children: children.unwrap_or_default(), ..plain(source, field) }
    };
    scan.ids().iter().map(field).collect()
}

/// The fields of a template; `None` unless its whole value is fields.
pub(super) fn children(source: Source<'_>, template: Field) -> Option<Vec<Tag<'_>>> {
    let mut found = Vec::new();
    let mut fields = source.children(template);
    while let Some(field) = fields.next().ok()? {
        found.push(plain(source, field));
    }
    Some(found)
}

fn plain(source: Source<'_>, field: Field) -> Tag<'_> {
    let offset = source.offset(usize::from(field.span.start) - HEADER);
    Tag { id: field.id, offset, value: source.value(field.span), children: Vec::new() }
}

/// 02 to 25 hold a card scheme's number and are not templates, whatever their digits look like.
fn is_template(id: u8) -> bool {
    matches!(id, 26..=51 | tag::ADDITIONAL | tag::LANGUAGE | 80..=99)
}
