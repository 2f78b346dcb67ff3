//! Whose the money is: the one attempt on the shop's own QRIS that asked for exactly this total.
//!
//! The same money is often told twice, by the phone and later by the bank: such a telling joins the payment that it
//! repeats. A source tells of each payment once, so whatever it told before is no candidate. What fits nothing, or more
//! than one, is for a person.

use std::collections::BTreeSet;

use crate::evidence::Source;
use crate::id::{AttemptId, SaleId};
use crate::money::Rupiah;
use crate::time::UnixMs;

/// Two clocks may differ by so much, in milliseconds.
const SLACK_MS: i64 = 2 * 60_000;

/// Money that was told of. It came between `from` and `to`: one moment, or a day where only its date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub source: Source,
    pub amount: Rupiah,
    pub from: UnixMs,
    pub to: UnixMs,
}

/// An attempt on the shop's own QRIS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: AttemptId,
    pub sale: SaleId,
    pub started_at: UnixMs,
    /// What it asked for.
    pub total: Rupiah,
    pub was: Was,
    /// Who told of its money before.
    pub told_by: BTreeSet<Source>,
}

/// What stands of it now, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Was {
    /// Its total is reserved.
    Open,
    Covered(UnixMs),
    TakenBack(UnixMs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It pays this attempt.
    Pays(AttemptId),
    /// It is the money that covered this attempt before, told by another source.
    Repeats(AttemptId),
    /// A person must say whose it is.
    Inbox,
}

/// What becomes of `told` among `candidates`, whatever their order.
pub fn place(told: &Told, candidates: &[Candidate]) -> Fate {
    let fits = |one: &&Candidate| {
        one.total == told.amount
            && !one.told_by.contains(&told.source)
            && one.started_at.plus_ms(-SLACK_MS) <= told.to
    };
    let came_by = |end: UnixMs| told.from <= end.plus_ms(SLACK_MS);
    let fitting: Vec<&Candidate> = candidates.iter().filter(fits).collect();
    let covered = fitting.iter().filter_map(|one| match one.was {
        Was::Covered(at) if came_by(at) => {
            Some((at.since_ms(told.from).unsigned_abs(), one.started_at, one.id))
        }
        Was::Covered(_) | Was::Open | Was::TakenBack(_) => None,
    });
    if let Some((_, _, id)) = covered.min() {
        // Money that came after that cover, while another asks for as much, can be the other one's.
        let rivals = fitting
            .iter()
            .any(|one| one.was == Was::Open && one.id != id && one.started_at <= told.to);
        let later = fitting
            .iter()
            .any(|one| one.id == id && matches!(one.was, Was::Covered(at) if at < told.from));
        return if rivals && later { Fate::Inbox } else { Fate::Repeats(id) };
    }
    let mut open = fitting.iter().filter(|one| one.was == Was::Open);
    let (Some(one), None) = (open.next(), open.next()) else { return Fate::Inbox };
    // Only its day is known, and this source told of such money on that day: it may be the same in other words.
    let day = told.to.since_ms(told.from) > SLACK_MS;
    if day && candidates.iter().any(|other| was_told(told, other)) {
        return Fate::Inbox;
    }
    // Told of a moment before this attempt began: it may be the money of one that was taken back.
    let rival = fitting.iter().any(|other| match other.was {
        Was::TakenBack(at) => other.sale != one.sale && came_by(at),
        Was::Open | Was::Covered(_) => false,
    });
    if rival && told.from < one.started_at { Fate::Inbox } else { Fate::Pays(one.id) }
}

