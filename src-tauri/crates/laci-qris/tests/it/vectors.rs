//! Every shared vector does what it is expected to do.

use crate::common::{Expect, crc, fields, vector, vectors};
use laci_qris::{Converter, Kind, PointOfInitiation, Warning, dynamic, dynamic_as, parse};

const AMOUNT: u64 = 123_456;

/// What must hold of any conversion, judged without this crate's own reader.
fn assert_converted(source: &str, result: &str, amount: u64, initiation: &str) {
    let body = &result[..result.len() - 4];
    assert_eq!(&result[result.len() - 4..], format!("{:04X}", crc(body.as_bytes())), "checksum");
    let all = fields(result);
    let amounts: Vec<_> = all.iter().filter(|(id, _)| id == "54").collect();
    assert_eq!(amounts, [&("54".to_owned(), amount.to_string())], "one 54, plain digits");
    assert!(all.contains(&("01".to_owned(), initiation.to_owned())), "tag 01 in {result}");
    let kept = |payload: &str| -> Vec<(String, String)> {
        let edited = ["01", "54", "55", "56", "57", "63"];
        fields(payload).into_iter().filter(|(id, _)| !edited.contains(&id.as_str())).collect()
    };
    assert_eq!(kept(source), kept(result), "every other tag is equal and in its place");
    assert!(!all.iter().any(|(id, _)| ["55", "56", "57"].contains(&id.as_str())), "no tip tags");
}

#[test]
fn all_vectors_do_what_they_expect() {
    let mut counts = (0, 0);
    for v in vectors() {
        match (v.expect, parse(&v.payload)) {
            (Expect::Convert, Ok(qris)) => {
                let converted = dynamic(&qris, AMOUNT).expect(&v.note);
                assert_converted(qris.payload(), converted.qris.payload(), AMOUNT, "12");
                assert_eq!(converted.qris.kind(), Kind::Dynamic, "{}", v.note);
                assert_eq!(converted.qris.amount(), Some(AMOUNT), "{}", v.note);
                counts.0 += 1;
            }
            (Expect::Refuse, Err(refusal)) => {
                assert!(!refusal.code().is_empty(), "{}", v.note);
                counts.1 += 1;
            }
            (expected, outcome) => panic!("{}: {expected:?} expected, got {outcome:?}", v.note),
        }
    }
    assert_eq!(counts, (13, 6), "the fixture has this many of each");
}

#[test]
fn the_reused_buffer_holds_the_same_bytes() {
    for qris in vectors().iter().filter_map(|v| parse(&v.payload).ok()) {
        let mut converter = Converter::new(qris.clone(), PointOfInitiation::Dynamic12);
        for amount in [1, 9_999_999_999_999, 20_000, 0] {
            let slow = dynamic(&qris, amount).map(|converted| converted.qris);
            let fast = converter.convert(amount);
            assert_eq!(fast, slow.as_ref().map(|qris| qris.payload()).map_err(Clone::clone));
        }
    }
}

#[test]
fn refusals_have_the_right_name() {
    let code = |note: &str| parse(&vector(note)).expect_err(note).code();
    assert_eq!(code("duplicate tag 54"), "duplicate_tag");
    assert_eq!(code("CRC off by one nibble"), "crc_mismatch");
    assert_eq!(code("truncated"), "truncated");
    assert_eq!(code("country MY"), "foreign_country");
    assert_eq!(code("QRIS transfer"), "transfer");
    // The reading goes on one character too far, in the middle of the next header.
    assert_eq!(code("UTF-8 name with length in BYTES"), "bad_length");
}

#[test]
fn a_checksum_in_lower_case_leaves_in_upper_case() {
    let qris = parse(&vector("lower-case CRC")).expect("accepted");
    assert!(qris.payload().ends_with("6ba9"), "the source is shown as it came");
    let shown = dynamic(&qris, 10).expect("converts").qris;
    assert_eq!(shown.payload(), shown.payload().to_uppercase(), "emitted in upper case");
}

#[test]
fn tips_are_removed_with_a_warning() {
    for note in ["static with tip prompt", "static with percentage tip"] {
        let qris = parse(&vector(note)).expect(note);
        assert!(qris.warnings().contains(&Warning::TipTags), "{note}");
        let converted = dynamic(&qris, AMOUNT).expect(note);
        assert_eq!(converted.warnings, [Warning::TipRemoved], "{note}");
        assert!(!converted.qris.warnings().contains(&Warning::TipTags), "{note}");
    }
}

#[test]
fn eleven_beside_the_amount_is_a_choice() {
    let source = vector("baseline static");
    let qris = parse(&source).expect("valid");
    let kept = dynamic_as(&qris, AMOUNT, PointOfInitiation::KeepStatic11).expect("converts");
    assert_converted(&source, kept.qris.payload(), AMOUNT, "11");
    assert!(kept.qris.warnings().contains(&Warning::StaticWithAmount));
    let mut converter = Converter::new(qris, PointOfInitiation::KeepStatic11);
    assert_eq!(converter.convert(AMOUNT), Ok(kept.qris.payload()));
}

#[test]
fn crc_ok_of_each_vector_is_what_the_definition_says() {
    for v in vectors() {
        let (body, written) = v.payload.split_at(v.payload.len() - 4);
        let matches = u16::from_str_radix(written, 16).is_ok_and(|w| w == crc(body.as_bytes()));
        assert_eq!(matches, v.crc_ok, "{}", v.note);
    }
}
