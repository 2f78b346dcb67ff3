//! Answers what the window asks about the ledger's copies: made, found, judged, put in the ledger's place. All of it
//! works where the ledger cannot be opened, or is none yet.

use std::path::Path;

use laci_till::ledger::{Ledger, Takes, Verdict};
use laci_till::wire::*;
use laci_till::{By, Lang, Result, Sentence, TillError, find_backups};

use crate::desk;
use crate::station::Station;

pub(crate) async fn backups(station: &Station, _: By, _: Nothing) -> Result<BackupsView> {
    Ok(station.till()?.backups())
}

pub(crate) async fn backup_now(station: &Station, _: By, _: Nothing) -> Result<BackupsView> {
    let till = station.till()?;
    let mut turn = station.long_work()?;
    off_thread(move || {
        till.backup_now(&mut |done, of| turn.report(done, of))?;
        Ok(till.backups())
    })
    .await
}

pub(crate) async fn backup_folder_set(
    station: &Station,
    by: By,
    input: BackupFolderSet,
) -> Result<BackupsView> {
    let till = station.till()?;
    till.backup_folder_set(by, Path::new(input.folder.trim()))?;
    Ok(till.backups())
}

pub(crate) async fn backups_find(
    station: &Station,
    _: By,
    input: BackupsFind,
) -> Result<BackupsFound> {
    let folder = station.places.shop.folder.clone();
    let current = folder.ledger_file().filter(|_| station.is_refused());
    let current = current.map(|file| file.display().to_string());
    let more = input.folder.map(|folder| folder.trim().to_owned()).filter(|text| !text.is_empty());
    off_thread(move || {
        let files = find_backups(&folder.data, more.as_deref().map(Path::new));
        Ok(BackupsFound { files, current })
    })
    .await
}

pub(crate) async fn backup_look(
    station: &Station,
    _: By,
    input: BackupLook,
) -> Result<BackupFacts> {
    let folder = station.places.shop.folder.clone();
    let mut turn = station.long_work()?;
    off_thread(move || {
        let file = Path::new(&input.file);
        let copied = Ledger::judge_backup(file, &mut |done, of| turn.report(done, of))?;
        let seen = Ledger::last_seen(&folder, copied.header)?;
        Ok(BackupFacts {
            shop: copied.shop,
            entries: count(copied.entries),
            head: copied.head.hash.short(),
            last_at: copied.last_at_ms,
            epoch: copied.header.epoch,
            bytes: count(copied.bytes),
            other: Ledger::other_shop(&folder, copied.header).map(Option::unwrap_or_default),
            lost: seen.map(|seen| count(seen.saturating_sub(copied.entries))),
        })
    })
    .await
}

pub(crate) async fn ledger_restore(
    station: &Station,
    _: By,
    input: LedgerRestore,
) -> Result<RestoreDone> {
    let takes = if input.other { Takes::AnyLedger } else { Takes::SameLedger };
    let restored = station.restore(Path::new(&input.file), takes)?;
    Ok(RestoreDone {
        boot: desk::booted(station).await?,
        entries: count(restored.entries),
        epoch: restored.epoch,
        lost: count(restored.lost),
        replaced: restored.replaced.map(|folder| folder.display().to_string()),
    })
}

/// Checks the whole ledger; one that cannot be opened is read without being opened.
pub(crate) async fn ledger_verify(station: &Station, _: By, _: Nothing) -> Result<VerdictView> {
    let lang = desk::lang(station);
    let open = station.till().ok();
    let folder = station.places.shop.folder.clone();
    let mut turn = station.long_work()?;
    off_thread(move || {
        let mut report = |done, of| turn.report(done, of);
        let verdict = match open {
            Some(till) => till.ledger().verify(&mut report)?,
            None => Ledger::verify_folder(&folder, &mut report)?,
        };
        Ok(shown(&verdict, lang))
    })
    .await
}

fn shown(verdict: &Verdict, lang: Lang) -> VerdictView {
    let problems = verdict.problems.iter();
    let notice = |problem: &laci_till::ledger::Problem| Notice {
        code: problem.code().to_owned(),
        message: problem.sentence(lang),
    };
    VerdictView {
        entries: count(verdict.entries),
        ok: verdict.ok,
        head: verdict.head.hash.short(),
        problems: problems.map(notice).collect(),
    }
}

pub(crate) async fn work_stop(station: &Station, _: By, _: Nothing) -> Result<Nothing> {
    station.stop_long_work();
    Ok(Nothing {})
}

pub(crate) async fn pin_new(station: &Station, _: By, input: PinNew) -> Result<Boot> {
    station.shop_till()?.pin_renew(&input.pin, input.passphrase.as_deref())?;
    desk::booted(station).await
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads and writes whole ledgers: no work for a thread that others wait on.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "work on the ledger's file stopped");
        Err(TillError::Failed(Sentence::new(
            "work_stopped",
            "Pekerjaan dengan berkas buku terhenti. Buku dan cadangan lama tetap ada. Coba lagi.",
            "The work with the ledger's file stopped. The ledger and older backups are still there. Try again.",
        )))
    })
}
