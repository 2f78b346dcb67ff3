//! What a check of the ledger says, and what is wrong in words.

use laci_core::Lang;

use crate::change::Head;

/// The answer of a check. `ok` means no problem at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub entries: u64,
    pub head: Head,
    /// Up to where the high-water file had seen the ledger; none where there is no such file.
    pub anchor_seq: Option<u64>,
    pub ok: bool,
    /// In the order of the check, the log's first; at most 20.
    pub problems: Vec<Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    EntryMissing,
    ChainBroken,
    EntryUnreadable,
    ClockBackwards,
    GenesisMisplaced,
    OlderThanAnchor,
    AnchorMismatch,
    AnchorUnreadable,
    GuardsChanged,
    BodyMissing,
    BodyChanged,
    TableDiffers,
    ZBroken,
    Unbalanced,
    FileDamaged,
}

/// One thing that is wrong: at which entry, where it is one, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub seq: Option<u64>,
    /// For support: a table, a hash, SQLite's words. Holds nothing personal.
    pub detail: String,
}

impl Problem {
    pub(crate) fn at(kind: ProblemKind, seq: u64) -> Self {
        Self { kind, seq: Some(seq), detail: String::new() }
    }

    pub(crate) fn of(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, seq: None, detail: detail.into() }
    }

    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self.kind {
            ProblemKind::EntryMissing => "entry_missing",
            ProblemKind::ChainBroken => "chain_broken",
            ProblemKind::EntryUnreadable => "entry_unreadable",
            ProblemKind::ClockBackwards => "clock_backwards",
            ProblemKind::GenesisMisplaced => "genesis_misplaced",
            ProblemKind::OlderThanAnchor => "ledger_older_than_anchor",
            ProblemKind::AnchorMismatch => "anchor_mismatch",
            ProblemKind::AnchorUnreadable => "anchor_unreadable",
            ProblemKind::GuardsChanged => "guards_changed",
            ProblemKind::BodyMissing => "body_missing",
            ProblemKind::BodyChanged => "body_changed",
            ProblemKind::TableDiffers => "table_differs",
            ProblemKind::ZBroken => "z_broken",
            ProblemKind::Unbalanced => "unbalanced",
            ProblemKind::FileDamaged => "file_damaged",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        let text = match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        };
        if self.detail.is_empty() { text } else { format!("{text} ({})", self.detail) }
    }

    fn place(&self) -> String {
        self.seq.map_or_else(|| "?".to_owned(), |seq| seq.to_string())
    }

    fn indonesian(&self) -> String {
        let seq = self.place();
        match self.kind {
            ProblemKind::EntryMissing => format!("Catatan {seq} hilang."),
            ProblemKind::ChainBroken => {
                format!("Rantai putus di catatan {seq}: isi, hash atau urutannya berubah.")
            }
            ProblemKind::EntryUnreadable => format!("Catatan {seq} tidak terbaca."),
            ProblemKind::ClockBackwards => format!("Jam di catatan {seq} berjalan mundur."),
            ProblemKind::GenesisMisplaced => {
                format!("Catatan {seq} bukan catatan pembuka buku yang semestinya.")
            }
            ProblemKind::OlderThanAnchor => {
                format!("Ekor buku terpotong atau ditimpa salinan lama: catatan {seq} pernah ada.")
            }
            ProblemKind::AnchorMismatch => {
                format!("Catatan {seq} bukan yang dulu dilihat: riwayat ditulis ulang.")
            }
            ProblemKind::AnchorUnreadable => "Berkas penanda catatan terakhir rusak.".into(),
            ProblemKind::GuardsChanged => "Pengaman catatan diubah di luar Laci.".into(),
            ProblemKind::BodyMissing => format!("Lampiran yang disebut catatan {seq} hilang."),
            ProblemKind::BodyChanged => "Sebuah lampiran diubah di luar Laci.".into(),
            ProblemKind::TableDiffers => {
                "Tabel tidak sama dengan catatannya. Catatannya utuh; bangun ulang tabel.".into()
            }
            ProblemKind::ZBroken => "Rantai laporan Z putus.".into(),
            ProblemKind::Unbalanced => format!("Jurnal catatan {seq} tidak seimbang."),
            ProblemKind::FileDamaged => "Berkas data rusak.".into(),
        }
    }

    fn english(&self) -> String {
        let seq = self.place();
        match self.kind {
            ProblemKind::EntryMissing => format!("Entry {seq} is missing."),
            ProblemKind::ChainBroken => {
                format!("The chain is broken at entry {seq}: its bytes, hash or order changed.")
            }
            ProblemKind::EntryUnreadable => format!("Entry {seq} cannot be read."),
            ProblemKind::ClockBackwards => format!("The clock of entry {seq} goes backwards."),
            ProblemKind::GenesisMisplaced => {
                format!("Entry {seq} is not the opening entry that must stand there.")
            }
            ProblemKind::OlderThanAnchor => {
                format!("The tail was cut or an old copy put back: entry {seq} existed.")
            }
            ProblemKind::AnchorMismatch => {
                format!("Entry {seq} is not the one seen before: history was rewritten.")
            }
            ProblemKind::AnchorUnreadable => {
                "The file that marks the last entry is damaged.".into()
            }
            ProblemKind::GuardsChanged => "The log's guards were changed outside Laci.".into(),
            ProblemKind::BodyMissing => format!("A body that entry {seq} names is missing."),
            ProblemKind::BodyChanged => "A body was changed outside Laci.".into(),
            ProblemKind::TableDiffers => {
                "A table differs from its log. The log is whole; rebuild the tables.".into()
            }
            ProblemKind::ZBroken => "The chain of Z reports is broken.".into(),
            ProblemKind::Unbalanced => format!("The postings of entry {seq} do not sum to zero."),
            ProblemKind::FileDamaged => "The data file is damaged.".into(),
        }
    }
}
