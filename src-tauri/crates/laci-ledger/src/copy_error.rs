//! Why a backup was not made or not restored, as stable codes and as sentences: what happened, what is safe, what to do.

use laci_core::Lang;

use crate::error::{LedgerError, OpenError};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// The backup's place is the data folder itself: it would be lost together with the ledger.
    #[error("the data folder is no place for its own backup")]
    InsideData,
    #[error("the backup's place cannot be written or read: {detail}")]
    Place { detail: String },
    #[error("there is no room for the copy")]
    DiskFull,
    #[error("stopped on request")]
    Cancelled,
    /// The copy was read whole and is not a sound ledger.
    #[error("the copy is not sound: {0}")]
    NotSound(OpenError),
    /// A file stands there that is no copy of this ledger.
    #[error("{file} is no copy of this ledger and is not replaced")]
    Occupied { file: String },
    /// The copy is of another ledger than the one that it would replace.
    #[error("the copy is of another ledger")]
    OtherLedger { shop: Option<String> },
    /// The data folder that is restored into.
    #[error("{0}")]
    Folder(#[from] OpenError),
}

impl CopyError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InsideData => "backup_inside_data",
            Self::Place { .. } => "backup_place",
            Self::DiskFull => "disk_full",
            Self::Cancelled => "cancelled_by_caller",
            Self::NotSound(OpenError::NewerVersion { .. }) => "newer_version",
            Self::NotSound(_) => "backup_not_sound",
            Self::Occupied { .. } => "backup_occupied",
            Self::OtherLedger { .. } => "other_ledger",
            Self::Folder(error) => error.code(),
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::InsideData => "Cadangan tidak boleh disimpan di folder data: keduanya akan hilang bersama. Buku aman. Pilih folder atau drive lain.".into(),
            Self::Place { detail } => format!(
                "Tempat cadangan tidak bisa dibaca atau ditulis ({detail}). Buku aman. Periksa drive atau foldernya lalu coba lagi."
            ),
            Self::DiskFull => "Tidak ada ruang untuk salinan. Buku dan cadangan lama aman. Kosongkan ruang atau pilih drive lain.".into(),
            Self::Cancelled => "Dihentikan. Tidak ada yang diubah.".into(),
            Self::NotSound(OpenError::NewerVersion { found, known }) => format!(
                "Cadangan ini dari Laci yang lebih baru (format {found}, program ini sampai {known}), dan tidak apa-apa. Tidak ada yang diubah. Pasang Laci versi terbaru, lalu pulihkan lagi."
            ),
            Self::NotSound(error) => format!(
                "Salinan ini tidak utuh: {}. Karena itu tidak dipakai, dan tidak ada yang diubah. Pilih cadangan lain, dan jangan hapus yang ini.",
                reason(error, Lang::Id)
            ),
            Self::Occupied { file } => format!(
                "Di {file} sudah ada berkas lain, bukan cadangan buku ini. Berkas itu tidak ditimpa. Pilih nama lain."
            ),
            Self::OtherLedger { shop } => format!(
                "Cadangan ini milik buku lain{}, bukan buku yang ada di komputer ini. Tidak ada yang diubah. Kalau memang mau mengganti, katakan dengan jelas (--other-ledger).",
                shop.as_ref().map(|shop| format!(" ({shop})")).unwrap_or_default()
            ),
            Self::Folder(error) => error.sentence(Lang::Id),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::InsideData => "A backup must not lie in the data folder: both would be lost together. The ledger is safe. Choose another folder or drive.".into(),
            Self::Place { detail } => format!(
                "The backup's place cannot be read or written ({detail}). The ledger is safe. Check the drive or folder and try again."
            ),
            Self::DiskFull => "There is no room for the copy. The ledger and older backups are safe. Free some space or choose another drive.".into(),
            Self::Cancelled => "Stopped. Nothing was changed.".into(),
            Self::NotSound(OpenError::NewerVersion { found, known }) => format!(
                "This backup is from a newer Laci (format {found}, this program knows up to {known}), and nothing is wrong with it. Nothing was changed. Install the latest Laci, then restore again."
            ),
            Self::NotSound(error) => format!(
                "This copy is not whole: {}. It is not used, and nothing was changed. Choose another backup, and keep this one.",
                reason(error, Lang::En)
            ),
            Self::Occupied { file } => format!(
                "Another file stands at {file}, no backup of this ledger. It is not replaced. Choose another name."
            ),
            Self::OtherLedger { shop } => format!(
                "This backup is of another ledger{}, not of the one on this computer. Nothing was changed. To replace it all the same, say so (--other-ledger).",
                shop.as_ref().map(|shop| format!(" ({shop})")).unwrap_or_default()
            ),
            Self::Folder(error) => error.sentence(Lang::En),
        }
    }
}

/// What is wrong with a copy, in a few words.
fn reason(error: &OpenError, lang: Lang) -> String {
    let (id, en) = match error {
        OpenError::BrokenChain { seq } => {
            return match lang {
                Lang::Id => format!("rantai catatannya putus di catatan {seq}"),
                Lang::En => format!("its chain is broken at entry {seq}"),
            };
        }
        OpenError::NotALedger => ("bukan buku Laci", "it is no ledger of Laci"),
        OpenError::GuardsChanged => ("pengaman catatannya diubah", "the log's guards were changed"),
        OpenError::Corrupt { .. } => ("berkasnya rusak", "the file is damaged"),
        OpenError::Held
        | OpenError::NewerVersion { .. }
        | OpenError::PracticeMismatch { .. }
        | OpenError::OlderThanAnchor { .. }
        | OpenError::AnchorUnreadable { .. }
        | OpenError::Missing
        | OpenError::Exists
        | OpenError::SqliteTooOld { .. }
        | OpenError::DiskFull
        | OpenError::Io { .. } => ("berkasnya tidak terbaca", "the file cannot be read"),
    };
    match lang {
        Lang::Id => id.to_owned(),
        Lang::En => en.to_owned(),
    }
}

impl From<LedgerError> for CopyError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::DiskFull | LedgerError::NoRoomForNew => Self::DiskFull,
            LedgerError::Cancelled => Self::Cancelled,
            LedgerError::Corrupt { .. } => Self::NotSound(error.into()),
            LedgerError::Busy
            | LedgerError::Contradiction { .. }
            | LedgerError::TooLarge { .. }
            | LedgerError::OutcomeUnknown { .. }
            | LedgerError::Io { .. } => Self::Place { detail: error.to_string() },
        }
    }
}

impl From<std::io::Error> for CopyError {
    fn from(error: std::io::Error) -> Self {
        LedgerError::from(error).into()
    }
}
