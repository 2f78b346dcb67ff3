//! Shifts in the log's order: each fact in exactly one, and each Z expects what the drawer's account held.

use std::collections::BTreeMap;

use laci_core::books::{BooksError, Fact, Line, Report, Shifts, Standing};
use proptest::prelude::*;

use crate::any_fact::{price, rp, shift_lines};

fn of_shift(shift: u32, lines: &[Line]) -> Report {
    Report::of_shift(shift, lines, Standing::default()).unwrap()
}

proptest! {
    #[test]
    fn every_sale_is_in_exactly_one_z(lines in shift_lines()) {
        let mut sales: BTreeMap<u32, i64> = BTreeMap::new();
        let mut last = 1;
        for line in &lines {
            prop_assert!(line.shift == last || line.shift == last + 1, "shifts only go on");
            last = line.shift;
            *sales.entry(line.shift).or_default() += price(&line.fact);
        }
        for shift in 0..last + 2 {
            let expected = sales.get(&shift).copied().unwrap_or_default();
            prop_assert_eq!(of_shift(shift, &lines).turnover, rp(expected));
        }
    }

    #[test]
    fn a_z_expects_what_the_drawers_account_held(lines in shift_lines()) {
        for line in &lines {
            if let Fact::ShiftClosed { expected, counted } = line.fact {
                let cash = of_shift(line.shift, &lines).cash;
                prop_assert_eq!(cash.expected, expected);
                prop_assert_eq!(cash.counted, Some(counted));
                prop_assert_eq!(cash.difference, counted.checked_sub(expected).ok());
            }
        }
    }
}

#[test]
fn a_shift_opens_once_and_closes_once() {
    let open = Fact::ShiftOpened { float: rp(500_000) };
    let close = Fact::ShiftClosed { expected: rp(500_000), counted: rp(500_000) };
    let mut shifts = Shifts::default();
    assert_eq!(shifts.place(&close), Err(BooksError::ShiftNotOpen));
    assert_eq!(shifts.place(&Fact::SaleVoided), Ok(1), "it waits for the first shift");
    assert_eq!(shifts.place(&open), Ok(1));
    assert_eq!(shifts.place(&open), Err(BooksError::ShiftOpen));
    assert_eq!(shifts.open(), Some(1));
    assert_eq!(shifts.place(&close), Ok(1));
    assert_eq!(shifts.place(&Fact::SaleVoided), Ok(2), "nothing falls between two shifts");
    assert_eq!(shifts.place(&open), Ok(2));
}
