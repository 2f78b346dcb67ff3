//! What a shift's lines add up to, and the Z that says so: a function of the log up to here.

use laci_core::books::{Drawer, Fact, Line, Report, Z, ZNumber, ZReport, z};
use laci_core::{BusinessDate, Closing, Hash, PersonId, Refusal, Rupiah, UnixMs};
use laci_ledger::{Counted, LedgerError, ShiftRow, Tx, View};

use crate::error::{Result, Sentence, TillError};

/// Open sales that are older are no longer this drawer's business.
const LOOK_BACK_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A shift's report, open or closed.
pub(super) fn report_of(view: &View<'_>, shift: &ShiftRow) -> Result<Report> {
    let settings = view.settings()?;
    let (zone, cut_off) = settings.shop.map(|shop| (shop.zone, shop.cut_off)).unwrap_or_default();
    let since = BusinessDate::of(shift.opened_at.plus_ms(-LOOK_BACK_MS), zone, cut_off);
    let standing = view.standing(since)?;
    let rows = view.lines_of_shift(shift.number)?;
    Report::of(rows.iter().map(|row| &row.line), standing).map_err(unsummed)
}

/// A Z before it is in the log.
pub(super) struct Drawn {
    pub(super) z: Z,
    pub(super) report: ZReport,
    pub(super) previous: Hash,
    pub(super) expected: Rupiah,
}

/// The Z that would close `shift` on `counted` now.
pub(super) fn drawn(
    view: &View<'_>,
    (head_seq, head): (u64, Hash),
    shift: &ShiftRow,
    counted: &Counted,
    now: UnixMs,
) -> Result<Drawn> {
    let mut report = report_of(view, shift)?;
    let expected = report.cash.expected;
    let fact = Fact::ShiftClosed { expected, counted: counted.counted };
    let zone = view.settings()?.shop.map(|shop| shop.zone).unwrap_or_default();
    let cashier = shift.cashier.clone();
    let line = Line { shift: shift.number, hour: now.hour(zone), cashier, fact };
    report.take(&line).map_err(unsummed)?;
    let last = view.last_z()?;
    let number = ZNumber::next(last.map(|(number, _)| number), view.header().epoch);
    let number = number.ok_or(Refusal::AmountTooLarge)?;
    let previous = last.map_or(Hash::GENESIS, |(_, hash)| hash);
    let report = ZReport {
        number,
        shift: shift.number,
        date: shift.date,
        opened_at: shift.opened_at,
        closed_at: now,
        cashier: shift.cashier.clone(),
        head_seq,
        head,
        counts: counted.counts,
        first_counted: counted.first,
        report,
    };
    let z = Z::new(&report, previous).map_err(|_| unwritable())?;
    Ok(Drawn { z, report, previous, expected })
}

/// The open shift's close, ready for the log; its Z's text is stored. Refused: `shift_not_open`, `shift_not_counted`,
/// `count_stale`.
pub(super) fn closing(
    tx: &mut Tx<'_>,
    now: UnixMs,
    reason: Option<String>,
    handed_to: Option<PersonId>,
) -> Result<Closing> {
    let shift = tx.open_shift()?.ok_or(Refusal::ShiftNotOpen)?;
    let counted = shift.counted.clone().ok_or(Refusal::ShiftNotCounted)?;
    if cash_moved_since(tx, shift.number, counted.seq)? {
        return Err(Refusal::CountStale.into());
    }
    let head = tx.head();
    let drawn = drawn(tx, (head.seq, head.hash), &shift, &counted, now)?;
    let report = tx.put_blob(drawn.z.text.as_bytes())?;
    Ok(Closing {
        shift: shift.number,
        expected: drawn.expected,
        counted: counted.counted,
        number: drawn.z.number,
        previous: drawn.previous,
        hash: drawn.z.hash,
        report,
        reason,
        handed_to,
    })
}

/// Whether the drawer holds something else than when it was counted.
fn cash_moved_since(view: &View<'_>, shift: u32, counted: u64) -> Result<bool> {
    let mut moved = Drawer::default();
    for row in view.lines_of_shift(shift)?.iter().filter(|row| row.seq > counted) {
        moved.take(&row.line.fact).map_err(unsummed)?;
    }
    Ok(moved != Drawer::default())
}

/// The stored Z of a close, its text compared with the chain once more.
pub(super) fn stored(view: &View<'_>, closing: &Closing) -> Result<ZReport> {
    let text = view.blob(closing.report)?.ok_or_else(unreadable)?;
    let text = String::from_utf8(text).map_err(|_| unreadable())?;
    if z::z_hash(closing.previous, &text) != closing.hash {
        return Err(unreadable());
    }
    let z = Z { number: closing.number, text, hash: closing.hash };
    z.report().map_err(|_| unreadable())
}

fn unsummed(error: laci_core::books::BooksError) -> TillError {
    LedgerError::Contradiction { detail: error.code().to_owned() }.into()
}

fn unwritable() -> TillError {
    TillError::Failed(Sentence::new(
        "z_unwritable",
        "Laporan Z tidak bisa disusun. Shift tetap terbuka dan tidak ada yang hilang. Coba lagi.",
        "The Z report could not be put together. The shift stays open and nothing is lost. Try again.",
    ))
}

fn unreadable() -> TillError {
    TillError::Integrity(Sentence::new(
        "z_unreadable",
        "Laporan Z ini tidak terbaca atau berubah. Penjualannya tetap tercatat. Periksa buku di Pengaturan, Cadangan.",
        "This Z report cannot be read or was changed. Its sales stay recorded. Check the books in Settings, Backups.",
    ))
}
