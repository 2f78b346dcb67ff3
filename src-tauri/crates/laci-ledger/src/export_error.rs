//! Why a ledger was not exported, as stable codes and as sentences: what happened, what is safe, what to do.

use laci_core::Lang;

use crate::error::LedgerError;

/// Nothing stands at the export's place then, and the ledger is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    #[error("the data folder is no place for an export")]
    InsideData,
    /// Something lies in the folder already; an export overwrites nothing.
    #[error("{folder} is not empty")]
    NotEmpty { folder: String },
    #[error("the export's place cannot be written: {detail}")]
    Place { detail: String },
    #[error("there is no room for the export")]
    DiskFull,
    #[error("stopped on request")]
    Cancelled,
    /// The ledger itself could not be read, or is not whole.
    #[error("{0}")]
    Ledger(LedgerError),
}

impl ExportError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InsideData => "export_inside_data",
            Self::NotEmpty { .. } => "export_not_empty",
            Self::Place { .. } => "export_place",
            Self::DiskFull => "disk_full",
            Self::Cancelled => "cancelled_by_caller",
            Self::Ledger(error) => error.code(),
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
            Self::InsideData => "Ekspor tidak boleh ditulis di folder data. Buku aman. Pilih folder lain.".into(),
            Self::NotEmpty { folder } => format!(
                "Folder {folder} sudah berisi sesuatu, jadi tidak ada yang ditulis. Pilih folder baru atau yang kosong."
            ),
            Self::Place { detail } => format!(
                "Tempat ekspor tidak bisa ditulis ({detail}). Buku aman, dan tidak ada ekspor. Periksa drive atau foldernya lalu coba lagi."
            ),
            Self::DiskFull => "Tidak ada ruang untuk ekspor. Buku aman, dan tidak ada ekspor. Kosongkan ruang atau pilih drive lain.".into(),
            Self::Cancelled => "Dihentikan. Tidak ada yang ditulis.".into(),
            Self::Ledger(error) => error.sentence(Lang::Id),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::InsideData => "An export must not be written into the data folder. The ledger is safe. Choose another folder.".into(),
            Self::NotEmpty { folder } => format!(
                "Something lies in the folder {folder} already, so nothing was written. Choose a new or empty folder."
            ),
            Self::Place { detail } => format!(
                "The export's place cannot be written ({detail}). The ledger is safe, and there is no export. Check the drive or folder and try again."
            ),
            Self::DiskFull => "There is no room for the export. The ledger is safe, and there is no export. Free some space or choose another drive.".into(),
            Self::Cancelled => "Stopped. Nothing was written.".into(),
            Self::Ledger(error) => error.sentence(Lang::En),
        }
    }
}

/// Of the ledger; what goes wrong at the export's own place is an IO error.
impl From<LedgerError> for ExportError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Cancelled => Self::Cancelled,
            LedgerError::DiskFull
            | LedgerError::NoRoomForNew
            | LedgerError::Busy
            | LedgerError::Corrupt { .. }
            | LedgerError::Contradiction { .. }
            | LedgerError::TooLarge { .. }
            | LedgerError::OutcomeUnknown { .. }
            | LedgerError::Io { .. } => Self::Ledger(error),
        }
    }
}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            Self::DiskFull
        } else {
            Self::Place { detail: error.to_string() }
        }
    }
}
