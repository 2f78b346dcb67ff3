//! For any shift, movement of cash and codes at any width: no row overflows, no digit is lost, every renderer draws it.

use std::collections::BTreeMap;

use laci_core::books::{Drawer, Pocket, Report, Standing, Tally, Way, ZNumber};
use laci_core::{BusinessDate, CutOff, GatewayName, Hash, Rupiah, Zone};
use laci_receipt::document::{Anchor, ShopHead};
use laci_receipt::{
    CashSlip, CashSlipKind, CodesSlip, Row, ShiftKind, ShiftSlip, Slip, layout_cash, layout_codes,
    layout_shift, render,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::pdf::{on_disk, rows_of_text, run, words_of};
use crate::properties::{columns, moment, money, reprint, text};

fn tally() -> impl Strategy<Value = Tally> {
    (any::<u32>(), money()).prop_map(|(count, amount)| Tally { count, amount })
}

fn gateway() -> impl Strategy<Value = GatewayName> {
    "[a-z][a-z0-9_-]{0,39}".prop_map(|name| GatewayName::new(&name).unwrap())
}

fn pocket() -> impl Strategy<Value = Pocket> {
    prop_oneof![gateway().prop_map(Pocket::Gateway), Just(Pocket::OwnQris), Just(Pocket::Bank)]
}

fn zone() -> impl Strategy<Value = Zone> {
    select(vec![Zone::Wib, Zone::Wita, Zone::Wit])
}

fn shop() -> impl Strategy<Value = ShopHead> {
    (text(), text(), text()).prop_map(|(name, address, phone)| ShopHead { name, address, phone })
}

prop_compose! {
    fn drawer()(lines in vec(money(), 10), close in (option::of(money()), option::of(money()))) -> Drawer {
        Drawer {
            float: lines[0], sales: lines[1], bills: lines[2], bon_paid: lines[3],
            rounding: lines[4], refunds: lines[5], cash_in: lines[6], cash_out: lines[7],
            setor: lines[8], expected: lines[9], counted: close.0, difference: close.1,
        }
    }
}

prop_compose! {
    fn report()(
        (turnover, unique_code, fees, surplus) in (money(), money(), money(), money()),
        (sales, voided) in any::<(u32, u32)>(),
        by_method in btree_map(select(vec![Way::Cash, Way::Qris, Way::Transfer, Way::Bon]), tally(), 0..5),
        by_gateway in btree_map(pocket(), tally(), 0..5),
        (confirmed, refunds, bon_paid, bills) in (tally(), tally(), tally(), tally()),
        cash in drawer(),
        (unverified, unpaid, unsettled) in (tally(), tally(), money()),
    ) -> Report {
        Report {
            turnover, sales, by_method, by_gateway, confirmed, voided, refunds, bon_paid, bills,
            unique_code, fees, surplus, cash,
            open: Standing { unverified, unpaid, unsettled },
            ..Report::default()
        }
    }
}

fn kind() -> impl Strategy<Value = ShiftKind> {
    let z = any::<(u16, u32, [u8; 32])>().prop_map(|(epoch, counter, chain)| ShiftKind::Z {
        number: ZNumber { epoch, counter },
        chain: Hash(chain),
    });
    prop_oneof![Just(ShiftKind::X), z]
}

prop_compose! {
    fn shift()(
        (kind, shop, zone, report) in (kind(), shop(), zone(), report()),
        (shift, head_seq, head, practice) in any::<(u32, u64, [u8; 32], bool)>(),
        (day, opened_at, at) in (moment(), moment(), moment()),
        cashier in text(),
        titles in vec(text(), 5),
        reason in option::of(text()),
    ) -> ShiftSlip {
        let named = report.by_gateway.keys().filter_map(|pocket| match pocket {
            Pocket::Gateway(gateway) => Some(gateway.clone()),
            Pocket::OwnQris | Pocket::Bank => None,
        });
        let gateways: BTreeMap<_, _> = named.zip(titles).collect();
        ShiftSlip {
            kind, shop, zone, shift, date: BusinessDate::of(day, zone, CutOff::default()),
            opened_at, at, cashier, gateways, report, reason, head_seq, head: Hash(head), practice,
            recounted: (shift % 3 == 0).then_some((shift, Rupiah::from_u32(shift))),
        }
    }
}

prop_compose! {
    fn cash()(
        (shop, zone, title) in (shop(), zone(), select(CashSlipKind::ALL.to_vec())),
        (amount, at) in (money(), moment()),
        (reason, cashier, approver) in (text(), text(), option::of(text())),
        (shift, seq, practice) in any::<(u32, u64, bool)>(),
        short_hash in "[0-9a-f]{8}",
    ) -> CashSlip {
        CashSlip {
            shop, zone, title, amount, reason, cashier, approver, at, shift, practice,
            anchor: Anchor { seq, short_hash },
        }
    }
}

prop_compose! {
    fn codes()(
        (shop, zone, at) in (shop(), zone(), moment()),
        person in text(),
        codes in vec("[0-9A-Z-]{1,70}", 0..12),
    ) -> CodesSlip {
        CodesSlip { shop, zone, at, person, codes }
    }
}

/// Any slip that is no receipt, laid out at any width.
fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        (shift(), columns(), reprint()).prop_map(|(s, columns, r)| layout_shift(&s, columns, r)),
        (cash(), columns(), reprint()).prop_map(|(s, columns, r)| layout_cash(&s, columns, r)),
        (codes(), columns()).prop_map(|(s, columns)| layout_codes(&s, columns)),
    ]
}

