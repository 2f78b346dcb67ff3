//! The backups that there are, by their names; none is opened.

use super::name::ledger_short;
use crate::till::Till;
use crate::wire::BackupsView;

impl Till {
    pub fn backups(&self) -> BackupsView {
        let folder = self.backup_place.folder();
        let ledger = ledger_short(self.ledger.header());
        let names = self.backups_in(&folder).into_iter().rev();
        let files = names.map(|name| name.view(&folder.join(name.file(&ledger)))).collect();
        BackupsView {
            folder: folder.display().to_string(),
            chosen: self.backup_place.is_chosen(),
            files,
        }
    }
}
