//! What a scanner, a paste or a PDF adds around a payload, taken off again. Nothing inside a value
//! is touched except C0 controls, which no value may hold: shop names with double or trailing
//! spaces are real, so spaces are never collapsed.

use super::error::Error;
use std::borrow::Cow;

/// The longest payload, in characters (QRIS 4.1).
pub const MAX_CHARS: usize = 512;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn is_control(c: char) -> bool {
    c < ' '
}

/// Takes byte-order mark, spaces, line ends and tabs off both ends and C0 controls out of the
/// middle. Refuses nothing but an empty text and one of more than [`MAX_CHARS`] characters; the
/// memory used is bounded by that limit whatever the input's size.
pub(super) fn clean(raw: &str) -> Result<Cow<'_, str>, Error> {
    let text = raw.trim_matches(|c| c == BYTE_ORDER_MARK || c == ' ' || is_control(c));
    if text.is_empty() {
        return Err(Error::Empty);
    }
    let bytes = text.as_bytes();
    // A fold over all bytes, not an early exit: this way the compiler compares many at once.
    let untouched = bytes.len() <= MAX_CHARS && !bytes.iter().fold(false, |any, b| any | (*b < 32));
    if untouched {
        return Ok(Cow::Borrowed(text));
    }
    let mut kept = String::new();
    for (count, c) in text.chars().filter(|c| !is_control(*c)).enumerate() {
        if count == MAX_CHARS {
            return Err(Error::TooLong { at: MAX_CHARS });
        }
        kept.push(c);
    }
    Ok(Cow::Owned(kept))
}

#[cfg(test)]
mod tests {
    use super::{Error, MAX_CHARS, clean};

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
