//! Which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months that have any.

use std::collections::BTreeSet;

use super::name::Name;

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Those that may go. Periods are counted by the backups that exist, so that a shop which was closed for a year still
/// has its last ones.
pub(super) fn superfluous(all: &BTreeSet<Name>) -> BTreeSet<Name> {
    let mut kept = BTreeSet::new();
    keep_newest(all, DAYS, |name| name.date.to_string(), &mut kept);
    keep_newest(all, WEEKS, |name| name.date.week(), &mut kept);
    keep_newest(all, MONTHS, |name| name.date.to_string()[..7].to_owned(), &mut kept);
    all.difference(&kept).cloned().collect()
}

fn keep_newest(
    all: &BTreeSet<Name>,
    periods: usize,
    period: impl Fn(&Name) -> String,
    kept: &mut BTreeSet<Name>,
) {
    let mut seen = BTreeSet::new();
    for name in all.iter().rev() {
        if seen.len() == periods {
            break;
        }
        if seen.insert(period(name)) {
            kept.insert(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use laci_core::{UnixMs, Zone};

    use super::*;

    const DAY_MS: i64 = 86_400_000;
    /// 2026-11-20T19:00:00+07:00.
    const NOW: UnixMs = UnixMs(1_795_176_000_000);

    fn made(days_ago: i64, hour: i64) -> Name {
        Name::of(NOW.plus_ms(-days_ago * DAY_MS - hour * 3_600_000), Zone::Wib, 1, 7)
    }

    #[test]
    fn of_two_years_of_days_a_week_a_month_and_a_year_stay() {
        let mut all = BTreeSet::new();
        let mut gone = 0;
        for days_ago in (0..730).rev() {
            // Two a day, tidied each time, as it happens in a shop.
            for hour in [5, 0] {
                all.insert(made(days_ago, hour));
                for name in superfluous(&all) {
                    all.remove(&name);
                    gone += 1;
                }
            }
        }
        let days: Vec<String> = all.iter().rev().map(|name| name.date.to_string()).collect();
        assert_eq!(days[..7], (0..7).map(|ago| made(ago, 0).date.to_string()).collect::<Vec<_>>());
        assert!(all.len() <= 7 + 4 + 12, "{} are kept", all.len());
        let months: BTreeSet<&str> = days.iter().map(|day| &day[..7]).collect();
        assert_eq!(months.len(), 12, "one of each of the last twelve months: {months:?}");
        assert!(all.iter().all(|name| name.time == "190000"), "the newest of each day");
        assert_eq!(gone + all.len(), 730 * 2);
    }

    #[test]
    fn few_are_all_kept_and_an_old_one_is_no_reason_to_go() {
        let few: BTreeSet<Name> = (0..5).map(|ago| made(ago * 400, 0)).collect();
        assert!(superfluous(&few).is_empty());
        assert!(superfluous(&BTreeSet::new()).is_empty());
    }
}
