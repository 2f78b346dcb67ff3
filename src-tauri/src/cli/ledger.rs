//! `laci ledger`: verify, rebuild, stats.

use laci_till::{Lang, Result, TillError};
use serde_json::{Value, json};

use super::args::{LedgerArgs, LedgerVerb};
use super::lines::Lines;
use super::outcome::Outcome;
use crate::station::Station;

pub async fn run(station: &Station, args: &LedgerArgs, lines: &Lines, lang: Lang) -> Result<Outcome> {
    let till = match station.shop_till() {
        Ok(till) => till,
        // A ledger too broken to open is still a verdict.
        Err(TillError::Integrity(sentence)) if args.verb == LedgerVerb::Verify => {
            let problem = json!({ "code": sentence.code, "message": sentence.text(lang) });
            let json = json!({ "entries": null, "head": null, "ok": false, "problems": [problem] });
            return Ok(Outcome { exit: 6, json, text: sentence.text(lang).to_owned() });
        }
        Err(error) => return Err(error),
    };
    let verb = args.verb;
    if verb == LedgerVerb::Rebuild {
        till.owner(lines.pin())?;
    }
    // Linear in the ledger's length: not on a thread that the workers need.
    let done = tokio::task::spawn_blocking(move || match verb {
        LedgerVerb::Verify => verify(till.ledger(), lang),
        LedgerVerb::Rebuild => rebuild(till.ledger()),
        LedgerVerb::Stats => stats(till.ledger()),
    });
    done.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a ledger verb stopped");
        Err(laci_till::Refusal::NotSetUp.into())
    })
}

fn verify(ledger: &laci_till::ledger::Ledger, lang: Lang) -> Result<Outcome> {
    let verdict = ledger.verify(&mut |_, _| true)?;
    let problems: Vec<Value> = verdict
        .problems
        .iter()
        .map(|problem| json!({ "code": problem.code(), "seq": problem.seq(), "message": problem.sentence(lang) }))
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
    Ok(Outcome { exit: if verdict.ok { 0 } else { 6 }, json, text })
}

fn rebuild(ledger: &laci_till::ledger::Ledger) -> Result<Outcome> {
    let rebuilt = ledger.rebuild(&mut |_, _| true)?;
    let json = json!({ "entries": rebuilt.entries, "head": rebuilt.head.hash.to_string(), "changed": rebuilt.changed });
    Ok(Outcome::done(json, format!("{} entri", rebuilt.entries)))
}

fn stats(ledger: &laci_till::ledger::Ledger) -> Result<Outcome> {
    let stats = ledger.stats()?;
    let json = json!({
        "entries": stats.entries,
        "head": stats.head.hash.to_string(),
        "file_bytes": stats.file_bytes,
        "wal_bytes": stats.wal_bytes,
        "blobs": stats.blobs,
        "by_type": stats.by_type,
        "sqlite": stats.sqlite_version,
    });
    let text = format!("{} entri · {} byte · SQLite {}", stats.entries, stats.file_bytes, stats.sqlite_version);
    Ok(Outcome::done(json, text))
}
