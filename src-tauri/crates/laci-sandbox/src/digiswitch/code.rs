//! Why a call is turned down, in Digiflazz's codes.

use crate::ppob::Refusal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Payload,
    Sign,
    Username,
    Address,
    ListLimit,
    EmoneyMultiple,
    Refused(Refusal),
}

impl Code {
    /// The code and its words.
    pub(super) fn rc(self) -> (&'static str, &'static str) {
        match self {
            Self::Payload => ("40", "Payload Error"),
            Self::Sign => ("41", "Signature tidak valid"),
            Self::Username => ("42", "Gagal memproses API Buyer"),
            Self::Address => ("45", "IP Anda tidak kami kenali"),
            Self::ListLimit => ("83", "Anda telah mencapai limitasi pengecekan pricelist"),
            Self::EmoneyMultiple => ("87", "Nominal harus kelipatan Rp 1.000"),
            Self::Refused(Refusal::NoProduct) => ("43", "SKU tidak di temukan atau Non-Aktif"),
            Self::Refused(Refusal::LowDeposit) => ("44", "Saldo tidak cukup"),
            Self::Refused(Refusal::UsedReference) => ("49", "Ref ID tidak unik"),
            Self::Refused(Refusal::NotFound) => ("50", "Transaksi Tidak Ditemukan"),
            Self::Refused(Refusal::WrongNumber) => ("54", "Nomor Tujuan Salah"),
            Self::Refused(Refusal::NothingOwed) => ("60", "Tagihan belum tersedia"),
            Self::Refused(Refusal::NotInquired) => ("40", "Lakukan cek tagihan terlebih dahulu"),
        }
    }
}
