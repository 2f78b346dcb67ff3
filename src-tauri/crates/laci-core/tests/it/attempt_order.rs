//! Every order and every duplication of up to six pieces of evidence, all of them: one state for each set.

use std::collections::BTreeMap;

use laci_core::attempt::{REVERSED, fold};
use laci_core::{
    AttemptState, Evidence, GatewayName, Method, Observed, Presentment, Rupiah, Source, Standing,
    Terms, UnixMs,
};

const LENGTH: usize = 6;

fn piece(source: Source, at: i64, state: AttemptState, amount: Option<u32>) -> Evidence {
    let mut observed = Observed::bare(state);
    observed.amount = amount.map(Rupiah::from_u32);
    Evidence { source, at: UnixMs(at), observed, raw: None, reason: None }
}

fn named(mut piece: Evidence, id: &str) -> Evidence {
    piece.observed.gateway_id = Some(id.to_owned());
    piece
}

/// One of each kind that pulls the fold another way: two bills, two payments, less than asked, a reversal, every end.
fn universe() -> Vec<Evidence> {
    use AttemptState as S;
    let mut bill = named(piece(Source::Create, 10, S::Pending, Some(10_020)), "PG-1");
    bill.observed.expires_at = Some(UnixMs(100));
    bill.observed.presentment = Some(Presentment::Link { url: "https://a.example".to_owned() });
    let mut late = named(piece(Source::Poll, 170, S::Paid, Some(10_020)), "PG-1");
    late.observed.paid_at = Some(UnixMs(120));
    let short = named(piece(Source::Poll, 50, S::Paid, Some(10_000)), "PG-2");
    let mut reversed = named(piece(Source::Poll, 180, S::Pending, None), "PG-1");
    reversed.observed.review = Some(REVERSED.to_owned());
    vec![
        piece(Source::Create, 5, S::Unknown, None),
        bill,
        late,
        short,
        piece(Source::Poll, 150, S::Expired, None),
        piece(Source::Person, 160, S::Cancelled, None),
        reversed,
    ]
}

fn terms() -> Terms {
    let gateway = GatewayName::new("satu").unwrap();
    let method = Method::Gateway { gateway, method: None, extra: BTreeMap::new() };
    Terms { amount: Rupiah::from_u32(10_000), method }
}

#[test]
fn every_order_and_duplication_of_six_pieces_is_one_state() {
    let (all, terms) = (universe(), terms());
    let mut by_set: BTreeMap<u32, Standing> = BTreeMap::new();
    let mut folded = 0_u32;
    for length in 0..=LENGTH {
        let total = all.len().pow(u32::try_from(length).unwrap());
        for mut number in 0..total {
            let (mut sequence, mut set) = (Vec::with_capacity(length), 0_u32);
            for _ in 0..length {
                let at = number % all.len();
                number /= all.len();
                set |= 1 << at;
                sequence.push(all[at].clone());
            }
            let standing = fold(&terms, &sequence);
            let first = by_set.entry(set).or_insert_with(|| standing.clone());
            assert_eq!(*first, standing, "{sequence:#?}");
            folded += 1;
        }
    }
    assert_eq!(
        (folded, by_set.len()),
        (137_257, 127),
        "7^0 + ... + 7^6 sequences, all sets but the whole"
    );
}

/// What is known already adds nothing, whenever it comes: the log grows by what is new alone.
#[test]
fn a_piece_that_is_not_new_changes_no_state() {
    let (all, terms) = (universe(), terms());
    for set in 0..1_u32 << all.len() {
        let known: Vec<Evidence> = all
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1)
            .map(|(_, p)| p.clone())
            .collect();
        for more in &all {
            let is_known = known.contains(more);
            assert!(!is_known || !more.observed.is_new_to(&known), "{more:?}");
            if more.observed.is_new_to(&known) {
                continue;
            }
            let mut after = known.clone();
            after.push(more.clone());
            let (before, after) = (fold(&terms, &known), fold(&terms, &after));
            assert_eq!((before.state, before.received), (after.state, after.received), "{more:?}");
        }
    }
}
