use super::{CLASSES, MODES, Mode, Segment, fit, split};
use proptest::prelude::*;
use qrcode::bits::Bits;
use qrcode::{EcLevel, Version};

const LEVELS: [EcLevel; 4] = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H];

/// A segment's length as the standard's text counts it: whole groups, then the remainder.
fn segment_bits(mode: Mode, chars: usize, class: usize) -> usize {
    let data = match mode {
        Mode::Numeric => chars / 3 * 10 + [0, 4, 7][chars % 3],
        Mode::Alphanumeric => chars / 2 * 11 + [0, 6][chars % 2],
        Mode::Byte => chars * 8,
    };
    let count = match (mode, class) {
        (Mode::Numeric, class) => 10 + 2 * class,
        (Mode::Alphanumeric, class) => 9 + 2 * class,
        (Mode::Byte, 0) => 8,
        (Mode::Byte, _) => 16,
    };
    4 + count + data
}

/// The least bits over every possible split, found from segments rather than from characters.
fn least_bits(data: &[u8], class: usize) -> usize {
    let mut least = vec![0];
    for end in 1..=data.len() {
        let ways = (0..end).flat_map(|begin| {
            let part = &data[begin..end];
            let fits = MODES.into_iter().filter(move |m| part.iter().all(|b| m.holds(*b)));
            let before: usize = least[begin];
            fits.map(move |mode| before + segment_bits(mode, end - begin, class))
        });
        let best = ways.min().expect("byte mode holds everything");
        least.push(best);
    }
    least[data.len()]
}

fn assert_covers(data: &[u8], segments: &[Segment]) {
    let mut at = 0;
    for segment in segments {
        assert_eq!(segment.begin, at, "segments follow one another");
        assert!(segment.begin < segment.end, "no segment is empty");
        let part = &data[segment.begin..segment.end];
        assert!(part.iter().all(|b| segment.mode.holds(*b)), "{:?} cannot hold it", segment.mode);
        at = segment.end;
    }
    assert_eq!(at, data.len(), "nothing is left over");
}

/// Text in which modes alternate, as in a payload.
fn mixed() -> impl Strategy<Value = String> {
    "([0-9]{1,20}|[A-Z0-9 .:]{1,12}|[a-z|é]{1,5}){0,12}"
}

proptest! {
    #[test]
    fn split_is_the_cheapest_of_all(text in mixed(), class in 0_usize..3) {
        let (bits, segments) = split(text.as_bytes(), class);
        prop_assert_eq!(bits, least_bits(text.as_bytes(), class));
        assert_covers(text.as_bytes(), &segments);
        let sum: usize =
            segments.iter().map(|s| segment_bits(s.mode, s.end - s.begin, class)).sum();
        prop_assert_eq!(bits, sum, "the segments cost what the split claims");
    }

    #[test]
    fn no_smaller_version_could_hold_it(text in mixed(), level in 0_usize..4) {
        let level = LEVELS[level];
        let (Version::Normal(chosen), _) = fit(text.as_bytes(), level).expect("short text fits")
        else { panic!("never a micro symbol") };
        for version in 1..chosen {
            let class = CLASSES.iter().position(|(_, last)| version <= *last).expect("1 to 40");
            let room = Bits::new(Version::Normal(version)).max_len(level).expect("normal version");
            prop_assert!(least_bits(text.as_bytes(), class) > room, "version {version} would do");
        }
    }

    #[test]
    fn never_longer_than_the_crates_own_splitter(text in "[0-9A-Za-z .]{0,120}") {
        let mut greedy = Bits::new(Version::Normal(9));
        if greedy.push_optimal_data(text.as_bytes()).is_ok() {
            prop_assert!(split(text.as_bytes(), 0).0 <= greedy.len());
        }
    }
}

#[test]
fn the_crates_own_splitter_is_not_optimal() {
    // The reason why this module exists; if this fails after an update, it may have become needless.
    let text = include_str!("../../tests/fixtures/qris_synthetic.json");
    let worse = text.split('"').filter(|part| part.starts_with("000201")).filter(|payload| {
        let mut greedy = Bits::new(Version::Normal(9));
        let fits = greedy.push_optimal_data(payload.as_bytes()).is_ok();
        fits && greedy.len() > split(payload.as_bytes(), 0).0
    });
    assert!(worse.count() > 0, "the greedy splitter wastes bits on at least one payload");
}

#[test]
fn too_long_is_none() {
    assert!(fit(&[b'a'; 2953], EcLevel::L).is_some(), "version 40-L holds 2953 bytes");
    assert!(fit(&[b'a'; 2954], EcLevel::L).is_none());
    assert!(fit(&[b'7'; 7089], EcLevel::L).is_some(), "version 40-L holds 7089 digits");
    assert!(fit(&[b'7'; 7090], EcLevel::L).is_none());
}

#[test]
fn empty_text_needs_no_segment() {
    assert_eq!(split(b"", 0), (0, vec![]));
}
