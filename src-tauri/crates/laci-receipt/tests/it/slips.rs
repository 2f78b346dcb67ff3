//! The slips that are no receipts, as text files that a person has read and as PDF. Fixtures are rewritten as in
//! `golden.rs`.

use laci_receipt::{
    CashSlip, CashSlipKind, Columns, Reprint, ShiftSlip, Slip, layout_cash, layout_codes,
    layout_shift, render,
};

use crate::golden::check_slips;
use crate::pdf::{SIZE_MAX, on_disk, rows_of_text, run, words_of};
use crate::samples::{moment, rupiah};
use crate::slip_samples::{cash_slip, codes, drawn_x, drawn_z, full_z, quiet_z, total};

fn check_shift(name: &str, slip: &ShiftSlip, reprint: Option<Reprint>) {
    check_slips(name, |columns| layout_shift(slip, columns, reprint));
}

#[test]
fn the_drawn_z() {
    check_shift("z", &drawn_z(), None);
}

#[test]
fn the_same_shift_as_an_x() {
    check_shift("x", &drawn_x(), None);
}

#[test]
fn a_quiet_shift_in_practice() {
    check_shift("z_quiet", &quiet_z(), None);
}

#[test]
fn every_row_of_a_z_and_a_copy_of_it() {
    let reprint = Reprint { nth: 2, printed_at: moment("2026-11-21T07:30:00+08:00") };
    check_shift("z_full", &full_z(), Some(reprint));
}

#[test]
fn cash_in_and_out_and_handed_over() {
    let paid = CashSlip {
        amount: rupiah(73_500),
        reason: "Galon dan parkir".to_owned(),
        approver: Some("Bu Ratna".to_owned()),
        ..cash_slip(CashSlipKind::Out)
    };
    check_slips("cash_out", |columns| layout_cash(&paid, columns, None));
    let handed = CashSlip { practice: true, ..cash_slip(CashSlipKind::ToOwner) };
    let reprint = Reprint { nth: 1, printed_at: moment("2026-11-20T18:12:00+07:00") };
    check_slips("setor", |columns| layout_cash(&handed, columns, Some(reprint)));
}

#[test]
fn recovery_codes() {
    check_slips("codes", |columns| layout_codes(&codes(), columns));
}

/// The figures of the drawing, read off the picture and not out of the program.
#[test]
fn the_z_shows_the_figures_that_are_drawn() {
    let text = render::text(&layout_shift(&drawn_z(), Columns::C32, None));
    let drawn = [
        "           LAPORAN Z",
        "       TOKO SUMBER REJEKI",
        "Shift 2                     Sari",
        "--------------------------------",
        "Omzet                  4.383.430",
        " Tunai                 2.315.430",
        " QRIS                  1.884.000",
        "  Paydigital           1.150.000",
        "  Bayar.gg               482.500",
        "  Kropay                 251.500",
        "  belum masuk rekening   441.577",
        " Transfer                120.000",
        " Bon                      64.000",
        "--------------------------------",
        "Modal awal               500.000",
        "Penjualan tunai        2.315.430",
        "Tagihan tunai          1.090.620",
        "Pembulatan                   -50",
        "Retur tunai              -16.500",
        "Kas masuk                100.000",
        "Kas keluar               -73.500",
        "Setor                 -1.100.000",
        "KAS DIHARAPKAN         2.816.000",
        "KAS DIHITUNG           2.814.000",
        "SELISIH KURANG            -2.000",
        "--------------------------------",
        "Belum verifikasi (1)      34.497",
        "Batal (6) Retur (1)",
        "Rantai                  9f3c71ae",
    ];
    let mut rows = text.lines();
    for row in drawn {
        assert!(
            rows.any(|have| have == row),
            "{row:?} is missing, or stands elsewhere, in\n{text}"
        );
    }
    assert!(text.contains("Z-000327    20-11-2026 22.04 WIB\n"), "with the zone:\n{text}");
}

#[test]
fn the_drawn_report_adds_up() {
    let report = drawn_z().report;
    assert!(report.cross_foots());
    let ways = report.by_method.values().map(|tally| tally.amount);
    assert_eq!(total(ways), rupiah(4_383_430));
}

#[test]
fn an_x_tells_nothing_that_only_a_close_knows() {
    // Its report could hold the closes of earlier shifts.
    let slip = ShiftSlip { report: drawn_z().report, ..drawn_x() };
    let text = render::text(&layout_shift(&slip, Columns::C32, None));
    assert!(text.contains("BELUM TUTUP") && text.contains("Kas belum dihitung"), "{text}");
    for word in ["LAPORAN Z", "DIHITUNG ", "SELISIH", "COCOK", "Rantai", "Alasan"] {
        assert!(!text.contains(word), "{word} in\n{text}");
    }
}

