//! Bytes to a header and rows: which delimiter, and where the table begins. Banks put lines about the account in front.

use csv::ReaderBuilder;

use crate::error::{Result, Sentence, TillError};

const BYTES_MAX: usize = 8 * 1024 * 1024;
const ROWS_MAX: usize = 20_000;
const CELL_CHARS_MAX: usize = 500;
/// Rows that are looked at to find the delimiter and the header.
const LOOKED_AT: usize = 60;
const DELIMITERS: [u8; 4] = *b",;\t|";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub header: Vec<String>,
    /// Each with its line in the file, counted from 1.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    /// Refused: `statement_unreadable`, `statement_too_large`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > BYTES_MAX {
            return Err(too_large());
        }
        let text = text_of(bytes);
        let best = DELIMITERS
            .into_iter()
            .filter_map(|delimiter| {
                let rows = rows_of(&text, delimiter, LOOKED_AT).ok()?;
                let width = usual_width(&rows)?;
                Some((rows.iter().filter(|(_, row)| row.len() == width).count() * width, delimiter))
            })
            .max_by_key(|(score, _)| *score);
        let Some((_, delimiter)) = best else { return Err(unreadable()) };
        let rows = rows_of(&text, delimiter, ROWS_MAX + 1).map_err(|_| unreadable())?;
        if rows.len() > ROWS_MAX {
            return Err(too_large());
        }
        Self::of(rows).ok_or_else(unreadable)
    }

    /// The header is the first row as wide as the table whose cells are words.
    fn of(rows: Vec<(u32, Vec<String>)>) -> Option<Self> {
        let width = usual_width(&rows)?;
        let at = rows.iter().position(|(_, row)| row.len() == width && is_header(row))?;
        let mut rows = rows.into_iter().skip(at);
        let (_, header) = rows.next()?;
        let rows = rows.filter(|(_, row)| row.iter().any(|cell| !cell.is_empty())).collect();
        Some(Self { header, rows })
    }
}

/// UTF-8, else one letter per byte: what matters in a statement is ASCII.
fn text_of(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    // Lines are counted for people, and the reader counts a line's end in two bytes late.
    text.replace("\r\n", "\n")
}

fn rows_of(
    text: &str,
    delimiter: u8,
    most: usize,
) -> std::result::Result<Vec<(u32, Vec<String>)>, csv::Error> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let cell = |cell: &str| cell.trim().chars().take(CELL_CHARS_MAX).collect();
    reader
        .records()
        .take(most)
        .map(|record| {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            Ok((line, record.iter().map(cell).collect()))
        })
        .collect()
}

/// How many cells most rows have; a table has at least two columns.
fn usual_width(rows: &[(u32, Vec<String>)]) -> Option<usize> {
    let widths = rows.iter().map(|(_, row)| row.len()).filter(|width| *width > 1);
    widths
        .map(|width| (rows.iter().filter(|(_, row)| row.len() == width).count(), width))
        .max()
        .map(|(_, width)| width)
}

fn is_header(row: &[String]) -> bool {
    let words = row.iter().filter(|cell| cell.chars().any(char::is_alphabetic)).count();
    let numbers = row
        .iter()
        .filter(|cell| cell.chars().filter(char::is_ascii_digit).count() * 2 > cell.chars().count())
        .count();
    words >= 2 && numbers == 0
}

fn unreadable() -> TillError {
    TillError::Refused(Sentence::new(
        "statement_unreadable",
        "Berkas ini bukan tabel CSV dengan judul kolom. Tidak ada yang diimpor. Unduh lagi sebagai CSV dari aplikasinya.",
        "This file is no CSV table with headings. Nothing was imported. Download it again as CSV from the app.",
    ))
}

fn too_large() -> TillError {
    TillError::Refused(Sentence::new(
        "statement_too_large",
        "Berkasnya lebih dari 8 MB atau 20.000 baris. Tidak ada yang diimpor. Unduh untuk rentang tanggal yang lebih pendek.",
        "The file is larger than 8 MB or 20,000 rows. Nothing was imported. Download a shorter range of dates.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiter_and_header_are_found_behind_lines_about_the_account() {
        for delimiter in [",", ";", "\t", "|"] {
            let rows = [
                &["No. rekening : 1234567890"][..],
                &["Tanggal", "Keterangan", "Jumlah"],
                &["21/11/2026", "\"QRIS, BUDI; X\"", "\"50.347,00\""],
                &["", "", ""],
                &["22/11/2026", "QRIS", "\"1,000.00\""],
            ];
            let text: String = rows.iter().map(|row| row.join(delimiter) + "\r\n").collect();
            let mut bytes = b"\xef\xbb\xbf".to_vec();
            bytes.extend(text.as_bytes());
            let table = Table::read(&bytes).unwrap();
            assert_eq!(table.header, ["Tanggal", "Keterangan", "Jumlah"], "{delimiter:?}");
            assert_eq!(table.rows.len(), 2);
            assert_eq!(
                table.rows[0],
                (3, ["21/11/2026", "QRIS, BUDI; X", "50.347,00"].map(str::to_owned).to_vec())
            );
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for bytes in [&b""[..], b"hello", b"1,2\n3,4\n", b"\x00\x01\x02", b"%PDF-1.7\n%\xe2\xe3"] {
            assert_eq!(Table::read(bytes).unwrap_err().code(), "statement_unreadable");
        }
        let large = vec![b'x'; BYTES_MAX + 1];
        assert_eq!(Table::read(&large).unwrap_err().code(), "statement_too_large");
        let mut long = "Tanggal,Jumlah\n".to_owned();
        long.push_str(&"1,2\n".repeat(ROWS_MAX + 1));
        assert_eq!(Table::read(long.as_bytes()).unwrap_err().code(), "statement_too_large");
    }
}
