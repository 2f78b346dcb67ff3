//! Every way in which a text is refused as a QRIS or cannot carry an amount. One variant is one
//! reason. `at` is the offset, in characters of the cleaned text, of the place to look at.
//! Warnings are elsewhere: what stands here is never let through.

use crate::lang::{Lang, rupiah};
use thiserror::Error;

/// Why a payload was refused. Display is the English [`sentence`](Error::sentence).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum Error {
    /// Nothing is left after cleaning.
    Empty,
    /// More than 512 characters (4.1).
    TooLong { at: usize },
    /// The text does not begin with tag 00: a link, a number, something else (4.6.1.1).
    NotQris { at: usize },
    /// Tag 00 is not `01` (4.7.1.1).
    FormatIndicator { at: usize },
    /// Two digits of an ID were expected. `within` is the template, `None` at the root.
    BadId { at: usize, within: Option<u8> },
    /// Two digits of a length from 01 to 99 were expected.
    BadLength { at: usize, id: u8, within: Option<u8> },
    /// The text or its template ends inside this field.
    Truncated { at: usize, id: Option<u8>, within: Option<u8> },
    /// The ID stands twice (4.3.1.2).
    Duplicate { at: usize, id: u8, within: Option<u8> },
    /// No tag 63.
    CrcMissing { at: usize },
    /// Something follows tag 63 (4.6.1.2).
    CrcNotLast { at: usize },
    /// Tag 63 is not four hexadecimal digits.
    CrcMalformed { at: usize },
    /// The text was altered or badly read: `computed` is its CRC, `written` what tag 63 says.
    CrcMismatch { at: usize, computed: u16, written: u16 },
    /// Tag 01 is neither `11` nor `12` (4.7.2.1).
    PointOfInitiation { at: usize },
    /// A mandatory tag is absent.
    Missing { at: usize, id: u8 },
    /// A tag's value has not the form that the specification asks for.
    BadField { at: usize, id: u8 },
    /// Neither a merchant account (02 to 45) nor the repository (51).
    AccountMissing { at: usize },
    /// A transfer, withdrawal or deposit between persons: tag 40, category 4829 or a purpose in
    /// tag 62.08 (BOOK, DMCT, XBCT, CDPT, CWDL).
    Transfer { at: usize },
    /// Tag 58 is not `ID`.
    ForeignCountry { at: usize, found: String },
    /// Tag 53 is not `360` (4.7.7.1).
    ForeignCurrency { at: usize, found: String },
    /// Tag 54 is not digits with an optional point and at most two decimals (4.7.8.1).
    AmountFormat { at: usize },
    /// Tag 54 is zero.
    AmountZero { at: usize },
    /// Tag 54 has sen; this crate counts whole rupiah.
    AmountFraction { at: usize },
    /// The amount to put in is zero.
    AmountTooSmall,
    /// The amount to put in has more than the 13 digits that tag 54 holds.
    AmountTooLarge { amount: u64 },
    /// The converted text, read again, is not what was asked for. Never expected; never shown.
    Inconsistent,
}

/// What a person does about a refusal.
enum Advice {
    Rescan,
    OtherCode,
    AskIssuer,
    OtherAmount,
}

impl Error {
    /// The offset of the fault in characters of the cleaned text; `None` where it is not in it.
    pub fn offset(&self) -> Option<usize> {
        match self {
            Self::TooLong { at }
            | Self::NotQris { at }
            | Self::FormatIndicator { at }
            | Self::BadId { at, .. }
            | Self::BadLength { at, .. }
            | Self::Truncated { at, .. }
            | Self::Duplicate { at, .. }
            | Self::CrcMissing { at }
            | Self::CrcNotLast { at }
            | Self::CrcMalformed { at }
            | Self::CrcMismatch { at, .. }
            | Self::PointOfInitiation { at }
            | Self::Missing { at, .. }
            | Self::BadField { at, .. }
            | Self::AccountMissing { at }
            | Self::Transfer { at }
            | Self::ForeignCountry { at, .. }
            | Self::ForeignCurrency { at, .. }
            | Self::AmountFormat { at }
            | Self::AmountZero { at }
            | Self::AmountFraction { at } => Some(*at),
            Self::Empty => Some(0),
            Self::AmountTooSmall | Self::AmountTooLarge { .. } | Self::Inconsistent => None,
        }
    }

