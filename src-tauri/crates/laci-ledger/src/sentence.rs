//! The ledger's errors as sentences for people: what happened, what is safe, what to do. Indonesian first.

use laci_core::Lang;

use crate::error::{LedgerError, OpenError};

impl OpenError {
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::Held => "Laci sudah terbuka untuk folder data ini. Datanya aman. Pakai jendela yang sudah terbuka, atau tutup dulu.".into(),
            Self::NewerVersion { found, known } => format!(
                "Folder data ini dari Laci yang lebih baru (format {found}, program ini sampai {known}). Tidak ada yang diubah. Pasang Laci versi terbaru."
            ),
            Self::PracticeMismatch { ledger_is_practice: true } => "Folder ini milik mode latihan, bukan buku toko. Tidak ada yang diubah. Pilih folder data toko.".into(),
            Self::PracticeMismatch { ledger_is_practice: false } => "Folder ini buku toko, bukan mode latihan. Tidak ada yang diubah. Mode latihan memakai foldernya sendiri.".into(),
            Self::OlderThanAnchor { seq, anchor_seq } => format!(
                "Buku ini berhenti di catatan {seq}, padahal catatan {anchor_seq} pernah ada. Berkasnya mungkin ditimpa salinan lama atau terpotong. Tidak ada yang diubah. Jangan hapus apa pun; pulihkan cadangan terbaru atau hubungi bantuan."
            ),
            Self::BrokenChain { seq } => format!(
                "Rantai catatan putus di catatan {seq}: isinya berubah di luar Laci. Tidak ada yang diubah sekarang. Jangan hapus apa pun; jalankan pemeriksaan buku lalu pulihkan cadangan."
            ),
            Self::GuardsChanged => "Pengaman catatan di berkas data diubah di luar Laci. Tidak ada yang diubah sekarang. Jalankan pemeriksaan buku lalu pulihkan cadangan.".into(),
            Self::AnchorUnreadable { .. } => "Berkas penanda catatan terakhir tidak terbaca, jadi tidak pasti apakah buku ini yang terbaru. Data penjualan tidak disentuh. Periksa buku, atau pulihkan cadangan terbaru.".into(),
            Self::NotALedger => "Berkas di folder ini bukan buku Laci. Tidak ada yang diubah. Pilih folder data yang benar.".into(),
            Self::Missing => "Belum ada buku di folder ini. Siapkan toko dulu.".into(),
            Self::Exists => "Di folder ini sudah ada buku. Tidak ada yang diubah. Buka buku itu, atau pilih folder kosong.".into(),
            Self::SqliteTooOld { found } => format!(
                "SQLite {found} terlalu tua dan bisa merusak data. Tidak ada yang dibuka. Pasang ulang Laci dari paket resminya."
            ),
            Self::DiskFull => "Disk penuh. Semua yang sudah tercatat aman, tetapi buku belum bisa dibuka. Kosongkan ruang: hapus berkas lain yang tidak perlu, jangan isi folder data Laci, lalu coba lagi.".into(),
            Self::Corrupt { detail } => format!(
                "Berkas data rusak ({detail}). Tidak ada yang diubah. Jangan hapus apa pun; jalankan pemeriksaan buku lalu pulihkan cadangan."
            ),
            Self::Io { detail } => format!(
                "Folder data tidak bisa dibaca atau ditulis ({detail}). Tidak ada yang diubah. Periksa disk dan izin folder lalu coba lagi."
            ),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Held => "Laci is open for this data folder already. The data is safe. Use the open window, or close it first.".into(),
            Self::NewerVersion { found, known } => format!(
                "This data folder is from a newer Laci (format {found}, this program knows up to {known}). Nothing was changed. Install the latest Laci."
            ),
            Self::PracticeMismatch { ledger_is_practice: true } => "This folder belongs to practice mode, not to the shop. Nothing was changed. Choose the shop's data folder.".into(),
            Self::PracticeMismatch { ledger_is_practice: false } => "This folder is the shop's ledger, not practice mode's. Nothing was changed. Practice mode has a folder of its own.".into(),
            Self::OlderThanAnchor { seq, anchor_seq } => format!(
                "This ledger ends at entry {seq}, but entry {anchor_seq} existed. An old copy may have been put back, or the file was cut. Nothing was changed. Delete nothing; restore the latest backup or ask for help."
            ),
            Self::BrokenChain { seq } => format!(
                "The chain of entries is broken at entry {seq}: it was changed outside Laci. Nothing was changed now. Delete nothing; verify the ledger, then restore a backup."
            ),
            Self::GuardsChanged => "The log's guards in the data file were changed outside Laci. Nothing was changed now. Verify the ledger, then restore a backup.".into(),
            Self::AnchorUnreadable { detail } => format!(
                "The file that marks the last entry cannot be read ({detail}). The sales were not touched. Verify the ledger or ask for help."
            ),
            Self::NotALedger => "The file in this folder is no ledger of Laci. Nothing was changed. Choose the right data folder.".into(),
            Self::Missing => "There is no ledger in this folder yet. Set the shop up first.".into(),
            Self::Exists => "There is a ledger in this folder already. Nothing was changed. Open it, or choose an empty folder.".into(),
            Self::SqliteTooOld { found } => format!(
                "SQLite {found} is too old and could damage the data. Nothing was opened. Install Laci again from its own package."
            ),
            Self::DiskFull => "The disk is full. Everything recorded so far is safe, but the ledger cannot be opened yet. Free some space: delete other files that nobody needs, nothing in Laci's data folder, and try again.".into(),
            Self::Corrupt { detail } => format!(
                "The data file is damaged ({detail}). Nothing was changed. Delete nothing; verify the ledger, then restore a backup."
            ),
            Self::Io { detail } => format!(
                "The data folder cannot be read or written ({detail}). Nothing was changed. Check the disk and the folder's permissions, then try again."
            ),
        }
    }
}

