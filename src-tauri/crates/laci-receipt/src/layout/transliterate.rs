//! Any text as printable ASCII, because that is all that every cheap printer has. The screen and the PDF show the
//! same letters as the paper, so that a receipt reads alike everywhere.
//!
//! Deliberately absent: other alphabets. A letter without a Latin base becomes `?`, never a guess and never a
//! control byte that a printer would obey.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// `text` in the characters space to `~`. Accents are dropped, typographic marks get their typewriter form, blanks
/// and line breaks become a space, what takes no room disappears, everything else is one `?` per character.
pub fn transliterate(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' '..='~' => out.push(character),
            blank if blank.is_whitespace() => out.push(' '),
            unseen if is_combining_mark(unseen) || takes_no_room(unseen) => {}
            other => push(&mut out, other),
        }
    }
    out
}

/// [`transliterate`], with every run of blanks as one space and none at the ends.
pub(super) fn one_line(text: &str) -> String {
    transliterate(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push(out: &mut String, character: char) {
    if let Some(written) = written_as(character) {
        out.push_str(written);
        return;
    }
    let mut plain = String::new();
    let mut fraction = false;
    let mut known = true;
    decompose_compatible(character, |part| match part {
        ' '..='~' => plain.push(part),
        '\u{2044}' => {
            fraction = true;
            plain.push('/');
        }
        mark if is_combining_mark(mark) => {}
        other => match written_as(other) {
            Some(written) => plain.push_str(written),
            None => known = false,
        },
    });
    if !known || plain.is_empty() {
        out.push('?');
        return;
    }
    let after_digit = out.ends_with(|last: char| last.is_ascii_digit());
    match character {
        // 2½ must not read as 21/2, nor 10² as 102.
        _ if fraction && after_digit => out.push(' '),
        '²' | '³' | '¹' | '\u{2070}'..='\u{207f}' if after_digit => out.push('^'),
        _ => {}
    }
    out.push_str(&plain);
}

/// Soft hyphen, joiners, direction marks, variation selectors, byte order mark.
fn takes_no_room(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Marks and letters that have no decomposition, or whose decomposition says less.
fn written_as(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' | '\u{2b9}' | '\u{2bc}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => "\"",
        '‹' => "<",
        '›' => ">",
        '×' => "x",
        '÷' => ":",
        '•' | '·' | '∙' => "*",
        '°' => "o",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'þ' => "th",
        'Þ' => "Th",
        'ı' => "i",
        '©' => "(c)",
        '®' => "(r)",
        '€' => "EUR",
        '£' => "GBP",
        '¥' => "JPY",
        '≤' => "<=",
        '≥' => ">=",
        '→' => "->",
        '←' => "<-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_shops_write_stays_readable() {
        for (written, printed) in [
            ("Café Crème – “Édition” ½ kg", "Cafe Creme - \"Edition\" 1/2 kg"),
            ("2½ kg", "2 1/2 kg"),
            ("10×15 cm, 3 m²", "10x15 cm, 3 m2"),
            ("10² × 2³", "10^2 x 2^3"),
            ("Jum’at … Ma'ruf", "Jum'at ... Ma'ruf"),
            ("１２３ Ｔｏｋｏ", "123 Toko"),
            ("Smør & Straße", "Smor & Strasse"),
            ("Rp\u{a0}10.387", "Rp 10.387"),
            ("e\u{301}", "e"),
        ] {
            assert_eq!(transliterate(written), printed, "{written}");
        }
    }

    #[test]
    fn what_has_no_latin_form_is_one_question_mark() {
        assert_eq!(
            transliterate("茶 한 ☕\u{fe0f}"),
            "? ? ?",
            "one mark per character, none for a selector"
        );
        assert_eq!(
            transliterate("a\u{1b}p\u{7}\u{7f}b"),
            "a?p??b",
            "no byte may command a printer"
        );
        assert_eq!(transliterate("a\r\nb\tc"), "a  b c");
    }

    proptest! {
        #[test]
        fn nothing_but_printable_ascii_comes_out(text in any::<String>()) {
            let printed = transliterate(&text);
            prop_assert!(printed.chars().all(|c| (' '..='~').contains(&c)), "{printed:?}");
        }

        #[test]
        fn ascii_is_kept(text in "[ -~]{0,60}") {
            prop_assert_eq!(transliterate(&text), text);
        }
    }
}
