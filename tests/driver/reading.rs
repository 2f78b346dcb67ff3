//! Other programs' eyes: what a scanner sees in a picture, what a reader sees in a PDF, what is on the whole screen.
//! Absent on purpose: our own QR and PDF code, which is what they judge.

use super::trouble::{Outcome, Trouble};
use std::path::Path;
use std::process::{Command, Output};

/// The payloads of all QR codes in a picture, by zbarimg; empty if there is none.
///
/// # Errors
/// If zbarimg cannot read the file.
pub fn qr_in(picture: &Path) -> Outcome<Vec<String>> {
    const NO_SYMBOL: i32 = 4;
    let mut command = Command::new("zbarimg");
    let out = command
        .args(["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable"])
        .arg(picture)
        .output()?;
    if out.status.code() == Some(NO_SYMBOL) {
        return Ok(Vec::new());
    }
    Ok(said("zbarimg", out)?.lines().map(String::from).collect())
}

/// The text of a PDF in reading order, by pdftotext.
///
/// # Errors
/// If pdftotext cannot read the file.
pub fn pdf_text(pdf: &Path) -> Outcome<String> {
    let out =
        Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-").output()?;
    said("pdftotext", out)
}

/// A PNG of the whole screen, all windows as they lie.
///
/// # Errors
/// If there is no screen.
pub fn screen(to: &Path) -> Outcome {
    let out = Command::new("import").args(["-window", "root"]).arg(to).output()?;
    said("import", out).map(drop)
}

fn said(program: &str, out: Output) -> Outcome<String> {
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&out.stderr);
    Err(Trouble::new(format!("{program} ({}): {}", out.status, why.trim())))
}
