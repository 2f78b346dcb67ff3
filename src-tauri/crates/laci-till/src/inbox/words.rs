//! Why a person's word on money without a sale was refused.

use crate::error::{Sentence, TillError};

pub(super) fn unknown() -> TillError {
    TillError::Refused(Sentence::new(
        "inbox_unknown",
        "Uang masuk itu tidak ada di daftar. Tidak ada yang diubah. Lihat daftarnya lagi.",
        "There is no such money in the inbox. Nothing was changed. Look at the list again.",
    ))
}

pub(super) fn settled() -> TillError {
    TillError::Refused(Sentence::new(
        "inbox_settled",
        "Uang masuk itu sudah diurus. Tidak ada yang diubah. Lihat daftarnya lagi.",
        "That money was settled already. Nothing was changed. Look at the list again.",
    ))
}

pub(super) fn no_amount() -> TillError {
    TillError::Refused(Sentence::new(
        "inbox_no_amount",
        "Pemberitahuan itu tidak menyebut satu jumlah yang jelas, jadi tidak bisa dicocokkan. Tidak ada yang diubah. Periksa di aplikasi, lalu pakai Konfirmasi di pembayarannya dan singkirkan yang ini.",
        "That notification names no single amount, so it cannot be matched. Nothing was changed. Look in the app, confirm the payment itself, and dismiss this one.",
    ))
}

pub(super) fn beside_other_money() -> TillError {
    TillError::Refused(Sentence::new(
        "inbox_second",
        "Penjualan itu sudah punya uang lain lewat QRIS toko, jadi uang ini tidak bisa ditambahkan. Tidak ada yang diubah; uangnya tetap milik pelanggan. Kembalikan uang ini, lalu singkirkan dengan alasan.",
        "That sale has other money by the shop's QRIS, so this one cannot be added to it. Nothing was changed; the money stays the customer's. Give it back, then dismiss it with a reason.",
    ))
}

pub(super) fn voided() -> TillError {
    TillError::Refused(Sentence::new(
        "sale_voided",
        "Penjualan itu sudah dibatalkan. Uangnya tetap tercatat sebagai milik pelanggan. Kembalikan uangnya, lalu singkirkan dengan alasan.",
        "That sale was voided. The money stays recorded as the customer's. Give it back, then dismiss it with a reason.",
    ))
}
