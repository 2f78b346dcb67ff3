//! The rows of a slip as they are put down, and what slips have in common: the shop's name, the marks of practice and
//! of a copy, how a moment is written. Texts come in as people wrote them and leave in ASCII cells.
//!
//! Deliberately absent: what a slip says, and in which order.

use laci_core::{Rupiah, UnixMs, Zone};

use super::cells::{APART, centred, pair, wrap};
use super::transliterate::{one_line, transliterate};
use super::{Columns, Reprint, Row};
use crate::document::{Anchor, ShopHead};

const PRACTICE: &str = "LATIHAN - BUKAN BUKTI BAYAR";

/// The rows so far.
pub(crate) struct Page {
    columns: Columns,
    rows: Vec<Row>,
}

impl Page {
    /// A page that says first, large, that it is practice, if it is.
    pub(crate) fn new(columns: Columns, practice: bool) -> Self {
        let mut page = Self { columns, rows: Vec::new() };
        if practice {
            page.double("LATIHAN");
            page.centred(PRACTICE, true);
            page.rule();
        }
        page
    }

    /// The finished rows, marked as a copy if `reprint` says so, and once more as practice.
    pub(crate) fn finished(
        mut self,
        zone: Zone,
        practice: bool,
        reprint: Option<Reprint>,
    ) -> Vec<Row> {
        if let Some(reprint) = reprint {
            self.gap(1);
            self.centred(&format!("*** SALINAN ke-{} ***", reprint.nth), true);
            let at = date_and_time(reprint.printed_at, zone);
            self.centred(&format!("dicetak {at}"), false);
        }
        if practice {
            self.rule();
            self.centred(PRACTICE, true);
        }
        self.rows
    }

    pub(crate) fn rule(&mut self) {
        self.rows.push(Row::Rule);
    }

    pub(crate) fn gap(&mut self, rows: u8) {
        self.rows.push(Row::Gap(rows));
    }

    pub(super) fn qr(&mut self, payload: &str) {
        self.rows.push(Row::Qr { payload: payload.to_owned() });
    }

    /// Name, address and phone, and a rule.
    pub(crate) fn shop(&mut self, shop: &ShopHead) {
        self.centred(&shop.name, true);
        self.centred(&shop.address, false);
        self.centred(&shop.phone, false);
        self.rule();
    }

    /// Where the ledger stood, after an empty row.
    pub(crate) fn anchor(&mut self, anchor: &Anchor) {
        self.gap(1);
        self.centred(&format!("Buku {} {}", anchor.seq, anchor.short_hash), false);
    }

    /// Rows of ASCII that are at most as wide as the slip already.
    pub(super) fn lines(&mut self, lines: Vec<String>, bold: bool) {
        self.rows.extend(lines.into_iter().map(|text| Row::Text { text, bold, double: false }));
    }

    pub(crate) fn left(&mut self, text: &str) {
        self.lines(wrap(&transliterate(text), self.columns.count()), false);
    }

    /// Each line of `text` wrapped and put in the middle; nothing for a blank text.
    pub(crate) fn centred(&mut self, text: &str, bold: bool) {
        let width = self.columns.count();
        for line in text.lines() {
            let parts = wrap(&transliterate(line), width);
            self.lines(parts.iter().map(|part| centred(part, width)).collect(), bold);
        }
    }

    pub(crate) fn pair(&mut self, label: &str, value: &str, bold: bool) {
        let (label, value) = (one_line(label), one_line(value));
        self.lines(pair(&label, &value, self.columns.count()), bold);
    }

    /// A person at the right edge, or after the label where the name is too long for that: a name is read in one go.
    pub(crate) fn person(&mut self, label: &str, name: &str) {
        let (label, name) = (one_line(label), one_line(name));
        if label.len() + APART + name.len() <= self.columns.count() {
            self.pair(&label, &name, false);
        } else {
            self.left(&format!("{label} {name}"));
        }
    }

    pub(crate) fn money(&mut self, label: &str, amount: Rupiah, bold: bool) {
        self.pair(label, &amount.grouped(), bold);
    }

    /// An amount whose label stands `indent` cells in: it is a part of the amount above.
    pub(crate) fn part(&mut self, indent: usize, label: &str, amount: Rupiah) {
        let width = self.columns.count() - indent;
        let lines = pair(&one_line(label), &amount.grouped(), width);
        self.lines(lines.iter().map(|line| format!("{:indent$}{line}", "")).collect(), false);
    }

    /// `lead` and then `text`; what does not fit goes on below the text, not below the lead.
    pub(crate) fn hanging(&mut self, lead: &str, text: &str, bold: bool) {
        let indent = lead.len();
        let parts = wrap(&transliterate(text), self.columns.count() - indent);
        let leads = std::iter::once(lead).chain(std::iter::repeat(""));
        let rows = parts.iter().zip(leads).map(|(part, lead)| format!("{lead:indent$}{part}"));
        self.lines(rows.collect(), bold);
    }

    /// Nothing for a blank reason.
    pub(crate) fn reason(&mut self, reason: &str) {
        if !reason.trim().is_empty() {
            self.left(&format!("Alasan: {reason}"));
        }
    }

    /// `label` and a line to sign on, with room above. They are one text up to the right edge: two that stand apart
    /// with nothing around them are what pdftotext puts a cell beside its place.
    pub(crate) fn signature(&mut self, label: &str) {
        self.gap(2);
        let line = "_".repeat(self.columns.count().saturating_sub(label.len() + 1));
        self.lines(vec![format!("{label} {line}")], false);
    }

    fn double(&mut self, text: &str) {
        let text = centred(text, self.columns.count() / 2);
        self.rows.push(Row::Text { text, bold: true, double: true });
    }
}

/// `20-11-2026 19.41 WIB`
pub(crate) fn date_and_time(moment: UnixMs, zone: Zone) -> String {
    let at = moment.at(zone);
    format!("{} {:02}.{:02} {}", date(moment, zone), at.hour(), at.minute(), zone.as_str())
}

/// `20-11-2026`
pub(super) fn date(moment: UnixMs, zone: Zone) -> String {
    let at = moment.at(zone);
    format!("{:02}-{:02}-{:04}", at.day(), u8::from(at.month()), at.year())
}
