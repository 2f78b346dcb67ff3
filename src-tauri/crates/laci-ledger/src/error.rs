//! What can go wrong with the ledger, as stable codes. Deliberately absent: the sentences (`sentence.rs`) and
//! anything of SQLite's own types, which never leave this crate.

/// Why a ledger was not opened or created. Nothing in the folder was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("another process owns this data folder")]
    Held,
    #[error("the file has schema version {found}, this program knows {known}")]
    NewerVersion { found: i64, known: i64 },
    #[error("practice and shop ledgers do not mix (this one is practice: {ledger_is_practice})")]
    PracticeMismatch { ledger_is_practice: bool },
    /// The file ends at `seq`, but the high-water file outside the folder has seen `anchor_seq`.
    #[error("the ledger ends at entry {seq}, and entry {anchor_seq} was seen before")]
    OlderThanAnchor { seq: u64, anchor_seq: u64 },
    #[error("the chain is broken at entry {seq}")]
    BrokenChain { seq: u64 },
    /// Triggers or tables that protect the log are not as this program made them.
    #[error("the log's guards were changed")]
    GuardsChanged,
    #[error("the high-water file cannot be read: {detail}")]
    AnchorUnreadable { detail: String },
    #[error("not a ledger of this program")]
    NotALedger,
    #[error("there is no ledger in this folder")]
    Missing,
    #[error("there is a ledger in this folder already")]
    Exists,
    #[error("SQLite {found} is too old (3.51.3 or later is needed)")]
    SqliteTooOld { found: String },
    #[error("the disk is full")]
    DiskFull,
    #[error("the file is damaged: {detail}")]
    Corrupt { detail: String },
    #[error("the folder cannot be read or written: {detail}")]
    Io { detail: String },
}

impl OpenError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Held => "ledger_busy",
            Self::NewerVersion { .. } => "newer_version",
            Self::PracticeMismatch { .. } => "practice_mismatch",
            Self::OlderThanAnchor { .. } => "ledger_older_than_anchor",
            Self::BrokenChain { .. } | Self::GuardsChanged | Self::Corrupt { .. } => {
                "integrity_broken"
            }
            Self::AnchorUnreadable { .. } => "anchor_unreadable",
            Self::NotALedger => "not_a_ledger",
            Self::Missing => "ledger_missing",
            Self::Exists => "ledger_exists",
            Self::SqliteTooOld { .. } => "sqlite_too_old",
            Self::DiskFull => "disk_full",
            Self::Io { .. } => "ledger_io",
        }
    }

    /// Whether the ledger's integrity is in doubt (the command line's exit 6).
    pub fn is_integrity(&self) -> bool {
        match self {
            Self::OlderThanAnchor { .. }
            | Self::BrokenChain { .. }
            | Self::GuardsChanged
            | Self::AnchorUnreadable { .. }
            | Self::Corrupt { .. } => true,
            Self::Held
            | Self::NewerVersion { .. }
            | Self::PracticeMismatch { .. }
            | Self::NotALedger
            | Self::Missing
            | Self::Exists
            | Self::SqliteTooOld { .. }
            | Self::DiskFull
            | Self::Io { .. } => false,
        }
    }
}

/// Why the open ledger could not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    #[error("the disk is full")]
    DiskFull,
    /// The disk is so full that nothing new is begun; nothing was written. What was begun can be completed.
    #[error("the disk is too full to begin anything new")]
    NoRoomForNew,
    #[error("the ledger is busy")]
    Busy,
    #[error("the file is damaged: {detail}")]
    Corrupt { detail: String },
    /// An entry that contradicts the entries before it; a fault of the caller, nothing was written.
    #[error("the entry contradicts the log: {detail}")]
    Contradiction { detail: String },
    #[error("{what} is larger than {most} bytes")]
    TooLarge { what: &'static str, most: usize },
    /// A commit answered with an error and the file could not be asked whether it is there.
    #[error("nobody knows whether the last change was saved: {detail}")]
    OutcomeUnknown { detail: String },
    #[error("stopped on request")]
    Cancelled,
    #[error("the ledger cannot be read or written: {detail}")]
    Io { detail: String },
}

impl LedgerError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DiskFull | Self::NoRoomForNew => "disk_full",
            Self::Busy => "ledger_busy",
            Self::Corrupt { .. } => "integrity_broken",
            Self::Contradiction { .. } => "ledger_contradiction",
            Self::TooLarge { .. } => "too_large",
            Self::OutcomeUnknown { .. } => "outcome_unknown",
            Self::Cancelled => "cancelled_by_caller",
            Self::Io { .. } => "ledger_io",
        }
    }

    /// Whether the ledger's integrity is in doubt (the command line's exit 6).
    pub fn is_integrity(&self) -> bool {
        match self {
            Self::Corrupt { .. } => true,
            Self::DiskFull
            | Self::NoRoomForNew
            | Self::Busy
            | Self::Contradiction { .. }
            | Self::TooLarge { .. }
            | Self::OutcomeUnknown { .. }
            | Self::Cancelled
            | Self::Io { .. } => false,
        }
    }

    pub(crate) fn contradiction(detail: impl Into<String>) -> Self {
        Self::Contradiction { detail: detail.into() }
    }

    pub(crate) fn corrupt(detail: impl Into<String>) -> Self {
        Self::Corrupt { detail: detail.into() }
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        // A user's share that is used up is full in the same way.
        if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
            Self::DiskFull
        } else {
            Self::Io { detail: error.to_string() }
        }
    }
}

impl From<LedgerError> for OpenError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::DiskFull | LedgerError::NoRoomForNew => Self::DiskFull,
            LedgerError::Corrupt { detail } => Self::Corrupt { detail },
            LedgerError::Busy
            | LedgerError::Contradiction { .. }
            | LedgerError::TooLarge { .. }
            | LedgerError::OutcomeUnknown { .. }
            | LedgerError::Cancelled
            | LedgerError::Io { .. } => Self::Io { detail: error.to_string() },
        }
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        LedgerError::from(error).into()
    }
}

/// How a transaction failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransactError<E> {
    /// The work itself said no; everything it did was rolled back.
    #[error("{0}")]
    Work(E),
    /// Nothing was saved; it is safe to try again.
    #[error("nothing was saved: {0}")]
    NotSaved(LedgerError),
    /// It may or may not be saved. Open the ledger again and look before doing it again.
    #[error("{0}")]
    Unknown(LedgerError),
}

impl<E: From<LedgerError>> TransactError<E> {
    /// The three as the work's own error; `Unknown` keeps the code `outcome_unknown`.
    pub fn into_work(self) -> E {
        match self {
            Self::Work(error) => error,
            Self::NotSaved(error) | Self::Unknown(error) => error.into(),
        }
    }
}
