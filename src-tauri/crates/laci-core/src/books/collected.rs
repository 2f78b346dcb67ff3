//! The money of one attempt as facts: what an observation or a cover adds to what was booked before.
//!
//! Money is booked once, when it is first seen, and never less: a later observation books what came more. Money that
//! does not cover its sale waits as owed to the customer, and covers it from there.

use crate::attempt::{Method, Standing, Terms};
use crate::books::error::BooksError;
use crate::books::fact::{By, Fact, Owed, Part, Pocket, Seen, Why};
use crate::money::Rupiah;

/// An attempt, what all evidence says of it, and what of its money is in the books already.
#[derive(Clone, Copy, Debug)]
pub struct Collected<'a> {
    pub terms: &'a Terms,
    pub standing: &'a Standing,
    /// In rupiah; zero for one that nothing was booked of.
    pub booked: Rupiah,
}

/// What the attempt's sale is at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaleIs {
    Open,
    Covered,
    Voided,
}

impl Collected<'_> {
    /// The money that came, in rupiah: what a gateway says, else a person's word for the whole.
    pub fn received(&self) -> Rupiah {
        if self.standing.state.is_a_persons_word() {
            self.standing.received.max(self.standing.total)
        } else {
            self.standing.received
        }
    }

    /// What new evidence adds while its sale is `sale`: money that is not booked yet and that covers nothing now. The
    /// evidence that makes an open sale covered adds nothing here; [`Self::covering`] follows it.
    pub fn seen(
        &self,
        sale: SaleIs,
        fee: impl Fn(Rupiah) -> Rupiah,
    ) -> Result<Option<Fact>, BooksError> {
        let Some(at) = pocket(&self.terms.method) else { return Ok(None) };
        let why = match sale {
            SaleIs::Covered => Why::Again,
            SaleIs::Voided => Why::NoSale,
            SaleIs::Open if self.standing.state.is_covered() => return Ok(None),
            SaleIs::Open => Why::Short,
        };
        let amount = self.received().checked_sub(self.booked)?;
        Ok((amount > Rupiah::ZERO).then(|| {
            let fee = fee(amount);
            Fact::MoneyReceived { at, amount, fee, why }
        }))
    }

    /// What the cover of its sale books: the sale, and before it what came since the last booking.
    pub fn covering(&self, fee: impl Fn(Rupiah) -> Rupiah) -> Result<Vec<Fact>, BooksError> {
        let price = self.terms.amount;
        let received = self.received();
        let by = match (&self.terms.method, pocket(&self.terms.method)) {
            (Method::Cash { tendered, rounding }, _) => {
                let change = tendered.checked_sub(self.standing.total)?;
                By::Cash { tendered: *tendered, change, rounding: *rounding }
            }
            (Method::Gateway { .. } | Method::OwnQris { .. }, Some(to)) => {
                let unique_code = self.standing.unique_code;
                if self.booked > Rupiah::ZERO {
                    return self.by_held(to, received, fee);
                }
                let word = self.standing.state.is_a_persons_word();
                let seen = if word { Seen::Person } else { Seen::Evidence };
                By::Sent { to, unique_code, received, fee: fee(received), seen }
            }
            (Method::Gateway { .. } | Method::OwnQris { .. }, None) => return Ok(Vec::new()),
        };
        Ok(vec![Fact::SaleCovered { parts: vec![Part { price, by }] }])
    }

    /// A part of the money waits as owed already: the rest joins it, and all of it covers the sale.
    fn by_held(
        &self,
        via: Pocket,
        received: Rupiah,
        fee: impl Fn(Rupiah) -> Rupiah,
    ) -> Result<Vec<Fact>, BooksError> {
        let mut facts = Vec::new();
        let more = received.checked_sub(self.booked)?;
        if more > Rupiah::ZERO {
            let at = via.clone();
            facts.push(Fact::MoneyReceived { at, amount: more, fee: fee(more), why: Why::Short });
        }
        let unique_code = self.standing.unique_code;
        let by = By::Held { from: Owed::Unmatched, via, unique_code, amount: received };
        facts.push(Fact::SaleCovered { parts: vec![Part { price: self.terms.amount, by }] });
        Ok(facts)
    }
}