#[test]
fn the_difference_has_its_word() {
    let shown = |difference| {
        let mut slip = drawn_z();
        slip.report.cash.difference = Some(rupiah(difference));
        render::text(&layout_shift(&slip, Columns::C32, None))
    };
    assert!(shown(-1).contains("SELISIH KURANG                -1\n"));
    assert!(shown(1).contains("SELISIH LEBIH                  1\n"));
    assert!(shown(0).contains("COCOK                          0\n"));
    let mut open = drawn_z();
    (open.report.cash.counted, open.report.cash.difference) = (None, None);
    let text = render::text(&layout_shift(&open, Columns::C32, None));
    assert!(text.contains("KAS DIHITUNG           tidak ada\n"), "{text}");
}

#[test]
fn only_money_that_changes_hands_is_signed_for() {
    for kind in CashSlipKind::ALL {
        let text = render::text(&layout_cash(&cash_slip(kind), Columns::C32, None));
        let is_setor = text.contains("SETOR");
        assert_eq!(text.contains("Diserahkan"), is_setor, "{text}");
        assert_eq!(text.contains("____"), is_setor, "{text}");
        assert!(text.contains("JUMLAH                 1.100.000\n"), "{text}");
    }
}

#[test]
fn codes_are_not_told_by_debug() {
    let codes = codes();
    let shown = format!("{codes:?}");
    assert!(shown.contains("Bu Ratna") && shown.contains("10"), "{shown}");
    assert!(codes.codes.iter().all(|code| !shown.contains(code.as_str())), "{shown}");
}

#[test]
fn a_shift_and_a_movement_survive_json() {
    for slip in [drawn_z(), drawn_x(), full_z()] {
        let json = serde_json::to_string(&slip).unwrap();
        assert_eq!(serde_json::from_str::<ShiftSlip>(&json).unwrap(), slip, "{json}");
    }
    for slip in CashSlipKind::ALL.map(cash_slip) {
        let json = serde_json::to_string(&slip).unwrap();
        assert_eq!(serde_json::from_str::<CashSlip>(&json).unwrap(), slip, "{json}");
    }
}

fn every_slip() -> Vec<Slip> {
    let mut slips = Vec::new();
    for columns in Columns::ALL {
        let reprint = Some(Reprint { nth: 1, printed_at: moment("2026-11-21T07:30:00+07:00") });
        slips.extend([drawn_z(), drawn_x(), quiet_z()].map(|z| layout_shift(&z, columns, None)));
        slips.push(layout_shift(&full_z(), columns, reprint));
        slips.extend(CashSlipKind::ALL.map(|kind| layout_cash(&cash_slip(kind), columns, reprint)));
        slips.push(layout_codes(&codes(), columns));
    }
    slips
}

#[test]
fn the_pdf_gives_back_every_row() {
    for slip in every_slip() {
        let folder = on_disk(&slip);
        let read = words_of(run("pdftotext", &["-layout", "struk.pdf", "-"], folder.path()));
        let text = render::text(&slip);
        assert_eq!(rows_of_text(&read), rows_of_text(&text), "{}", slip.title);
        let size = std::fs::metadata(folder.path().join("struk.pdf")).unwrap().len();
        assert!(size <= SIZE_MAX as u64, "{}: {size} bytes", slip.title);
    }
}

#[test]
fn a_pdf_is_called_what_it_is_and_dated_by_the_close() {
    let titles = [
        layout_shift(&drawn_z(), Columns::C32, None),
        layout_shift(&drawn_x(), Columns::C32, None),
        layout_cash(&cash_slip(CashSlipKind::ToBank), Columns::C32, None),
        layout_codes(&codes(), Columns::C32),
    ]
    .map(|slip| slip.title);
    let wanted = ["Laporan Z-000327", "Laporan X shift 2", "Setor ke bank 131", "Kode pemulihan"];
    assert_eq!(titles, wanted);
    let folder = on_disk(&layout_shift(&drawn_z(), Columns::C32, None));
    let info = words_of(run("pdfinfo", &["-isodates", "struk.pdf"], folder.path()));
    assert!(info.contains("2026-11-20T15:04:00Z"), "the close's moment, no clock's\n{info}");
}
