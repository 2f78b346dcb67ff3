//! The outside world's clock. A gateway has one of its own, so here, and only here, it is read.

use std::time::{SystemTime, UNIX_EPOCH};

use time::macros::{format_description, offset};
use time::{Duration, OffsetDateTime};

/// Whole seconds since 1970.
#[allow(
    clippy::disallowed_methods,
    reason = "the sandbox plays the outside world, which has a clock"
)]
pub(crate) fn now_s() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn jakarta(at_s: i64) -> OffsetDateTime {
    // 9999-12-31, the last day that has a text.
    let at = OffsetDateTime::UNIX_EPOCH + Duration::seconds(at_s.clamp(0, 253_402_214_400));
    at.to_offset(offset!(+7))
}

/// `2026-05-30 15:30:00`: Jakarta's time without saying so, as the document's samples have it.
pub(crate) fn naive(at_s: i64) -> String {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    jakarta(at_s).format(form).unwrap_or_default()
}

/// `20260530`.
pub(crate) fn day(at_s: i64) -> String {
    jakarta(at_s).format(format_description!("[year][month][day]")).unwrap_or_default()
}

/// `Fri, 21 Nov 2026 08:00:00 GMT`: an HTTP date.
pub(crate) fn http_date(at_s: i64) -> String {
    let form = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    jakarta(at_s).to_offset(offset!(+0)).format(form).unwrap_or_default()
}

/// `15.30.05`, as clocks are read in Indonesia.
pub(crate) fn of_day(at_s: i64) -> String {
    jakarta(at_s).format(format_description!("[hour].[minute].[second]")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_jakartas() {
        assert_eq!(naive(1_780_129_800), "2026-05-30 15:30:00");
        assert_eq!(day(1_780_160_400), "20260531", "past midnight there");
        assert_eq!(of_day(1_780_129_805), "15.30.05");
        assert_eq!(naive(i64::MIN), "1970-01-01 07:00:00");
        assert!(!naive(i64::MAX).is_empty());
    }
}
