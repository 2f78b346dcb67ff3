//! In how many ways a character can be written that a gateway sends back: JSON's escapes with those that PHP and Go add
//! to them, HTML's, and percent-encoding; each in letters of both sizes. Deliberately absent: which of them is meant.

/// JSON inside of JSON doubles a backslash once more.
const MOST_BACKSLASHES: usize = 4;
/// `&#0000038;` is as much as anybody writes.
const MOST_DIGITS: usize = 7;
const NAMED: [(&[u8], u8); 5] =
    [(b"amp;", b'&'), (b"lt;", b'<'), (b"gt;", b'>'), (b"quot;", b'"'), (b"apos;", b'\'')];

/// Tells `found` each character that `text` may begin with, and how many bytes it takes there.
pub(crate) fn readings(text: &[u8], mut found: impl FnMut(u8, usize)) {
    let Some((first, rest)) = text.split_first() else { return };
    found(*first, 1);
    match first {
        b'\\' => backslashed(text, found),
        b'%' => {
            if let Some(byte) = hex(rest, 2) {
                found(byte, 3);
            }
        }
        b'&' => {
            if let Some((byte, length)) = entity(rest) {
                found(byte, 1 + length);
            }
        }
        _ => {}
    }
}

/// `\\`, `\"`, `\/`, `\u0026`.
fn backslashed(text: &[u8], mut found: impl FnMut(u8, usize)) {
    let run = text.iter().take(MOST_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    for length in 2..=run {
        found(b'\\', length);
    }
    let rest = text.get(run..).unwrap_or_default();
    match rest {
        [sign @ (b'"' | b'/' | b'\''), ..] => found(*sign, run + 1),
        [b'u', b'0', b'0', digits @ ..] => {
            if let Some(byte) = hex(digits, 2) {
                found(byte, run + 5);
            }
        }
        _ => {}
    }
}

/// What follows an `&`: the character, and how many bytes that takes.
fn entity(rest: &[u8]) -> Option<(u8, usize)> {
    let named = NAMED.iter().find(|(name, _)| {
        rest.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name))
    });
    if let Some((name, byte)) = named {
        return Some((*byte, name.len()));
    }
    let (radix, digits, before) = match rest {
        [b'#', b'x' | b'X', digits @ ..] => (16, digits, 2),
        [b'#', digits @ ..] => (10, digits, 1),
        _ => return None,
    };
    let end = digits.iter().take(MOST_DIGITS + 1).position(|byte| *byte == b';')?;
    Some((number(digits.get(..end)?, radix)?, before + end + 1))
}

/// The byte of the first `count` hexadecimal digits.
fn hex(text: &[u8], count: usize) -> Option<u8> {
    number(text.get(..count)?, 16)
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    // The parser would take a sign.
    let plain = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| u8::from_str_radix(text, radix).ok()).flatten()
}
