//! `laci report`: statistics of some business dates as text, JSON or CSV.

use laci_till::{Lang, Result, Till, write_file};
use serde_json::json;

use super::counter_args::{ReportArgs, ReportFormat};
use super::outcome::Outcome;

pub(super) fn run(till: &Till, args: &ReportArgs, lang: Lang) -> Result<Outcome> {
    let report = till.report(&args.period())?;
    let text = match args.format {
        ReportFormat::Text => report.text(lang),
        ReportFormat::Csv => String::from_utf8_lossy(&report.csv()?).into_owned(),
    };
    let mut json = json!(report);
    if let Some(path) = &args.out {
        write_file(path, text.as_bytes())?;
        let file = path.display().to_string();
        json["file"] = json!(file);
        return Ok(Outcome::done(json, file));
    }
    Ok(Outcome::done(json, text))
}
