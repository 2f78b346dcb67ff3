//! Digiswitch's response codes, as data. Its own page of them is lost; these are Digiflazz's, whose system it follows. A
//! code that is not here is one that nobody knows, and leaves a purchase open.

use crate::contract::{BillRetry, Said};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rc {
    /// Two digits.
    pub(super) code: &'static str,
    /// For the cashier.
    pub(super) meaning: Said,
    /// Whether a transaction was formed.
    pub(super) formed: bool,
    pub(super) retry: BillRetry,
}

/// What a code says of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Success,
    Open,
    Failed,
}

const FORMED: bool = true;
const NOTHING: bool = false;

const fn rc(
    code: &'static str,
    formed: bool,
    retry: BillRetry,
    id: &'static str,
    en: &'static str,
) -> Rc {
    Rc { code, meaning: Said { id, en }, formed, retry }
}

pub(super) fn find(code: &str) -> Option<&'static Rc> {
    TABLE.iter().find(|rc| rc.code == code)
}

impl Rc {
    pub(super) fn end(&self) -> End {
        match self.retry {
            BillRetry::Done => End::Success,
            BillRetry::Look => End::Open,
            BillRetry::Later | BillRetry::Correct | BillRetry::Owner | BillRetry::Never => {
                End::Failed
            }
        }
    }

    /// It gave up waiting for the biller, who may have paid all the same.
    pub(super) fn is_timeout(&self) -> bool {
        matches!(self.code, "01" | "70")
    }

    /// Too many calls: it speaks of the call that was turned down, not of what is asked about.
    pub(super) fn is_about_the_call(&self) -> bool {
        self.code == "85"
    }

    /// The reference was used before, so there may be a payment under it.
    pub(super) fn is_duplicate(&self) -> bool {
        self.code == "49"
    }

    /// There is no such transaction (any more).
    pub(super) fn is_missing(&self) -> bool {
        self.code == "50"
    }

    pub(super) fn blames_key(&self) -> bool {
        matches!(self.code, "41" | "42")
    }

    pub(super) fn blames_address(&self) -> bool {
        self.code == "45"
    }

    /// The key was good, and the list is not to be had this soon.
    pub(super) fn is_list_limit(&self) -> bool {
        self.code == "83"
    }
}

use BillRetry::{Correct, Done, Later, Look, Never, Owner};

