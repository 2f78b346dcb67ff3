//! `laci receipt`: a paid sale's receipt as text or PDF.

use laci_till::{By, ReceiptFormat, Result, Till, write_file};
use serde_json::json;

use super::args::{FormatArg, ReceiptArgs};
use super::outcome::Outcome;

pub(super) fn run(till: &Till, by: By, args: &ReceiptArgs) -> Result<Outcome> {
    let sale = till.sale_named(&args.sale)?;
    let format = match args.format {
        FormatArg::Text => ReceiptFormat::Text,
        FormatArg::Pdf => ReceiptFormat::Pdf,
    };
    let receipt = till.receipt(by, sale, args.columns, format, args.copy)?;
    let path = match (&args.out, args.format) {
        (Some(path), _) => path.clone(),
        (None, FormatArg::Pdf) => receipt.usual_path.clone(),
        (None, FormatArg::Text) => {
            let text = String::from_utf8_lossy(&receipt.bytes).into_owned();
            return Ok(Outcome::done(
                json!({ "file": null, "text": text, "copy": receipt.copy }),
                text,
            ));
        }
    };
    write_file(&path, &receipt.bytes)?;
    let file = path.display().to_string();
    Ok(Outcome::done(json!({ "file": file, "copy": receipt.copy }), file))
}
