//! Where one business day ends and the next begins, in all three zones, and when the clock goes wrong.

use laci_core::{BusinessDate, CutOff, UnixMs, Zone};
use proptest::prelude::*;
use proptest::sample::select;

const DAY_MS: i64 = 86_400_000;
const ZONES: [(Zone, &str, i64); 3] =
    [(Zone::Wib, "+07:00", 7), (Zone::Wita, "+08:00", 8), (Zone::Wit, "+09:00", 9)];

fn cut(text: &str) -> CutOff {
    text.parse().unwrap()
}

fn at(text: &str) -> UnixMs {
    UnixMs::from_rfc3339(text).unwrap()
}

#[test]
fn the_last_millisecond_of_a_day_is_still_that_day() {
    for (zone, offset, _) in ZONES {
        let day = |time: &str, cut: CutOff| {
            BusinessDate::of(at(&format!("{time}{offset}")), zone, cut).to_string()
        };
        let midnight = CutOff::default();
        assert_eq!(day("2026-11-20T23:59:59.999", midnight), "2026-11-20", "{zone:?}");
        assert_eq!(day("2026-11-21T00:00:00.000", midnight), "2026-11-21", "{zone:?}");
        for (text, before, sharp, after) in [
            ("04:00", "03:59:59", "04:00:00", "04:00:01"),
            ("00:01", "00:00:59", "00:01:00", "00:01:01"),
            ("23:59", "23:58:59", "23:59:00", "23:59:01"),
        ] {
            let of = |time: &str| day(&format!("2026-11-21T{time}"), cut(text));
            assert_eq!(of(before), "2026-11-20", "{text} {zone:?}");
            assert_eq!(of(&format!("{before}.999")), "2026-11-20", "{text} {zone:?}");
            assert_eq!(of(sharp), "2026-11-21", "{text} {zone:?}");
            assert_eq!(of(after), "2026-11-21", "{text} {zone:?}");
        }
    }
}

#[test]
fn years_and_leap_days_turn_like_any_other() {
    let day = |text: &str| BusinessDate::of(at(text), Zone::Wib, cut("03:00")).to_string();
    assert_eq!(day("2027-01-01T02:59:59.999+07:00"), "2026-12-31");
    assert_eq!(day("2028-03-01T02:59:59.999+07:00"), "2028-02-29");
    assert_eq!(day("2027-03-01T02:59:59.999+07:00"), "2027-02-28");
}

#[test]
fn one_moment_has_one_hour_per_zone() {
    let moment = at("2026-11-20T23:59:59.999+07:00");
    assert_eq!(ZONES.map(|(zone, _, _)| moment.hour(zone)), [23, 0, 1]);
}

#[test]
fn days_of_the_calendar_only() {
    assert_eq!(BusinessDate::from_calendar(2027, 2, 29), None);
    assert_eq!(BusinessDate::from_calendar(2027, 13, 1), None);
    assert_eq!(BusinessDate::from_calendar(2028, 2, 29).unwrap().to_string(), "2028-02-29");
}

proptest! {
    #[test]
    fn a_moment_before_the_cut_off_belongs_to_the_day_before(
        (zone, _, hours) in select(ZONES.to_vec()),
        day in 10_000i64..40_000,
        time in 0..DAY_MS,
        (hour, minute) in (0i64..24, 0i64..60),
    ) {
        let midnight = day * DAY_MS - hours * 3_600_000;
        let moment = UnixMs(midnight + time);
        let cut_ms = (hour * 60 + minute) * 60_000;
        let booked = BusinessDate::of(moment, zone, cut(&format!("{hour:02}:{minute:02}")));
        let noon = midnight + DAY_MS / 2 - if time < cut_ms { DAY_MS } else { 0 };
        prop_assert_eq!(booked, BusinessDate::of(UnixMs(noon), zone, CutOff::default()));
        prop_assert_eq!(i64::from(moment.hour(zone)), time / 3_600_000);
    }

    #[test]
    fn a_clock_set_back_an_hour_books_the_day_before_only_near_the_cut_off(
        (zone, _, hours) in select(ZONES.to_vec()),
        moment in 1_600_000_000_000i64..2_000_000_000_000,
    ) {
        const HOUR_MS: i64 = 3_600_000;
        let of = |ms| BusinessDate::of(UnixMs(ms), zone, cut("02:30"));
        let since_cut = (moment + hours * HOUR_MS - (2 * 60 + 30) * 60_000).rem_euclid(DAY_MS);
        let day = if since_cut < HOUR_MS { of(moment - DAY_MS) } else { of(moment) };
        prop_assert_eq!(of(moment - HOUR_MS), day);
        prop_assert!(of(moment - DAY_MS) < of(moment));
    }
}
