//! The backups that there are, by their names; none is opened.

use super::name::ledger_short;
use crate::till::Till;
use crate::wire::{BackupFile, BackupsView};

impl Till {
    pub fn backups(&self) -> BackupsView {
        let folder = self.backup_place.folder();
        let ledger = ledger_short(self.ledger.header());
        let files = self.backups_in(&folder).into_iter().rev().map(|name| {
            let file = folder.join(name.file(&ledger));
            let bytes = std::fs::metadata(&file).map_or(0, |found| found.len());
            BackupFile {
                file: file.display().to_string(),
                date: name.date.to_string(),
                time: format!("{}:{}", &name.time[..2], &name.time[2..4]),
                epoch: name.epoch,
                entries: i64::try_from(name.entries).unwrap_or(i64::MAX),
                bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            }
        });
        let files = files.collect();
        BackupsView {
            folder: folder.display().to_string(),
            chosen: self.backup_place.is_chosen(),
            files,
        }
    }
}
