//! Every kind of receipt at every width, as text files that a person has read. After a wanted change, run with
//! `LACI_WRITE_FIXTURES=1` and read the difference.

use std::path::Path;

use laci_receipt::{Columns, Document, Reprint, Slip, layout, render};

use crate::samples::{self, moment};

fn check(name: &str, document: &Document, reprint: Option<Reprint>) {
    check_slips(name, |columns| layout(document, columns, reprint));
}

pub(crate) fn check_slips(name: &str, slip: impl Fn(Columns) -> Slip) {
    for columns in Columns::ALL {
        let text = render::text(&slip(columns));
        let file = format!("{name}.{}.txt", columns.count());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(&file);
        if std::env::var_os("LACI_WRITE_FIXTURES").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let wanted = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, wanted, "{file} is not what is laid out now");
    }
}

#[test]
fn a_gateways_qris() {
    check("gateway", &samples::gateway(), None);
}

#[test]
fn the_shops_own_qris_with_a_subtracted_code() {
    check("own_qris", &samples::own_qris(), None);
}

#[test]
fn notes_and_coins() {
    check("cash", &samples::cash(), None);
}

#[test]
fn confirmed_by_a_person() {
    check("confirmed", &samples::confirmed(), None);
}

#[test]
fn practice() {
    check("practice", &samples::practice(), None);
}

#[test]
fn a_copy() {
    let reprint = Reprint { nth: 1, printed_at: moment("2026-11-20T19:52:00+07:00") };
    check("copy", &samples::gateway(), Some(reprint));
}

#[test]
fn long_names() {
    check("long", &samples::long(), None);
}

#[test]
fn a_qr_under_the_footer() {
    check("qr", &samples::with_qr("https://toko.example/s/A01-0148"), None);
}

#[test]
fn the_samples_are_receipts_that_could_be_stored() {
    for document in [
        samples::gateway(),
        samples::own_qris(),
        samples::confirmed(),
        samples::practice(),
        samples::long(),
    ] {
        assert_eq!(document.check(), Ok(()), "{}", document.number);
    }
}
