//! Looking at a statement before it is taken, and taking it. Its rows go through the same rule as a phone's words, in the
//! file's order. The columns are kept by the header, so that they are said once.

use std::collections::BTreeMap;

use laci_core::told::Fate;
use laci_core::{Body, Columns, Hash, InboxEvent, Source, Zone};
use laci_ledger::Op;
use serde::Serialize;

use super::columns::{guessed, said, shown, signature, unclear};
use super::row::{Line, read};
use super::table::Table;
use crate::by::By;
use crate::error::Result;
use crate::inbox::{Placed, Telling, fate};
use crate::till::Till;
use crate::wire::{StatementDone, StatementRow, StatementView};

const SHOWN: usize = 50;
/// Rows of one commit: many rows cost few of them, and a sale at the counter waits for few rows.
const PER_COMMIT: usize = 50;
const NAME_CHARS_MAX: usize = 80;

/// A row as it is kept: what stands in its cells, in no column's order, so that it is the same row however its columns are read. `nth` tells rows apart that
/// are the same to the letter: two customers in one minute.
#[derive(Serialize)]
struct Kept<'a> {
    text: &'a str,
    nth: u32,
}

/// What a file says, and how it was read.
struct Opened {
    table: Table,
    header: Hash,
    columns: Option<Columns>,
    kept: bool,
}

impl Till {
    /// What an import of this file would do. Where the columns are not clear, `map` is empty and no row is shown.
    /// Refused: `statement_unreadable`, `statement_too_large`, `statement_columns`.
    pub fn statement_preview(
        &self,
        name: &str,
        bytes: &[u8],
        map: &BTreeMap<String, String>,
    ) -> Result<StatementView> {
        let opened = self.opened(bytes, map)?;
        let header = opened.table.header.clone();
        let all_rows = u32::try_from(opened.table.rows.len()).unwrap_or(u32::MAX);
        let Some(columns) = &opened.columns else {
            let (map, rows) = (BTreeMap::new(), Vec::new());
            return Ok(StatementView { header, map, kept: false, rows, all_rows });
        };
        let lines = lines(&opened.table, columns, self.zone());
        let rows = tellings(name, &lines).into_iter().zip(&lines).take(SHOWN);
        let rows = rows.map(|((line, told), read)| self.preview_row(line, told, &read.read));
        let rows = rows.collect::<Result<_>>()?;
        let map = shown(&header, columns);
        Ok(StatementView { header, map, kept: opened.kept, rows, all_rows })
    }

    /// Takes every row that can be read. The same row again, in this file or a later one, is taken once.
    /// Refused as [`Self::statement_preview`], and where the columns are not clear.
    pub fn statement_import(
        &self,
        by: By,
        name: &str,
        bytes: &[u8],
        map: &BTreeMap<String, String>,
    ) -> Result<StatementDone> {
        let Opened { table, header, columns, .. } = self.opened(bytes, map)?;
        let columns = columns.ok_or_else(|| unclear(&table.header, "date, amount"))?;
        if self.read(|view| view.columns_of(header))?.as_ref() != Some(&columns) {
            self.transact(Op::Inbox, by, |tx| {
                let event = InboxEvent::ColumnsSet { header, columns: columns.clone() };
                tx.append(Body::Inbox { event })?;
                Ok(())
            })?;
        }
        let mut done = StatementDone::default();
        let mut came = Vec::new();
        for (line, told) in tellings(name, &lines(&table, &columns, self.zone())) {
            match told {
                Told::Came(telling) => came.push(telling),
                Told::NotIn => done.not_in += 1,
                Told::Unreadable => done.unreadable.push(line),
            }
        }
        for chunk in came.chunks(PER_COMMIT) {
            for placed in self.money_told(by, chunk)? {
                match placed {
                    Placed::Pays(..) => done.paid += 1,
                    Placed::Repeats(..) => done.repeated += 1,
                    Placed::Inbox => done.inbox += 1,
                    Placed::Before => done.before += 1,
                }
            }
        }
        Ok(done)
    }

    fn opened(&self, bytes: &[u8], map: &BTreeMap<String, String>) -> Result<Opened> {
        let table = Table::read(bytes)?;
        let header = signature(&table.header);
        if !map.is_empty() {
            let columns = Some(said(&table.header, map)?);
            return Ok(Opened { table, header, columns, kept: false });
        }
        let kept = self.read(|view| view.columns_of(header))?;
        let is_kept = kept.is_some();
        let columns = kept.or_else(|| guessed(&table.header));
        Ok(Opened { table, header, columns, kept: is_kept })
    }

    fn preview_row(&self, line: u32, told: Told, read: &Line) -> Result<StatementRow> {
        let text = match read {
            Line::Came { text, .. } => text.clone(),
            Line::NotIn | Line::Unreadable => String::new(),
        };
        let blank = |fate: &str| {
            let (fate, text) = (fate.to_owned(), text.clone());
            StatementRow { line, at: None, amount: None, text, fate }
        };
        let telling = match told {
            Told::NotIn => return Ok(blank("not_in")),
            Told::Unreadable => return Ok(blank("unreadable")),
            Told::Came(telling) => telling,
        };
        let raw = Hash::of_bytes(&telling.raw);
        let (before, fate) = self.ledger.read(|view| {
            Ok::<_, laci_ledger::LedgerError>((view.was_told(raw)?, fate(view, &telling)))
        })?;
        let word = match fate? {
            _ if before => "before",
            Fate::Pays(_) => "pays",
            Fate::Repeats(_) => "repeats",
            Fate::Inbox => "inbox",
        };
        let (at, amount) = (Some(telling.from.0), telling.amount.map(|amount| amount.get()));
        Ok(StatementRow { at, amount, ..blank(word) })
    }
}

enum Told {
    Came(Telling),
    NotIn,
    Unreadable,
}

/// A row of the file, whole and as it was read.
struct Row {
    line: u32,
    whole: String,
    read: Line,
}

fn lines(table: &Table, columns: &Columns, zone: Zone) -> Vec<Row> {
    let rows = table.rows.iter();
    let row = |line: u32, cells: &Vec<String>| {
        let mut whole: Vec<&str> =
            cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        // An export with its columns in another order names the same row.
        whole.sort_unstable();
        Row { line, whole: whole.join("; "), read: read(cells, columns, zone) }
    };
    rows.map(|(line, cells)| row(*line, cells)).collect()
}

/// Each row as something told. Rows that are the same to the letter are counted, in the file's order.
fn tellings(name: &str, lines: &[Row]) -> Vec<(u32, Told)> {
    let about: String = name.chars().take(NAME_CHARS_MAX).collect();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut all = Vec::with_capacity(lines.len());
    for Row { line, whole, read } in lines {
        let told = match read {
            Line::NotIn => Told::NotIn,
            Line::Unreadable => Told::Unreadable,
            Line::Came { amount, from, to, .. } => {
                let nth = seen.entry(whole).or_default();
                *nth += 1;
                let kept = Kept { text: whole, nth: *nth };
                match serde_json::to_vec(&kept) {
                    Ok(raw) => Told::Came(Telling {
                        source: Source::Statement,
                        amount: Some(*amount),
                        from: *from,
                        to: *to,
                        about: about.clone(),
                        raw,
                    }),
                    Err(_) => Told::Unreadable,
                }
            }
        };
        all.push((*line, told));
    }
    all
}
