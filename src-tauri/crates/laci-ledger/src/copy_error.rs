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
            Self::NotSound(_) => "backup_not_sound",
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
            Self::NotSound(error) => format!(
                "Salinan ini tidak utuh ({}), jadi tidak dipakai. Tidak ada yang diubah. Pilih cadangan lain, dan jangan hapus yang ini.",
                error.code()
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
            Self::NotSound(error) => format!(
                "This copy is not whole ({}), so it is not used. Nothing was changed. Choose another backup, and keep this one.",
                error.code()
            ),
            Self::Folder(error) => error.sentence(Lang::En),
        }
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
