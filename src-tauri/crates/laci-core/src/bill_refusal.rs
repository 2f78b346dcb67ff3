//! Why a rule about bills said no: a stable code, and a sentence for people that says what is safe and what to do.

use crate::bill_state::BillState;
use crate::money::Rupiah;
use crate::refusal::Lang;
use crate::role::Role;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillRefusal {
    NotFound,
    /// A payment left or may have left, or the bill ended.
    Sent,
    /// The inquiry is of another calendar date (WIB).
    InquireAgain,
    PriceUnreadable,
    /// Another bill of the same customer and period was paid, or may have been.
    SecondPay {
        reference: String,
        state: BillState,
    },
    DepositTooLow {
        balance: Rupiah,
        price: Rupiah,
    },
    TooOld {
        days: i64,
    },
    NotResolvable,
    /// Payments of the time that a restore lost may be unknown; somebody must answer for it.
    AfterRestore {
        role: Role,
    },
    NothingOwed,
    /// The customer's number was erased.
    Erased,
    Collects {
        gateway: String,
    },
}

impl BillRefusal {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "bill_unknown",
            Self::Sent => "already_sent",
            Self::InquireAgain => "bill_inquire_again",
            Self::PriceUnreadable => "bill_price_unreadable",
            Self::SecondPay { .. } => "bill_second_pay",
            Self::DepositTooLow { .. } => "deposit_too_low",
            Self::TooOld { .. } => "bill_too_old",
            Self::NotResolvable => "bill_not_resolvable",
            Self::AfterRestore { .. } => "pin_required",
            Self::NothingOwed => "bill_nothing_owed",
            Self::Erased => "bill_erased",
            Self::Collects { .. } => "gateway_collects",
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
            Self::NotFound => "Tagihan itu tidak ada di buku ini. Periksa nomornya.".into(),
            Self::Sent => "Pembayaran tagihan ini sudah dikirim atau sudah selesai, jadi tidak dikirim lagi. Lihat keadaannya.".into(),
            Self::InquireAgain => "Tagihan ini dicek pada tanggal lain (WIB), jadi tidak bisa dibayar lagi. Tidak ada yang dikirim. Cek tagihan sekali lagi, lalu bayar.".into(),
            Self::PriceUnreadable => "Harga tagihan ini tidak terbaca sebagai rupiah bulat. Tidak ada yang dikirim. Cek tagihan sekali lagi, atau bayar di dasbor penyedia.".into(),
            Self::SecondPay { reference, state: BillState::Success } => format!("Tagihan pelanggan ini untuk periode yang sama sudah dibayar ({reference}). Tidak ada yang dikirim. Lihat tagihan itu."),
            Self::SecondPay { reference, .. } => format!("Tagihan pelanggan ini untuk periode yang sama mungkin sudah dibayar ({reference}). Tidak ada yang dikirim. Tunggu hasilnya, atau cek di dasbor penyedia."),
            Self::DepositTooLow { balance, price } => format!("Deposit toko {balance}, tagihan ini perlu {price}. Tidak ada yang dikirim. Isi deposit, lalu cek tagihan sekali lagi."),
            Self::TooOld { days } => format!("Pembayaran ini berumur {days} hari atau lebih; penyedia tidak menjawab tentangnya lagi. Tidak ada yang dikirim. Cek di dasbor penyedia, lalu putuskan hasilnya."),
            Self::NotResolvable => "Nasib tagihan ini sudah diketahui atau sedang dicari. Tidak ada yang diubah.".into(),
            Self::AfterRestore { role } => format!("Buku toko dipulihkan dari cadangan, jadi tagihan ini mungkin sudah dibayar sebelumnya tanpa tercatat. Tidak ada yang dikirim. Cek di dasbor penyedia, lalu bayar dengan PIN, paling sedikit {}.", role.names().0),
            Self::NothingOwed => "Tidak ada uang yang harus dikembalikan untuk tagihan ini. Tidak ada yang dicatat.".into(),
            Self::Erased => "Nomor pelanggan tagihan ini sudah dihapus, jadi penyedia tidak bisa ditanya. Cek di dasbor penyedia.".into(),
            Self::Collects { gateway } => format!("{gateway} menerima pembayaran dan tidak membayar tagihan. Pilih gateway lain."),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NotFound => "That bill is not in this ledger. Check its id.".into(),
            Self::Sent => "This bill's payment was sent or has ended, so it is not sent again. Look how it stands.".into(),
            Self::InquireAgain => "This bill was inquired on another date (WIB), so it cannot be paid any more. Nothing was sent. Inquire again, then pay.".into(),
            Self::PriceUnreadable => "This bill's price cannot be read as whole rupiah. Nothing was sent. Inquire again, or pay it in the provider's dashboard.".into(),
            Self::SecondPay { reference, state: BillState::Success } => format!("This customer's bill for the same period is paid ({reference}). Nothing was sent. Look at that bill."),
            Self::SecondPay { reference, .. } => format!("This customer's bill for the same period may have been paid ({reference}). Nothing was sent. Wait for its end, or look in the provider's dashboard."),
            Self::DepositTooLow { balance, price } => format!("The shop's deposit is {balance}, and this bill takes {price}. Nothing was sent. Add to the deposit, then inquire again."),
            Self::TooOld { days } => format!("This payment is {days} days old or older; the provider answers for it no more. Nothing was sent. Look in the provider's dashboard, then decide how it ended."),
            Self::NotResolvable => "This bill's outcome is known or being looked for. Nothing was changed.".into(),
            Self::AfterRestore { role } => format!("The shop's books were restored from a backup, so this bill may have been paid before without a trace in them. Nothing was sent. Look in the provider's dashboard, then pay with a PIN, at least a {}'s.", role.names().1),
            Self::NothingOwed => "No money is owed back for this bill. Nothing was recorded.".into(),
            Self::Erased => "This bill's customer number was erased, so the provider cannot be asked. Look in the provider's dashboard.".into(),
            Self::Collects { gateway } => format!("{gateway} collects payments and pays no bills. Choose another gateway."),
        }
    }
}
