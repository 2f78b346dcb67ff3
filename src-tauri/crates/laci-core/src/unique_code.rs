//! The few rupiah that make an open total of the shop's own QRIS unique.
//!
//! Register `k` takes the codes that leave `k` when divided by 16, since two offline registers share one QRIS.
//! The code is subtracted by default: an addition looks like a surcharge, which is forbidden
//! (PBI 23/6/PBI/2021 art. 52(1)).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::money::Rupiah;
use crate::refusal::Refusal;

pub const CODE_MAX: u16 = 999;
const REGISTERS: u16 = 16;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Subtract,
    Add,
}

/// The smallest code (1 to 999) whose total no open attempt uses, signed as it changes the price, in rupiah.
/// `open_totals` are the totals still reserved. Refused with `no_free_code`.
pub fn free_code(
    register: u16,
    direction: Direction,
    amount: Rupiah,
    open_totals: &BTreeSet<Rupiah>,
) -> Result<Rupiah, Refusal> {
    for code in (1..=CODE_MAX).filter(|code| code % REGISTERS == register % REGISTERS) {
        let signed = match direction {
            Direction::Subtract => Rupiah::new(-i64::from(code)),
            Direction::Add => Rupiah::new(i64::from(code)),
        };
        let Ok(signed) = signed else { continue };
        let Ok(total) = amount.checked_add(signed) else { continue };
        if total > Rupiah::ZERO && !open_totals.contains(&total) {
            return Ok(signed);
        }
    }
    Err(Refusal::NoFreeCode)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rp(n: i64) -> Rupiah {
        Rupiah::new(n).unwrap()
    }

    #[test]
    fn the_smallest_free_total_of_this_register_is_taken() {
        let mut open = BTreeSet::new();
        assert_eq!(free_code(1, Direction::Subtract, rp(34_500), &open), Ok(rp(-1)));
        open.insert(rp(34_499));
        assert_eq!(free_code(1, Direction::Subtract, rp(34_500), &open), Ok(rp(-17)));
        assert_eq!(free_code(2, Direction::Subtract, rp(34_500), &open), Ok(rp(-2)));
        assert_eq!(free_code(1, Direction::Add, rp(34_500), &open), Ok(rp(1)));
        assert_eq!(free_code(0, Direction::Subtract, rp(34_500), &open), Ok(rp(-16)));
    }

    #[test]
    fn a_total_below_one_rupiah_is_never_made() {
        assert_eq!(
            free_code(1, Direction::Subtract, rp(1), &BTreeSet::new()),
            Err(Refusal::NoFreeCode)
        );
        assert_eq!(free_code(1, Direction::Subtract, rp(2), &BTreeSet::new()), Ok(rp(-1)));
    }

    #[test]
    fn when_all_are_taken_it_says_so() {
        let open = (1..=i64::from(CODE_MAX)).map(|code| rp(10_000 - code)).collect();
        assert_eq!(free_code(1, Direction::Subtract, rp(10_000), &open), Err(Refusal::NoFreeCode));
    }
}
