//! Any change, swap or gap in a chain of Zs is found; a cut tail against what is known from outside.

use laci_core::books::z::check;
use laci_core::books::{Report, Z, ZNumber, ZProblem, ZReport};
use laci_core::{Hash, UnixMs};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::any_fact::rp;

/// One Z for each turnover; `restored` begins a new epoch after that many.
fn chain(turnovers: &[i64], restored: usize) -> Vec<Z> {
    let mut zs: Vec<Z> = Vec::new();
    for (at, turnover) in turnovers.iter().enumerate() {
        let last = zs.last();
        let epoch = if at >= restored { 2 } else { 1 };
        let number = ZNumber::next(last.map(|z| z.number), epoch).unwrap();
        let said = ZReport {
            number,
            shift: u32::try_from(at).unwrap() + 1,
            date: "2026-11-20".parse().unwrap(),
            opened_at: UnixMs(1_795_158_000_000),
            closed_at: UnixMs(1_795_186_800_000),
            cashier: "sari".to_owned(),
            head_seq: 7,
            head: Hash::of_bytes(b"head"),
            counts: 1,
            first_counted: laci_core::Rupiah::ZERO,
            report: Report { turnover: rp(*turnover), ..Report::default() },
        };
        let z = Z::new(&said, last.map_or(Hash::GENESIS, |z| z.hash)).unwrap();
        assert_eq!(z.report().unwrap(), said);
        zs.push(z);
    }
    zs
}

fn any_chain() -> impl Strategy<Value = Vec<Z>> {
    (prop::collection::vec(0i64..3, 2..9), 0usize..12).prop_map(|(t, at)| chain(&t, at))
}

proptest! {
    #[test]
    fn a_whole_chain_holds_and_gives_its_head(zs in any_chain()) {
        let head = zs.last().map(|z| (z.number, z.hash));
        prop_assert_eq!(check(&zs, head), Ok(head));
        let known = zs.first().map(|z| (z.number, z.hash));
        prop_assert_eq!(check(&zs, known), Ok(head));
    }

    #[test]
    fn any_changed_byte_is_found(
        mut zs in any_chain(), which in any::<Index>(), place in any::<Index>(), by in 1u8..128,
    ) {
        let at = which.index(zs.len());
        let mut bytes = zs[at].text.clone().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = (bytes[place] ^ by) & 0x7f;
        zs[at].text = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(check(&zs, None), Err(ZProblem::Changed { number: zs[at].number }));
    }

    #[test]
    fn a_z_that_was_written_anew_breaks_the_next(mut zs in any_chain(), which in any::<Index>()) {
        let at = which.index(zs.len() - 1);
        let mut said = zs[at].report().unwrap();
        said.report.turnover = rp(999_999);
        let before = at.checked_sub(1).map_or(Hash::GENESIS, |before| zs[before].hash);
        zs[at] = Z::new(&said, before).unwrap();
        prop_assert_eq!(check(&zs, None), Err(ZProblem::Changed { number: zs[at + 1].number }));
    }

    #[test]
    fn any_swap_is_found(mut zs in any_chain(), one in any::<Index>(), two in any::<Index>()) {
        let (one, two) = (one.index(zs.len()), two.index(zs.len()));
        prop_assume!(one != two);
        zs.swap(one, two);
        prop_assert!(check(&zs, None).is_err());
    }

    #[test]
    fn swapped_contents_under_the_right_numbers_are_found(mut zs in any_chain()) {
        let (one, two) = (zs[0].text.clone(), zs[1].text.clone());
        (zs[0].text, zs[1].text) = (two, one);
        prop_assert_eq!(check(&zs, None), Err(ZProblem::Changed { number: zs[0].number }));
    }

    #[test]
    fn any_gap_is_found(mut zs in any_chain(), which in any::<Index>()) {
        let gone = zs.remove(which.index(zs.len() - 1));
        prop_assert!(check(&zs, None).is_err());
        zs.push(gone);
        prop_assert!(check(&zs, None).is_err(), "nor may it stand at the end");
    }

    #[test]
    fn a_cut_tail_is_found_by_what_is_known(mut zs in any_chain(), left in any::<Index>()) {
        let last = zs.last().map(|z| (z.number, z.hash)).unwrap();
        zs.truncate(left.index(zs.len()));
        prop_assert!(check(&zs, None).is_ok(), "alone it cannot be seen");
        prop_assert_eq!(check(&zs, Some(last)), Err(ZProblem::Cut { last: last.0 }));
    }

    #[test]
    fn a_z_twice_is_found(mut zs in any_chain(), which in any::<Index>()) {
        let at = which.index(zs.len());
        let twice = zs[at].clone();
        let found = twice.number;
        zs.insert(at, twice);
        prop_assert_eq!(check(&zs, None), Err(ZProblem::Swapped { found }));
    }
}

#[test]
fn a_number_beside_another_text_is_found_even_with_its_right_hash() {
    let mut zs = chain(&[1, 2], usize::MAX);
    let mut said = zs[1].report().unwrap();
    said.number.counter = 9;
    zs[1] = Z { number: zs[1].number, ..Z::new(&said, zs[0].hash).unwrap() };
    assert_eq!(check(&zs, None), Err(ZProblem::Changed { number: zs[1].number }));
}

#[test]
fn the_kinds_of_harm_are_told_apart() {
    let whole = chain(&[1, 2, 3, 4], usize::MAX);
    let mut gap = whole.clone();
    gap.remove(1);
    assert_eq!(check(&gap, None), Err(ZProblem::Gap { found: whole[2].number }));
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    assert_eq!(check(&swapped, None), Err(ZProblem::Swapped { found: whole[2].number }));
    assert_eq!(check(&whole[1..], None), Err(ZProblem::Gap { found: whole[1].number }));
    assert_eq!(check(&[], None), Ok(None));
}
