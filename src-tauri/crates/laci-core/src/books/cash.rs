//! Notes and coins: counting them, rounding a price that is paid with them, and what a customer will likely hand over.
//!
//! Deliberately absent: old and commemorative notes, coins below 100 (still legal, no longer handed out).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::{MoneyOverflow, Rupiah};

/// What the drawer holds, from large to small. A note and a coin of 1.000 are different things to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Denomination {
    #[serde(rename = "note_100000")]
    Note100000,
    #[serde(rename = "note_50000")]
    Note50000,
    #[serde(rename = "note_20000")]
    Note20000,
    #[serde(rename = "note_10000")]
    Note10000,
    #[serde(rename = "note_5000")]
    Note5000,
    #[serde(rename = "note_2000")]
    Note2000,
    #[serde(rename = "note_1000")]
    Note1000,
    #[serde(rename = "coin_1000")]
    Coin1000,
    #[serde(rename = "coin_500")]
    Coin500,
    #[serde(rename = "coin_200")]
    Coin200,
    #[serde(rename = "coin_100")]
    Coin100,
}

impl Denomination {
    pub const ALL: [Self; 11] = [
        Self::Note100000,
        Self::Note50000,
        Self::Note20000,
        Self::Note10000,
        Self::Note5000,
        Self::Note2000,
        Self::Note1000,
        Self::Coin1000,
        Self::Coin500,
        Self::Coin200,
        Self::Coin100,
    ];

    /// In rupiah.
    pub fn value(self) -> Rupiah {
        Rupiah::from_u32(match self {
            Self::Note100000 => 100_000,
            Self::Note50000 => 50_000,
            Self::Note20000 => 20_000,
            Self::Note10000 => 10_000,
            Self::Note5000 => 5_000,
            Self::Note2000 => 2_000,
            Self::Note1000 | Self::Coin1000 => 1_000,
            Self::Coin500 => 500,
            Self::Coin200 => 200,
            Self::Coin100 => 100,
        })
    }

    pub fn is_coin(self) -> bool {
        match self {
            Self::Coin1000 | Self::Coin500 | Self::Coin200 | Self::Coin100 => true,
            Self::Note100000
            | Self::Note50000
            | Self::Note20000
            | Self::Note10000
            | Self::Note5000
            | Self::Note2000
            | Self::Note1000 => false,
        }
    }
}

/// How many pieces of each were counted. What is not named was not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Count(BTreeMap<Denomination, u32>);

impl Count {
    pub fn set(&mut self, denomination: Denomination, pieces: u32) {
        match pieces {
            0 => self.0.remove(&denomination),
            _ => self.0.insert(denomination, pieces),
        };
    }

    pub fn pieces(&self, denomination: Denomination) -> u32 {
        self.0.get(&denomination).copied().unwrap_or_default()
    }

    /// In rupiah.
    pub fn total(&self) -> Result<Rupiah, MoneyOverflow> {
        let mut amounts =
            self.0.iter().map(|(denomination, n)| denomination.value().checked_mul(*n));
        amounts.try_fold(Rupiah::ZERO, |sum, amount| sum.checked_add(amount?))
    }

    /// `amount` rupiah in the fewest pieces, notes before coins, and what no piece can make up (below 100, or
    /// everything when it is negative). How a cashier would give change from a full drawer.
    pub fn fewest(amount: Rupiah) -> (Self, Rupiah) {
        let mut left = amount.get();
        let mut count = Self::default();
        for denomination in Denomination::ALL {
            let value = denomination.value().get();
            let pieces = u32::try_from(left / value).unwrap_or_default();
            count.set(denomination, pieces);
            left -= value * i64::from(pieces);
        }
        (count, Rupiah::new(left).unwrap_or_default())
    }
}

/// Which multiple of the step a price becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// The nearest one; exactly half way goes down, in the customer's favour.
    #[default]
    Nearest,
    /// Never more than the price.
    Down,
}

