//! For any document at any width: no row overflows, no digit of money is lost, and every renderer can draw it.

use laci_core::{Rupiah, SaleNumber, UnixMs, Zone, money::MAX_RUPIAH};
use laci_receipt::document::{
    Anchor, Cash, Document, LayoutVersion, Line, Mark, Payment, ReceiptQr, ShopHead,
};
use laci_receipt::{Columns, Reprint, Row, layout, render};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~]{0,90}", "[A-Z0-9]{0,90}", "[a-zé½– ]{0,40}"]
}

pub(crate) fn money() -> impl Strategy<Value = Rupiah> {
    prop_oneof![-MAX_RUPIAH..=MAX_RUPIAH, -1_000_000i64..10_000_000, Just(0)]
        .prop_map(|amount| Rupiah::new(amount).unwrap())
}

pub(crate) fn moment() -> impl Strategy<Value = UnixMs> {
    prop_oneof![any::<i64>(), 0..4_000_000_000_000i64].prop_map(UnixMs)
}

prop_compose! {
    fn line()(name in text(), quantity in any::<u32>(), unit_price in money(), amount in money()) -> Line {
        Line { name, quantity, unit_price, amount }
    }
}

prop_compose! {
    fn payment()(
        method in text(), gateway in text(), reference in option::of(text()), paid_at in moment(),
        rrn in option::of(text()), issuer in option::of(text()),
    ) -> Payment {
        Payment { method, gateway, reference, paid_at, rrn, issuer }
    }
}

prop_compose! {
    fn head()(
        name in text(), address in text(), phone in text(), register in any::<u16>(),
        epoch in any::<u16>(), counter in any::<u32>(), zone in 0usize..3, sold_at in moment(),
    ) -> (ShopHead, SaleNumber, Zone, UnixMs) {
        let zone = [Zone::Wib, Zone::Wita, Zone::Wit][zone];
        (ShopHead { name, address, phone }, SaleNumber { register, epoch, counter }, zone, sold_at)
    }
}

prop_compose! {
    pub(crate) fn document()(
        (shop, number, zone, sold_at) in head(),
        cashier in option::of(text()),
        lines in vec(line(), 0..6),
        sums in (money(), money(), money(), money()),
        payment in payment(),
        marked in any::<bool>(),
        anchor in (any::<u64>(), "[0-9a-f]{8}"),
        footer in vec(text(), 0..3),
        practice in any::<bool>(),
        qr in option::of(("[ -~]{1,60}", text())),
        cash in option::of((money(), money(), money())),
    ) -> Document {
        Document {
            layout: LayoutVersion::V1, shop, number, sold_at, zone, cashier, lines,
            subtotal: sums.0, total: sums.1, unique_code: sums.2, paid: sums.3, payment,
            marks: if marked { vec![Mark::ConfirmedByPerson] } else { Vec::new() },
            anchor: Anchor { seq: anchor.0, short_hash: anchor.1 },
            footer, practice,
            qr: qr.map(|(payload, caption)| ReceiptQr { payload, caption }),
            cash: cash.map(|(tendered, change, rounding)| Cash { tendered, change, rounding }),
        }
    }
}

pub(crate) fn columns() -> impl Strategy<Value = Columns> {
    (0usize..3).prop_map(|at| Columns::ALL[at])
}

pub(crate) fn reprint() -> impl Strategy<Value = Option<Reprint>> {
    option::of((any::<u32>(), moment()).prop_map(|(nth, printed_at)| Reprint { nth, printed_at }))
}

/// The line with a name as long as its own, of one letter.
fn unnamed(line: &Line) -> Line {
    Line { name: "x".repeat(line.name.len()), ..line.clone() }
}

/// Whether `amount` stands in `text` with nothing that belongs to a number touching it.
fn stands_whole(text: &str, amount: &str) -> bool {
    let part_of_a_number = |c: char| c.is_ascii_digit() || c == '.';
    text.match_indices(amount).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + amount.len()..].chars().next();
        !before.is_some_and(|c| part_of_a_number(c) || c == '-')
            && !after.is_some_and(part_of_a_number)
    })
}

proptest! {
    #[test]
    fn no_row_is_wider_than_the_paper(document in document(), columns in columns(), reprint in reprint()) {
        for row in layout(&document, columns, reprint).rows {
            match row {
                Row::Text { text, bold: _, double } => {
                    let cells = if double { text.len() * 2 } else { text.len() };
                    prop_assert!(cells <= columns.count(), "{cells} cells: {text:?}");
                    prop_assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b)), "{text:?}");
                    prop_assert!(!text.trim().is_empty(), "an empty text should have been a gap");
                }
                Row::Rule | Row::Qr { payload: _ } | Row::Gap(_) => {}
            }
        }
    }

    #[test]
    fn every_amount_stands_whole(document in document(), columns in columns()) {
        // Free texts could hold the same digits by chance; without them only the sums can.
        let blank = Document {
            shop: ShopHead { name: String::new(), address: String::new(), phone: String::new() },
            lines: document.lines.iter().map(unnamed).collect(),
            footer: Vec::new(),
            ..document
        };
        let text = render::text(&layout(&blank, columns, None));
        let sums = [blank.total, blank.paid];
        let code = (blank.unique_code != Rupiah::ZERO).then_some(blank.unique_code);
        let subtotal = (blank.lines.len() > 1).then_some(blank.subtotal);
        let of_lines = blank.lines.iter().flat_map(|l| [l.unit_price, l.amount]);
        for amount in sums.into_iter().chain(code).chain(subtotal).chain(of_lines) {
            let shown = amount.grouped();
            prop_assert!(stands_whole(&text, &shown), "{shown} is not whole in\n{text}");
        }
    }

    #[test]
    fn every_renderer_draws_every_layout(document in document(), columns in columns(), reprint in reprint()) {
        let slip = layout(&document, columns, reprint);
        prop_assert_eq!(&slip, &layout(&document, columns, reprint), "laying out is a function");
        let screen = render::screen(&slip).unwrap();
        prop_assert_eq!(screen.rows.len(), slip.rows.len());
        prop_assert!(render::pdf(&slip).unwrap().starts_with(b"%PDF-"));
    }
}