    /// The stable name of the reason, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::NotQris { .. } => "not_qris",
            Self::FormatIndicator { .. } => "bad_format_indicator",
            Self::BadId { .. } => "bad_id",
            Self::BadLength { .. } => "bad_length",
            Self::Truncated { .. } => "truncated",
            Self::Duplicate { .. } => "duplicate_tag",
            Self::CrcMissing { .. } => "crc_missing",
            Self::CrcNotLast { .. } => "crc_not_last",
            Self::CrcMalformed { .. } => "crc_malformed",
            Self::CrcMismatch { .. } => "crc_mismatch",
            Self::PointOfInitiation { .. } => "bad_point_of_initiation",
            Self::Missing { .. } => "missing_tag",
            Self::BadField { .. } => "bad_field",
            Self::AccountMissing { .. } => "account_missing",
            Self::Transfer { .. } => "transfer",
            Self::ForeignCountry { .. } => "foreign_country",
            Self::ForeignCurrency { .. } => "foreign_currency",
            Self::AmountFormat { .. } => "amount_format",
            Self::AmountZero { .. } => "amount_zero",
            Self::AmountFraction { .. } => "amount_fraction",
            Self::AmountTooSmall => "amount_too_small",
            Self::AmountTooLarge { .. } => "amount_too_large",
            Self::Inconsistent => "inconsistent",
        }
    }

    /// What is wrong and what to do, for the person at the till.
    pub fn sentence(&self, lang: Lang) -> String {
        let problem = match lang {
            Lang::Id => self.problem_id(),
            Lang::En => self.problem_en(),
        };
        format!("{problem} {}", self.advice().text(lang))
    }

    fn problem_id(&self) -> String {
        match self {
            Self::Empty => "Teks QRIS kosong.".into(),
            Self::TooLong { .. } => {
                "Teks ini terlalu panjang, QRIS paling banyak 512 huruf.".into()
            }
            Self::NotQris { .. } => "Ini bukan kode QRIS.".into(),
            Self::FormatIndicator { .. } => "Versi format kode ini tidak dikenal.".into(),
            Self::BadId { at, .. } => format!("Susunan kode rusak di huruf ke-{}.", at + 1),
            Self::BadLength { at, id, .. } => {
                format!("Panjang isian {id:02} rusak di huruf ke-{}.", at + 1)
            }
            Self::Truncated { at, .. } => format!("Kode terpotong di huruf ke-{}.", at + 1),
            Self::Duplicate { at, id, .. } => {
                format!("Isian {id:02} tercantum dua kali, di huruf ke-{}.", at + 1)
            }
            Self::CrcMissing { .. } => {
                "Kode tidak lengkap: angka pemeriksa (CRC) tidak ada.".into()
            }
            Self::CrcNotLast { .. } => "Ada tulisan lain sesudah akhir kode.".into(),
            Self::CrcMalformed { .. } => "Angka pemeriksa (CRC) kode rusak.".into(),
            Self::CrcMismatch { .. } => {
                "Isi kode berubah atau salah baca (CRC tidak cocok).".into()
            }
            Self::PointOfInitiation { .. } => "Jenis kode (statis/dinamis) tidak dikenal.".into(),
            Self::Missing { id, .. } => {
                format!("{} tidak ada dalam kode.", tag_name(*id, Lang::Id))
            }
            Self::BadField { id, .. } => format!("{} dalam kode salah.", tag_name(*id, Lang::Id)),
            Self::AccountMissing { .. } => "Kode ini tidak memuat rekening toko.".into(),
            Self::Transfer { .. } => "Ini QRIS transfer antarorang, bukan QRIS toko.".into(),
            Self::ForeignCountry { found, .. } => {
                format!("Kode ini dari negara {found}, bukan Indonesia.")
            }
            Self::ForeignCurrency { .. } => "Mata uang kode ini bukan rupiah.".into(),
            Self::AmountFormat { .. } => "Jumlah uang dalam kode tidak terbaca.".into(),
            Self::AmountZero { .. } => "Jumlah uang dalam kode nol.".into(),
            Self::AmountFraction { .. } => "Jumlah uang dalam kode memakai sen.".into(),
            Self::AmountTooSmall => "Jumlah paling kecil Rp 1.".into(),
            Self::AmountTooLarge { amount } => {
                format!("{} terlalu besar untuk QRIS.", rupiah(*amount))
            }
            Self::Inconsistent => "QRIS hasil ubahan tidak lolos pemeriksaan ulang.".into(),
        }
    }

    fn problem_en(&self) -> String {
        match self {
            Self::Empty => "The QRIS text is empty.".into(),
            Self::TooLong { .. } => {
                "This text is too long, a QRIS has at most 512 characters.".into()
            }
            Self::NotQris { .. } => "This is not a QRIS code.".into(),
            Self::FormatIndicator { .. } => "The code's format version is not known.".into(),
            Self::BadId { at, .. } => format!("The code is broken at character {}.", at + 1),
            Self::BadLength { at, id, .. } => {
                format!("The length of field {id:02} is broken at character {}.", at + 1)
            }
            Self::Truncated { at, .. } => format!("The code is cut off at character {}.", at + 1),
            Self::Duplicate { at, id, .. } => {
                format!("Field {id:02} stands twice, at character {}.", at + 1)
            }
            Self::CrcMissing { .. } => {
                "The code is incomplete: its checksum (CRC) is missing.".into()
            }
            Self::CrcNotLast { .. } => "There is other text after the end of the code.".into(),
            Self::CrcMalformed { .. } => "The code's checksum (CRC) is broken.".into(),
            Self::CrcMismatch { .. } => "The code was altered or misread (CRC mismatch).".into(),
            Self::PointOfInitiation { .. } => "The code is neither static nor dynamic.".into(),
            Self::Missing { id, .. } => format!("{} is missing.", tag_name(*id, Lang::En)),
            Self::BadField { id, .. } => format!("{} is wrong.", tag_name(*id, Lang::En)),
            Self::AccountMissing { .. } => "The code holds no merchant account.".into(),
            Self::Transfer { .. } => "This is a QRIS for transfers, not a shop's QRIS.".into(),
            Self::ForeignCountry { found, .. } => {
                format!("The code's country is {found}, not Indonesia.")
            }
            Self::ForeignCurrency { .. } => "The code's currency is not rupiah.".into(),
            Self::AmountFormat { .. } => "The amount in the code cannot be read.".into(),
            Self::AmountZero { .. } => "The amount in the code is zero.".into(),
            Self::AmountFraction { .. } => "The amount in the code is not whole rupiah.".into(),
            Self::AmountTooSmall => "The smallest amount is Rp 1.".into(),
            Self::AmountTooLarge { amount } => {
                format!("{} is too large for QRIS.", rupiah(*amount))
            }
            Self::Inconsistent => "The converted QRIS did not pass its second check.".into(),
        }
    }

    fn advice(&self) -> Advice {
        match self {
            Self::Empty
            | Self::TooLong { .. }
            | Self::BadId { .. }
            | Self::BadLength { .. }
            | Self::Truncated { .. }
            | Self::CrcMissing { .. }
            | Self::CrcNotLast { .. }
            | Self::CrcMalformed { .. }
            | Self::CrcMismatch { .. } => Advice::Rescan,
            Self::NotQris { .. }
            | Self::Transfer { .. }
            | Self::ForeignCountry { .. }
            | Self::ForeignCurrency { .. } => Advice::OtherCode,
            Self::FormatIndicator { .. }
            | Self::Duplicate { .. }
            | Self::PointOfInitiation { .. }
            | Self::Missing { .. }
            | Self::BadField { .. }
            | Self::AccountMissing { .. }
            | Self::AmountFormat { .. }
            | Self::AmountZero { .. }
            | Self::AmountFraction { .. }
            | Self::Inconsistent => Advice::AskIssuer,
            Self::AmountTooSmall | Self::AmountTooLarge { .. } => Advice::OtherAmount,
        }
    }
}