#[rustfmt::skip]
pub(super) const TABLE: &[Rc] = &[
    rc("00", FORMED, Done, "Berhasil.", "It worked."),
    rc("01", FORMED, Later, "Penyedia menunggu terlalu lama.", "The provider waited too long."),
    rc("02", FORMED, Later, "Transaksi gagal.", "The transaction failed."),
    rc("03", FORMED, Look, "Sedang diproses.", "It is being processed."),
    rc("40", NOTHING, Correct, "Isi permintaan tidak sesuai.", "The request's content does not fit."),
    rc("41", NOTHING, Owner, "Tanda tangan ditolak: periksa kunci API di Pengaturan.", "The signature was refused: check the API key in Settings."),
    rc("42", NOTHING, Owner, "Nama pengguna ditolak: periksa username di Pengaturan.", "The user name was refused: check it in Settings."),
    rc("43", NOTHING, Correct, "Produk tidak ada atau tidak aktif.", "There is no such product, or it is switched off."),
    rc("44", NOTHING, Owner, "Saldo deposit toko tidak cukup. Isi deposit dulu.", "The shop's deposit is too low. Add to it first."),
    rc("45", NOTHING, Owner, "Alamat IP toko belum terdaftar di dasbor penyedia.", "The shop's IP address is not on the list in the provider's dashboard."),
    rc("47", NOTHING, Never, "Transaksi ini sudah dilakukan pembeli lain.", "Another buyer has made this transaction."),
    rc("49", NOTHING, Never, "Nomor rujukan sudah pernah dipakai.", "The reference was used before."),
    rc("50", FORMED, Never, "Transaksi tidak ditemukan.", "The transaction was not found."),
    rc("51", FORMED, Correct, "Nomor tujuan diblokir.", "The number is blocked."),
    rc("52", FORMED, Correct, "Awalan nomor tidak cocok dengan operatornya.", "The number's prefix is not this operator's."),
    rc("53", FORMED, Later, "Produk sedang tidak tersedia di penjualnya.", "The seller does not have the product now."),
    rc("54", FORMED, Correct, "Nomor tujuan salah.", "The number is wrong."),
    rc("55", FORMED, Later, "Produk sedang gangguan.", "The product is disturbed."),
    rc("56", NOTHING, Later, "Saldo penjual mencapai batas.", "The seller's balance is at its limit."),
    rc("57", FORMED, Correct, "Jumlah digit nomor kurang atau lebih.", "The number has too few or too many digits."),
    rc("58", FORMED, Later, "Sedang jam tutup (cut off).", "It is closed at this hour (cut-off)."),
    rc("59", FORMED, Correct, "Tujuan di luar wilayah produk.", "The number is outside the product's region."),
    rc("60", FORMED, Later, "Tagihan belum tersedia.", "The bill is not available yet."),
    rc("61", NOTHING, Owner, "Toko belum pernah mengisi deposit.", "The shop has never added to its deposit."),
    rc("62", NOTHING, Later, "Penjual sedang gangguan.", "The seller is disturbed."),
    rc("63", NOTHING, Never, "Produk ini tidak bisa dibeli berulang untuk nomor yang sama.", "This product cannot be bought again for the same number."),
    rc("64", NOTHING, Owner, "Tiket deposit belum bisa dibuat. Selesaikan tiket yang lama.", "The deposit ticket cannot be made. Finish the earlier one."),
    rc("65", NOTHING, Later, "Batas transaksi berulang tercapai.", "The limit of repeated transactions is reached."),
    rc("66", NOTHING, Later, "Penjual sedang jam tutup (cut off).", "The seller is closed at this hour (cut-off)."),
    rc("67", NOTHING, Owner, "Akun penyedia belum terverifikasi.", "The provider's account is not verified."),
    rc("68", NOTHING, Later, "Stok habis.", "It is out of stock."),
    rc("69", NOTHING, Later, "Harga penjual di atas batas yang diminta.", "The seller's price is above the limit that was set."),
    rc("70", FORMED, Later, "Penagih tidak menjawab dalam batas waktunya.", "The biller did not answer in time."),
    rc("71", FORMED, Later, "Produk sedang tidak stabil.", "The product is unstable."),
    rc("72", FORMED, Correct, "Pelanggan harus berhenti dari paket lamanya dulu.", "The customer has to leave the earlier package first."),
    rc("73", FORMED, Correct, "Jumlah kWh melebihi batas pelanggan.", "It is more kWh than the customer may have."),
    rc("74", FORMED, Later, "Dananya dikembalikan ke deposit.", "The money went back to the deposit."),
    rc("80", NOTHING, Never, "Akun toko diblokir penjual.", "The seller has blocked the shop's account."),
    rc("81", NOTHING, Owner, "Penjual ini diblokir oleh akun toko.", "The shop's account has blocked this seller."),
    rc("82", NOTHING, Owner, "Akun penyedia belum terverifikasi.", "The provider's account is not verified."),
    rc("83", NOTHING, Later, "Daftar harga terlalu sering diminta. Tunggu lima menit.", "The price list was asked for too often. Wait five minutes."),
    rc("84", FORMED, Correct, "Nominal tidak sah.", "The amount is not valid."),
    rc("85", FORMED, Later, "Terlalu banyak transaksi. Tunggu satu menit.", "Too many transactions. Wait one minute."),
    rc("86", NOTHING, Later, "Nomor PLN terlalu sering diperiksa. Tunggu sebentar.", "PLN numbers were checked too often. Wait a moment."),
    rc("87", NOTHING, Correct, "Nominal uang elektronik harus kelipatan Rp 1.000.", "An e-money amount must be a multiple of Rp 1,000."),
    rc("88", NOTHING, Owner, "Akun toko tidak boleh membeli ini.", "The shop's account may not buy this."),
    rc("99", FORMED, Look, "Masih diteruskan oleh penyedia.", "The provider is still passing it on."),
];
