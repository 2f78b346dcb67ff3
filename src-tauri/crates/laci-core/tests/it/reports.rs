//! Reports over any sequence: every view of the turnover is the same number, and each line is in exactly one Z.

use laci_core::Rupiah;
use laci_core::books::{
    Account, Balances, By, Fact, Line, Owed, Part, Pocket, RefundBy, RefundOf, Report, Seen,
    Standing, Tally, Way, legs,
};
use proptest::prelude::*;

use crate::any_fact::{lines, paid_by, price, rp};

fn report(lines: &[Line]) -> Report {
    Report::of(lines, Standing::default()).unwrap()
}

fn sum<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> i64 {
    tallies.into_iter().map(|tally| tally.amount.get()).sum()
}

fn balances(lines: &[Line]) -> Balances {
    let mut balances = Balances::default();
    lines.iter().for_each(|line| balances.post(&legs(&line.fact).unwrap()).unwrap());
    balances
}

/// Each money part of each sale with `more` rupiah on top.
fn overpaid(lines: &[Line], more: i64) -> (Vec<Line>, i64) {
    let mut lines = lines.to_vec();
    let mut times = 0;
    for line in &mut lines {
        let Fact::SaleCovered { parts } = &mut line.fact else { continue };
        for part in parts {
            if let By::Sent { received, .. } = &mut part.by {
                *received = received.checked_add(rp(more)).unwrap();
                times += 1;
            }
        }
    }
    (lines, times * more)
}

proptest! {
    #[test]
    fn by_method_by_cashier_and_by_hour_are_one_number(lines in lines()) {
        let report = report(&lines);
        let turnover: i64 = lines.iter().map(|line| price(&line.fact)).sum();
        prop_assert_eq!(report.turnover.get(), turnover);
        prop_assert_eq!(sum(report.by_method.values()), turnover);
        prop_assert_eq!(sum(report.by_cashier.values()), turnover);
        prop_assert_eq!(sum(report.by_hour.values()), turnover);
        prop_assert!(report.cross_foots());
        for way in [Way::Cash, Way::Qris, Way::Transfer, Way::Bon] {
            let paid: i64 = lines.iter().map(|line| paid_by(way, &line.fact)).sum();
            prop_assert_eq!(sum(report.by_method.get(&way)), paid);
        }
        let by_hand = |hour| lines.iter().filter(|l| l.hour == hour).map(|l| price(&l.fact)).sum();
        for hour in 0..24 {
            let expected: i64 = by_hand(hour);
            prop_assert_eq!(sum(report.by_hour.get(&hour)), expected);
        }
    }

    #[test]
    fn a_report_that_was_touched_anywhere_does_not_cross_foot(
        lines in lines(), off in 1i64..1_000, view in 0..5,
    ) {
        let mut report = report(&lines);
        let tally = match view {
            0 => report.by_method.entry(Way::Bon).or_default(),
            1 => report.by_cashier.entry("sari".to_owned()).or_default(),
            2 => report.by_hour.entry(7).or_default(),
            3 => report.by_gateway.entry(Pocket::OwnQris).or_default(),
            _ => &mut Tally::default(),
        };
        tally.amount = tally.amount.checked_add(rp(off)).unwrap();
        if view == 4 {
            report.turnover = report.turnover.checked_add(rp(off)).unwrap();
        }
        prop_assert!(!report.cross_foots());
    }

    #[test]
    fn the_report_says_what_the_accounts_say(lines in lines()) {
        let (report, balances) = (report(&lines), balances(&lines));
        prop_assert_eq!(report.turnover, balances.of(&Account::Revenue).negated());
        prop_assert_eq!(report.refunds.amount, balances.of(&Account::SalesReturned));
        prop_assert_eq!(report.unique_code, balances.of(&Account::UniqueCode).negated());
        prop_assert_eq!(report.fees, balances.of(&Account::GatewayFee));
        // A bill's money that goes back by transfer takes its rounding back outside the drawer.
        let outside = lines.iter().filter_map(|line| {
            if let Fact::BillRefunded { rounding, by: RefundBy::Transfer, .. } = line.fact {
                return Some(rounding);
            }
            None
        });
        let rounding = balances.of(&Account::Rounding).negated();
        let inside = rounding.checked_add(Rupiah::checked_sum(outside).unwrap()).unwrap();
        prop_assert_eq!(report.cash.rounding, inside);
        let short = balances.of(&Account::CashOverShort);
        prop_assert_eq!(report.cash.difference.unwrap_or_default(), short.negated());
    }

    #[test]
    fn a_surplus_is_never_turnover(lines in lines(), more in 1i64..10_000) {
        let (over, surplus) = overpaid(&lines, more);
        let (before, after) = (report(&lines), report(&over));
        prop_assert_eq!(before.turnover, after.turnover);
        prop_assert_eq!(&before.by_method, &after.by_method);
        prop_assert_eq!(before.by_gateway, after.by_gateway);
        prop_assert_eq!(before.unique_code, after.unique_code);
        let owed = |lines: &[Line]| balances(lines).of(&Account::Surplus).get();
        prop_assert_eq!(owed(&lines) - owed(&over), surplus);
    }

    #[test]
    fn each_line_is_in_exactly_one_shift_whatever_the_clock_says(
        (lines, shuffled) in lines().prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle())),
    ) {
        let whole = report(&lines);
        prop_assert_eq!(&whole, &report(&shuffled), "order cannot matter");
        let of = |shift| Report::of_shift(shift, &lines, Standing::default()).unwrap();
        let shifts: Vec<Report> = (1..5).map(of).collect();
        let of_all = |pick: fn(&Report) -> i64| shifts.iter().map(pick).sum::<i64>();
        prop_assert_eq!(of_all(|r| r.turnover.get()), whole.turnover.get());
        prop_assert_eq!(of_all(|r| r.sales.into()), i64::from(whole.sales));
        prop_assert_eq!(of_all(|r| r.voided.into()), i64::from(whole.voided));
        prop_assert_eq!(of_all(|r| r.bills.amount.get()), whole.bills.amount.get());
        prop_assert_eq!(of_all(|r| r.surplus.get()), whole.surplus.get());
        prop_assert_eq!(of_all(|r| r.confirmed.amount.get()), whole.confirmed.amount.get());
        prop_assert_eq!(of_all(|r| r.cash.expected.get()), whole.cash.expected.get());
    }
}

