//! `laci statement import`: rows of a merchant app's or a bank's CSV.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use laci_till::{By, Result, Sentence, Till, TillError};
use serde_json::json;

use super::outcome::Outcome;
use super::outside_args::{StatementArgs, StatementVerb};

const BYTES_MAX: u64 = 8 * 1024 * 1024;

pub(super) async fn run(till: &Arc<Till>, by: By, args: &StatementArgs) -> Result<Outcome> {
    let StatementVerb::Import { file, map, preview } = &args.verb;
    let map: BTreeMap<String, String> = map.iter().cloned().collect();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = read(file)?;
    if *preview {
        let view = till.statement_preview(&name, &bytes, &map)?;
        let rows = view.rows.iter().map(|row| {
            let amount = row.amount.map(|amount| amount.to_string()).unwrap_or_default();
            format!("{} · {} · {} · {}\n", row.line, row.fate, amount, row.text)
        });
        return Ok(Outcome::done(json!({ "statement": view }), rows.collect::<String>()));
    }
    let done = till.statement_import(by, &name, &bytes, &map)?;
    if done.paid > 0 {
        // Receipts are owed, and nobody works beside a verb.
        till.work_once().await?;
    }
    let text = format!(
        "lunas {} · sudah lunas {} · kotak masuk {} · sudah diimpor {} · bukan uang masuk {} · tidak terbaca {}",
        done.paid,
        done.repeated,
        done.inbox,
        done.before,
        done.not_in,
        done.unreadable.len()
    );
    Ok(Outcome::done(json!({ "statement": done }), text))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    let failed = |why: String| {
        TillError::Refused(Sentence::new(
            "file_unreadable",
            format!(
                "Berkas {} tidak bisa dibaca ({why}). Tidak ada yang diimpor. Periksa berkasnya.",
                file.display()
            ),
            format!(
                "The file {} cannot be read ({why}). Nothing was imported. Check the file.",
                file.display()
            ),
        ))
    };
    let size = std::fs::metadata(file).map_err(|error| failed(error.to_string()))?.len();
    if size > BYTES_MAX {
        return Err(failed("> 8 MB".to_owned()));
    }
    std::fs::read(file).map_err(|error| failed(error.to_string()))
}
