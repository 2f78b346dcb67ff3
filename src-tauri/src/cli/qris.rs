//! `laci qris`: read, judge, convert, draw, and set the shop's own.

use std::path::Path;

use laci_till::qris::symbol::{Level, Symbol};
use laci_till::qris::{Error, Qris, Tag, dynamic, parse, picture};
use laci_till::{By, Lang, Result, Sentence, Till, TillError, write_file};
use serde_json::{Value, json};

use super::args::{QrisArgs, QrisSource, QrisVerb};
use super::outcome::Outcome;

/// The verbs that need no folder.
pub(super) fn run(args: &QrisArgs, lang: Lang) -> Result<Outcome> {
    match &args.verb {
        QrisVerb::Inspect { source } => inspect(source, lang),
        QrisVerb::Dynamic { source, amount } => {
            let qris = read(source)?;
            let rupiah = u64::try_from(*amount).map_err(|_| negative())?;
            let converted = dynamic(&qris, rupiah)?;
            let warnings: Vec<Value> = converted
                .warnings
                .iter()
                .map(|warning| json!({ "code": warning.code(), "message": warning.sentence(words(lang)) }))
                .collect();
            let payload = converted.qris.payload().to_owned();
            Ok(Outcome::done(json!({ "payload": payload, "warnings": warnings }), payload))
        }
        QrisVerb::Draw { payload, out, module_px } => draw(payload, out, *module_px),
        QrisVerb::Own { .. } => Err(laci_till::Refusal::NotSetUp.into()),
    }
}

pub(super) fn own(till: &Till, by: By, args: &QrisArgs) -> Result<Outcome> {
    let QrisVerb::Own { source } = &args.verb else {
        return Err(laci_till::Refusal::NotSetUp.into());
    };
    let view = till.own_qris_set(by, read(source)?.payload())?;
    let text = format!("{} · {}", view.merchant, view.nmid);
    Ok(Outcome::done(json!({ "merchant": view.merchant, "nmid": view.nmid }), text))
}

fn read(source: &QrisSource) -> Result<Qris> {
    match (&source.payload, &source.image) {
        (Some(payload), _) => Ok(parse(payload)?),
        (None, Some(path)) => Ok(picture::read(&std::fs::read(path).map_err(|_| no_file(path))?)?),
        (None, None) => Err(Error::Empty.into()),
    }
}

fn inspect(source: &QrisSource, lang: Lang) -> Result<Outcome> {
    let qris = match read(source) {
        Ok(qris) => qris,
        Err(TillError::Refused(sentence)) => {
            let crc_ok = sentence.code != "crc_mismatch";
            let more = if crc_ok { json!({}) } else { json!({ "crc_ok": false }) };
            return Ok(Outcome::error(3, &sentence.code, sentence.text(lang), more));
        }
        Err(other) => return Err(other),
    };
    let warnings: Vec<Value> = qris
        .warnings()
        .iter()
        .map(|warning| json!({ "code": warning.code(), "message": warning.sentence(words(lang)) }))
        .collect();
    let json = json!({
        "payload": qris.payload(),
        "kind": qris.kind().code(),
        "merchant": qris.merchant(),
        "city": qris.city(),
        "postal": qris.postal(),
        "nmid": qris.nmid(),
        "pan": qris.pan(),
        "acquirer": qris.acquirer(),
        "criteria": qris.criteria().letters(),
        "amount": qris.amount(),
        "crc_ok": true,
        "tags": qris.tags().iter().map(tag).collect::<Vec<_>>(),
        "warnings": warnings,
    });
    let text = format!(
        "{} · {} · {} · {}",
        qris.merchant(),
        qris.city(),
        qris.nmid().or(qris.pan()).unwrap_or("-"),
        qris.kind().code()
    );
    Ok(Outcome::done(json, text))
}

fn tag(tag: &Tag<'_>) -> Value {
    let id = format!("{:02}", tag.id);
    let mut json = json!({ "id": id, "offset": tag.offset, "value": tag.value });
    if !tag.children.is_empty() {
        json["children"] = tag.children.iter().map(self::tag).collect();
    }
    json
}

fn draw(payload: &str, out: &Path, module_px: u32) -> Result<Outcome> {
    let qris = parse(payload)?;
    let symbol = Symbol::draw(qris.payload(), Level::M)?;
    let bytes = match out.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => symbol.to_svg().into_bytes(),
        Some("png") => symbol.to_png(module_px)?,
        Some(_) | None => return Err(bad_ending()),
    };
    write_file(out, &bytes)?;
    let file = out.display().to_string();
    Ok(Outcome::done(json!({ "modules": symbol.modules(), "file": file }), file))
}

fn words(lang: Lang) -> laci_till::qris::Lang {
    match lang {
        Lang::Id => laci_till::qris::Lang::Id,
        Lang::En => laci_till::qris::Lang::En,
    }
}

fn negative() -> TillError {
    laci_till::Refusal::AmountNegative.into()
}

fn no_file(path: &Path) -> TillError {
    let path = path.display();
    TillError::Refused(Sentence::new(
        "file_unreadable",
        format!("Berkas {path} tidak bisa dibaca. Periksa nama dan foldernya."),
        format!("The file {path} cannot be read. Check its name and folder."),
    ))
}

fn bad_ending() -> TillError {
    TillError::Refused(Sentence::new(
        "file_ending",
        "Nama berkas harus berakhir .svg atau .png.",
        "The file's name must end in .svg or .png.",
    ))
}