impl Advice {
    fn text(&self, lang: Lang) -> &'static str {
        match self {
            Self::Rescan => lang.pick(
                "Salin ulang seluruh teksnya, atau pilih gambar QRIS yang asli.",
                "Copy the whole text again, or choose the original picture.",
            ),
            Self::OtherCode => lang.pick(
                "Pakai QRIS toko Anda dari bank atau penyelenggara.",
                "Use your shop's QRIS from your bank or provider.",
            ),
            Self::AskIssuer => lang.pick(
                "Jangan dipakai; minta QRIS baru kepada bank atau penyelenggara.",
                "Do not use it; ask your bank or provider for a new QRIS.",
            ),
            Self::OtherAmount => lang.pick("Ubah jumlahnya.", "Change the amount."),
        }
    }
}

/// The name of a mandatory tag for people.
fn tag_name(id: u8, lang: Lang) -> String {
    let (indonesian, english) = match id {
        52 => ("Kode kategori usaha", "The merchant category"),
        53 => ("Mata uang", "The currency"),
        58 => ("Kode negara", "The country"),
        59 => ("Nama toko", "The merchant's name"),
        60 => ("Nama kota", "The city"),
        other => return format!("{} {other:02}", lang.pick("Isian", "Field")),
    };
    lang.pick(indonesian, english).into()
}
