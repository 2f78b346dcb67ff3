//! Dates as Indonesian statements write them: the year first, or the day first. Never the month first.

use laci_core::{UnixMs, Zone};

const MONTHS: [&[&str]; 12] = [
    &["jan", "januari", "january"],
    &["feb", "februari", "february", "peb"],
    &["mar", "maret", "march"],
    &["apr", "april"],
    &["mei", "may"],
    &["jun", "juni", "june"],
    &["jul", "juli", "july"],
    &["agu", "agt", "agustus", "aug", "august", "ags"],
    &["sep", "sept", "september"],
    &["okt", "oktober", "oct", "october"],
    &["nov", "november", "nop", "nopember"],
    &["des", "desember", "dec", "december"],
];
const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// The first and the last millisecond of what is written: a second, a minute or a day.
pub(super) fn read(date: &str, time: Option<&str>, zone: Zone) -> Option<(UnixMs, UnixMs)> {
    if let Some(at) = UnixMs::from_rfc3339(date.trim()) {
        return Some((at, at.plus_ms(SECOND_MS - 1)));
    }
    let text = format!("{} {}", date, time.unwrap_or_default());
    // `2026-11-21T10:30:05`: the T parts them.
    let text = text.replacen('T', " ", usize::from(text.contains(':') && has_t(&text)));
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|p| !p.is_empty()).collect();
    let (clock, rest): (Vec<&str>, Vec<&str>) = parts.into_iter().partition(|p| p.contains(':'));
    let (zones, days): (Vec<&str>, Vec<&str>) =
        rest.into_iter().partition(|p| p.parse::<Zone>().is_ok());
    let zone = match zones.as_slice() {
        [] => zone,
        [named] => named.parse().ok()?,
        _ => return None,
    };
    let (year, month, day) = calendar(&days)?;
    let (clock, span) = match clock.as_slice() {
        [] => ("00:00:00".to_owned(), DAY_MS),
        [one] => whole_clock(one)?,
        _ => return None,
    };
    let from = UnixMs::from_naive(&format!("{year:04}-{month:02}-{day:02} {clock}"), zone)?;
    Some((from, from.plus_ms(span - 1)))
}

fn has_t(text: &str) -> bool {
    text.split('T').next().is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()))
}

fn whole_clock(text: &str) -> Option<(String, i64)> {
    let parts: Vec<&str> = text.split(':').collect();
    let two = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse::<u8>().ok()).flatten();
    match parts.as_slice() {
        [hour, minute] => Some((format!("{:02}:{:02}:00", two(hour)?, two(minute)?), MINUTE_MS)),
        [hour, minute, second] => {
            let clock = format!("{:02}:{:02}:{:02}", two(hour)?, two(minute)?, two(second)?);
            Some((clock, SECOND_MS))
        }
        _ => None,
    }
}

fn calendar(days: &[&str]) -> Option<(u16, u8, u8)> {
    match days {
        [one] if one.len() == 8 && one.bytes().all(|b| b.is_ascii_digit()) => Some((
            one.get(..4)?.parse().ok()?,
            one.get(4..6)?.parse().ok()?,
            one.get(6..)?.parse().ok()?,
        )),
        [year, month, day] if year.len() == 4 => {
            Some((year.parse().ok()?, month_of(month)?, day.parse().ok()?))
        }
        [day, month, year] => Some((year_of(year)?, month_of(month)?, day.parse().ok()?)),
        _ => None,
    }
}

fn year_of(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2_000 + year),
        _ => None,
    }
}

fn month_of(text: &str) -> Option<u8> {
    let lower = text.to_lowercase();
    let named = (1..).zip(MONTHS).find(|(_, names)| names.contains(&lower.as_str()));
    named.map(|(number, _)| number).or_else(|| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        let (from, to) = read(text, None, Zone::Wib)?;
        assert_eq!(to.since_ms(from), DAY_MS - 1, "{text}");
        Some(from.rfc3339(Zone::Wib))
    }

    #[test]
    fn dates_are_read_in_the_ways_in_which_they_are_written() {
        for text in [
            "2026-11-21",
            "2026/11/21",
            "20261121",
            "21/11/2026",
            "21-11-2026",
            "21.11.2026",
            "21/11/26",
            "21 Nov 2026",
            "21 November 2026",
            "21-Nop-2026",
        ] {
            assert_eq!(day(text).as_deref(), Some("2026-11-21T00:00:00+07:00"), "{text}");
        }
        for text in [
            "",
            "11/21/2026",
            "2026-13-01",
            "31/02/2026",
            "kemarin",
            "21 Foo 2026",
            "21/11",
            "PEND",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_beside_or_behind_makes_it_exact() {
        let at = |date: &str, time: Option<&str>| {
            let (from, to) = read(date, time, Zone::Wib).unwrap();
            (from.rfc3339(Zone::Wib), to.since_ms(from) + 1)
        };
        let noon = "2026-11-21T10:30:00+07:00".to_owned();
        assert_eq!(at("21/11/2026 10:30", None), (noon.clone(), MINUTE_MS));
        assert_eq!(at("21/11/2026", Some("10:30:00")), (noon.clone(), SECOND_MS));
        assert_eq!(at("2026-11-21T10:30:00", None), (noon.clone(), SECOND_MS));
        assert_eq!(at("2026-11-21T03:30:00Z", None), (noon.clone(), SECOND_MS));
        assert_eq!(at("21 Okt 2026 10:30 WITA", None).0, "2026-10-21T09:30:00+07:00");
        for wrong in ["21/11/2026 25:00", "21/11/2026 10:30 11:30", "21/11/2026 10:30 PM"] {
            assert_eq!(read(wrong, None, Zone::Wib), None, "{wrong}");
        }
    }
}
