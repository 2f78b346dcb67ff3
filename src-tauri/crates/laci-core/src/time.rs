//! Moments, zones and business dates. Deliberately absent: reading a clock, daylight saving (Indonesia has none).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct UnixMs(pub i64);

/// The last moment that can be shown (9999-12-31); later ones are clamped to it.
const MAX_MS: i64 = 253_402_300_799_999;

impl UnixMs {
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative when the clock was set back.
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn at(self, zone: Zone) -> OffsetDateTime {
        let ms = self.0.clamp(0, MAX_MS);
        let utc = OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(ms);
        utc.checked_to_offset(zone.offset()).unwrap_or(utc)
    }

    /// The hour of the day on the shop's wall, 0 to 23; reports group by it.
    pub fn hour(self, zone: Zone) -> u8 {
        self.at(zone).hour()
    }

    /// `2026-11-20T19:41:52+07:00`: the command line's times.
    pub fn rfc3339(self, zone: Zone) -> String {
        let at = self.at(zone);
        at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339).unwrap_or_default()
    }

    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok().map(Self)
    }

    /// Reads a gateway's naive `YYYY-MM-DD HH:MM:SS` (or with `T`) as a time of `zone`.
    pub fn from_naive(text: &str, zone: Zone) -> Option<Self> {
        let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
        let head = text.trim().get(..19)?.replacen('T', " ", 1);
        let naive = PrimitiveDateTime::parse(&head, form).ok()?;
        Some(Self(naive.assume_offset(zone.offset()).unix_timestamp() * 1000))
    }
}

/// Indonesia's three zones. A shop has one; gateways' naive times are [`Zone::Wib`] unless set otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Zone {
    #[default]
    Wib,
    Wita,
    Wit,
}

impl Zone {
    pub fn offset(self) -> UtcOffset {
        match self {
            Self::Wib => time::macros::offset!(+7),
            Self::Wita => time::macros::offset!(+8),
            Self::Wit => time::macros::offset!(+9),
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
        }
    }
}

impl FromStr for Zone {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        match text.to_ascii_uppercase().as_str() {
            "WIB" => Ok(Self::Wib),
            "WITA" => Ok(Self::Wita),
            "WIT" => Ok(Self::Wit),
            _ => Err(BadTime),
        }
    }
}

/// Text that is not a time of the asked form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid time")]
pub struct BadTime;

/// When the shop's day turns, in minutes after midnight: `00:00` to `23:59`. Sales before it belong to yesterday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CutOff(u16);

impl CutOff {
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl FromStr for CutOff {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let (hour, minute) = text.split_once(':').ok_or(BadTime)?;
        let two = |part: &str| {
            (part.len() == 2).then(|| part.parse::<u16>().ok()).flatten().ok_or(BadTime)
        };
        let (hour, minute) = (two(hour)?, two(minute)?);
        if hour > 23 || minute > 59 {
            return Err(BadTime);
        }
        Ok(Self(hour * 60 + minute))
    }
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for CutOff {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CutOff {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The day that a shop books a moment on: its zone's calendar date, moved back before the cut-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BusinessDate(Date);

impl BusinessDate {
    pub fn of(at: UnixMs, zone: Zone, cut_off: CutOff) -> Self {
        let moved = at.plus_ms(-i64::from(cut_off.minutes()) * 60_000);
        Self(moved.at(zone).date())
    }

    /// A date of the calendar; none if there is no such day.
    pub fn from_calendar(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// The Monday of its week.
    pub fn monday(self) -> Self {
        let since = i64::from(self.0.weekday().number_days_from_monday());
        Self(self.0.saturating_sub(Duration::days(since)))
    }

    /// The first day of its month.
    pub fn month_start(self) -> Self {
        Self(self.0.replace_day(1).unwrap_or(self.0))
    }

    /// The first day of its year.
    pub fn year_start(self) -> Self {
        Self(Date::from_calendar_date(self.0.year(), Month::January, 1).unwrap_or(self.0))
    }

    /// `2026-W47`: the ISO week, whose year is not always the calendar's.
    pub fn week(self) -> String {
        let (year, week, _) = self.0.to_iso_week_date();
        format!("{year}-W{week:02}")
    }
}

impl fmt::Display for BusinessDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl FromStr for BusinessDate {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        Date::parse(text, format_description!("[year]-[month]-[day]"))
            .map(Self)
            .map_err(|_| BadTime)
    }
}

impl Serialize for BusinessDate {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BusinessDate {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> UnixMs {
        UnixMs::from_rfc3339(text).unwrap()
    }

    #[test]
    fn the_day_turns_at_the_cut_off_of_the_shops_zone() {
        let cut: CutOff = "04:00".parse().unwrap();
        let day = |at, zone, cut| BusinessDate::of(ms(at), zone, cut).to_string();
        assert_eq!(
            day("2026-11-20T23:59:59.999+07:00", Zone::Wib, CutOff::default()),
            "2026-11-20"
        );
        assert_eq!(day("2026-11-21T00:00:00+07:00", Zone::Wib, CutOff::default()), "2026-11-21");
        assert_eq!(day("2026-11-21T03:59:59.999+08:00", Zone::Wita, cut), "2026-11-20");
        assert_eq!(day("2026-11-21T04:00:00+08:00", Zone::Wita, cut), "2026-11-21");
        assert_eq!(day("2026-11-20T22:30:00+07:00", Zone::Wit, CutOff::default()), "2026-11-21");
    }

    #[test]
    fn a_gateways_naive_time_is_read_in_its_zone() {
        let read = UnixMs::from_naive("2026-05-30 15:30:00", Zone::Wib).unwrap();
        assert_eq!(read.rfc3339(Zone::Wita), "2026-05-30T16:30:00+08:00");
        assert_eq!(UnixMs::from_naive("30/05/2026", Zone::Wib), None);
    }

    #[test]
    fn periods_begin_on_mondays_and_firsts() {
        let date = |text: &str| text.parse::<BusinessDate>().unwrap();
        assert_eq!(date("2026-11-21").monday(), date("2026-11-16"));
        assert_eq!(date("2026-11-16").monday(), date("2026-11-16"));
        assert_eq!(date("2026-03-01").monday(), date("2026-02-23"));
        assert_eq!(date("2026-11-21").month_start(), date("2026-11-01"));
        assert_eq!(date("2026-11-21").year_start(), date("2026-01-01"));
    }

    #[test]
    fn cut_offs_are_whole_minutes_of_a_day() {
        assert_eq!("04:30".parse::<CutOff>().unwrap().to_string(), "04:30");
        for bad in ["24:00", "4:30", "04:60", "0430", "-1:00"] {
            assert_eq!(bad.parse::<CutOff>(), Err(BadTime), "{bad}");
        }
    }

    #[test]
    fn absurd_clocks_do_not_panic() {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let _ = BusinessDate::of(UnixMs(at), Zone::Wit, "23:59".parse().unwrap()).to_string();
            let _ = UnixMs(at).rfc3339(Zone::Wit);
        }
    }
}