impl LedgerError {
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::DiskFull => "Disk penuh. Yang sudah tercatat aman, yang ini belum tersimpan. Kosongkan sedikit ruang lalu ulangi.".into(),
            Self::NoRoomForNew => "Disk penuh, jadi yang baru tidak dimulai. Semua yang sudah tercatat aman, dan pembayaran yang sedang berjalan tetap bisa diselesaikan. Minta pemilik mengosongkan ruang: hapus berkas lain yang tidak perlu, jangan isi folder data Laci. Lalu ulangi.".into(),
            Self::Busy => "Buku sedang dipakai. Yang ini belum tersimpan. Tunggu sebentar lalu ulangi.".into(),
            Self::Corrupt { detail } => format!(
                "Berkas data rusak ({detail}). Jangan hapus apa pun; jalankan pemeriksaan buku lalu pulihkan cadangan."
            ),
            Self::Contradiction { detail } => format!(
                "Catatan ini bertentangan dengan yang sudah ada ({detail}). Yang ini tidak disimpan, yang lain aman. Laporkan ke bantuan."
            ),
            Self::TooLarge { what, most } => format!("Terlalu besar untuk disimpan: {what} paling banyak {most} byte. Tidak ada yang diubah."),
            Self::OutcomeUnknown { .. } => "Belum pasti apakah perubahan terakhir tersimpan. Jangan ulangi dulu: buka lagi Laci, lalu lihat Riwayat.".into(),
            Self::Cancelled => "Dihentikan. Tidak ada yang diubah.".into(),
            Self::Io { detail } => format!(
                "Buku tidak bisa dibaca atau ditulis ({detail}). Yang ini belum tersimpan. Periksa disk lalu ulangi."
            ),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::DiskFull => "The disk is full. What was recorded is safe, this one was not saved. Free some space and repeat it.".into(),
            Self::NoRoomForNew => "The disk is full, so nothing new is begun. Everything recorded so far is safe, and payments under way can still be completed. Ask the owner to free some space: delete other files that nobody needs, nothing in Laci's data folder. Then repeat it.".into(),
            Self::Busy => "The ledger is in use. This one was not saved. Wait a moment and repeat it.".into(),
            Self::Corrupt { detail } => format!(
                "The data file is damaged ({detail}). Delete nothing; verify the ledger, then restore a backup."
            ),
            Self::Contradiction { detail } => format!(
                "This entry contradicts what is recorded ({detail}). It was not saved, the rest is safe. Report it."
            ),
            Self::TooLarge { what, most } => format!("Too large to keep: {what} has at most {most} bytes. Nothing was changed."),
            Self::OutcomeUnknown { .. } => "It is not certain whether the last change was saved. Do not repeat it yet: open Laci again and look at the history.".into(),
            Self::Cancelled => "Stopped. Nothing was changed.".into(),
            Self::Io { detail } => format!(
                "The ledger cannot be read or written ({detail}). This one was not saved. Check the disk and repeat it."
            ),
        }
    }
}
