//! Whole rupiah. Deliberately absent: decimals, other currencies, floats.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// The largest magnitude: TypeScript's safe integer, so that the window can hold every amount exactly.
pub const MAX_RUPIAH: i64 = (1 << 53) - 1;

/// An amount in whole rupiah, `-MAX_RUPIAH ..= MAX_RUPIAH`. Arithmetic is checked; there are no operators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Rupiah(i64);

/// The result would not fit into [`MAX_RUPIAH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount beyond {MAX_RUPIAH} rupiah")]
pub struct MoneyOverflow;

impl Rupiah {
    pub const ZERO: Self = Self(0);

    pub const fn new(rupiah: i64) -> Result<Self, MoneyOverflow> {
        if rupiah > MAX_RUPIAH || rupiah < -MAX_RUPIAH {
            return Err(MoneyOverflow);
        }
        Ok(Self(rupiah))
    }

    /// For constants: the compiler refuses a value that does not fit a `u32`.
    pub const fn from_u32(rupiah: u32) -> Self {
        Self(rupiah as i64)
    }

    pub const fn get(self) -> i64 {
        self.0
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyOverflow> {
        Self::new(self.0.checked_add(other.0).ok_or(MoneyOverflow)?)
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyOverflow> {
        Self::new(self.0.checked_sub(other.0).ok_or(MoneyOverflow)?)
    }

    /// The same amount with the other sign; the range is symmetric, so it always fits.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    pub fn checked_mul(self, count: u32) -> Result<Self, MoneyOverflow> {
        Self::new(self.0.checked_mul(i64::from(count)).ok_or(MoneyOverflow)?)
    }

    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyOverflow> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// `10.387`, `-5.000`: as on receipts and in lists.
    pub fn grouped(self) -> String {
        let digits = self.0.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if self.0 < 0 {
            out.push('-');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push('.');
            }
            out.push(digit);
        }
        out
    }
}

/// `Rp 10.387` with a no-break space, `-Rp 5.000` when negative.
impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grouped = self.grouped();
        match grouped.strip_prefix('-') {
            Some(positive) => write!(f, "-Rp\u{a0}{positive}"),
            None => write!(f, "Rp\u{a0}{grouped}"),
        }
    }
}

impl TryFrom<i64> for Rupiah {
    type Error = MoneyOverflow;

    fn try_from(rupiah: i64) -> Result<Self, MoneyOverflow> {
        Self::new(rupiah)
    }
}

impl<'de> Deserialize<'de> for Rupiah {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(i64::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shown_as_shops_write_it() {
        let shown = |n| Rupiah::new(n).unwrap().to_string();
        assert_eq!(shown(0), "Rp\u{a0}0");
        assert_eq!(shown(999), "Rp\u{a0}999");
        assert_eq!(shown(10_387), "Rp\u{a0}10.387");
        assert_eq!(shown(-5_000), "-Rp\u{a0}5.000");
        assert_eq!(Rupiah::new(1_234_567).unwrap().grouped(), "1.234.567");
    }

    #[test]
    fn the_edge_is_typescripts() {
        assert!(Rupiah::new(MAX_RUPIAH).is_ok());
        assert_eq!(Rupiah::new(MAX_RUPIAH + 1), Err(MoneyOverflow));
        assert_eq!(Rupiah::new(i64::MIN), Err(MoneyOverflow));
        let most = Rupiah::new(MAX_RUPIAH).unwrap();
        assert_eq!(most.checked_add(Rupiah::from_u32(1)), Err(MoneyOverflow));
        assert_eq!(most.checked_mul(2), Err(MoneyOverflow));
        assert!(serde_json::from_str::<Rupiah>("9007199254740992").is_err());
        assert!(serde_json::from_str::<Rupiah>("1.5").is_err());
    }

    proptest! {
        #[test]
        fn grouping_loses_no_digit(n in -MAX_RUPIAH..=MAX_RUPIAH) {
            let back: i64 = Rupiah::new(n).unwrap().grouped().replace('.', "").parse().unwrap();
            prop_assert_eq!(back, n);
        }
    }
}
