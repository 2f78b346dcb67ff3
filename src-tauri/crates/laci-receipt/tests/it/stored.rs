//! What is stored comes back, and what must not be stored is named.

use laci_receipt::Document;
use laci_receipt::document::{Cash, FOOTER_LINES_MAX, Fault, TEXT_CHARS_MAX};

use crate::samples::{cash, confirmed, gateway, rupiah, with_qr};

#[test]
fn a_document_survives_json() {
    for document in [gateway(), confirmed(), cash(), with_qr("https://toko.example/s/1")] {
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document, "{json}");
    }
    let json = serde_json::to_value(gateway()).unwrap();
    assert_eq!(json["layout"], 1, "the version is a number beside the content");
    assert_eq!(json["number"], "A01-0148");
    assert_eq!(json["zone"], "WIB");
}

#[test]
fn a_newer_layout_is_refused_when_read() {
    let mut json = serde_json::to_value(gateway()).unwrap();
    json["layout"] = 2.into();
    let why = serde_json::from_value::<Document>(json).unwrap_err().to_string();
    assert!(why.contains("layout 2 is newer"), "{why}");
}

#[test]
fn sums_that_disagree_are_refused() {
    let fault = |change: fn(&mut Document)| {
        let mut document = gateway();
        change(&mut document);
        document.check().unwrap_err()
    };
    assert_eq!(fault(|d| d.lines.clear()), Fault::LineCount);
    assert_eq!(fault(|d| d.lines = vec![d.lines[0].clone(); 501]), Fault::LineCount);
    assert_eq!(fault(|d| d.subtotal = rupiah(52_001)), Fault::LinesDisagree);
    assert_eq!(
        fault(|d| d.lines[0].quantity = 6),
        Fault::LinesDisagree,
        "a line is quantity x price"
    );
    assert_eq!(fault(|d| d.paid = rupiah(50_000)), Fault::PaidDisagrees, "the code is missing");
    assert_eq!(fault(|d| d.unique_code = rupiah(-347)), Fault::PaidDisagrees);
    let in_cash = |tendered, change, rounding| {
        let [tendered, change, rounding] = [tendered, change, rounding].map(rupiah);
        let mut document = cash();
        document.cash = Some(Cash { tendered, change, rounding });
        document.check()
    };
    assert_eq!(in_cash(50_000, 20_600, -50), Ok(()));
    assert_eq!(in_cash(50_000, 20_500, -50), Err(Fault::PaidDisagrees), "the change is short");
    assert_eq!(in_cash(29_000, -400, -50), Err(Fault::PaidDisagrees), "too little was given");
    assert_eq!(in_cash(50_000, 20_600, 0), Err(Fault::PaidDisagrees), "rounding is not told");
}

#[test]
fn texts_without_end_are_refused() {
    let long = "a".repeat(TEXT_CHARS_MAX + 1);
    for place in 0..6 {
        let mut document = with_qr("https://toko.example/s/1");
        let qr = document.qr.as_mut().unwrap();
        match place {
            0 => document.shop.address = long.clone(),
            1 => document.lines[4].name = long.clone(),
            2 => document.payment.reference = Some(long.clone()),
            3 => qr.caption = long.clone(),
            4 => qr.payload = "a".repeat(601),
            _ => document.footer = vec![String::new(); FOOTER_LINES_MAX + 1],
        }
        assert_eq!(document.check(), Err(Fault::TooLong), "place {place}");
    }
}
