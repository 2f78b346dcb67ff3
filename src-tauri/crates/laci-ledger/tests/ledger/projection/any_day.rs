//! Random days: whatever happens at a counter in whatever order, the books hold together.

use laci_core::books::{Fact, Line, RefundBy, Report, Standing};
use laci_core::{
    Actor, AttemptId, AttemptState, Body, CashMove, Evidence, Method, PersonId, Rupiah, SaleId,
    ShiftEvent, Source, UnixMs,
};
use laci_ledger::{BookRow, Moment, SaleState, Tx};
use proptest::prelude::*;
use proptest::sample::select;

use crate::counter::{
    count_and_close, cover, entries_out_of_balance, moved, opened, postings_are_the_legs, rp, sell,
    shift, with_fees,
};
use crate::drawer_by_hand::drawer_by_hand;
use crate::shop::{START_MS, TestShop, at, bill, gateway, own_qris, paid, seen};

#[derive(Clone, Debug)]
enum Step {
    Gateway {
        price: u32,
    },
    OwnQris {
        price: u32,
        code: i64,
    },
    Cash {
        price: u32,
        rounding: i64,
        more: i64,
    },
    /// `percent` of what was asked, under one of two names of a payment.
    Pay {
        pick: usize,
        percent: u32,
        name: u8,
    },
    Confirm {
        pick: usize,
    },
    Void {
        pick: usize,
    },
    Refund {
        pick: usize,
        percent: i64,
        by: RefundBy,
    },
    Move {
        kind: CashMove,
        amount: i64,
    },
    DrawerOpened,
    /// Opens a shift, or counts and closes the one that is open.
    Shift {
        float: i64,
        more: i64,
    },
    /// The clock goes on or is set back.
    Clock {
        minutes: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let price = || 1_000_u32..200_000;
    let pick = || 0_usize..8;
    prop_oneof![
        3 => price().prop_map(|price| Step::Gateway { price }),
        2 => (price(), -99_i64..100).prop_map(|(price, code)| Step::OwnQris { price, code }),
        3 => (price(), -99_i64..100, 0_i64..50_000)
            .prop_map(|(price, rounding, more)| Step::Cash { price, rounding, more }),
        6 => (pick(), select(vec![30, 70, 100, 100, 100, 130]), 0_u8..2)
            .prop_map(|(pick, percent, name)| Step::Pay { pick, percent, name }),
        2 => pick().prop_map(|pick| Step::Confirm { pick }),
        1 => pick().prop_map(|pick| Step::Void { pick }),
        2 => (pick(), 1_i64..120, select(vec![RefundBy::Cash, RefundBy::Transfer]))
            .prop_map(|(pick, percent, by)| Step::Refund { pick, percent, by }),
        2 => (select(CashMove::ALL.to_vec()), 1_i64..500_000)
            .prop_map(|(kind, amount)| Step::Move { kind, amount }),
        1 => Just(Step::DrawerOpened),
        3 => (0_i64..500_000, -2_000_i64..2_000)
            .prop_map(|(float, more)| Step::Shift { float, more }),
        1 => (-2_000_i64..2_000).prop_map(|minutes| Step::Clock { minutes }),
    ]
}

struct Day {
    shop: TestShop,
    sold: Vec<(SaleId, AttemptId)>,
    now: UnixMs,
    shifts: u32,
}

impl Day {
    fn moment(&mut self) -> Moment {
        self.now = self.now.plus_ms(60_000);
        let minute = self.now.0 / 60_000;
        let actor = if minute % 2 == 0 { Actor::Person(PersonId::OWNER) } else { Actor::Counter };
        Moment { now: self.now, actor, ..at(0) }
    }

