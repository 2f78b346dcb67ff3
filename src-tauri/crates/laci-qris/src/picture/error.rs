//! Why no QRIS came out of a picture, as sentences.

use crate::lang::Lang;
use crate::payload::Error;
use thiserror::Error as ThisError;

/// Why a picture gave no QRIS. Display is the English [`sentence`](Self::sentence).
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[error("{}", self.sentence(Lang::En))]
pub enum PictureError {
    /// Not a PNG, JPEG, WebP or GIF, or a damaged one.
    NotPicture,
    /// A HEIC or AVIF picture, as phones keep their photos.
    Heic,
    /// A PDF, as acquirers send their stickers.
    Pdf,
    /// More bytes, pixels or memory than the limits.
    TooBig,
    /// No QR symbol could be read.
    NoCode,
    /// A QR symbol was read, and it is not a QRIS that may be used.
    NotQris(#[source] Error),
    /// Two different merchants' QRIS in one picture.
    Several,
}

impl PictureError {
    /// The stable name of the reason, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPicture => "not_picture",
            Self::Heic => "picture_heic",
            Self::Pdf => "picture_pdf",
            Self::TooBig => "picture_too_big",
            Self::NoCode => "no_code_in_picture",
            Self::NotQris(_) => "picture_not_qris",
            Self::Several => "several_qris",
        }
    }

    /// What is wrong and what to do, for the person at the till.
    pub fn sentence(&self, lang: Lang) -> String {
        let text = match self {
            Self::NotPicture => lang.pick(
                "Berkas ini bukan gambar PNG, JPEG, WebP atau GIF yang utuh. Pilih berkas lain.",
                "This file is not a whole PNG, JPEG, WebP or GIF picture. Choose another file.",
            ),
            Self::Heic => lang.pick(
                "Foto HEIC atau AVIF belum bisa dibaca. Kirim fotonya sebagai JPEG (misalnya lewat \
                 WhatsApp), atau pakai tangkapan layarnya.",
                "HEIC and AVIF photos cannot be read yet. Send the photo as a JPEG (by WhatsApp, for \
                 instance), or use a screenshot of it.",
            ),
            Self::Pdf => lang.pick(
                "Ini PDF, bukan gambar. Buka PDF itu, buat tangkapan layar kode QR-nya, lalu tempel \
                 di sini.",
                "This is a PDF, not a picture. Open it, take a screenshot of the QR code and paste \
                 that here.",
            ),
            Self::TooBig => lang.pick(
                "Gambar terlalu besar. Potong gambar di sekitar kode QR lalu coba lagi.",
                "The picture is too big. Cut it down to the QR code and try again.",
            ),
            Self::NoCode => lang.pick(
                "Tidak ada kode QR yang terbaca. Ambil foto baru dari dekat dengan seluruh kode \
                 terlihat, terang, tajam dan tanpa pantulan cahaya, atau tempel teksnya.",
                "No QR code could be read. Take a new picture close up with the whole code in it, \
                 bright, sharp and without glare, or paste the text.",
            ),
            Self::NotQris(reason) => {
                let found = lang.pick("Kode QR terbaca, tetapi:", "A QR code was read, but:");
                return format!("{found} {}", reason.sentence(lang));
            }
            Self::Several => lang.pick(
                "Ada dua QRIS berbeda dalam gambar ini. Potong gambar sampai tinggal QRIS toko \
                 Anda.",
                "There are two different QRIS in this picture. Cut it down to your shop's.",
            ),
        };
        text.into()
    }
}
