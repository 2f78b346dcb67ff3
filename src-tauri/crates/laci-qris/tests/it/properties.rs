//! No input panics, and what is accepted stays consistent.

use crate::common::{Expect, crc, fields, vectors};
use laci_qris::{Converter, MAX_AMOUNT, PointOfInitiation, dynamic, dynamic_as, parse, pin_of};
use proptest::prelude::*;

/// All that can be asked of a text without a panic.
fn exercise(text: &str) {
    match parse(text) {
        Ok(qris) => {
            let _ = (qris.tags(), qris.warnings(), qris.acquirer(), qris.criteria(), pin_of(&qris));
            assert_eq!(parse(qris.payload()).as_ref(), Ok(&qris), "a payload reads as itself");
            if let Ok(converted) = dynamic(&qris, 1) {
                assert_eq!(converted.qris.amount(), Some(1));
            }
        }
        Err(refusal) => {
            let cleaned = text.chars().count();
            assert!(refusal.offset().is_none_or(|at| at <= cleaned), "{refusal:?} in {text:?}");
            assert!(!refusal.to_string().is_empty());
        }
    }
}

fn any_vector() -> impl Strategy<Value = String> {
    prop::sample::select(vectors()).prop_map(|v| v.payload)
}

fn convertible() -> impl Strategy<Value = String> {
    let good: Vec<_> = vectors().into_iter().filter(|v| v.expect == Expect::Convert).collect();
    prop::sample::select(good).prop_map(|v| v.payload)
}

/// Replaces, inserts, removes and doubles characters; and mends the checksum in half the cases,
/// so that the rules behind it are reached as well.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (0..4_usize, any::<prop::sample::Index>(), any::<char>(), "[0-9A-Z.| ]");
    (any_vector(), prop::collection::vec(edit, 1..6), any::<bool>()).prop_map(
        |(payload, edits, mend)| {
            let mut chars: Vec<char> = payload.chars().collect();
            for (kind, index, odd, likely) in edits {
                let likely = likely.chars().next().unwrap_or('0');
                let at = index.index(chars.len().max(1));
                match kind {
                    0 if at < chars.len() => chars[at] = likely,
                    1 => chars.insert(at, likely),
                    2 if at < chars.len() => drop(chars.remove(at)),
                    _ => chars.insert(at, odd),
                }
            }
            let mut text: String = chars.into_iter().collect();
            if let Some(end) = text.rfind("6304").filter(|_| mend) {
                text.truncate(end + 4);
                let crc = crc(text.as_bytes());
                text.push_str(&format!("{crc:04X}"));
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn mutated_vectors_never_panic(text in mutated()) {
        exercise(&text);
    }

    #[test]
    fn random_text_never_panics(text in ".{0,80}") {
        exercise(&text);
        exercise(&format!("000201{text}"));
    }

    #[test]
    fn random_fields_never_panic(text in "(000201)?([0-9]{2}0[0-9][0-9A-Zé]{0,9}){0,12}(6304[0-9A-F]{4})?") {
        exercise(&text);
    }
}

proptest! {
    #[test]
    fn conversion_is_consistent(payload in convertible(), amount in 1..=MAX_AMOUNT) {
        let source = parse(&payload).expect("convertible");
        let first = dynamic(&source, amount).expect("converts").qris;
        let again = parse(first.payload());
        prop_assert_eq!(again.as_ref(), Ok(&first), "the result reads as itself");
        prop_assert_eq!(first.amount(), Some(amount));
        prop_assert_eq!(pin_of(&first), pin_of(&source));
        prop_assert_eq!((first.merchant(), first.mcc()), (source.merchant(), source.mcc()));
    }

    #[test]
    fn converting_again_is_converting_once(
        payload in convertible(),
        first in 1..=MAX_AMOUNT,
        second in 1..=MAX_AMOUNT,
    ) {
        let source = parse(&payload).expect("convertible");
        let once = dynamic(&source, second).expect("converts").qris;
        let detour = dynamic(&source, first).expect("converts").qris;
        let twice = dynamic(&detour, second).expect("converts").qris;
        prop_assert_eq!(&once, &twice);
        let back = dynamic_as(&twice, first, PointOfInitiation::KeepStatic11).expect("converts");
        let direct = dynamic_as(&source, first, PointOfInitiation::KeepStatic11).expect("converts");
        prop_assert_eq!(back.qris, direct.qris);
    }

    #[test]
    fn nothing_but_the_edits_changes(payload in convertible(), amount in 1..=MAX_AMOUNT) {
        let source = parse(&payload).expect("convertible");
        let result = dynamic(&source, amount).expect("converts").qris;
        let kept = |payload: &str| -> Vec<(String, String)> {
            let edited = ["01", "54", "55", "56", "57", "63"];
            fields(payload).into_iter().filter(|(id, _)| !edited.contains(&id.as_str())).collect()
        };
        prop_assert_eq!(kept(source.payload()), kept(result.payload()));
    }
}

/// Peers write checksums with leading zeros short: one in sixteen begins with a zero.
#[test]
fn checksums_with_leading_zeros_have_four_digits() {
    let source = parse(&crate::common::vector("baseline static")).expect("valid");
    let mut converter = Converter::new(source, PointOfInitiation::Dynamic12);
    let mut zeros = [0; 5];
    for amount in 1..=20_000 {
        let result = converter.convert(amount).expect("converts");
        let (body, written) = result.split_at(result.len() - 4);
        assert_eq!(written, format!("{:04X}", crc(body.as_bytes())), "amount {amount}");
        zeros[written.len() - written.trim_start_matches('0').len()] += 1;
    }
    assert!(zeros[1] > 0 && zeros[2] > 0 && zeros[3] > 0, "one, two and three zeros: {zeros:?}");
}
