//! Why a secret cannot be read or kept, as sentences.

use crate::error::{Sentence, TillError};

pub(crate) fn wanted() -> TillError {
    TillError::Refused(Sentence::new(
        "passphrase_required",
        "Komputer ini tidak punya brankas sistem. Buat frasa sandi (paling sedikit 8 huruf) untuk mengunci rahasia toko.",
        "This computer has no keyring. Make a passphrase (at least 8 characters) to lock the shop's secrets.",
    ))
}

pub(crate) fn short() -> TillError {
    TillError::Refused(Sentence::new(
        "passphrase_short",
        "Frasa sandi terlalu pendek: paling sedikit 8 huruf. Belum ada yang disimpan. Pakai beberapa kata yang mudah diingat.",
        "The passphrase is too short: at least 8 characters. Nothing was kept yet. Use a few words that are easy to remember.",
    ))
}

pub(crate) fn wrong() -> TillError {
    TillError::Refused(Sentence::new(
        "passphrase_wrong",
        "Frasa sandi salah. Rahasia tetap terkunci; penjualan tetap bisa dengan QRIS toko.",
        "Wrong passphrase. The secrets stay locked; selling with the shop's own QRIS goes on.",
    ))
}

pub(crate) fn locked() -> TillError {
    TillError::Refused(Sentence::new(
        "secrets_locked",
        "Brankas rahasia masih terkunci. Buka dengan frasa sandi atau masuk ke akun komputer dulu.",
        "The secrets are still locked. Open them with the passphrase, or log in to the computer first.",
    ))
}

pub(crate) fn broken() -> TillError {
    TillError::Failed(Sentence::new(
        "secrets_broken",
        "Berkas rahasia tidak bisa dibaca. Buku penjualan aman dan QRIS toko tetap bisa dipakai. Kembalikan secrets.json dari cadangan.",
        "The secrets file cannot be read. The books are safe and the shop's own QRIS still works. Put secrets.json back from a backup.",
    ))
}
