//! What was copied, by this program or another: read only when the cashier asks for it. The page has no clipboard of its
//! own; what WebKitGTK shows it of a copied picture is nothing.

use std::fs::File;
use std::io::Read;

use arboard::Clipboard;
use laci_till::{Result, Sentence, TillError};

/// What the clipboard holds, as far as a QRIS may be in it.
pub(crate) enum Clip {
    Text(String),
    /// The bytes of a file that was copied.
    File(Vec<u8>),
    /// Red, green, blue and alpha.
    Pixels {
        width: u32,
        height: u32,
        rgba: Vec<u8>,
    },
}

/// Looks for a picture first: what is copied in a browser is a picture with its address as text beside it.
pub(crate) fn take(bytes_max: usize) -> Result<Clip> {
    let mut clipboard = Clipboard::new().map_err(|error| none(&error))?;
    if let Ok(picture) = clipboard.get_image() {
        let px = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        let (width, height) = (px(picture.width), px(picture.height));
        return Ok(Clip::Pixels { width, height, rgba: picture.bytes.into_owned() });
    }
    if let Ok(files) = clipboard.get().file_list()
        && let Some(path) = files.first()
    {
        return whole(path, bytes_max).map_err(|error| none(&error));
    }
    clipboard.get_text().map(Clip::Text).map_err(|error| none(&error))
}

/// A byte more than allowed is enough for whoever reads it to refuse it.
fn whole(path: &std::path::Path, bytes_max: usize) -> std::io::Result<Clip> {
    let mut bytes = Vec::new();
    File::open(path)?.take(bytes_max as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Clip::File(bytes))
}

fn none(error: &dyn std::error::Error) -> TillError {
    tracing::debug!(%error, "nothing to paste");
    TillError::Refused(Sentence::new(
        "clipboard_empty",
        "Tidak ada gambar atau teks QRIS yang disalin. Salin dulu tangkapan layar, foto atau teksnya, lalu tempel lagi.",
        "No picture or text of a QRIS was copied. Copy a screenshot, the photo or its text first, then paste again.",
    ))
}