/// Whether the same source told before of exactly this much for `other`, which was covered in the time that `told` names.
fn was_told(told: &Told, other: &Candidate) -> bool {
    let when = match other.was {
        Was::Covered(at) => at,
        Was::Open | Was::TakenBack(_) => return false,
    };
    other.total == told.amount
        && other.told_by.contains(&told.source)
        && other.started_at.plus_ms(-SLACK_MS) <= told.to
        && told.from <= when.plus_ms(SLACK_MS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const MINUTE: i64 = 60_000;

    fn rp(n: u32) -> Rupiah {
        Rupiah::from_u32(n)
    }

    fn one(id: u128, started: i64, total: u32, was: Was) -> Candidate {
        Candidate {
            id: AttemptId(Uuid::from_u128(id)),
            sale: SaleId(Uuid::from_u128(id)),
            started_at: UnixMs(started * MINUTE),
            total: rp(total),
            was,
            told_by: BTreeSet::new(),
        }
    }

    fn told(source: Source, minute: i64, amount: u32) -> Told {
        let at = UnixMs(minute * MINUTE);
        Told { source, amount: rp(amount), from: at, to: at }
    }

    fn day(amount: u32) -> Told {
        let (from, to) = (UnixMs(0), UnixMs(24 * 60 * MINUTE));
        Told { source: Source::Statement, amount: rp(amount), from, to }
    }

    fn covered(minute: i64) -> Was {
        Was::Covered(UnixMs(minute * MINUTE))
    }

    #[test]
    fn exactly_the_total_of_one_open_attempt_pays_it() {
        let open = [one(1, 10, 9_999, Was::Open), one(2, 10, 9_983, Was::Open)];
        assert_eq!(place(&told(Source::Relay, 11, 9_983), &open), Fate::Pays(open[1].id));
        for amount in [9_998, 10_000, 9_984] {
            assert_eq!(place(&told(Source::Relay, 11, amount), &open), Fate::Inbox, "{amount}");
        }
        assert_eq!(place(&told(Source::Relay, 5, 9_999), &open), Fate::Inbox, "before it began");
        let twins = [one(1, 10, 9_999, Was::Open), one(2, 10, 9_999, Was::Open)];
        assert_eq!(place(&told(Source::Relay, 11, 9_999), &twins), Fate::Inbox);
    }

    #[test]
    fn what_the_bank_says_later_joins_what_the_phone_said() {
        let mut paid = one(1, 10, 9_999, covered(11));
        paid.told_by.insert(Source::Relay);
        let open = one(2, 30, 9_999, Was::Open);
        let both = [paid.clone(), open.clone()];
        assert_eq!(place(&told(Source::Statement, 11, 9_999), &both), Fate::Repeats(paid.id));
        assert_eq!(place(&told(Source::Statement, 31, 9_999), &both), Fate::Pays(open.id));
        assert_eq!(
            place(&day(9_999), &both),
            Fate::Repeats(paid.id),
            "the money that is known first"
        );
        paid.told_by.insert(Source::Statement);
        let both = [paid, open.clone()];
        assert_eq!(place(&day(9_999), &both), Fate::Inbox, "maybe the same row in other words");
        assert_eq!(place(&day(9_999), &both[1..]), Fate::Pays(open.id));
        assert_eq!(place(&told(Source::Statement, 31, 9_999), &both), Fate::Pays(open.id));
    }

    #[test]
    fn a_source_never_tells_of_one_payment_twice() {
        let mut paid = one(1, 10, 9_999, covered(11));
        paid.told_by.insert(Source::Relay);
        assert_eq!(place(&told(Source::Relay, 11, 9_999), &[paid]), Fate::Inbox);
    }

    #[test]
    fn a_persons_word_is_joined_by_the_money_that_came_before_it() {
        let word = one(1, 10, 9_999, covered(12));
        let next = one(2, 13, 9_999, Was::Open);
        let both = [word.clone(), next.clone()];
        assert_eq!(place(&told(Source::Relay, 11, 9_999), &both), Fate::Repeats(word.id));
        assert_eq!(place(&told(Source::Relay, 20, 9_999), &both), Fate::Pays(next.id));
    }

    #[test]
    fn money_from_before_an_attempt_may_be_that_of_one_taken_back() {
        let back = one(1, 10, 9_999, Was::TakenBack(UnixMs(12 * MINUTE)));
        let open = one(2, 12, 9_999, Was::Open);
        let both = [back.clone(), open.clone()];
        assert_eq!(place(&told(Source::Relay, 11, 9_999), &both), Fate::Inbox);
        assert_eq!(place(&told(Source::Relay, 13, 9_999), &both), Fate::Pays(open.id));
        assert_eq!(place(&told(Source::Relay, 11, 9_999), &[back]), Fate::Inbox);
    }

    fn any_candidate() -> impl Strategy<Value = Candidate> {
        (1u128..6, 0i64..20, 9_998u32..10_001, 0usize..3, any::<bool>()).prop_map(
            |(id, start, total, was, relayed)| {
                let was = match was {
                    0 => Was::Open,
                    1 => covered(start + 1),
                    _ => Was::TakenBack(UnixMs((start + 1) * MINUTE)),
                };
                let mut made = one(id, start, total, was);
                if relayed {
                    made.told_by.insert(Source::Relay);
                }
                made
            },
        )
    }

    #[test]
    fn money_after_a_cover_is_not_taken_from_the_one_that_waits() {
        let confirmed = one(1, 0, 24_999, Was::Covered(UnixMs(MINUTE)));
        let waits = one(2, 1, 24_999, Was::Open);
        let both = [confirmed.clone(), waits.clone()];
        let before = Told { from: UnixMs(MINUTE - 1), ..told(Source::Relay, 1, 24_999) };
        assert_eq!(place(&before, &both), Fate::Repeats(confirmed.id));
        let after = Told { from: UnixMs(MINUTE + 1), ..told(Source::Relay, 2, 24_999) };
        assert_eq!(place(&after, &both), Fate::Inbox, "either could have paid");
        assert_eq!(place(&after, std::slice::from_ref(&confirmed)), Fate::Repeats(confirmed.id));
    }

    proptest! {
        #[test]
        fn order_cannot_matter_and_only_the_exact_total_is_paid(
            (set, mixed) in prop::collection::vec(any_candidate(), 0..6)
                .prop_map(|mut set| { set.sort_by_key(|one| one.id); set.dedup_by_key(|one| one.id); set })
                .prop_flat_map(|set| (Just(set.clone()), Just(set).prop_shuffle())),
            minute in 0i64..25, amount in 9_998u32..10_001,
        ) {
            let told = told(Source::Relay, minute, amount);
            let fate = place(&told, &set);
            prop_assert_eq!(fate, place(&told, &mixed));
            if let Fate::Pays(id) | Fate::Repeats(id) = fate {
                let chosen = set.iter().find(|one| one.id == id).unwrap();
                prop_assert_eq!(chosen.total, told.amount);
                prop_assert!(!chosen.told_by.contains(&Source::Relay));
            }
            if let Fate::Pays(id) = fate {
                let same = |one: &&Candidate| {
                    one.was == Was::Open && one.total == told.amount && !one.told_by.contains(&Source::Relay)
                        && one.started_at.plus_ms(-SLACK_MS) <= told.to
                };
                prop_assert_eq!(set.iter().filter(same).map(|one| one.id).collect::<Vec<_>>(), vec![id]);
            }
        }
    }
}
