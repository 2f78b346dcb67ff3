//! What the owner says of a gateway for the choice among several: what it costs and when it serves.

use laci_core::Rupiah;

const PARTS: i64 = 10_000;
const DAY: u16 = 24 * 60;

/// A gateway's price for one payment, as the owner knows it; what it really took is settled later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Hundredths of a percent.
    pub bps: u32,
    /// Rupiah for each payment.
    pub rp: Rupiah,
}

impl Cost {
    /// The estimate for a payment of `total`, in rupiah, rounded up.
    pub fn of(self, total: Rupiah) -> Rupiah {
        let part = total.get().saturating_mul(i64::from(self.bps)).saturating_add(PARTS - 1);
        Rupiah::new(part / PARTS).and_then(|part| part.checked_add(self.rp)).unwrap_or(total)
    }
}

/// From a minute of the day to another, the last one not included; over midnight when it ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    from: u16,
    to: u16,
}

impl Hours {
    /// `06:00-23:00`; `24:00` is the end of the day.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.trim().split_once('-')?;
        let (from, to) = (minute(from)?, minute(to)?);
        (from != to && from < DAY).then_some(Self { from, to })
    }

    pub fn hold(self, minute: u16) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= DAY).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_rounded_up_and_never_overflow() {
        let cost = Cost { bps: 70, rp: Rupiah::from_u32(250) };
        assert_eq!(cost.of(Rupiah::from_u32(10_000)), Rupiah::from_u32(320));
        assert_eq!(cost.of(Rupiah::from_u32(10_001)), Rupiah::from_u32(321));
        assert_eq!(Cost::default().of(Rupiah::from_u32(10_000)), Rupiah::ZERO);
        let most = Rupiah::new(laci_core::money::MAX_RUPIAH).unwrap();
        assert_eq!(Cost { bps: 10_000, rp: most }.of(most), most, "no figure beyond money itself");
    }

    #[test]
    fn hours_are_of_one_day_or_over_midnight() {
        let day = Hours::read("06:00-23:00").unwrap();
        assert_eq!(
            [359, 360, 1_379, 1_380].map(|minute| day.hold(minute)),
            [false, true, true, false]
        );
        let night = Hours::read(" 22:00 - 05:30 ").unwrap();
        assert!(night.hold(1_439) && night.hold(0) && night.hold(329) && !night.hold(330));
        assert!(Hours::read("00:00-24:00").unwrap().hold(1_439));
        for bad in ["", "6-23", "06:00", "06:00-06:00", "24:00-06:00", "06:60-07:00", "06:00-25:00"]
        {
            assert_eq!(Hours::read(bad), None, "{bad}");
        }
    }
}
