//! What is odd in a payload and yet accepted, since stickers on real counters have it, and what a
//! conversion left out. Refusals are in [`Error`](super::error::Error).

use crate::lang::Lang;

/// Something to tell the person at the till. The payload is usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// No tag 51: mandatory in a static QRIS (4.7.7).
    RepositoryMissing,
    /// Tag 51 without an NMID (51.02).
    NmidMissing,
    /// The NMID is not 15 letters and digits.
    OddNmid { chars: usize },
    /// No account template has a PAN, so that the acquirer is not known.
    PanMissing,
    /// The PAN is not 16 to 19 digits.
    OddPan { chars: usize },
    /// No tag 61: mandatory in Indonesia.
    PostalMissing,
    /// A name of more than 25, a city of more than 15 or a postal code of more than 10 characters.
    LongText { id: u8, chars: usize },
    /// `|`, which the specification leaves out of names, cities and postal codes.
    PipeInText { id: u8 },
    /// Tag 62 is not clean ID-length-value; it is kept as it is.
    UncleanAdditionalData,
    /// Tags 55 to 57: the payer is asked for a tip or a fee.
    TipTags,
    /// Static (`11`) with an amount: the same code could be paid again.
    StaticWithAmount,
    /// Conversion: tags 55 to 57 were taken out; no extra charge may be put on the payer.
    TipRemoved,
    /// Conversion: the source was a dynamic code, which its issuer may treat as used or expired.
    SourceDynamic,
}

impl Warning {
    /// The stable name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RepositoryMissing => "repository_missing",
            Self::NmidMissing => "nmid_missing",
            Self::OddNmid { .. } => "odd_nmid",
            Self::PanMissing => "pan_missing",
            Self::OddPan { .. } => "odd_pan",
            Self::PostalMissing => "postal_missing",
            Self::LongText { .. } => "long_text",
            Self::PipeInText { .. } => "pipe_in_text",
            Self::UncleanAdditionalData => "unclean_additional_data",
            Self::TipTags => "tip_tags",
            Self::StaticWithAmount => "static_with_amount",
            Self::TipRemoved => "tip_removed",
            Self::SourceDynamic => "source_dynamic",
        }
    }

    /// What is odd and what it means, for the person at the till.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.sentence_id(),
            Lang::En => self.sentence_en(),
        }
    }

    fn sentence_id(&self) -> String {
        match self {
            Self::RepositoryMissing => {
                "Kode ini tanpa NMID (isian 51 tidak ada). Bisa dipakai; toko dikenali dari nomor \
                 PAN."
                    .into()
            }
            Self::NmidMissing => {
                "Kode ini tanpa NMID. Bisa dipakai; toko dikenali dari nomor PAN.".into()
            }
            Self::OddNmid { chars } => format!(
                "NMID tidak berbentuk 15 huruf dan angka (ada {chars}). Cocokkan dengan NMID di \
                 stiker toko."
            ),
            Self::PanMissing => {
                "Nomor PAN tidak ada, jadi nama penyelenggara tidak diketahui.".into()
            }
            Self::OddPan { chars } => format!(
                "Nomor PAN tidak lazim (ada {chars} huruf). Coba bayar Rp 1 dahulu sebelum dipakai."
            ),
            Self::PostalMissing => "Kode pos tidak ada. Bisa dipakai.".into(),
            Self::LongText { id, chars } => format!(
                "{} terlalu panjang ({chars} huruf). Bisa dipakai; di aplikasi pembayar mungkin \
                 terpotong.",
                text_name(*id, Lang::Id)
            ),
            Self::PipeInText { id } => format!(
                "{} memuat tanda |. Sebagian aplikasi pembayar mungkin menolaknya.",
                text_name(*id, Lang::Id)
            ),
            Self::UncleanAdditionalData => {
                "Data tambahan (isian 62) tidak rapi. Disalin apa adanya.".into()
            }
            Self::TipTags => {
                "Kode ini meminta tip atau biaya tambahan (isian 55-57) kepada pembayar.".into()
            }
            Self::StaticWithAmount => {
                "Kode statis yang sudah berisi jumlah; kode yang sama bisa dibayar lebih dari \
                 sekali."
                    .into()
            }
            Self::TipRemoved => {
                "Tip atau biaya tambahan (isian 55-57) dihapus: pembayar tidak boleh dikenai biaya \
                 tambahan."
                    .into()
            }
            Self::SourceDynamic => {
                "Kode asalnya dinamis dan mungkin kedaluwarsa. Sebaiknya pakai QRIS statis toko."
                    .into()
            }
        }
    }

    fn sentence_en(&self) -> String {
        match self {
            Self::RepositoryMissing => {
                "This code has no NMID (no field 51). Usable; the shop is known by its PAN.".into()
            }
            Self::NmidMissing => {
                "This code has no NMID. Usable; the shop is known by its PAN.".into()
            }
            Self::OddNmid { chars } => format!(
                "The NMID is not 15 letters and digits (it has {chars}). Compare it with the \
                 shop's sticker."
            ),
            Self::PanMissing => "There is no PAN, so the acquirer is not known.".into(),
            Self::OddPan { chars } => {
                format!("The PAN is unusual ({chars} characters). Try a payment of Rp 1 first.")
            }
            Self::PostalMissing => "The postal code is missing. Usable.".into(),
            Self::LongText { id, chars } => format!(
                "{} is too long ({chars} characters). Usable; the payer's app may cut it.",
                text_name(*id, Lang::En)
            ),
            Self::PipeInText { id } => format!(
                "{} has a | in it. Some payers' apps may refuse it.",
                text_name(*id, Lang::En)
            ),
            Self::UncleanAdditionalData => {
                "The additional data (field 62) is untidy. It is copied as it is.".into()
            }
            Self::TipTags => {
                "This code asks the payer for a tip or a fee (fields 55 to 57).".into()
            }
            Self::StaticWithAmount => {
                "A static code with an amount; the same code can be paid more than once.".into()
            }
            Self::TipRemoved => {
                "The tip or fee (fields 55 to 57) was removed: payers may not be charged extra."
                    .into()
            }
            Self::SourceDynamic => {
                "The source is a dynamic code and may have expired. Better use the shop's static \
                 QRIS."
                    .into()
            }
        }
    }
}

fn text_name(id: u8, lang: Lang) -> &'static str {
    match id {
        59 => lang.pick("Nama toko", "The merchant's name"),
        60 => lang.pick("Nama kota", "The city"),
        _ => lang.pick("Kode pos", "The postal code"),
    }
}