#[test]
fn what_is_not_turnover_has_a_line_of_its_own() {
    let by_hand = |price: i64, received: i64, seen| Part {
        price: rp(price),
        by: By::Sent {
            to: Pocket::OwnQris,
            unique_code: rp(-3),
            received: rp(received),
            fee: rp(0),
            seen,
        },
    };
    let cash = |price: i64| Part {
        price: rp(price),
        by: By::Cash { tendered: rp(price), change: rp(0), rounding: rp(0) },
    };
    let owed = RefundOf::Owed(Owed::Surplus);
    let by = RefundBy::Cash;
    let facts = [
        Fact::SaleCovered { parts: vec![by_hand(34_500, 34_497, Seen::Person)] },
        Fact::SaleCovered { parts: vec![by_hand(10_000, 10_997, Seen::Evidence)] },
        Fact::RefundPaid { of: owed, amount: rp(400), by },
        Fact::SaleVoided,
        Fact::SaleVoided,
        Fact::BonPaid { part: cash(64_000) },
        Fact::BillMoneyReceived { part: cash(105_000) },
        Fact::RefundPromised { of: RefundOf::Sale, amount: rp(16_500) },
        Fact::RefundPaid { of: RefundOf::Owed(Owed::Refund), amount: rp(16_500), by },
    ];
    let line = |fact| Line { shift: 1, hour: 19, cashier: "sari".to_owned(), fact };
    let lines: Vec<Line> = facts.into_iter().map(line).collect();
    let open = Standing { unsettled: rp(441_577), ..Standing::default() };
    let report = Report::of(&lines, open).unwrap();
    let tally = |count, amount| Tally { count, amount: rp(amount) };
    assert_eq!((report.turnover, report.sales, report.voided), (rp(44_500), 2, 2));
    assert_eq!(report.by_gateway.get(&Pocket::OwnQris), Some(&tally(2, 44_500)));
    assert_eq!(report.confirmed, tally(1, 34_500));
    assert_eq!((report.surplus, report.unique_code), (rp(1_000), rp(-6)));
    assert_eq!(report.refunds, tally(1, 16_500), "counted once, when it was decided");
    assert_eq!((report.bon_paid, report.bills), (tally(1, 64_000), tally(1, 105_000)));
    assert_eq!((report.cash.refunds, report.open), (rp(-16_900), open));
}

#[test]
fn the_reports_bytes_are_canonical() {
    let mut report = Report::default();
    report.by_hour.entry(9).or_default().add(rp(500)).unwrap();
    report.by_hour.entry(10).or_default().add(rp(700)).unwrap();
    report.by_method.entry(Way::Cash).or_default().add(rp(1_200)).unwrap();
    let text = serde_json::to_string(&report).unwrap();
    assert!(text.contains(
        r#""by_method":{"cash":{"count":1,"amount":1200}},"by_gateway":{},"by_cashier":{},"by_hour":{"9":{"count":1,"amount":500},"10":{"count":1,"amount":700}}"#
    ));
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
}
