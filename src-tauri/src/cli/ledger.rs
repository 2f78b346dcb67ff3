//! `laci ledger`: verify, rebuild, backup, restore, export, stats.

use std::path::Path;

use laci_till::ledger::{Ledger, Restored, Takes, Verdict};
use laci_till::{Lang, Result, Till, TillError};
use serde_json::{Value, json};

use super::args::{LedgerArgs, LedgerVerb};
use super::outcome::Outcome;
use crate::station::Station;

pub(super) async fn run(station: &Station, args: &LedgerArgs, lang: Lang) -> Result<Outcome> {
    if let LedgerVerb::Restore { file, other_ledger } = &args.verb {
        let takes = if *other_ledger { Takes::AnyLedger } else { Takes::SameLedger };
        return Ok(restored(&station.restore(file, takes)?, lang));
    }
    let till = match station.shop_till() {
        Ok(till) => till,
        // A ledger too broken to open is read without being opened.
        Err(TillError::Integrity(_)) if args.verb == LedgerVerb::Verify => {
            let folder = &station.places.shop.folder;
            return Ok(told(&Ledger::verify_folder(folder, &mut |_, _| true)?, lang));
        }
        Err(error) => return Err(error),
    };
    let verb = args.verb.clone();
    // Linear in the ledger's length: not on a thread that the workers need.
    let done = tokio::task::spawn_blocking(move || match verb {
        LedgerVerb::Verify => Ok(told(&till.ledger().verify(&mut |_, _| true)?, lang)),
        LedgerVerb::Rebuild => rebuild(till.ledger(), lang),
        LedgerVerb::Backup { file } => backup(&till, &file),
        LedgerVerb::Export { dir } => export(&till, &dir, lang),
        LedgerVerb::Restore { .. } | LedgerVerb::Stats => stats(till.ledger()),
    });
    done.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a ledger verb stopped");
        Err(laci_till::Refusal::NotSetUp.into())
    })
}

fn told(verdict: &Verdict, lang: Lang) -> Outcome {
    let problems: Vec<Value> = verdict
        .problems
        .iter()
        .map(|problem| json!({ "code": problem.code(), "seq": problem.seq, "message": problem.sentence(lang) }))
        .collect();
    let json = json!({
        "entries": verdict.entries,
        "head": verdict.head.hash.to_string(),
        "ok": verdict.ok,
        "problems": problems,
    });
    let text = match verdict.problems.first() {
        None => format!("{} entri · {} · utuh", verdict.entries, verdict.head.hash.short()),
        Some(problem) => problem.sentence(lang),
    };
    Outcome { exit: if verdict.ok { 0 } else { 6 }, json, text }
}

/// The tables made anew, and then checked like everything else: only that says whether it helped.
fn rebuild(ledger: &Ledger, lang: Lang) -> Result<Outcome> {
    ledger.rebuild(&mut |_, _| true)?;
    Ok(told(&ledger.verify(&mut |_, _| true)?, lang))
}

fn stats(ledger: &Ledger) -> Result<Outcome> {
    let stats = ledger.stats()?;
    let json = json!({
        "entries": stats.entries,
        "head": stats.head.hash.to_string(),
        "file_bytes": stats.file_bytes,
        "wal_bytes": stats.wal_bytes,
        "blobs": stats.blobs,
        "by_type": stats.by_type,
        "sqlite": stats.sqlite,
    });
    let text =
        format!("{} entri · {} byte · SQLite {}", stats.entries, stats.file_bytes, stats.sqlite);
    Ok(Outcome::done(json, text))
}

fn backup(till: &Till, file: &Path) -> Result<Outcome> {
    let copied = till.backup(file, &mut |_, _| true)?;
    let json = json!({
        "entries": copied.entries,
        "head": copied.head.hash.to_string(),
        "ok": true,
        "problems": [],
        "file": file,
        "bytes": copied.bytes,
    });
    let text =
        format!("{} entri · {} · {}", copied.entries, copied.head.hash.short(), file.display());
    Ok(Outcome::done(json, text))
}

fn export(till: &Till, dir: &Path, lang: Lang) -> Result<Outcome> {
    let exported = till.export(dir, &mut |_, _| true)?;
    let json = json!({
        "entries": exported.entries,
        "head": exported.head.hash.to_string(),
        "ok": true,
        "problems": [],
        "sales": exported.sales,
        "payments": exported.payments,
        "folder": exported.folder,
        "files": exported.files,
        "bytes": exported.bytes,
    });
    let (entries, sales) = (exported.entries, exported.sales);
    let place = exported.folder.display();
    let text = match lang {
        Lang::Id => format!("{entries} entri, {sales} penjualan · {place}"),
        Lang::En => format!("{entries} entries, {sales} sales · {place}"),
    };
    Ok(Outcome::done(json, text))
}

/// The copy was read whole before it took the ledger's place.
fn restored(restored: &Restored, lang: Lang) -> Outcome {
    let json = json!({
        "entries": restored.entries,
        "head": restored.head.hash.to_string(),
        "ok": true,
        "problems": [],
        "epoch": restored.epoch,
        "lost": restored.lost,
        "replaced": restored.replaced,
    });
    let Restored { entries, epoch, lost, .. } = restored;
    let text = match lang {
        Lang::Id => {
            format!("{entries} entri · zaman {epoch} · {lost} entri setelah cadangan tidak ada")
        }
        Lang::En => {
            format!("{entries} entries · epoch {epoch} · {lost} entries after the backup are gone")
        }
    };
    Outcome::done(json, text)
}
