//! How a use case ends when it is not done. Each end has a stable code and a sentence in both languages.

use laci_core::{BillRefusal, Lang, Refusal};
use laci_gateway::{FieldFault, SettingsError};
use laci_ledger::{CopyError, ExportError, LedgerError, OpenError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub code: String,
    pub id: String,
    pub en: String,
}

impl Sentence {
    pub fn new(code: impl Into<String>, id: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: code.into(), id: id.into(), en: en.into() }
    }

    pub fn of(code: impl Into<String>, words: impl Fn(Lang) -> String) -> Self {
        Self { code: code.into(), id: words(Lang::Id), en: words(Lang::En) }
    }

    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Id => &self.id,
            Lang::En => &self.en,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TillError {
    /// A rule said no; nothing changed.
    Refused(Sentence),
    /// It could not be done; nothing moved.
    Failed(Sentence),
    /// Nobody knows whether it happened; money may have moved.
    Unknown(Sentence),
    /// The books contradict themselves.
    Integrity(Sentence),
}

pub type Result<T> = std::result::Result<T, TillError>;

impl TillError {
    pub fn sentence(&self) -> &Sentence {
        match self {
            Self::Refused(sentence)
            | Self::Failed(sentence)
            | Self::Unknown(sentence)
            | Self::Integrity(sentence) => sentence,
        }
    }

    pub fn code(&self) -> &str {
        &self.sentence().code
    }

    /// The command line's exit code (see the command line's page).
    pub fn exit(&self) -> u8 {
        match self {
            Self::Refused(_) => 3,
            Self::Unknown(_) => 4,
            Self::Failed(_) => 5,
            Self::Integrity(_) => 6,
        }
    }
}

impl From<Refusal> for TillError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Sentence::of(refusal.code(), |lang| refusal.sentence(lang)))
    }
}

impl From<BillRefusal> for TillError {
    fn from(refusal: BillRefusal) -> Self {
        Self::Refused(Sentence::of(refusal.code(), |lang| refusal.sentence(lang)))
    }
}

impl From<SettingsError> for TillError {
    fn from(error: SettingsError) -> Self {
        Self::Refused(Sentence::of(error.code(), |lang| error.sentence(lang)))
    }
}

impl From<FieldFault> for TillError {
    fn from(fault: FieldFault) -> Self {
        Self::Refused(Sentence::of(fault.code(), |lang| fault.sentence(lang)))
    }
}

impl From<laci_qris::Error> for TillError {
    fn from(error: laci_qris::Error) -> Self {
        Self::Refused(Sentence::of(error.code(), |lang| error.sentence(qris_lang(lang))))
    }
}

impl From<laci_qris::picture::PictureError> for TillError {
    fn from(error: laci_qris::picture::PictureError) -> Self {
        Self::Refused(Sentence::of(error.code(), |lang| error.sentence(qris_lang(lang))))
    }
}

impl From<laci_qris::symbol::SymbolError> for TillError {
    fn from(error: laci_qris::symbol::SymbolError) -> Self {
        Self::Failed(Sentence::of(error.code(), |lang| error.sentence(qris_lang(lang))))
    }
}

impl From<LedgerError> for TillError {
    fn from(error: LedgerError) -> Self {
        let sentence = Sentence::of(error.code(), |lang| error.sentence(lang));
        if error.is_integrity() {
            return Self::Integrity(sentence);
        }
        match error {
            LedgerError::OutcomeUnknown { .. } => Self::Unknown(sentence),
            // A rule of ours said no, before anything was tried.
            LedgerError::NoRoomForNew => Self::Refused(sentence),
            LedgerError::DiskFull
            | LedgerError::Busy
            | LedgerError::Corrupt { .. }
            | LedgerError::Contradiction { .. }
            | LedgerError::TooLarge { .. }
            | LedgerError::Cancelled
            | LedgerError::Io { .. } => Self::Failed(sentence),
        }
    }
}

impl From<OpenError> for TillError {
    fn from(error: OpenError) -> Self {
        let sentence = Sentence::of(error.code(), |lang| error.sentence(lang));
        if error.is_integrity() {
            return Self::Integrity(sentence);
        }
        match error {
            OpenError::Held
            | OpenError::NewerVersion { .. }
            | OpenError::PracticeMismatch { .. }
            | OpenError::Missing
            | OpenError::Exists => Self::Refused(sentence),
            OpenError::OlderThanAnchor { .. }
            | OpenError::BrokenChain { .. }
            | OpenError::GuardsChanged
            | OpenError::AnchorUnreadable { .. }
            | OpenError::Corrupt { .. }
            | OpenError::NotALedger
            | OpenError::SqliteTooOld { .. }
            | OpenError::DiskFull
            | OpenError::Io { .. } => Self::Failed(sentence),
        }
    }
}

/// A backup that cannot be used is refused; the ledger itself is not in doubt.
impl From<CopyError> for TillError {
    fn from(error: CopyError) -> Self {
        let sentence = Sentence::of(error.code(), |lang| error.sentence(lang));
        match error {
            CopyError::InsideData
            | CopyError::NotSound(_)
            | CopyError::Occupied { .. }
            | CopyError::OtherLedger { .. } => Self::Refused(sentence),
            CopyError::Place { .. } | CopyError::DiskFull | CopyError::Cancelled => {
                Self::Failed(sentence)
            }
            CopyError::Folder(error) => error.into(),
        }
    }
}

impl From<ExportError> for TillError {
    fn from(error: ExportError) -> Self {
        let sentence = Sentence::of(error.code(), |lang| error.sentence(lang));
        match error {
            ExportError::InsideData | ExportError::NotEmpty { .. } => Self::Refused(sentence),
            ExportError::Place { .. } | ExportError::DiskFull | ExportError::Cancelled => {
                Self::Failed(sentence)
            }
            ExportError::Ledger(error) => error.into(),
        }
    }
}

/// The publishable QRIS crate names its languages itself.
pub(crate) fn qris_lang(lang: Lang) -> laci_qris::Lang {
    match lang {
        Lang::Id => laci_qris::Lang::Id,
        Lang::En => laci_qris::Lang::En,
    }
}
