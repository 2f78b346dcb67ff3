//! The speed of laying out and of drawing: a receipt of five lines and the longest one a sale can have (500 lines).

use divan::{Bencher, black_box};
use laci_core::{Rupiah, SaleNumber, UnixMs, Zone};
use laci_receipt::document::{Anchor, Document, LayoutVersion, Line, Payment, ReceiptQr, ShopHead};
use laci_receipt::{Columns, layout, render};

fn main() {
    divan::main();
}

fn document(lines: u32) -> Document {
    let total = Rupiah::from_u32(lines * 7_500);
    let line = |at: u32| Line {
        name: format!("Kapal Api Special {at} g"),
        quantity: 1,
        unit_price: Rupiah::from_u32(7_500),
        amount: Rupiah::from_u32(7_500),
    };
    Document {
        layout: LayoutVersion::V1,
        shop: ShopHead {
            name: "TOKO SUMBER REJEKI".into(),
            address: "Jl. Kaliurang Km 5,6 Sleman".into(),
            phone: "WA 0800-0000-0000".into(),
        },
        number: SaleNumber { register: 1, epoch: 1, counter: 148 },
        sold_at: UnixMs(1_795_178_480_000),
        zone: Zone::Wib,
        cashier: Some("Sari".into()),
        lines: (1..=lines).map(line).collect(),
        subtotal: total,
        total,
        unique_code: Rupiah::ZERO,
        paid: total,
        cash: None,
        payment: Payment {
            method: "QRIS".into(),
            gateway: "Kropay".into(),
            reference: Some("KRP202611201941".into()),
            paid_at: UnixMs(1_795_178_512_000),
            rrn: None,
            issuer: None,
        },
        marks: Vec::new(),
        anchor: Anchor { seq: 148, short_hash: "a1b2c3d4".into() },
        footer: vec!["Terima kasih".into()],
        practice: false,
        qr: Some(ReceiptQr {
            payload: "https://toko.example/s/A01-0148".into(),
            caption: "Struk digital".into(),
        }),
    }
}

#[divan::bench(args = [5, 500])]
fn rows(bencher: Bencher, lines: u32) {
    let document = document(lines);
    bencher.bench(|| layout(black_box(&document), Columns::C32, None));
}

#[divan::bench(args = [5, 500])]
fn pdf(bencher: Bencher, lines: u32) {
    let slip = layout(&document(lines), Columns::C32, None);
    bencher.bench(|| render::pdf(black_box(&slip)).map(|file| file.len()).unwrap_or_default());
}
