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

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct BackupFolderSet {
    /// An absolute path.
    pub folder: String,
    pub pin: String,
}
