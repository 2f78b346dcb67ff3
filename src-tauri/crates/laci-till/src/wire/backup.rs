//! Backups of the ledger, as the settings show them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BackupsView {
    /// Where the next one goes.
    pub folder: String,
    /// Whether the owner chose it; else it lies beside the data folder, on the same disk.
    pub chosen: bool,
    /// Newest first.
    pub files: Vec<BackupFile>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BackupFile {
    pub file: String,
    /// `YYYY-MM-DD`, on this shop's calendar.
    pub date: String,
    /// `HH:MM`.
    pub time: String,
    pub epoch: u16,
    pub entries: i64,
    pub bytes: i64,
}

/// Where to look besides the places that this computer knows.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct BackupsFind {
    /// An absolute path.
    pub folder: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BackupsFound {
    /// Newest first, of any ledger.
    pub files: Vec<BackupFile>,
    /// The ledger's own file, where it is there and cannot be opened: what is left of it may be gone on with.
    pub current: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct BackupLook {
    pub file: String,
}

/// What a backup holds, found by reading all of it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BackupFacts {
    pub shop: Option<String>,
    pub entries: i64,
    /// The head's short hash.
    pub head: String,
    /// The last entry's time, in Unix milliseconds.
    pub last_at: i64,
    pub epoch: u16,
    pub bytes: i64,
    /// The name of the shop whose ledger stands on this computer, when the backup is of another one.
    pub other: Option<String>,
    /// Entries that this computer knows of and that are not in the backup; none of a ledger that it has not seen.
    pub lost: Option<i64>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct LedgerRestore {
    pub file: String,
    /// Whether the person was told that it is another ledger than the one that stands here.
    pub other: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RestoreDone {
    pub boot: super::Boot,
    pub entries: i64,
    /// Receipt numbers carry it from here on.
    pub epoch: u16,
    /// Entries that this computer had seen and that are gone.
    pub lost: i64,
    /// Where the files lie that stood there before.
    pub replaced: Option<String>,
}

/// The whole ledger, checked.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct VerdictView {
    pub entries: i64,
    pub ok: bool,
    pub head: String,
    pub problems: Vec<super::Notice>,
}

/// A new PIN where the old one can never be checked again.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PinNew {
    pub pin: String,
    /// Only where there is no keyring.
    pub passphrase: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct BackupFolderSet {
    /// An absolute path.
    pub folder: String,
}
