//! Invented receipts, one per kind.

use laci_core::{Rupiah, SaleNumber, UnixMs, Zone};
use laci_receipt::document::{
    Anchor, Cash, Document, LayoutVersion, Line, Mark, Payment, ReceiptQr, ShopHead,
};

pub(crate) fn rupiah(amount: i64) -> Rupiah {
    Rupiah::new(amount).unwrap()
}

pub(crate) fn moment(text: &str) -> UnixMs {
    UnixMs::from_rfc3339(text).unwrap()
}

pub(crate) fn line(name: &str, quantity: u32, unit_price: i64) -> Line {
    let unit_price = rupiah(unit_price);
    let amount = unit_price.checked_mul(quantity).unwrap();
    Line { name: name.to_owned(), quantity, unit_price, amount }
}

/// Gateway QRIS with five lines, a discount and a unique code that was added.
pub(crate) fn gateway() -> Document {
    Document {
        layout: LayoutVersion::V1,
        shop: ShopHead {
            name: "TOKO SUMBER REJEKI".to_owned(),
            address: "Jl. Kaliurang Km 5,6 Sleman".to_owned(),
            phone: "WA 0800-0000-0000".to_owned(),
        },
        number: SaleNumber { register: 1, epoch: 1, counter: 148 },
        sold_at: moment("2026-11-20T19:41:20+07:00"),
        zone: Zone::Wib,
        cashier: Some("Sari".to_owned()),
        lines: vec![
            line("Indomie Goreng 85 g", 5, 3_100),
            line("Telur ayam ½ kg", 1, 14_000),
            line("Kapal Api Special 65 g", 1, 7_500),
            line("Aqua 600 ml", 2, 3_500),
            line("Lifebuoy sabun 85 g", 2, 4_000),
        ],
        subtotal: rupiah(52_000),
        total: rupiah(50_000),
        unique_code: rupiah(347),
        paid: rupiah(50_347),
        payment: Payment {
            method: "QRIS".to_owned(),
            gateway: "Kropay".to_owned(),
            reference: Some("KRP202611201941".to_owned()),
            paid_at: moment("2026-11-20T19:41:52+07:00"),
            rrn: None,
            issuer: None,
        },
        marks: Vec::new(),
        anchor: Anchor { seq: 148, short_hash: "a1b2c3d4".to_owned() },
        footer: vec!["Terima kasih".to_owned(), "Tukar barang 24 jam, bawa struk".to_owned()],
        practice: false,
        qr: None,
        cash: None,
    }
}

/// Notes and coins, rounded down to a hundred rupiah, with change.
pub(crate) fn cash() -> Document {
    let sold = gateway();
    Document {
        lines: vec![line("Rinso cair 450 ml", 1, 15_950), line("Teh Botol Sosro 350 ml", 3, 4_500)],
        subtotal: rupiah(29_450),
        total: rupiah(29_450),
        unique_code: Rupiah::ZERO,
        paid: rupiah(29_400),
        cash: Some(Cash {
            tendered: rupiah(50_000),
            change: rupiah(20_600),
            rounding: rupiah(-50),
        }),
        payment: Payment {
            method: "Tunai".to_owned(),
            gateway: "Tunai".to_owned(),
            reference: None,
            ..sold.payment.clone()
        },
        ..sold
    }
}

/// The shop's own QRIS: one line, the code subtracted, RRN and issuer known.
pub(crate) fn own_qris() -> Document {
    Document {
        zone: Zone::Wita,
        cashier: None,
        lines: vec![line("Penjualan", 1, 34_500)],
        subtotal: rupiah(34_500),
        total: rupiah(34_500),
        unique_code: rupiah(-17),
        paid: rupiah(34_483),
        payment: Payment {
            method: "QRIS".to_owned(),
            gateway: "QRIS toko".to_owned(),
            reference: None,
            paid_at: moment("2026-11-20T19:42:07+07:00"),
            rrn: Some("632519410027".to_owned()),
            issuer: Some("Bank Contoh".to_owned()),
        },
        footer: vec!["Terima kasih".to_owned()],
        ..gateway()
    }
}

/// A person's word, given the next morning.
pub(crate) fn confirmed() -> Document {
    let own = own_qris();
    Document {
        marks: vec![Mark::ConfirmedByPerson],
        payment: Payment {
            paid_at: moment("2026-11-21T07:05:00+08:00"),
            rrn: None,
            issuer: None,
            ..own.payment.clone()
        },
        ..own
    }
}

pub(crate) fn practice() -> Document {
    Document { practice: true, ..own_qris() }
}

/// Names, addresses, amounts and references longer than any line.
pub(crate) fn long() -> Document {
    let lines = vec![
        line("Beras Ramos Setra Super Premium Cap Dua Ikan Mas Kemasan Ekonomis 25 kg", 2, 365_000),
        line("Minyak goreng kemasan 2 liter", 12, 38_500),
        line("SUPERKALIFRAGILISTIKEKSPIALIDOSIUS-1234567890-ABCDEFGHIJ", 1, 1_000),
        line("Kulkas", 10_000, 900_719_925_000),
        line("Café “Édition” – 10×15 ☕", 1, 25_000),
    ];
    let subtotal = Rupiah::checked_sum(lines.iter().map(|line| line.amount)).unwrap();
    let gateway = gateway();
    Document {
        shop: ShopHead {
            name: "Toko Serba Ada Sumber Rejeki Makmur Sentosa Abadi Cabang Sleman".to_owned(),
            address: "Jl. Kaliurang Km 5,6 Gang Melati No. 12, Caturtunggal, Depok\nSleman"
                .to_owned(),
            phone: "WA 0800-0000-0000 / Telp (0274) 000000".to_owned(),
        },
        number: SaleNumber { register: 12, epoch: 3, counter: 1_234_567 },
        zone: Zone::Wita,
        cashier: Some("Pengganti giliran malam hari libur nasional".to_owned()),
        lines,
        subtotal,
        total: subtotal,
        unique_code: Rupiah::ZERO,
        paid: subtotal,
        payment: Payment {
            gateway: "Gerbang pembayaran cabang kedua".to_owned(),
            reference: Some("REF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF".to_owned()),
            ..gateway.payment.clone()
        },
        footer: vec![
            "Barang yang sudah dibeli dapat ditukar dalam 24 jam dengan membawa struk ini"
                .to_owned(),
        ],
        ..gateway
    }
}

pub(crate) fn with_qr(payload: &str) -> Document {
    let qr = ReceiptQr { payload: payload.to_owned(), caption: "Struk digital".to_owned() };
    Document { qr: Some(qr), ..gateway() }
}
