//! Walks `ID LENGTH VALUE` fields: two digits, two digits, then as many *characters* as the length
//! says (QRIS 4.4.1.1). Knows nothing of what a tag means. Works on byte positions; only a fault
//! is turned into a character offset, since almost every payload is ASCII and none is refused.

use super::error::Error;
use std::ops::Range;

/// A payload's text with what the walk needs to know about it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    ascii: bool,
}

/// Where a value stands, in bytes. The field's header is the four bytes before `start`.
/// The default, `0..0`, means that there is no such field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u16,
    pub(super) end: u16,
}

impl Span {
    #[inline(always)]
    pub(super) fn is_present(self) -> bool {
        self.end != 0
    }

    /// First byte of the header.
    pub(super) fn header(self) -> usize {
        usize::from(self.start).saturating_sub(HEADER)
    }

    #[inline(always)]
    pub(super) fn range(self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }
}

/// Bytes of ID and length.
pub(super) const HEADER: usize = 4;

impl<'a> Source<'a> {
    /// `ascii`: whether the text is known to be ASCII.
    pub(super) fn new(text: &'a str, ascii: bool) -> Self {
        Self { text, ascii }
    }

    /// The character offset of a byte position.
    pub(super) fn offset(self, byte: usize) -> usize {
        if self.ascii {
            return byte;
        }
        self.text.char_indices().take_while(|(at, _)| *at < byte).count()
    }

    /// A value as bytes, to be compared: no look at character boundaries.
    #[inline(always)]
    pub(super) fn bytes(self, span: Span) -> &'a [u8] {
        self.text.as_bytes().get(span.range()).unwrap_or_default()
    }

    pub(super) fn value(self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// This text after an edit that put in nothing but ASCII.
    pub(super) fn edited(self, text: &str) -> Source<'_> {
        Source { text, ascii: self.ascii }
    }

    /// The fields between two byte positions; `within` names the template that holds them.
    #[inline(always)]
    pub(super) fn fields(self, begin: usize, end: usize, within: Option<u8>) -> Fields<'a> {
        let rest = self.text.as_bytes().get(begin..end).unwrap_or_default();
        Fields { source: self, begin, end, rest, within, empty: false, unseen: 0 }
    }

    /// The fields inside a template's value.
    #[inline(always)]
    pub(super) fn children(self, template: Field) -> Fields<'a> {
        let Range { start, end } = template.span.range();
        self.fields(start, end, Some(template.id))
    }

    /// The bytes of `count` characters at the byte position `start`, if the text up to `end` has
    /// so many. For ASCII the caller finds out whether they are there.
    #[inline(always)]
    fn width(self, start: usize, count: usize, end: usize) -> Option<usize> {
        if self.ascii { Some(count) } else { self.counted_width(start, count, end) }
    }

    #[cold]
    fn counted_width(self, start: usize, count: usize, end: usize) -> Option<usize> {
        let rest = self.text.get(start..end)?;
        rest.char_indices().map(|(bytes, _)| bytes).chain([rest.len()]).nth(count)
    }
}

/// One field of the walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) id: u8,
    pub(super) span: Span,
}

/// The walk over the fields of the root or of one template. After a fault it must not go on.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    source: Source<'a>,
    begin: usize,
    end: usize,
    /// What is not walked yet, up to `end`.
    rest: &'a [u8],
    within: Option<u8>,
    empty: bool,
    /// One more than the highest ID so far.
    unseen: u8,
}

// The faults take the walk by value: were it borrowed by a function that is not inlined, the
// compiler would have to keep it in memory at every step instead of in registers.
impl Fields<'_> {
    /// Lets values of no characters pass, which the specification forbids and some issuers write.
    pub(super) fn allowing_empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// The next field, or `None` at the end.
    ///
    /// # Errors
    /// `BadId`, `BadLength` (also for the length 00), `Truncated`, `Duplicate`.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Result<Option<Field>, Error> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let Some((header, rest)) = self.rest.split_first_chunk() else {
            return Err(self.bad_header());
        };
        let Some((id, length)) = digits(*header) else { return Err(self.bad_header()) };
        if length == 0 && !self.empty {
            return Err(self.bad_header());
        }
        let start = self.end - rest.len();
        let width = self.source.width(start, length, self.end);
        let Some(rest) = width.and_then(|width| rest.get(width..)) else {
            return Err(self.truncated(id));
        };
        // Rising IDs, the usual order, cannot repeat; only others are looked for.
        if id >= self.unseen {
            self.unseen = id + 1;
        } else if self.repeats(id) {
            return Err(self.duplicate(id));
        }
        self.rest = rest;
        // A payload has at most 512 characters, so 2048 bytes; both positions fit.
        let stop = self.end - rest.len();
        Ok(Some(Field { id, span: Span { start: start as u16, end: stop as u16 } }))
    }

    /// Whether the ID stands among the fields already walked.
    #[cold]
    fn repeats(self, id: u8) -> bool {
        let walked = self.end - self.rest.len();
        let mut earlier = self.begin;
        while earlier < walked {
            let rest = self.source.text.as_bytes().get(earlier..).unwrap_or_default();
            let Some((before, length)) = rest.first_chunk().copied().and_then(digits) else {
                break;
            };
            if before == id {
                return true;
            }
            let start = earlier + HEADER;
            earlier = start + self.source.width(start, length, walked).unwrap_or(walked);
        }
        false
    }

    fn offset(self) -> usize {
        self.source.offset(self.end - self.rest.len())
    }

    #[cold]
    fn truncated(self, id: u8) -> Error {
        Error::Truncated { at: self.offset(), id: Some(id), within: self.within }
    }

    #[cold]
    fn duplicate(self, id: u8) -> Error {
        Error::Duplicate { at: self.offset(), id, within: self.within }
    }

    /// Says which part of the header at this position is wrong.
    #[cold]
    fn bad_header(self) -> Error {
        let (at, within) = (self.offset(), self.within);
        let id = self.rest.first_chunk().and_then(|[a, b]| digits([*a, *b, b'0', b'0']));
        match (id, self.rest.len()) {
            (_, 0..2) => Error::Truncated { at, id: None, within },
            (None, _) => Error::BadId { at, within },
            (Some((id, _)), 2..4) => Error::Truncated { at, id: Some(id), within },
            (Some((id, _)), _) => Error::BadLength { at: at + 2, id, within },
        }
    }
}

/// ID and length, checked to be four digits at once; `None` if they are not that.
#[inline(always)]
fn digits(header: [u8; HEADER]) -> Option<(u8, usize)> {
    // Digits become 0 to 9. Adding 76 takes anything from 0A on past 7F, and what was past it is
    // seen by itself; a carry out of such a byte cannot hide it.
    let values = u32::from_le_bytes(header) ^ 0x3030_3030;
    if (values.wrapping_add(0x7676_7676) | values) & 0x8080_8080 != 0 {
        return None;
    }
    // Each byte becomes ten times itself and the next: at most 99, so nothing is carried.
    let pairs = values * 10 + (values >> 8);
    Some((pairs as u8, usize::from((pairs >> 16) as u8)))
}
