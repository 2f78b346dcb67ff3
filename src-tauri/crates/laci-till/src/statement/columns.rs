//! Which column holds what: as a person said, as it was kept, or guessed from headings that leave no doubt.

use std::collections::BTreeMap;

use laci_core::{Columns, Hash};

use crate::error::{Result, Sentence, TillError};

/// A heading's words for each use, the surest first.
const USES: [(&str, &[&str]); 6] = [
    (
        "date",
        &[
            "tanggal transaksi",
            "transaction date",
            "tanggal & waktu",
            "tanggal dan waktu",
            "transaction time",
            "waktu transaksi",
            "tanggal",
            "date",
            "tgl",
            "posting date",
            "timestamp",
        ],
    ),
    ("time", &["jam", "jam transaksi", "waktu", "time"]),
    (
        "amount",
        &[
            "kredit",
            "credit",
            "mutasi kredit",
            "nominal transaksi",
            "jumlah transaksi",
            "jumlah",
            "nominal",
            "amount",
            "transaction amount",
            "gross amount",
            "nilai transaksi",
        ],
    ),
    (
        "text",
        &[
            "keterangan",
            "deskripsi",
            "description",
            "uraian",
            "remark",
            "remarks",
            "catatan",
            "berita",
            "nama pembayar",
            "customer name",
            "reference",
            "referensi",
        ],
    ),
    (
        "direction",
        &["d/k", "db/cr", "dk", "dbcr", "tipe", "type", "jenis", "jenis mutasi", "jenis transaksi"],
    ),
    ("status", &["status", "status transaksi", "transaction status"]),
];

/// The same headings have the same name, whatever their case and spaces.
pub(super) fn signature(header: &[String]) -> Hash {
    let plain: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
    Hash::of_bytes(plain.join("\n").as_bytes())
}

fn plain(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What headings alone say; none unless both date and amount are sure.
pub(super) fn guessed(header: &[String]) -> Option<Columns> {
    let plain: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
    let find = |use_: &str| {
        let (_, words) = USES.iter().find(|(name, _)| *name == use_)?;
        let at = words.iter().find_map(|word| {
            let mut found = plain.iter().enumerate().filter(|(_, cell)| cell == word);
            // The same heading twice leaves a doubt.
            found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
        })?;
        u16::try_from(at).ok()
    };
    let (date, amount) = (find("date")?, find("amount")?);
    let time = find("time").filter(|at| *at != date);
    Some(Columns {
        date,
        time,
        amount,
        text: find("text"),
        direction: find("direction"),
        status: find("status"),
    })
}

/// As a person said: headings, or numbers from 1. Refused: `statement_columns`.
pub(super) fn said(header: &[String], map: &BTreeMap<String, String>) -> Result<Columns> {
    let known = |name: &str| USES.iter().any(|(known, _)| *known == name);
    if let Some(odd) = map.keys().find(|name| !known(name)) {
        return Err(unclear(header, odd));
    }
    let column = |name: &str| -> Result<Option<u16>> {
        let Some(word) = map.get(name) else { return Ok(None) };
        at(header, word).map(Some).ok_or_else(|| unclear(header, word))
    };
    Ok(Columns {
        date: column("date")?.ok_or_else(|| unclear(header, "date"))?,
        time: column("time")?,
        amount: column("amount")?.ok_or_else(|| unclear(header, "amount"))?,
        text: column("text")?,
        direction: column("direction")?,
        status: column("status")?,
    })
}

fn at(header: &[String], word: &str) -> Option<u16> {
    let wanted = plain(word);
    let named = header.iter().position(|cell| plain(cell) == wanted);
    let numbered = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let at = named.or(numbered).filter(|at| *at < header.len())?;
    u16::try_from(at).ok()
}

/// Headings by their use, for people.
pub(super) fn shown(header: &[String], columns: &Columns) -> BTreeMap<String, String> {
    let Columns { date, time, amount, text, direction, status } = columns;
    let all = [
        ("date", Some(*date)),
        ("time", *time),
        ("amount", Some(*amount)),
        ("text", *text),
        ("direction", *direction),
        ("status", *status),
    ];
    let named = all
        .into_iter()
        .filter_map(|(name, at)| Some((name.to_owned(), header.get(usize::from(at?))?.clone())));
    named.collect()
}

pub(super) fn unclear(header: &[String], what: &str) -> TillError {
    let headings = header.join(", ");
    TillError::Refused(Sentence::new(
        "statement_columns",
        format!(
            "Kolom untuk \"{what}\" tidak jelas. Tidak ada yang diimpor. Sebutkan date=KOLOM,amount=KOLOM (boleh juga time, text, direction, status). Kolom di berkas: {headings}."
        ),
        format!(
            "The column for \"{what}\" is not clear. Nothing was imported. Say date=COLUMN,amount=COLUMN (time, text, direction, status too). Columns in the file: {headings}."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn clear_headings_are_guessed_and_doubtful_ones_are_not() {
        let columns = guessed(&header("No,Tanggal,Jam,Keterangan,Debit,KREDIT,Saldo")).unwrap();
        assert_eq!((columns.date, columns.time, columns.amount), (1, Some(2), 5));
        assert_eq!(columns.text, Some(3));
        let columns = guessed(&header("Transaction Date,Amount,Type,Status")).unwrap();
        assert_eq!((columns.date, columns.amount), (0, 1));
        assert_eq!((columns.direction, columns.status), (Some(2), Some(3)));
        assert_eq!(guessed(&header("Tanggal,Saldo")), None);
        assert_eq!(guessed(&header("Tanggal,Jumlah,Jumlah")), None);
    }

    #[test]
    fn a_person_names_columns_by_heading_or_number() {
        let header = header("Hari,Rupiah Masuk,Ket");
        let map = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        let columns =
            said(&header, &map(&[("date", "1"), ("amount", "rupiah  masuk"), ("text", "3")]));
        let columns = columns.unwrap();
        assert_eq!((columns.date, columns.amount, columns.text), (0, 1, Some(2)));
        assert_eq!(shown(&header, &columns)["amount"], "Rupiah Masuk");
        for wrong in [
            map(&[("date", "1")]),
            map(&[("date", "1"), ("amount", "4")]),
            map(&[("date", "0"), ("amount", "2")]),
            map(&[("date", "1"), ("amount", "2"), ("saldo", "3")]),
        ] {
            assert_eq!(said(&header, &wrong).unwrap_err().code(), "statement_columns");
        }
    }

    #[test]
    fn case_and_spaces_make_no_other_statement() {
        assert_eq!(signature(&header("Tanggal, JUMLAH ")), signature(&header("tanggal,jumlah")));
        assert_ne!(signature(&header("tanggal,jumlah")), signature(&header("jumlah,tanggal")));
    }
}
