//! Why a rule said no: a stable code for scripts and screens, and a sentence for people.
//!
//! A sentence says what happened, what is safe, and what to do.

use crate::money::Rupiah;
use crate::role::Role;

/// The language of sentences; screens and the command line speak Indonesian first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Id,
    En,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    AmountZero,
    CashTooLittle { missing: Rupiah },
    AmountNegative,
    AmountTooLarge,
    AmountAboveLimit { limit: Rupiah },
    AmountBelowMinimum { gateway: String, minimum: Rupiah },
    AmountAboveMaximum { gateway: String, maximum: Rupiah },
    PaysBills { gateway: String },
    CallStands { reference: String },
    TooManyLines { most: usize },
    LineTooLong { characters: usize, quantity: u32 },
    NoFreeCode,
    OrderConflict,
    NoOwnQris,
    NoGateway,
    GatewayUnknown { name: String },
    GatewayExists { name: String },
    NotSetUp,
    AlreadySetUp,
    PinRequired,
    PinWrong,
    PinLocked { seconds: u64 },
    PinForm,
    ReasonRequired,
    PaymentUnknown,
    SaleUnknown,
    SaleNotPaid,
    SaleCovered,
    NotConfirmable,
    NotCancellable,
    NotResolvable,
    GatewayWatched { name: String },
    MethodUnknown { known: String },
    LimitOutOfRange { most: Rupiah },
    AnotherPaymentOpen,
    SecondQr { role: Role },
    ApprovalRequired { role: Role },
    RoleTooLow { role: Role },
    SamePerson,
    SignIn,
    NoPin,
    PersonUnknown,
    PersonExists { name: String },
    LastOwner,
    RecoveryWrong,
    ShiftOpen { shift: u32 },
    ShiftNotOpen,
    ShiftNotCounted,
    ShiftUnknown,
    RefundTooMuch { left: Rupiah },
    PeriodWrong,
    CountStale,
    RefundNotInCoins { step: u32 },
    Practising,
}