/// Where such an attempt's money comes in; none for cash.
pub fn pocket(method: &Method) -> Option<Pocket> {
    match method {
        Method::Gateway { gateway, .. } => Some(Pocket::Gateway(gateway.clone())),
        Method::OwnQris { .. } => Some(Pocket::OwnQris),
        Method::Cash { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::attempt::fold;
    use crate::books::{Account, Balances, legs};
    use crate::evidence::{Evidence, Observed, Source};
    use crate::state::AttemptState;
    use crate::time::UnixMs;

    fn rp(n: i64) -> Rupiah {
        Rupiah::new(n).unwrap()
    }

    fn seen(
        source: Source,
        state: AttemptState,
        id: Option<&str>,
        amount: Option<i64>,
    ) -> Evidence {
        let mut observed = Observed::bare(state);
        observed.gateway_id = id.map(str::to_owned);
        observed.amount = amount.map(rp);
        Evidence { source, at: UnixMs(1), observed, raw: None, reason: None }
    }

    /// Plays evidence piece by piece as the ledger does, covering the sale when it first may.
    fn played(terms: &Terms, pieces: &[Evidence], voided: bool) -> (Balances, Rupiah) {
        let mut balances = Balances::default();
        let (mut booked, mut sale) =
            (Rupiah::ZERO, if voided { SaleIs::Voided } else { SaleIs::Open });
        for end in 1..=pieces.len() {
            let standing = fold(terms, &pieces[..end]);
            let now = Collected { terms, standing: &standing, booked };
            let mut facts: Vec<Fact> = now.seen(sale, |_| rp(0)).unwrap().into_iter().collect();
            if sale == SaleIs::Open && standing.state.is_covered() {
                facts.extend(now.covering(|_| rp(0)).unwrap());
                sale = SaleIs::Covered;
                booked = booked.max(now.received());
            }
            if !facts.is_empty() {
                booked = booked.max(now.received());
            }
            facts.iter().for_each(|fact| balances.post(&legs(fact).unwrap()).unwrap());
        }
        (balances, booked)
    }

    fn own(price: i64, code: i64) -> Terms {
        Terms { amount: rp(price), method: Method::OwnQris { unique_code: rp(code) } }
    }

    #[test]
    fn a_persons_word_that_evidence_upgrades_is_booked_once() {
        let made = seen(Source::Till, AttemptState::Unverified, None, None);
        let word = seen(Source::Person, AttemptState::Confirmed, None, None);
        let money = seen(Source::Poll, AttemptState::Paid, None, Some(34_497));
        let (balances, _) = played(&own(34_500, -3), &[made, word, money], false);
        assert_eq!(balances.of(&Account::OwnQrisReceivable), rp(34_497));
        assert_eq!(balances.of(&Account::Revenue), rp(-34_500));
        assert_eq!(balances.of(&Account::UniqueCode), rp(3));
    }

    #[test]
    fn too_little_waits_and_then_covers() {
        let little = seen(Source::Poll, AttemptState::Paid, Some("a"), Some(9_000));
        let whole = seen(Source::Poll, AttemptState::Paid, Some("a"), Some(10_000));
        let terms = own(10_000, 0);
        let (balances, _) = played(&terms, std::slice::from_ref(&little), false);
        assert_eq!(balances.of(&Account::UnmatchedMoney), rp(-9_000));
        let (balances, _) = played(&terms, &[little, whole], false);
        assert_eq!(balances.of(&Account::UnmatchedMoney), rp(0));
        assert_eq!(balances.of(&Account::Revenue), rp(-10_000));
        assert_eq!(balances.of(&Account::OwnQrisReceivable), rp(10_000));
    }

    #[test]
    fn money_that_comes_twice_is_the_customers() {
        let first = seen(Source::Poll, AttemptState::Paid, Some("a"), Some(10_000));
        let second = seen(Source::Poll, AttemptState::Paid, Some("b"), Some(10_000));
        let (balances, _) = played(&own(10_000, 0), &[first, second], false);
        assert_eq!(balances.of(&Account::Surplus), rp(-10_000));
        assert_eq!(balances.of(&Account::Revenue), rp(-10_000));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_booked_exactly_once(
            pieces in prop::collection::vec(
                (prop::sample::select(AttemptState::ALL.to_vec()), 0..3usize, 9_000i64..12_000), 1..8),
            voided in any::<bool>(),
        ) {
            let terms = own(10_000, 0);
            let pieces: Vec<Evidence> = pieces.into_iter().map(|(state, id, amount)| {
                seen(Source::Poll, state, Some(["a", "b", "c"][id]), Some(amount))
            }).collect();
            let (balances, booked) = played(&terms, &pieces, voided);
            let standing = fold(&terms, &pieces);
            prop_assert_eq!(balances.total().unwrap(), Rupiah::ZERO);
            prop_assert_eq!(balances.of(&Account::OwnQrisReceivable), booked);
            prop_assert!(booked >= standing.received, "money that is not in the books");
            prop_assert!(balances.of(&Account::UnmatchedMoney) <= Rupiah::ZERO);
            prop_assert!(balances.of(&Account::Surplus) <= Rupiah::ZERO);
        }
    }
}
