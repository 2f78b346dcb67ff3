//! What is wrong with the arguments, in Indonesian; clap itself says it in English.

use clap::Error;
use clap::error::{ContextKind, ErrorKind};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "clap's list grows; the rare ones share a sentence"
)]
pub(super) fn indonesian(error: &Error) -> String {
    let named = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    let why = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("Perintah \"{}\" tidak dikenal.", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("Pilihan \"{argument}\" tidak dikenal."),
        ErrorKind::MissingRequiredArgument => format!("Masih kurang: {argument}."),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "Perintahnya belum lengkap.".to_owned()
        }
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg);
            format!("{argument} tidak bisa dipakai bersama {other}.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            format!("{argument} perlu sebuah nilai.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = named(ContextKind::ValidValue);
            let known = if known.is_empty() { known } else { format!(" Yang ada: {known}.") };
            format!("Nilai \"{value}\" untuk {argument} tidak bisa dipakai.{known}")
        }
        _ => "Perintah ini tidak dimengerti.".to_owned(),
    };
    format!("{why} Tidak ada yang dijalankan. Cara pakai: laci --help, atau laci PERINTAH --help.")
}