    fn go(&mut self, step: &Step) {
        let moment = self.moment();
        match *step {
            Step::Gateway { price } => {
                let (sale, attempt_id) = self.shop.done(moment, |tx| {
                    let ids = sell(tx, moment, price, gateway())?;
                    let name = format!("PG-{}", ids.1);
                    let evidence = bill(&name, price, None);
                    tx.append(Body::EvidenceAdded { attempt_id: ids.1, evidence }).map(|_| ids)
                });
                self.sold.push((sale, attempt_id));
            }
            Step::OwnQris { price, code } => {
                let method = own_qris(code);
                self.sold.push(self.shop.done(moment, |tx| sell(tx, moment, price, method)));
            }
            Step::Cash { price, rounding, more } => {
                let due = i64::from(price) + rounding;
                let method = Method::Cash { tendered: rp(due + more), rounding: rp(rounding) };
                let ids = self.shop.done(moment, |tx| {
                    let ids = sell(tx, moment, price, method)?;
                    cover(tx, ids.0, ids.1).map(|_| ids)
                });
                self.sold.push(ids);
            }
            Step::Pay { pick, percent, name } => self.pay(moment, pick, percent, name),
            Step::Confirm { pick } => self.confirm(moment, pick),
            Step::Void { pick } => self.void(moment, pick),
            Step::Refund { pick, percent, by } => self.refund(moment, pick, percent, by),
            Step::Move { kind, amount } => {
                let tried = self.shop.tried(moment, |tx| tx.append(moved(kind, amount)));
                let is_open = self.shop.ledger.read(|view| view.open_shift()).unwrap().is_some();
                assert_eq!(tried.is_ok(), is_open, "cash moves in an open shift");
            }
            Step::DrawerOpened => {
                let body = shift(ShiftEvent::DrawerOpened { reason: "Tukar".to_owned() });
                self.shop.done(moment, |tx| tx.append(body));
            }
            Step::Shift { float, more } => self.open_or_close(moment, float, more),
            Step::Clock { minutes } => self.now = self.now.plus_ms(minutes * 60_000),
        }
    }

    fn open_or_close(&mut self, moment: Moment, float: i64, more: i64) {
        let (number, shifts) = (self.shifts + 1, &mut self.shifts);
        self.shop.done(moment, |tx| {
            if tx.open_shift()?.is_some() {
                return count_and_close(tx, moment, more).map(drop);
            }
            *shifts = number;
            tx.append(opened(number, float)).map(drop)
        });
    }

    fn picked(&self, pick: usize) -> Option<(SaleId, AttemptId)> {
        (!self.sold.is_empty()).then(|| self.sold[pick % self.sold.len()])
    }

    fn pay(&mut self, moment: Moment, pick: usize, percent: u32, name: u8) {
        let Some((sale, attempt)) = self.picked(pick) else { return };
        let row = self.shop.ledger.read(|view| view.attempt(attempt)).unwrap().unwrap();
        if matches!(row.attempt.terms.method, Method::Cash { .. }) {
            return;
        }
        let asked = u32::try_from(row.standing.total.get()).unwrap();
        let evidence = paid(&format!("PG-{attempt}-{name}"), asked / 100 * percent + asked % 100);
        self.shop.done(moment, |tx| saw(tx, sale, attempt, evidence));
    }

    fn confirm(&mut self, moment: Moment, pick: usize) {
        let Some((sale, attempt)) = self.picked(pick) else { return };
        let row = self.shop.ledger.read(|view| view.attempt(attempt)).unwrap().unwrap();
        if !matches!(row.attempt.terms.method, Method::Cash { .. }) {
            let word = seen(Source::Person, AttemptState::Confirmed);
            self.shop.done(moment, |tx| saw(tx, sale, attempt, word));
        }
    }

    fn void(&mut self, moment: Moment, pick: usize) {
        let Some((sale_id, _)) = self.picked(pick) else { return };
        let row = self.shop.ledger.read(|view| view.sale(sale_id)).unwrap().unwrap();
        let tried = self.shop.tried(moment, |tx| tx.append(Body::SaleVoided { sale_id }));
        assert_eq!(tried.is_ok(), row.state == SaleState::Open, "only an open sale is voided");
    }