/// Whether a row of `text` ends in `value`, with nothing but its label and blanks before it.
fn ends_a_row(text: &str, value: &str) -> bool {
    text.lines().any(|row| {
        row.strip_suffix(value).is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

/// The amounts that a report must show, each with the sign it is shown with.
fn amounts(slip: &ShiftSlip) -> Vec<Rupiah> {
    let report = &slip.report;
    let cash = &report.cash;
    let ways = report.by_method.values().chain(report.by_gateway.values());
    let mut all: Vec<Rupiah> = ways.map(|tally| tally.amount).collect();
    all.extend([report.turnover, cash.float, cash.sales, cash.expected]);
    if slip.kind != ShiftKind::X {
        all.extend(cash.counted.into_iter().chain(cash.difference));
    }
    let if_any = [
        report.unique_code,
        report.refunds.amount.negated(),
        report.fees.negated(),
        report.surplus,
        report.bon_paid.amount,
        report.bills.amount,
        report.confirmed.amount,
        cash.bills,
        cash.bon_paid,
        cash.rounding,
        cash.refunds,
        cash.cash_in,
        cash.cash_out,
        cash.setor,
        report.open.unverified.amount,
        report.open.unpaid.amount,
        report.open.unsettled,
    ];
    all.extend(if_any.into_iter().filter(|amount| *amount != Rupiah::ZERO));
    all
}

proptest! {
    #[test]
    fn no_row_is_wider_than_the_paper(slip in slip()) {
        for row in &slip.rows {
            match row {
                Row::Text { text, bold: _, double } => {
                    let cells = if *double { text.len() * 2 } else { text.len() };
                    prop_assert!(cells <= slip.columns.count(), "{cells} cells: {text:?}");
                    prop_assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b)), "{text:?}");
                    prop_assert!(!text.trim().is_empty(), "an empty text should have been a gap");
                }
                Row::Rule | Row::Qr { payload: _ } | Row::Gap(_) => {}
            }
        }
        prop_assert!(slip.title.bytes().all(|b| (b' '..=b'~').contains(&b)), "{}", slip.title);
    }

    #[test]
    fn every_amount_of_a_report_stands_whole(slip in shift(), columns in columns()) {
        let text = render::text(&layout_shift(&slip, columns, None));
        for amount in amounts(&slip) {
            let shown = amount.grouped();
            prop_assert!(ends_a_row(&text, &shown), "{shown} is not whole in\n{text}");
        }
        let sales = slip.report.sales.to_string();
        prop_assert!(ends_a_row(&text, &sales), "{sales} sales are not told in\n{text}");
    }

    #[test]
    fn the_amount_and_every_code_stand_whole(cash in cash(), codes in codes(), columns in columns()) {
        let text = render::text(&layout_cash(&cash, columns, None));
        let shown = cash.amount.grouped();
        prop_assert!(ends_a_row(&text, &shown), "{shown} is not whole in\n{text}");
        let text = render::text(&layout_codes(&codes, columns));
        let joined: String = text.split_whitespace().collect();
        for (number, code) in (1..).zip(&codes.codes) {
            let told = format!("{number}.{code}");
            prop_assert!(joined.contains(&told), "{told} is not whole in\n{text}");
        }
    }

    #[test]
    fn the_window_takes_every_row(slip in slip()) {
        let screen = render::screen(&slip).unwrap();
        prop_assert_eq!(screen.rows.len(), slip.rows.len());
        prop_assert_eq!(screen.columns, slip.columns.count());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pdftotext_gives_back_the_rows_of_any_slip(slip in slip()) {
        let folder = on_disk(&slip);
        let read = words_of(run("pdftotext", &["-layout", "struk.pdf", "-"], folder.path()));
        let text = render::text(&slip);
        prop_assert_eq!(rows_of_text(&read), rows_of_text(&text));
    }
}
