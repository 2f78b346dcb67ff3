//! One row: money that came, money that did not, or something that nobody can be sure of.

use laci_core::told::rupiah_of;
use laci_core::{Columns, Rupiah, UnixMs, Zone};

use super::moment;

const CAME: [&str; 10] =
    ["cr", "k", "c", "kr", "kredit", "credit", "masuk", "uang masuk", "in", "payment"];
const WENT: [&str; 9] =
    ["db", "d", "dr", "debit", "debet", "keluar", "uang keluar", "out", "refund"];
const DONE: [&str; 12] = [
    "sukses",
    "success",
    "successful",
    "berhasil",
    "selesai",
    "settlement",
    "settled",
    "paid",
    "lunas",
    "completed",
    "complete",
    "done",
];
const NOT_DONE: [&str; 14] = [
    "gagal",
    "failed",
    "pending",
    "menunggu",
    "expired",
    "kedaluwarsa",
    "cancelled",
    "canceled",
    "batal",
    "dibatalkan",
    "refund",
    "refunded",
    "deny",
    "reversed",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Came {
        amount: Rupiah,
        from: UnixMs,
        to: UnixMs,
        text: String,
    },
    /// It went, or it never came.
    NotIn,
    Unreadable,
}

pub(super) fn read(cells: &[String], columns: &Columns, zone: Zone) -> Line {
    let cell = |at: u16| cells.get(usize::from(at)).map(String::as_str);
    let optional = |at: Option<u16>| at.and_then(cell);
    let Some(written) = cell(columns.amount).map(amount) else { return Line::Unreadable };
    let direction = columns.direction.map(|at| word(cell(at), &CAME, &WENT));
    let status = columns.status.map(|at| word(cell(at), &DONE, &NOT_DONE));
    let (amount, from, to) = match (written, direction, status) {
        (Written::None | Written::Went, _, _)
        | (_, Some(Some(false)), _)
        | (_, _, Some(Some(false))) => return Line::NotIn,
        (Written::Unclear, _, _) | (_, Some(None), _) | (_, _, Some(None)) => {
            return Line::Unreadable;
        }
        (Written::Amount(amount), Some(Some(true)) | None, Some(Some(true)) | None) => {
            let date = cell(columns.date).unwrap_or_default();
            match moment::read(date, optional(columns.time), zone) {
                Some((from, to)) => (amount, from, to),
                None => return Line::Unreadable,
            }
        }
    };
    Line::Came { amount, from, to, text: optional(columns.text).unwrap_or_default().to_owned() }
}

/// Whether a word is one of those for yes or for no; none for any other.
fn word(cell: Option<&str>, yes: &[&str], no: &[&str]) -> Option<bool> {
    let word = cell?.trim().trim_end_matches('.').to_lowercase();
    if yes.contains(&word.as_str()) {
        return Some(true);
    }
    no.contains(&word.as_str()).then_some(false)
}

enum Written {
    Amount(Rupiah),
    /// An empty cell, or nothing.
    None,
    Went,
    Unclear,
}

/// `Rp 50.347,00`, `50,347.00 CR`, `+50347`; a minus, brackets or `DB` say that it went.
fn amount(cell: &str) -> Written {
    let lower = cell.trim().to_lowercase();
    let mut text = lower.as_str();
    let mut went = false;
    for (mark, is_out) in [(" cr", false), (" db", true), (" k", false), (" d", true)] {
        if let Some(rest) = text.strip_suffix(mark) {
            (text, went) = (rest.trim_end(), is_out);
        }
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (text, went) = (inner, true);
    }
    for _ in 0..2 {
        for currency in ["rp.", "rp", "idr"] {
            text = text.strip_prefix(currency).unwrap_or(text).trim_start();
        }
        text = text.strip_prefix('+').unwrap_or(text).trim_start();
        if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
            (text, went) = (rest.trim_start(), true);
        }
    }
    let text = text.strip_suffix(",-").unwrap_or(text);
    match rupiah_of(text) {
        _ if text.is_empty() => Written::None,
        Some(Rupiah::ZERO) => Written::None,
        Some(_) if went => Written::Went,
        Some(amount) => Written::Amount(amount),
        None => Written::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(cell: &str) -> Option<i64> {
        match amount(cell) {
            Written::Amount(amount) => Some(amount.get()),
            Written::None | Written::Went => None,
            Written::Unclear => Some(-1),
        }
    }

    #[test]
    fn amounts_are_read_as_statements_write_them() {
        for cell in [
            "50.347",
            "50.347,00",
            "50,347.00",
            "50347",
            "Rp 50.347",
            "Rp50.347,-",
            "IDR 50,347.00",
            "+50.347",
            "50.347,00 CR",
            "Rp. 50.347",
            "+ Rp 50.347",
        ] {
            assert_eq!(came(cell), Some(50_347), "{cell}");
        }
        for cell in [
            "",
            "0",
            "0,00",
            "-",
            "-50.347",
            "(50.347)",
            "50.347,00 DB",
            "- Rp 50.347",
            "Rp -50.347",
        ] {
            assert_eq!(came(cell), None, "{cell}");
        }
        for cell in ["50.34", "50.347,50", "lima puluh", "5e4", "50.347 x", "USD 50"] {
            assert_eq!(came(cell), Some(-1), "{cell}");
        }
    }

    #[test]
    fn words_beside_the_amount_decide_whether_it_came() {
        let columns = Columns {
            date: 0,
            time: None,
            amount: 1,
            text: None,
            direction: Some(2),
            status: Some(3),
        };
        let line = |direction: &str, status: &str| {
            let cells = ["21/11/2026", "50.347", direction, status].map(str::to_owned);
            read(&cells, &columns, Zone::Wib)
        };
        assert!(matches!(line("CR", "Berhasil"), Line::Came { .. }));
        for (direction, status) in [("DB", "Berhasil"), ("CR", "Gagal"), ("Keluar", "?")] {
            assert_eq!(line(direction, status), Line::NotIn, "{direction} {status}");
        }
        for (direction, status) in [("?", "Sukses"), ("CR", ""), ("", "Sukses")] {
            assert_eq!(line(direction, status), Line::Unreadable, "{direction} {status}");
        }
        let short = ["21/11/2026".to_owned()];
        assert_eq!(read(&short, &columns, Zone::Wib), Line::Unreadable);
    }
}
