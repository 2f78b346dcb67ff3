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
    pub(super) fn is_present(self) -> bool {
        self.end != 0
    }

    /// First byte of the header.
    pub(super) fn header(self) -> usize {
        usize::from(self.start).saturating_sub(HEADER)
    }

    pub(super) fn range(self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }
}

/// Bytes of ID and length.
pub(super) const HEADER: usize = 4;

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii() }
    }

    /// The character offset of a byte position.
    pub(super) fn offset(self, byte: usize) -> usize {
        if self.ascii {
            return byte;
        }
        self.text.char_indices().take_while(|(at, _)| *at < byte).count()
    }

    pub(super) fn value(self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The fields between two byte positions; `within` names the template that holds them.
    pub(super) fn fields(self, at: usize, end: usize, within: Option<u8>) -> Fields<'a> {
        Fields { source: self, at, end, within, seen: 0 }
    }

    /// The fields inside a template's value.
    pub(super) fn children(self, template: u8, span: Span) -> Fields<'a> {
        let Range { start, end } = span.range();
        self.fields(start, end, Some(template))
    }

    /// The byte position `count` characters after `start`, if the text up to `end` has so many.
    #[inline]
    fn after(self, start: usize, count: usize, end: usize) -> Option<usize> {
        if self.ascii {
            return Some(start + count).filter(|stop| *stop <= end);
        }
        let rest = self.text.get(start..end)?;
        match rest.char_indices().nth(count) {
            Some((bytes, _)) => Some(start + bytes),
            None => Some(end).filter(|_| rest.chars().count() == count),
        }
    }
}

/// One field of the walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) id: u8,
    pub(super) span: Span,
}

/// The walk over the fields of the root or of one template. After a fault it must not go on.
pub(super) struct Fields<'a> {
    source: Source<'a>,
    at: usize,
    end: usize,
    within: Option<u8>,
    seen: u128,
}

impl Fields<'_> {
    /// The next field, or `None` at the end.
    ///
    /// # Errors
    /// `BadId`, `BadLength` (also for the length 00), `Truncated`, `Duplicate`.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Result<Option<Field>, Error> {
        if self.at == self.end {
            return Ok(None);
        }
        let Some((id, length)) = self.header() else { return Err(self.bad_header()) };
        let start = self.at + HEADER;
        let Some(stop) = self.source.after(start, usize::from(length), self.end) else {
            return Err(Error::Truncated { at: self.offset(), id: Some(id), within: self.within });
        };
        let mask = 1_u128 << id;
        if self.seen & mask != 0 {
            return Err(Error::Duplicate { at: self.offset(), id, within: self.within });
        }
        self.seen |= mask;
        self.at = stop;
        // A payload has at most 512 characters, so 2048 bytes; both positions fit.
        Ok(Some(Field { id, span: Span { start: start as u16, end: stop as u16 } }))
    }

    /// ID and length, read and checked as four digits at once; `None` if they are not that.
    #[inline(always)]
    fn header(&self) -> Option<(u8, u8)> {
        let bytes = self.source.text.as_bytes().get(self.at..self.end)?;
        let word = u32::from_le_bytes(*bytes.first_chunk::<HEADER>()?);
        // The upper half of a digit is 3, also after adding 6: this leaves out `:` to `?`.
        const UPPER: u32 = 0xF0F0_F0F0;
        const THREES: u32 = 0x3030_3030;
        if word & UPPER != THREES || word.wrapping_add(0x0606_0606) & UPPER != THREES {
            return None;
        }
        let digits = word & !UPPER;
        // Each pair becomes ten times its first plus its second digit; 99 needs no carry.
        let pairs = digits * 10 + (digits >> 8);
        let [id, _, length, _] = pairs.to_le_bytes();
        (length > 0).then_some((id, length))
    }

    fn offset(&self) -> usize {
        self.source.offset(self.at)
    }

    /// Says which part of the header at this position is wrong.
    #[cold]
    fn bad_header(&self) -> Error {
        let at = self.offset();
        let rest = self.source.text.as_bytes().get(self.at..self.end).unwrap_or_default();
        let digits = |from: usize| {
            let pair = rest.get(from..from + 2)?;
            pair.iter().all(u8::is_ascii_digit).then(|| (pair[0] - b'0') * 10 + pair[1] - b'0')
        };
        match (rest.len(), digits(0)) {
            (0..2, _) => Error::Truncated { at, id: None, within: self.within },
            (_, None) => Error::BadId { at, within: self.within },
            (2..4, Some(id)) => Error::Truncated { at, id: Some(id), within: self.within },
            (_, Some(id)) => Error::BadLength { at: at + 2, id, within: self.within },
        }
    }
}