    fn refund(&mut self, moment: Moment, pick: usize, percent: i64, by: RefundBy) {
        let Some((sale_id, _)) = self.picked(pick) else { return };
        let row = self.shop.ledger.read(|view| view.sale(sale_id)).unwrap().unwrap();
        let amount = rp((row.sale.total.get() * percent / 100).max(1));
        let reason = "Rusak".to_owned();
        let body = Body::SaleRefunded { sale_id, amount, by, reason, surplus: false };
        let tried = self.shop.tried(moment, |tx| tx.append(body));
        // What the customer paid, which a unique code or a rounding may have made less than the price.
        let left = row.paid.checked_sub(row.refunded).unwrap();
        let may = row.state == SaleState::Covered && amount <= left;
        assert_eq!(tried.is_ok(), may, "what is given back was paid before");
    }
}

/// Evidence, and the cover when it is what was missing, as the till does it.
fn saw(
    tx: &mut Tx<'_>,
    sale: SaleId,
    attempt_id: AttemptId,
    evidence: Evidence,
) -> Result<(), laci_ledger::LedgerError> {
    tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
    let is_open = tx.sale(sale)?.unwrap().state == SaleState::Open;
    if is_open && tx.attempt(attempt_id)?.unwrap().standing.state.is_covered() {
        cover(tx, sale, attempt_id)?;
    }
    Ok(())
}

fn report(rows: &[BookRow]) -> Report {
    let lines: Vec<Line> = rows.iter().map(|row| row.line.clone()).collect();
    Report::of(&lines, Standing::default()).unwrap()
}

fn all_lines(shop: &TestShop, shifts: u32) -> Vec<BookRow> {
    (1..=shifts + 1).flat_map(|number| shop.lines_of(number)).collect()
}

fn holds_together(day: &Day) {
    let shop = &day.shop;
    assert_eq!(entries_out_of_balance(&shop.folder), []);
    let rows = all_lines(shop, day.shifts);
    postings_are_the_legs(&shop.folder, &rows);
    let mut turnover = 0;
    for number in 1..=day.shifts + 1 {
        let rows = shop.lines_of(number);
        let said = report(&rows);
        assert!(said.cross_foots(), "shift {number}");
        assert_eq!(said.cash.expected.get(), drawer_by_hand(&rows), "shift {number}");
        turnover += said.turnover.get();
        if let Some(closing) =
            shop.ledger.read(|view| view.shift(number)).unwrap().and_then(|row| row.closing)
        {
            assert_eq!(closing.expected, said.cash.expected);
        }
    }
    let covers = |id: SaleId| {
        let row = shop.ledger.read(|view| view.sale(id)).unwrap().unwrap();
        let of_sale = |row: &&BookRow| matches!(row.line.fact, Fact::SaleCovered { .. });
        let count =
            rows.iter().filter(|line| Some(line.seq) == row.covered_seq).filter(of_sale).count();
        (row, count)
    };
    let mut covered = 0;
    for (sale, _) in &day.sold {
        let (row, count) = covers(*sale);
        assert_eq!(count, usize::from(row.state == SaleState::Covered), "in exactly one shift");
        covered += if count == 1 { row.sale.total.get() } else { 0 };
    }
    assert_eq!(turnover, covered);
    let balances = shop.ledger.read(|view| view.balances()).unwrap();
    assert_eq!(balances.total(), Ok(Rupiah::ZERO));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_books_of_any_day_hold_together(steps in prop::collection::vec(step(), 1..30)) {
        let shop = TestShop::new();
        shop.append(0, with_fees());
        let mut day = Day { shop, sold: Vec::new(), now: UnixMs(START_MS), shifts: 0 };
        steps.iter().for_each(|step| day.go(step));
        holds_together(&day);
        let shop = &day.shop;
        let before = (all_lines(shop, day.shifts), shop.ledger.read(|view| view.balances()));
        let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
        prop_assert!(verdict.ok, "{:?}", verdict.problems);
        shop.ledger.rebuild(&mut |_, _| true).unwrap();
        prop_assert_eq!(&all_lines(shop, day.shifts), &before.0);
        prop_assert_eq!(shop.ledger.read(|view| view.balances()), before.1);
        holds_together(&day);
    }
}
