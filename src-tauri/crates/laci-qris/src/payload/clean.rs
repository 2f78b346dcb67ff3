//! What a scanner, a paste or a PDF adds around a payload, taken off again. Nothing inside a value
//! is touched except C0 controls, which no value may hold: shop names with double or trailing
//! spaces are real, so spaces are never collapsed.

use super::error::Error;
use super::tlv::Source;
use std::borrow::Cow;

/// The longest payload, in characters (QRIS 4.1).
pub const MAX_CHARS: usize = 512;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn is_control(c: char) -> bool {
    c < ' '
}

/// A text without what was around it.
pub(super) struct Cleaned<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) ascii: bool,
}

impl Cleaned<'_> {
    pub(super) fn source(&self) -> Source<'_> {
        Source::new(&self.text, self.ascii)
    }
}

/// Takes byte-order mark, spaces, line ends and tabs off both ends and C0 controls out of the
/// middle. Refuses nothing but an empty text and one of more than [`MAX_CHARS`] characters; the
/// memory used is bounded by that limit whatever the input's size.
pub(super) fn clean(raw: &str) -> Result<Cleaned<'_>, Error> {
    let text = raw.trim_matches(|c| c == BYTE_ORDER_MARK || c == ' ' || is_control(c));
    if text.is_empty() {
        return Err(Error::Empty);
    }
    let (ascii, controls) = look(text.as_bytes());
    if !controls && text.len() <= MAX_CHARS {
        return Ok(Cleaned { text: Cow::Borrowed(text), ascii });
    }
    let mut kept = String::new();
    for (count, c) in text.chars().filter(|c| !is_control(*c)).enumerate() {
        if count == MAX_CHARS {
            return Err(Error::TooLong { at: MAX_CHARS });
        }
        kept.push(c);
    }
    Ok(Cleaned { text: Cow::Owned(kept), ascii })
}

/// Whether all bytes are ASCII, and whether there is a C0 control among them. Looks at eight bytes
/// as one number, without an early exit; the last eight overlap those before rather than leaving
/// a rest to be looked at one by one.
fn look(bytes: &[u8]) -> (bool, bool) {
    const UPPER_BITS: u64 = 0x8080_8080_8080_8080;
    const SPACES: u64 = 0x2020_2020_2020_2020;
    let (mut any, mut below) = (0, 0);
    let mut add = |eight: &[u8; 8]| {
        let word = u64::from_ne_bytes(*eight);
        any |= word;
        // A byte under a space borrows into its upper bit. A borrow may run on into the next byte,
        // which is then not the first of its kind, so that the answer to "any" stays exact.
        below |= word.wrapping_sub(SPACES) & !word;
    };
    match bytes.last_chunk() {
        Some(last) => {
            bytes.as_chunks().0.iter().for_each(&mut add);
            add(last);
        }
        None => {
            let mut padded = [b' '; 8];
            padded.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            add(&padded);
        }
    }
    (any & UPPER_BITS == 0, below & UPPER_BITS != 0)
}

#[cfg(test)]
mod tests {
    use super::{Error, MAX_CHARS};

    fn clean(raw: &str) -> Result<String, Error> {
        super::clean(raw).map(|cleaned| cleaned.text.into_owned())
    }

    #[test]
    fn ends_are_trimmed_and_spaces_inside_stay() {
        assert_eq!(clean("\u{FEFF} \r\n\tA  B \u{FEFF}\n").as_deref(), Ok("A  B"));
    }

    #[test]
    fn controls_go_from_the_middle() {
        assert_eq!(clean("A\r\nB\u{0}C D").as_deref(), Ok("ABC D"));
    }

    #[test]
    fn limits_count_characters() {
        assert_eq!(clean(" \n"), Err(Error::Empty));
        let full = "é".repeat(MAX_CHARS);
        assert_eq!(clean(&full).as_deref(), Ok(full.as_str()), "512 characters in 1024 bytes");
        assert_eq!(clean(&format!("{full}x")), Err(Error::TooLong { at: MAX_CHARS }));
        let broken = "A\n".repeat(MAX_CHARS);
        assert_eq!(clean(&broken).map(|t| t.len()), Ok(MAX_CHARS), "controls do not count");
    }
}
