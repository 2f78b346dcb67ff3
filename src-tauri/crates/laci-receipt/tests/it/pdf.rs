//! The PDF as other programs read it: poppler's tools and zbar. They are part of the machine that tests (Debian:
//! poppler-utils, zbar-tools); a missing one fails the test rather than passing it unseen.

use std::path::Path;
use std::process::{Command, Output};

use laci_receipt::{Columns, Document, Reprint, Row, Slip, layout, render, write};

use proptest::prelude::*;

use crate::properties::{columns, document, reprint};
use crate::samples;

pub(crate) const SIZE_MAX: usize = 30 * 1024;

pub(crate) fn run(tool: &str, args: &[&str], folder: &Path) -> Output {
    let output = Command::new(tool).args(args).current_dir(folder).output().unwrap_or_else(|why| {
        panic!("{tool} did not start ({why}). Install poppler-utils and zbar-tools.")
    });
    assert!(
        output.status.success(),
        "{tool} {args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

pub(crate) fn words_of(output: Output) -> String {
    String::from_utf8(output.stdout).unwrap()
}

/// The sheet in a folder of its own, as `struk.pdf`.
pub(crate) fn on_disk(slip: &Slip) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("struk.pdf"), &render::pdf(slip).unwrap()).unwrap();
    folder
}

fn all_samples() -> [(&'static str, Document); 6] {
    [
        ("gateway", samples::gateway()),
        ("own_qris", samples::own_qris()),
        ("confirmed", samples::confirmed()),
        ("practice", samples::practice()),
        ("long", samples::long()),
        ("qr", samples::with_qr("https://toko.example/s/A01-0148")),
    ]
}

fn every_slip() -> impl Iterator<Item = (String, Slip)> {
    all_samples().into_iter().flat_map(|(name, document)| {
        let reprint = Reprint { nth: 2, printed_at: document.sold_at.plus_ms(600_000) };
        Columns::ALL.into_iter().flat_map(move |columns| {
            [None, Some(reprint)].map(|reprint| {
                let label = format!("{name}, {} columns, {reprint:?}", columns.count());
                (label, layout(&document, columns, reprint))
            })
        })
    })
}

/// Rows of text as they stand in the text form; blank rows and the QR's place hold no text in a PDF.
pub(crate) fn rows_of_text(text: &str) -> Vec<&str> {
    let shown = |row: &&str| !row.trim().is_empty() && row.trim() != "[QR]";
    text.split(['\n', '\u{c}']).filter(shown).collect()
}

#[test]
fn pdftotext_gives_back_every_row() {
    for (label, slip) in every_slip() {
        let folder = on_disk(&slip);
        let read = words_of(run("pdftotext", &["-layout", "struk.pdf", "-"], folder.path()));
        let text = render::text(&slip);
        assert_eq!(rows_of_text(&read), rows_of_text(&text), "{label}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pdftotext_gives_back_the_rows_of_any_document(
        document in document(), columns in columns(), reprint in reprint(),
    ) {
        let slip = layout(&document, columns, reprint);
        let folder = on_disk(&slip);
        let read = words_of(run("pdftotext", &["-layout", "struk.pdf", "-"], folder.path()));
        let text = render::text(&slip);
        prop_assert_eq!(rows_of_text(&read), rows_of_text(&text));
    }
}

#[test]
fn both_fonts_are_embedded_and_the_file_is_small() {
    for (label, slip) in every_slip() {
        let folder = on_disk(&slip);
        let fonts = words_of(run("pdffonts", &["struk.pdf"], folder.path()));
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert_eq!(rows.len(), 2, "{label}: regular and bold\n{fonts}");
        for row in rows {
            // Columns from the right: object id (2), unicode, subset, embedded.
            let cells: Vec<&str> = row.split_whitespace().rev().collect();
            assert_eq!((cells[4], cells[2]), ("yes", "yes"), "{label}: embedded, unicode\n{fonts}");
            assert!(row.starts_with("DejaVuSansMono"), "{label}: {row}");
        }
        let size = std::fs::metadata(folder.path().join("struk.pdf")).unwrap().len();
        assert!(size <= SIZE_MAX as u64, "{label}: {size} bytes");
    }
}

#[test]
fn the_page_is_as_wide_as_the_paper_and_dated_by_the_sale() {
    // 58 and 80 mm in points of 1/72 inch.
    let papers =
        [(Columns::C32, "164.409 x "), (Columns::C42, "226.772 x "), (Columns::C48, "226.772 x ")];
    for (columns, width) in papers {
        let slip = layout(&samples::gateway(), columns, None);
        let folder = on_disk(&slip);
        let info = words_of(run("pdfinfo", &["-isodates", "struk.pdf"], folder.path()));
        let field = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name} in\n{info}")).trim().to_owned()
        };
        let size = field("Page size:");
        assert!(size.starts_with(width), "{} columns on {size}", columns.count());
        assert_eq!(field("Pages:"), "1", "a receipt is one long page");
        assert_eq!(field("Title:"), "Struk A01-0148");
        assert_eq!(field("CreationDate:"), "2026-11-20T12:41:20Z", "the sale's moment, no clock's");
        assert!(!info.contains("PDF/X"), "no standard is claimed that is not met\n{info}");
    }
}

