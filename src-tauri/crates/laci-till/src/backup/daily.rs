//! A backup by itself: every few hours in which something was recorded, and the old ones tidied after it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use laci_ledger::Copied;

use super::name::{Name, ledger_short};
use super::rotation::superfluous;
use crate::error::{Result, Sentence, TillError};
use crate::lock::held;
use crate::till::Till;

/// A till that has just started has customers before it; the backup waits.
const FIRST_AFTER: Duration = Duration::from_secs(60);
/// What a dead disk may cost at most. Of each day the newest is kept.
const EVERY_MS: i64 = 3 * 60 * 60 * 1000;
const LOOK_EVERY: Duration = Duration::from_secs(600);

impl Till {
    /// Makes a backup whenever one is due, until the handle is aborted.
    pub async fn run_backups(self: Arc<Self>) {
        tokio::time::sleep(FIRST_AFTER).await;
        loop {
            let till = self.clone();
            match tokio::task::spawn_blocking(move || till.backup_if_due()).await {
                Ok(Ok(Some(copied))) => tracing::info!(entries = copied.entries, "backed up"),
                Ok(Ok(None)) => {}
                Ok(Err(error)) => {
                    tracing::error!(code = error.code(), "a backup could not be made")
                }
                Err(error) => tracing::error!(%error, "a backup stopped"),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Backs up to the chosen folder unless one of the last hours is there or nothing was recorded since it. Why it
    /// could not be done stands on the strip until one is made.
    pub fn backup_if_due(&self) -> Result<Option<Copied>> {
        let folder = self.backup_place.folder();
        let (now, hours_ago) = (self.ports.now(), self.ports.now().plus_ms(-EVERY_MS));
        let [now, hours_ago] =
            [now, hours_ago].map(|at| Name::of(at, self.zone(), u16::MAX, u64::MAX));
        // One that a wrong clock dated into the future says nothing about the present.
        let newest = self.backups_in(&folder).into_iter().rfind(|name| *name <= now);
        let (head, epoch) = (self.ledger.head(), self.ledger.header().epoch);
        let newest_date = newest.as_ref().map(|name| name.date.to_string());
        let is_fresh = newest.as_ref().is_some_and(|name| *name > hours_ago);
        let has_all = newest.is_some_and(|name| name.entries == head.seq && name.epoch == epoch);
        if self.practice() || is_fresh || has_all {
            return Ok(None);
        }
        let made = self.backup_now(&mut |_, _| true);
        if let Err(error) = &made {
            self.note_backup_trouble(Some(missing(error.sentence(), newest_date.as_deref())));
        }
        made.map(Some)
    }

    /// Backs up what was just closed. Nobody waits for it, so trouble goes to the strip.
    pub fn backup_after_close(&self) {
        if self.practice() {
            return;
        }
        if let Err(error) = self.backup_now(&mut |_, _| true) {
            tracing::error!(code = error.code(), "no backup at the close");
            self.note_backup_trouble(Some(missing(error.sentence(), None)));
        }
    }

    /// Backs up to the chosen folder, then removes the copies that the rotation does not keep. `progress` is told (done,
    /// of) and answers whether to go on.
    pub fn backup_now(&self, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<Copied> {
        let _one_at_a_time = held(&self.backing_up);
        let folder = self.backup_place.folder();
        if !self.backup_place.is_chosen() {
            std::fs::create_dir_all(&folder).map_err(|error| no_place(&folder, &error))?;
        }
        let header = self.ledger.header();
        let ledger = ledger_short(header);
        self.remove_halves(&folder, &ledger);
        let entries = self.ledger.head().seq;
        let name = Name::of(self.ports.now(), self.zone(), header.epoch, entries);
        let copied = self.backup(&folder.join(name.file(&ledger)), progress)?;
        self.note_backup_trouble(None);
        let mut all = self.backups_in(&folder);
        // Whatever the clock says, the one that was just made stays.
        all.remove(&name);
        let mut with_new = all.clone();
        with_new.insert(name);
        for old in superfluous(&with_new).intersection(&all) {
            let file = folder.join(old.file(&ledger));
            if let Err(error) = std::fs::remove_file(&file) {
                tracing::warn!(%error, "an old backup stays");
            }
        }
        Ok(copied)
    }

    /// What a crash left of this ledger's copies; no name is used twice, so nobody else would clear them away.
    fn remove_halves(&self, folder: &Path, ledger: &str) {
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = file.file_name();
            let whole = name.to_str().and_then(|name| Some(name.split_once(".part")?.0));
            if whole.is_some_and(|whole| Name::read(whole, ledger).is_some())
                && let Err(error) = std::fs::remove_file(file.path())
            {
                tracing::warn!(%error, "half a backup stays");
            }
        }
    }

    /// This ledger's backups in a folder, by their names.
    pub(super) fn backups_in(&self, folder: &Path) -> BTreeSet<Name> {
        let ledger = ledger_short(self.ledger.header());
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        files.filter_map(|file| Name::read(file.file_name().to_str()?, &ledger)).collect()
    }
}

fn missing(why: &Sentence, newest: Option<&str>) -> Sentence {
    let (id, en) = (newest.unwrap_or("belum ada"), newest.unwrap_or("none"));
    Sentence::new(
        "backup_missing",
        format!("Cadangan gagal dibuat. {} Cadangan terakhir: {id}.", why.id),
        format!("A backup could not be made. {} The last one: {en}.", why.en),
    )
}

fn no_place(folder: &Path, error: &std::io::Error) -> TillError {
    let error = laci_ledger::CopyError::Place { detail: format!("{}: {error}", folder.display()) };
    TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
}