/// A shop's rule for prices that are paid in cash; nothing else is ever rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawRounding")]
pub struct CashRounding {
    /// In rupiah; 1 switches rounding off.
    step: u32,
    mode: RoundingMode,
}

#[derive(Deserialize)]
struct RawRounding {
    step: u32,
    #[serde(default)]
    mode: RoundingMode,
}

impl TryFrom<RawRounding> for CashRounding {
    type Error = BadStep;

    fn try_from(raw: RawRounding) -> Result<Self, BadStep> {
        Self::new(raw.step, raw.mode)
    }
}

/// A step that no shop rounds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cash is rounded to 1, 50, 100, 500 or 1000 rupiah")]
pub struct BadStep;

/// To 100, the smallest coin that is handed out.
impl Default for CashRounding {
    fn default() -> Self {
        Self { step: 100, mode: RoundingMode::default() }
    }
}

impl CashRounding {
    pub const STEPS: [u32; 5] = [1, 50, 100, 500, 1_000];

    pub fn new(step: u32, mode: RoundingMode) -> Result<Self, BadStep> {
        if !Self::STEPS.contains(&step) {
            return Err(BadStep);
        }
        Ok(Self { step, mode })
    }

    pub fn step(self) -> u32 {
        self.step
    }

    pub fn mode(self) -> RoundingMode {
        self.mode
    }

    /// What rounding adds to `total`, signed, in rupiah, smaller than the step. A price is never rounded to nothing.
    pub fn of(self, total: Rupiah) -> Rupiah {
        let step = i64::from(self.step);
        let above = total.get().rem_euclid(step);
        let down = match self.mode {
            RoundingMode::Down => true,
            RoundingMode::Nearest => above * 2 <= step,
        };
        let rounding = if above == 0 || down { -above } else { step - above };
        match Rupiah::new(rounding).and_then(|r| total.checked_add(r).map(|due| (r, due))) {
            Ok((rounding, due)) if due > Rupiah::ZERO => rounding,
            Ok(_) | Err(_) => Rupiah::ZERO,
        }
    }
}

/// Most amounts that [`quick_cash`] suggests.
pub const QUICK_CASH_MAX: usize = 6;