#[test]
fn a_receipt_longer_than_a_page_may_be_goes_on() {
    let name = "Beras Ramos Setra Super Premium Cap Dua Ikan Mas Kemasan Ekonomis isi 25 kg baru";
    let document = Document {
        lines: vec![samples::line(name, 1, 1_000); 500],
        subtotal: samples::rupiah(500_000),
        total: samples::rupiah(500_000),
        unique_code: samples::rupiah(0),
        paid: samples::rupiah(500_000),
        ..samples::gateway()
    };
    assert_eq!(document.check(), Ok(()), "the longest sale there can be");
    let slip = layout(&document, Columns::C32, None);
    let folder = on_disk(&slip);
    let info = words_of(run("pdfinfo", &["-l", "9", "struk.pdf"], folder.path()));
    let heights: Vec<f64> = info
        .lines()
        .filter(|line| line.starts_with("Page ") && line.contains("size:"))
        .map(|line| line.split_whitespace().nth(5).unwrap().parse().unwrap())
        .collect();
    assert_eq!(heights.len(), 2, "{info}");
    assert!(heights.iter().all(|&height| height <= 14_400.0), "{heights:?}");
    let read = words_of(run("pdftotext", &["-layout", "struk.pdf", "-"], folder.path()));
    let text = render::text(&slip);
    assert_eq!(rows_of_text(&read), rows_of_text(&text));
}

#[test]
fn the_same_slip_gives_the_same_bytes() {
    for (label, slip) in every_slip() {
        let (one, two) = (render::pdf(&slip).unwrap(), render::pdf(&slip).unwrap());
        assert!(one == two, "{label}: two files of one slip differ");
    }
    let (gateway, own) = (samples::gateway(), samples::own_qris());
    let pdf = |document| render::pdf(&layout(document, Columns::C32, None)).unwrap();
    assert!(pdf(&gateway) != pdf(&own));
}

#[test]
fn a_qr_on_paper_is_read_by_another_program() {
    let link = "https://toko.example/s/A01-0148".to_owned();
    let qris = format!(
        "00020101021226{}5204541153033605405503475802ID6304ABCD",
        "9360099900000000".repeat(12)
    );
    let largest = "Aa0-".repeat(150);
    for payload in [link, qris, largest] {
        let document = samples::with_qr(&payload);
        assert_eq!(document.check(), Ok(()));
        for columns in Columns::ALL {
            let folder = on_disk(&layout(&document, columns, None));
            run(
                "pdftoppm",
                &["-r", "300", "-png", "-singlefile", "struk.pdf", "struk"],
                folder.path(),
            );
            let read = run("zbarimg", &["-q", "--raw", "struk.png"], folder.path());
            assert_eq!(words_of(read).trim_end(), payload, "{} columns", columns.count());
            let size = std::fs::metadata(folder.path().join("struk.pdf")).unwrap().len();
            println!("{} bytes of QR: {size} bytes of PDF", payload.len());
        }
    }
}

#[test]
fn the_windows_path_draws_the_same_symbol() {
    let payload = "https://toko.example/s/A01-0148";
    let slip = layout(&samples::with_qr(payload), Columns::C32, None);
    let screen = serde_json::to_value(render::screen(&slip).unwrap()).unwrap();
    assert_eq!(screen["columns"], 32);
    let rows = screen["rows"].as_array().unwrap();
    assert_eq!(rows.len(), slip.rows.len());
    let qr = rows.iter().find(|row| row["kind"] == "qr").unwrap();
    let (side, path) = (qr["side"].as_u64().unwrap(), qr["path"].as_str().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let image = bitmap(usize::try_from(side).unwrap(), path);
    std::fs::write(folder.path().join("qr.pgm"), image).unwrap();
    let read = run("zbarimg", &["-q", "--raw", "qr.pgm"], folder.path());
    assert_eq!(words_of(read).trim_end(), payload);
    let first = &rows[0];
    assert_eq!(first["kind"], "text");
    assert_eq!(first["bold"], true, "the shop's name leads in bold: {first}");
    assert!(matches!(&slip.rows[3], Row::Rule) && rows[3]["kind"] == "rule");
}

/// The path's rectangles (`Mx yhwv1h-wz`) as a grey picture of 4 pixels per module.
fn bitmap(side: usize, path: &str) -> Vec<u8> {
    let width = side * 4;
    let mut pixels = vec![255u8; width * width];
    for rectangle in path.split_terminator('z') {
        let (x, rest) = rectangle.strip_prefix('M').unwrap().split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (run, _) = rest.split_once('v').unwrap();
        let [x, y, run] = [x, y, run].map(|number| number.parse::<usize>().unwrap() * 4);
        for row in y..y + 4 {
            pixels[row * width + x..row * width + x + run].fill(0);
        }
    }
    let mut image = format!("P5 {width} {width} 255\n").into_bytes();
    image.extend(pixels);
    image
}