impl Refusal {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AmountZero => "amount_zero",
            Self::CashTooLittle { .. } => "cash_too_little",
            Self::AmountNegative => "amount_negative",
            Self::AmountTooLarge => "amount_too_large",
            Self::AmountAboveLimit { .. } => "amount_above_limit",
            Self::AmountBelowMinimum { .. } => "amount_below_minimum",
            Self::AmountAboveMaximum { .. } => "amount_above_maximum",
            Self::PaysBills { .. } => "gateway_pays_bills",
            Self::CallStands { .. } => "already_sent",
            Self::TooManyLines { .. } => "too_many_lines",
            Self::LineTooLong { .. } => "line_too_long",
            Self::NoFreeCode => "no_free_code",
            Self::OrderConflict => "order_conflict",
            Self::NoOwnQris => "no_own_qris",
            Self::NoGateway => "no_gateway",
            Self::GatewayUnknown { .. } => "gateway_unknown",
            Self::GatewayExists { .. } => "gateway_exists",
            Self::NotSetUp => "not_set_up",
            Self::AlreadySetUp => "already_set_up",
            Self::PinRequired => "pin_required",
            Self::PinWrong => "pin_wrong",
            Self::PinLocked { .. } => "pin_locked",
            Self::PinForm => "pin_form",
            Self::ReasonRequired => "reason_required",
            Self::PaymentUnknown => "payment_unknown",
            Self::SaleUnknown => "sale_unknown",
            Self::SaleNotPaid => "sale_not_paid",
            Self::SaleCovered => "sale_covered",
            Self::NotConfirmable => "not_confirmable",
            Self::NotCancellable => "not_cancellable",
            Self::NotResolvable => "not_resolvable",
            Self::GatewayWatched { .. } => "gateway_watched",
            Self::MethodUnknown { .. } => "method_unknown",
            Self::LimitOutOfRange { .. } => "limit_out_of_range",
            Self::AnotherPaymentOpen => "another_payment_open",
            Self::SecondQr { .. } => "pin_required",
            Self::ApprovalRequired { .. } => "pin_required",
            Self::RoleTooLow { .. } => "role_too_low",
            Self::SamePerson => "same_person",
            Self::SignIn => "sign_in_required",
            Self::NoPin => "no_pin",
            Self::PersonUnknown => "person_unknown",
            Self::PersonExists { .. } => "person_exists",
            Self::LastOwner => "last_owner",
            Self::RecoveryWrong => "recovery_wrong",
            Self::ShiftOpen { .. } => "shift_open",
            Self::ShiftNotOpen => "shift_not_open",
            Self::ShiftNotCounted => "shift_not_counted",
            Self::ShiftUnknown => "shift_unknown",
            Self::RefundTooMuch { .. } => "refund_too_much",
            Self::PeriodWrong => "period_wrong",
            Self::CountStale => "count_stale",
            Self::RefundNotInCoins { .. } => "refund_not_in_coins",
            Self::Practising => "practising",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::AmountZero => "Nominal masih Rp 0. Ketik jumlahnya dulu.".into(),
            Self::CashTooLittle { missing } => format!(
                "Uang diterima masih kurang Rp {}. Belum ada yang dicatat. Minta kekurangannya, atau bayar dengan QRIS.",
                missing.grouped()
            ),
            Self::AmountNegative => "Nominal tidak boleh kurang dari nol. Ketik ulang jumlahnya.".into(),
            Self::AmountTooLarge => "Nominal terlalu besar untuk dihitung. Periksa angkanya.".into(),
            Self::AmountAboveLimit { limit } => format!(
                "Di atas batas {limit} per pembayaran. Belum ada yang ditagih. Bagi menjadi beberapa pembayaran atau terima tunai."
            ),
            Self::AmountAboveMaximum { gateway, maximum } => format!("{gateway} menerima paling banyak {maximum} dengan cara bayar ini. Belum ada yang ditagih. Pakai cara bayar lain, atau bagi tagihannya."),
            Self::PaysBills { gateway } => format!("{gateway} membayar tagihan dari deposit toko dan tidak menerima pembayaran. Pilih gateway lain."),
            Self::CallStands { reference } => format!("{reference} sudah pernah dikirim dan mungkin berhasil, jadi tidak dikirim lagi. Uang aman. Cek statusnya dulu."),
            Self::AmountBelowMinimum { gateway, minimum } => format!(
                "{gateway} menerima paling sedikit {minimum}. Belum ada yang ditagih. Pakai QRIS toko sendiri atau tunai."
            ),
            Self::TooManyLines { most } => format!("Paling banyak {most} baris dalam satu penjualan. Selesaikan yang ini dulu."),
            Self::LineTooLong { characters, quantity } => format!(
                "Nama paling panjang {characters} huruf dan jumlah paling banyak {quantity}. Pendekkan lalu coba lagi."
            ),
            Self::NoFreeCode => "Semua kode unik untuk jumlah ini sedang dipakai. Selesaikan pembayaran yang menunggu, atau terima tunai.".into(),
            Self::OrderConflict => "Nomor pesanan ini sudah dipakai dengan jumlah lain. Tidak ada penjualan baru yang dibuat.".into(),
            Self::NoOwnQris => "QRIS toko belum disimpan. Buka Pengaturan dan masukkan QRIS toko.".into(),
            Self::NoGateway => "Belum ada gateway. Tambahkan satu di Pengaturan, atau pakai QRIS toko sendiri.".into(),
            Self::GatewayUnknown { name } => format!("Tidak ada gateway bernama {name}. Lihat daftarnya di Pengaturan."),
            Self::GatewayExists { name } => format!("Gateway bernama {name} sudah ada. Pilih nama lain."),
            Self::NotSetUp => "Toko belum disiapkan. Isi nama toko dulu.".into(),
            Self::AlreadySetUp => "Toko sudah disiapkan. Tidak ada yang diubah.".into(),
            Self::PinRequired => "Perlu PIN pemilik. Belum ada yang diubah.".into(),
            Self::PinWrong => "PIN salah. Belum ada yang diubah.".into(),
            Self::PinLocked { seconds } => format!(
                "PIN salah terlalu sering, jadi dikunci {seconds} detik lagi. Belum ada yang diubah, dan penjualan tetap berjalan. Tunggu tanpa menutup Laci, lalu coba lagi."
            ),
            Self::PinForm => "PIN harus enam angka.".into(),
            Self::ReasonRequired => "Tulis alasannya dulu; alasan disimpan bersama konfirmasi.".into(),
            Self::PaymentUnknown => "Pembayaran itu tidak ada di buku ini. Periksa nomornya.".into(),
            Self::SaleUnknown => "Penjualan itu tidak ada di buku ini. Periksa nomornya.".into(),
            Self::SaleNotPaid => "Penjualan ini belum lunas, jadi belum ada struk.".into(),
            Self::SaleCovered => "Penjualan ini sudah lunas. Tidak perlu ditagih lagi.".into(),
            Self::NotConfirmable => "Hanya QRIS toko sendiri yang belum terverifikasi yang bisa dikonfirmasi orang.".into(),
            Self::NotCancellable => "Pembayaran ini sudah lunas, jadi tidak bisa dibatalkan.".into(),
            Self::NotResolvable => "Nasib pembayaran ini sudah diketahui atau sedang dicari. Tidak ada yang diubah.".into(),
            Self::GatewayWatched { name } => format!("Masih ada QR dari {name} yang bisa dibayar. Tanpa kuncinya uang itu tidak akan terlihat. Ganti kuncinya, atau hapus sehari setelah QR terakhir."),
            Self::MethodUnknown { known } => format!("Cara bayar itu tidak ada di gateway ini. Yang ada: {known}."),
            Self::LimitOutOfRange { most } => format!("Batas per pembayaran antara Rp 1 dan {most}. Batas lama tetap berlaku."),
            Self::AnotherPaymentOpen => "Penjualan ini punya QR lain yang masih bisa dibayar. Tidak ada yang dikirim. Pakai QR itu, atau batalkan dulu.".into(),
            Self::SecondQr { role } => format!("QR sebelumnya untuk penjualan ini masih bisa dibayar, jadi pembeli bisa membayar dua kali. Belum ada QR baru. Tunggu QR itu, atau minta PIN, paling sedikit {}.", role.names().0),
            Self::ApprovalRequired { role } => format!("Perlu persetujuan orang lain, paling sedikit {}, dengan PIN-nya. Belum ada yang diubah.", role.names().0),
            Self::RoleTooLow { role } => format!("PIN itu benar, tetapi ini perlu {}. Belum ada yang diubah. Minta yang berhak memasukkan PIN.", role.names().0),
            Self::SamePerson => "Yang menyetujui harus orang lain. Belum ada yang diubah. Minta orang lain memasukkan PIN-nya.".into(),
            Self::SignIn => "Laci terkunci. Belum ada yang dilakukan. Masuk dulu dengan PIN.".into(),
            Self::NoPin => "Belum ada PIN untuk orang ini. Tidak ada yang diubah. Pemilik bisa memasangnya di Pengaturan, Orang.".into(),
            Self::PersonUnknown => "Tidak ada orang dengan nama itu di toko ini. Tidak ada yang diubah. Lihat daftarnya di Pengaturan, Orang.".into(),
            Self::PersonExists { name } => format!("Sudah ada {name} di toko ini. Belum ada yang disimpan. Pilih nama lain."),
            Self::LastOwner => "Ini satu-satunya pemilik. Tidak ada yang diubah. Jadikan orang lain pemilik dulu.".into(),
            Self::RecoveryWrong => "Kode pemulihan itu tidak dikenal atau sudah dipakai. Tidak ada yang diubah. Periksa hurufnya, atau pakai kode lain.".into(),
            Self::ShiftOpen { shift } => format!("Shift {shift} masih terbuka. Tidak ada yang dibuka lagi. Tutup dulu shift itu."),
            Self::ShiftNotOpen => "Kasir belum dibuka. Belum ada yang dicatat. Buka kasir dulu dengan modal awalnya.".into(),
            Self::ShiftNotCounted => "Uang di laci belum dihitung dan dikunci. Shift tetap terbuka. Hitung dulu, lalu kunci hitungan.".into(),
            Self::ShiftUnknown => "Tidak ada laporan Z dengan nomor itu. Periksa nomornya.".into(),
            Self::RefundTooMuch { left } => format!("Retur paling banyak {left} untuk penjualan ini. Belum ada yang dicatat. Periksa jumlahnya."),
            Self::PeriodWrong => "Tanggal ditulis TTTT-BB-HH, dan yang awal tidak boleh setelah yang akhir. Periksa tanggalnya.".into(),
            Self::CountStale => "Ada uang masuk atau keluar laci setelah dihitung. Shift tetap terbuka. Hitung ulang, lalu tutup.".into(),
            Self::RefundNotInCoins { step } => format!("Retur tunai dalam kelipatan Rp {step}, supaya laci tetap cocok. Belum ada yang dicatat. Ubah jumlahnya, atau pakai transfer."),
            Self::Practising => "Sedang mode latihan. Tidak ada yang diubah. Keluar dari latihan dulu.".into(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::AmountZero => "The amount is still Rp 0. Type it first.".into(),
            Self::CashTooLittle { missing } => format!(
                "The cash is still Rp {} short. Nothing was recorded. Ask for the rest, or take QRIS.",
                missing.grouped()
            ),
            Self::AmountNegative => "An amount cannot be below zero. Type it again.".into(),
            Self::AmountTooLarge => "The amount is too large to compute with. Check the digits.".into(),
            Self::AmountAboveLimit { limit } => format!(
                "Above the limit of {limit} per payment. Nothing was charged. Split the payment or take cash."
            ),
            Self::AmountAboveMaximum { gateway, maximum } => format!("{gateway} takes at most {maximum} this way. Nothing was charged. Use another way to pay, or split the bill."),
            Self::PaysBills { gateway } => format!("{gateway} pays bills out of the shop's deposit and collects nothing. Choose another gateway."),
            Self::CallStands { reference } => format!("{reference} was sent before and may have worked, so it is not sent again. The money is safe. Look at its status first."),
            Self::AmountBelowMinimum { gateway, minimum } => format!(
                "{gateway} takes at least {minimum}. Nothing was charged. Use the shop's own QRIS or cash."
            ),
            Self::TooManyLines { most } => format!("At most {most} lines in one sale. Finish this one first."),
            Self::LineTooLong { characters, quantity } => format!(
                "A name has at most {characters} characters and a quantity is at most {quantity}. Shorten it and try again."
            ),
            Self::NoFreeCode => "Every unique code for this amount is in use. Finish a waiting payment, or take cash.".into(),
            Self::OrderConflict => "This order id was used with another amount. No new sale was made.".into(),
            Self::NoOwnQris => "The shop's own QRIS is not stored yet. Open Settings and enter it.".into(),
            Self::NoGateway => "There is no gateway yet. Add one in Settings, or use the shop's own QRIS.".into(),
            Self::GatewayUnknown { name } => format!("No gateway is called {name}. See the list in Settings."),
            Self::GatewayExists { name } => format!("A gateway called {name} exists. Choose another name."),
            Self::NotSetUp => "The shop is not set up. Give its name first.".into(),
            Self::AlreadySetUp => "The shop is set up already. Nothing was changed.".into(),
            Self::PinRequired => "The owner's PIN is needed. Nothing was changed.".into(),
            Self::PinWrong => "Wrong PIN. Nothing was changed.".into(),
            Self::PinLocked { seconds } => format!(
                "Too many wrong PINs, so it is locked for {seconds} more seconds. Nothing was changed, and selling goes on. Wait without closing Laci, then try again."
            ),
            Self::PinForm => "A PIN is six digits.".into(),
            Self::ReasonRequired => "Write the reason first; it is kept with the confirmation.".into(),
            Self::PaymentUnknown => "That payment is not in this ledger. Check its id.".into(),
            Self::SaleUnknown => "That sale is not in this ledger. Check its number.".into(),
            Self::SaleNotPaid => "This sale is not paid, so there is no receipt yet.".into(),
            Self::SaleCovered => "This sale is paid. It need not be charged again.".into(),
            Self::NotConfirmable => "Only an unverified payment on the shop's own QRIS can be confirmed by a person.".into(),
            Self::NotCancellable => "This payment is paid, so it cannot be cancelled.".into(),
            Self::NotResolvable => "This payment's outcome is known or being looked for. Nothing was changed.".into(),
            Self::GatewayWatched { name } => format!("A QR of {name} can still be paid. Without its key that money would not be seen. Replace the key, or remove it a day after the last QR."),
            Self::MethodUnknown { known } => format!("This gateway has no such method. There are: {known}."),
            Self::LimitOutOfRange { most } => format!("A limit per payment is between Rp 1 and {most}. The old limit still holds."),
            Self::AnotherPaymentOpen => "This sale has another QR that can still be paid. Nothing was sent. Use that one, or cancel it first.".into(),
            Self::SecondQr { role } => format!("The earlier QR of this sale can still be paid, so the customer could pay twice. No new QR was made. Wait for that one, or ask for a PIN, at least a {}'s.", role.names().1),
            Self::ApprovalRequired { role } => format!("Another person, at least a {}, must approve with a PIN. Nothing was changed.", role.names().1),
            Self::RoleTooLow { role } => format!("That PIN is right, but this takes the role of {}. Nothing was changed. Ask somebody who has it for a PIN.", role.names().1),
            Self::SamePerson => "Somebody else must approve. Nothing was changed. Ask another person for a PIN.".into(),
            Self::SignIn => "Laci is locked. Nothing was done. Sign in with a PIN first.".into(),
            Self::NoPin => "This person has no PIN. Nothing was changed. The owner can set one in Settings, People.".into(),
            Self::PersonUnknown => "Nobody in this shop has that name. Nothing was changed. See the list in Settings, People.".into(),
            Self::PersonExists { name } => format!("There is a {name} in this shop already. Nothing was saved. Choose another name."),
            Self::LastOwner => "This is the only owner. Nothing was changed. Make somebody else an owner first.".into(),
            Self::RecoveryWrong => "That recovery code is not known or was used. Nothing was changed. Check its letters, or use another one.".into(),
            Self::ShiftOpen { shift } => format!("Shift {shift} is still open. Nothing was opened. Close that one first."),
            Self::ShiftNotOpen => "No shift is open. Nothing was recorded. Open one with its float first.".into(),
            Self::ShiftNotCounted => "The drawer is not counted yet. The shift stays open. Count it, then lock the count.".into(),
            Self::ShiftUnknown => "There is no Z report with that number. Check it.".into(),
            Self::RefundTooMuch { left } => format!("At most {left} can be given back for this sale. Nothing was recorded. Check the amount."),
            Self::PeriodWrong => "A date is written YYYY-MM-DD, and the first is not after the last. Check the dates.".into(),
            Self::CountStale => "Cash went into or out of the drawer after it was counted. The shift stays open. Count again, then close.".into(),
            Self::RefundNotInCoins { step } => format!("A refund in cash is a multiple of Rp {step}, so that the drawer adds up. Nothing was recorded. Change the amount, or use a transfer."),
            Self::Practising => "Practice is on. Nothing was changed. Leave practice first.".into(),
        }
    }
}