/// What a customer will likely hand over for `due` rupiah (already rounded): the exact amount first, then rising,
/// at most six. Empty when nothing is due.
///
/// Each suggestion is the next multiple of a larger note above the one before. A step is left out when the price is
/// a multiple of it: nobody hands over 21.000 for 20.000.
pub fn quick_cash(due: Rupiah) -> Vec<Rupiah> {
    if due <= Rupiah::ZERO {
        return Vec::new();
    }
    let mut amounts = vec![due.get()];
    let mut last = due.get();
    for step in [1_000, 5_000, 10_000, 20_000, 50_000, 50_000] {
        let is_smaller_note = step < 20_000;
        let needless = is_smaller_note && due.get() % step == 0;
        // 20.000 is a note of its own, but nobody thinks in multiples of it.
        let beyond = step == 20_000 && last >= step;
        if !needless && !beyond {
            last = (last / step + 1) * step;
            amounts.push(last);
        }
    }
    let fitting = amounts.into_iter().take(QUICK_CASH_MAX).map_while(|n| Rupiah::new(n).ok());
    fitting.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rp(n: i64) -> Rupiah {
        Rupiah::new(n).unwrap()
    }

    fn quick(due: i64) -> Vec<i64> {
        quick_cash(rp(due)).into_iter().map(Rupiah::get).collect()
    }

    #[test]
    fn the_drawer_of_the_drawn_day_is_counted_right() {
        let mut count = Count::default();
        for (denomination, pieces) in
            Denomination::ALL.into_iter().zip([11, 13, 22, 31, 27, 38, 24, 41, 63, 18, 29])
        {
            count.set(denomination, pieces);
        }
        assert_eq!(count.total(), Ok(rp(2_814_000)));
        let text = serde_json::to_string(&count).unwrap();
        assert!(text.contains(r#""note_1000":24,"coin_1000":41"#), "{text}");
        assert_eq!(serde_json::from_str::<Count>(&text).unwrap(), count);
        count.set(Denomination::Coin1000, 0);
        assert_eq!(count.pieces(Denomination::Note1000), 24);
        assert_eq!(count.total(), Ok(rp(2_773_000)));
    }

    #[test]
    fn no_count_overflows() {
        let mut count = Count::default();
        for denomination in Denomination::ALL {
            count.set(denomination, u32::MAX);
        }
        assert!(count.total().is_ok(), "189.800 rupiah times 2^32 is below 2^53");
    }

    #[test]
    fn change_is_given_in_the_fewest_pieces() {
        let (count, left) = Count::fewest(rp(30_600));
        let given: Vec<_> =
            Denomination::ALL.into_iter().filter(|d| count.pieces(*d) > 0).collect();
        use Denomination::{Coin100, Coin500, Note10000, Note20000};
        assert_eq!((given, left), (vec![Note20000, Note10000, Coin500, Coin100], Rupiah::ZERO));
        assert_eq!(Count::fewest(rp(50)).1, rp(50));
        assert_eq!(Count::fewest(rp(-50)), (Count::default(), rp(-50)));
    }

    #[test]
    fn half_way_goes_to_the_customer() {
        let nearest = CashRounding::default();
        let down = CashRounding::new(100, RoundingMode::Down).unwrap();
        for (total, by_nearest, by_down) in
            [(69_450, -50, -50), (10_387, 13, -87), (69_451, 49, -51), (100, 0, 0), (30, 0, 0)]
        {
            assert_eq!(nearest.of(rp(total)), rp(by_nearest), "{total}");
            assert_eq!(down.of(rp(total)), rp(by_down), "{total}");
        }
        assert_eq!(CashRounding::new(300, RoundingMode::Down), Err(BadStep));
        assert!(serde_json::from_str::<CashRounding>(r#"{"step":0}"#).is_err());
    }

    #[test]
    fn the_next_sensible_notes_are_suggested() {
        assert_eq!(quick(69_400), [69_400, 70_000, 75_000, 80_000, 100_000, 150_000]);
        assert_eq!(quick(10_400), [10_400, 11_000, 15_000, 20_000, 50_000, 100_000]);
        assert_eq!(quick(2_500), [2_500, 3_000, 5_000, 10_000, 20_000, 50_000]);
        assert_eq!(quick(20_000), [20_000, 50_000, 100_000]);
        assert_eq!(quick(15_000), [15_000, 20_000, 50_000, 100_000]);
        assert_eq!(quick(0), [0; 0]);
        assert_eq!(quick(crate::money::MAX_RUPIAH), [crate::money::MAX_RUPIAH]);
    }

    proptest! {
        #[test]
        fn suggestions_rise_and_are_at_most_six(due in 1i64..20_000_000) {
            let amounts = quick(due);
            prop_assert_eq!(amounts.first(), Some(&due));
            prop_assert!(amounts.len() <= QUICK_CASH_MAX);
            prop_assert!(amounts.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn rounding_ends_on_a_step_and_stays_below_one(
            total in 1i64..20_000_000, at in 0usize..5, down in any::<bool>(),
        ) {
            let mode = if down { RoundingMode::Down } else { RoundingMode::Nearest };
            let rule = CashRounding::new(CashRounding::STEPS[at], mode).unwrap();
            let (rounding, step) = (rule.of(rp(total)).get(), i64::from(rule.step()));
            prop_assert!(rounding.abs() < step.max(1));
            let due = total + rounding;
            prop_assert!(due % step == 0 || due == total && total < step);
            prop_assert!(!down || rounding <= 0);
        }

        #[test]
        fn the_fewest_pieces_make_up_the_amount(amount in 0i64..20_000_000) {
            let (count, left) = Count::fewest(rp(amount));
            prop_assert_eq!(count.total().unwrap().get() + left.get(), amount);
            prop_assert!(left < rp(100));
        }
    }
}
