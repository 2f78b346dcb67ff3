//! An amount as people and banks write it: `50347`, `50.347`, `50.347,00`, `50,347.00`. What could mean two things is
//! refused. Deliberately absent: rounding; a fraction of a rupiah is no amount.

use crate::money::Rupiah;

/// More digits than any rupiah amount has.
const CHARS_MAX: usize = 24;

/// The amount that `lexeme` writes; it holds digits, `.` and `,` alone, and begins and ends with a digit.
pub fn rupiah_of(lexeme: &str) -> Option<Rupiah> {
    if lexeme.len() > CHARS_MAX || !lexeme.bytes().all(|b| b.is_ascii_digit() || is_mark(b)) {
        return None;
    }
    let (whole, mark) = without_cents(lexeme)?;
    let digits = match mark_of(whole) {
        None => whole.to_owned(),
        // The mark of the cents is never the mark of the thousands as well.
        Some(thousands) if Some(thousands) != mark => grouped(whole, thousands)?,
        Some(_) => return None,
    };
    if digits.is_empty() || (digits.len() > 1 && digits.starts_with('0')) {
        return None;
    }
    Rupiah::new(digits.parse().ok()?).ok()
}

fn is_mark(byte: u8) -> bool {
    byte == b'.' || byte == b','
}

fn mark_of(text: &str) -> Option<char> {
    text.chars().find(|c| *c == '.' || *c == ',')
}

/// The whole rupiah before `,00` or `.00`, and that mark. Other cents are no amount in rupiah.
fn without_cents(lexeme: &str) -> Option<(&str, Option<char>)> {
    let last = lexeme.rfind(['.', ',']);
    let Some(at) = last else { return Some((lexeme, None)) };
    let (whole, cents) = (lexeme.get(..at)?, lexeme.get(at + 1..)?);
    match cents.len() {
        3 => Some((lexeme, None)),
        2 if cents == "00" => Some((whole, lexeme.get(at..)?.chars().next())),
        _ => None,
    }
}

/// The digits of `12.345.678`: one to three, then threes, all parted by the same mark.
fn grouped(whole: &str, mark: char) -> Option<String> {
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let fits = |group: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit())
    };
    if !fits(first, 1..=3) || first == "0" {
        return None;
    }
    let mut digits = first.to_owned();
    for group in groups {
        if !fits(group, 3..=3) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_is_read() {
        for lexeme in ["50347", "50.347", "50,347", "50.347,00", "50,347.00", "50347.00"] {
            assert_eq!(rupiah_of(lexeme), Some(Rupiah::from_u32(50_347)), "{lexeme}");
        }
        assert_eq!(rupiah_of("1.250.000"), Some(Rupiah::from_u32(1_250_000)));
        assert_eq!(rupiah_of("999"), Some(Rupiah::from_u32(999)));
        assert_eq!(rupiah_of("0"), Some(Rupiah::ZERO));
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        for lexeme in [
            "",
            ".",
            "50.",
            ".347",
            "50.34",
            "50.3",
            "50.347.00",
            "50,347,00",
            "5.0347",
            "1.00.000",
            "50.347,50",
            "50.347,5",
            "0.347",
            "007",
            "1.2,345",
            "12,345.678",
            "50..347",
            "Rp50",
            "9007199254740992",
            "99999999999999999999999999",
        ] {
            assert_eq!(rupiah_of(lexeme), None, "{lexeme}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_what_is_read(n in 1i64..10_000_000_000, form in 0usize..6) {
            let dots = Rupiah::new(n).unwrap().grouped();
            let commas = dots.replace('.', ",");
            let lexeme = match form {
                0 => n.to_string(),
                1 => dots,
                2 => commas,
                3 => format!("{dots},00"),
                4 => format!("{commas}.00"),
                _ => format!("{n}.00"),
            };
            prop_assert_eq!(rupiah_of(&lexeme), Some(Rupiah::new(n).unwrap()));
        }

        #[test]
        fn any_text_is_read_as_its_own_digits_or_not_at_all(lexeme in "[0-9.,]{0,20}") {
            if let Some(amount) = rupiah_of(&lexeme) {
                let digits: String = lexeme.chars().filter(char::is_ascii_digit).collect();
                let plain = amount.get().to_string();
                prop_assert!(digits == plain || digits == format!("{plain}00"), "{} read as {}", lexeme, plain);
            }
        }
    }
}
