//! Invented shifts, movements of cash and recovery codes. The Z is the one that the design draws.

use std::collections::BTreeMap;

use laci_core::books::{
    By, CashSource, Drawer, Fact, Line, Part, Pocket, RefundBy, RefundOf, Report, Seen, SetorTo,
    Standing, Tally, ZNumber,
};
use laci_core::{BusinessDate, GatewayName, Hash, Rupiah, Zone};
use laci_receipt::document::{Anchor, ShopHead};
use laci_receipt::{CashSlip, CashSlipKind, CodesSlip, ShiftKind, ShiftSlip};

use crate::samples::{self, moment, rupiah};

pub(crate) fn gateway(name: &str) -> GatewayName {
    GatewayName::new(name).unwrap()
}

fn shop() -> ShopHead {
    samples::gateway().shop
}

/// 9f3c71ae and then zeros.
pub(crate) fn hash(start: [u8; 4]) -> Hash {
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&start);
    Hash(bytes)
}

fn cash(price: i64, rounding: i64) -> Part {
    let by = By::Cash {
        tendered: rupiah(price + rounding),
        change: rupiah(0),
        rounding: rupiah(rounding),
    };
    Part { price: rupiah(price), by }
}

fn sent(to: Pocket, price: i64, seen: Seen) -> Part {
    let received = rupiah(price);
    let by = By::Sent { to, unique_code: rupiah(0), received, fee: rupiah(0), seen };
    Part { price: rupiah(price), by }
}

/// The facts of the drawn shift, up to its close.
fn drawn_facts() -> Vec<Fact> {
    let through = |name| Pocket::Gateway(gateway(name));
    let sale = |part| Fact::SaleCovered { parts: vec![part] };
    let mut facts = vec![
        Fact::ShiftOpened { float: rupiah(500_000) },
        sale(cash(2_315_430, -30)),
        sale(sent(through("paydigital"), 1_150_000, Seen::Evidence)),
        sale(sent(through("bayargg"), 482_500, Seen::Evidence)),
        sale(sent(through("kropay"), 251_500, Seen::Evidence)),
        sale(sent(Pocket::Bank, 120_000, Seen::Evidence)),
        sale(Part { price: rupiah(64_000), by: By::Bon }),
        Fact::BillMoneyReceived { part: cash(1_090_620, -20) },
        Fact::RefundPaid { of: RefundOf::Sale, amount: rupiah(16_500), by: RefundBy::Cash },
        Fact::CashIn { amount: rupiah(100_000), from: CashSource::Owner },
        Fact::CashOut { amount: rupiah(73_500) },
        Fact::Setor { amount: rupiah(1_100_000), to: SetorTo::Owner },
    ];
    facts.extend(std::iter::repeat_n(Fact::SaleVoided, 6));
    facts
}

fn drawn_report(close: Option<Fact>) -> Report {
    let line = |fact| Line { shift: 2, hour: 14, cashier: "p-2".to_owned(), fact };
    let lines: Vec<Line> = drawn_facts().into_iter().chain(close).map(line).collect();
    let unverified = Tally { count: 1, amount: rupiah(34_497) };
    let open = Standing { unverified, unsettled: rupiah(441_577), ..Standing::default() };
    Report::of_shift(2, &lines, open).unwrap()
}

pub(crate) fn drawn_z() -> ShiftSlip {
    let close = Fact::ShiftClosed { expected: rupiah(2_816_000), counted: rupiah(2_814_000) };
    let number = ZNumber { epoch: 1, counter: 327 };
    let titles = [("paydigital", "Paydigital"), ("bayargg", "Bayar.gg"), ("kropay", "Kropay")];
    ShiftSlip {
        kind: ShiftKind::Z { number, chain: hash([0x9f, 0x3c, 0x71, 0xae]) },
        shop: shop(),
        zone: Zone::Wib,
        shift: 2,
        date: BusinessDate::from_calendar(2026, 11, 20).unwrap(),
        opened_at: moment("2026-11-20T14:00:00+07:00"),
        at: moment("2026-11-20T22:04:00+07:00"),
        cashier: "Sari".to_owned(),
        gateways: titles.map(|(name, title)| (gateway(name), title.to_owned())).into(),
        report: drawn_report(Some(close)),
        reason: Some("Salah kembalian, pelanggan sudah pergi".to_owned()),
        recounted: None,
        head_seq: 148,
        head: hash([0xa1, 0xb2, 0xc3, 0xd4]),
        practice: false,
    }
}

/// The same shift before its close.
pub(crate) fn drawn_x() -> ShiftSlip {
    ShiftSlip {
        kind: ShiftKind::X,
        at: moment("2026-11-20T18:30:00+07:00"),
        report: drawn_report(None),
        reason: None,
        recounted: None,
        ..drawn_z()
    }
}

/// A shift in which nothing happened, counted right.
pub(crate) fn quiet_z() -> ShiftSlip {
    let cash = Drawer {
        float: rupiah(200_000),
        expected: rupiah(200_000),
        counted: Some(rupiah(200_000)),
        difference: Some(rupiah(0)),
        ..Drawer::default()
    };
    ShiftSlip {
        zone: Zone::Wit,
        report: Report { cash, ..Report::default() },
        reason: Some(" ".to_owned()),
        recounted: None,
        practice: true,
        ..drawn_z()
    }
}

/// Every row that a report can have, names without end, and amounts of many digits.
pub(crate) fn full_z() -> ShiftSlip {
    let most = |count| Tally { count, amount: rupiah(900_719_925_474_000) };
    let mut report = drawn_report(None);
    report.by_gateway.insert(Pocket::OwnQris, most(9));
    report.by_gateway.insert(Pocket::Gateway(gateway("cabang-tanpa-judul")), most(3));
    report.confirmed = most(17);
    report.bon_paid = most(2);
    report.bills = most(40_000);
    report.unique_code = rupiah(-1_347);
    report.fees = rupiah(13_188);
    report.surplus = rupiah(500);
    report.open.unpaid = most(12);
    report.open.unsettled = rupiah(900_719_925_474_000);
    report.cash = Drawer {
        bon_paid: rupiah(900_719_925_474_000),
        expected: rupiah(900_719_925_474_000),
        counted: Some(rupiah(900_719_925_475_000)),
        difference: Some(rupiah(1_000)),
        ..report.cash
    };
    let long = "Gerbang pembayaran cabang kedua di dekat pasar";
    ShiftSlip {
        kind: ShiftKind::Z {
            number: ZNumber { epoch: 12, counter: 1_234_567 },
            chain: hash([0x9f, 0x3c, 0x71, 0xae]),
        },
        zone: Zone::Wita,
        shift: 4_294_967_295,
        cashier: "Pengganti giliran malam hari libur nasional".to_owned(),
        gateways: BTreeMap::from([
            (gateway("paydigital"), long.to_owned()),
            (gateway("cabang-tanpa-judul"), " ".to_owned()),
        ]),
        report,
        reason: Some("Pelanggan – “kelebihan” bayar,\nbelum kembali ☕".to_owned()),
        recounted: None,
        head_seq: u64::MAX,
        ..drawn_z()
    }
}

pub(crate) fn cash_slip(title: CashSlipKind) -> CashSlip {
    CashSlip {
        shop: shop(),
        zone: Zone::Wib,
        title,
        amount: rupiah(1_100_000),
        reason: "Setoran sore, uang seratus ribuan sebelas lembar".to_owned(),
        cashier: "Sari".to_owned(),
        approver: None,
        at: moment("2026-11-20T18:10:00+07:00"),
        shift: 2,
        anchor: Anchor { seq: 131, short_hash: "a1b2c3d4".to_owned() },
        practice: false,
    }
}

pub(crate) fn codes() -> CodesSlip {
    CodesSlip {
        shop: shop(),
        zone: Zone::Wib,
        at: moment("2026-11-20T08:00:00+07:00"),
        person: "Bu Ratna".to_owned(),
        codes: (0..10).map(|n| format!("K7QM-2XWD-9FH{n}")).collect(),
    }
}

pub(crate) fn total(amounts: impl IntoIterator<Item = Rupiah>) -> Rupiah {
    Rupiah::checked_sum(amounts).unwrap()
}
