//! Sentences for what a payment's evidence says: what happened, what is safe, what to do.

use laci_core::Lang;

use super::beside::Beside;
use crate::wire::Notice;

pub(crate) struct Words(pub(crate) Lang);

impl Words {
    fn notice(&self, code: &str, id: &str, en: &str) -> Notice {
        let message = match self.0 {
            Lang::Id => id,
            Lang::En => en,
        };
        Notice { code: code.to_owned(), message: message.to_owned() }
    }

    /// Why a person must look. `reason` is the full sentence where the check gave one.
    pub(crate) fn review(&self, code: &str, reason: Option<&str>) -> Notice {
        if let Some(sentence) = reason.filter(|text| text.contains(' ')) {
            return Notice { code: code.to_owned(), message: sentence.to_owned() };
        }
        match code {
            "unknown_word" => self.notice(
                code,
                "Gateway menjawab dengan kata yang belum dikenal. Dianggap belum lunas sampai jelas. Periksa di dasbor gateway.",
                "The gateway answered with an unknown word. It counts as unpaid until it is clear. Look in the gateway's dashboard.",
            ),
            "reference_mismatch" => self.notice(
                code,
                "Jawaban gateway menyebut pembayaran lain. Tidak dianggap lunas. Periksa di dasbor gateway.",
                "The gateway's answer is about another payment. It does not count as paid. Look in the gateway's dashboard.",
            ),
            "paid_less_than_asked" => self.notice(
                code,
                "Uang yang masuk kurang dari jumlah tagihan. Belum dianggap lunas. Minta kekurangannya atau kembalikan.",
                "Less money came than was asked. It does not count as paid. Ask for the rest or give it back.",
            ),
            "total_too_far" => self.notice(
                code,
                "Jumlah dari gateway jauh di atas yang ditagih. QR-nya tidak ditampilkan, jadi pembeli tidak bisa membayarnya. Pakai cara lain dan hubungi gateway.",
                "The gateway's total is far above what was asked. Its QR is not shown, so the customer cannot pay it. Use another way and ask the gateway.",
            ),
            "amount_mismatch" => self.notice(
                code,
                "Jumlah dari gateway tidak cocok dengan tagihannya sendiri. Belum dianggap lunas. Periksa di dasbor gateway sebelum barang diserahkan.",
                "The gateway's amounts do not add up. It does not count as paid. Look in the gateway's dashboard before handing anything over.",
            ),
            laci_core::attempt::REVERSED => self.notice(
                code,
                "Dana ditarik kembali: gateway mengembalikan uang ini ke pembeli atau bank menariknya. Penjualan tidak diubah. Tanyakan ke gateway, lalu catat retur bila benar.",
                "Money taken back: the gateway returned it to the customer, or the bank reclaimed it. The sale is unchanged. Ask the gateway, then record a refund if it is right.",
            ),
            "fraud_challenge" => self.notice(
                code,
                "Bank masih memeriksa pembayaran ini. Belum lunas, jadi barang jangan diserahkan dulu.",
                "The bank is still looking into this payment. It is not paid yet, so hand nothing over.",
            ),
            "contradiction" => self.notice(
                code,
                "Jawaban gateway bertentangan: katanya lunas, tetapi kodenya gagal. Belum dianggap lunas. Periksa di dasbor gateway.",
                "The gateway's answer contradicts itself: it says paid, with a failing code. It does not count as paid. Look in the gateway's dashboard.",
            ),
            "denied_try" => self.notice(
                code,
                "Satu percobaan pembeli ditolak. Halamannya masih terbuka, jadi pembeli bisa mencoba cara lain di sana.",
                "One try of the customer was denied. The page is still open, so another way can be tried there.",
            ),
            "amount_unreadable" => self.notice(
                code,
                "Jumlah dari gateway tidak terbaca. Tidak dianggap lunas. Periksa di dasbor gateway.",
                "The gateway's amount cannot be read. It does not count as paid. Look in the gateway's dashboard.",
            ),
            other => self.notice(
                other,
                "Jawaban gateway perlu dilihat orang. Belum dianggap lunas. Periksa di dasbor gateway.",
                "A person must look at the gateway's answer. It does not count as paid. Look in the gateway's dashboard.",
            ),
        }
    }

    /// The sale was covered by another payment.
    pub(crate) fn beside(&self, beside: Beside) -> Notice {
        match beside {
            Beside::Open => self.notice(
                "sale_covered",
                "Penjualan ini sudah lunas lewat pembayaran lain. QR ini tidak ditampilkan lagi, supaya tidak dibayar dua kali.",
                "This sale is paid by another payment. This QR is not shown any more, so that it is not paid twice.",
            ),
            Beside::Paid => self.notice(
                "paid_twice",
                "Lunas ganda: penjualan ini sudah lunas lewat pembayaran lain, dan uang ini masuk juga. Keduanya tercatat. Kembalikan yang satu ke pembeli.",
                "Paid twice: this sale was paid by another payment, and this money came as well. Both are recorded. Give one of them back to the customer.",
            ),
        }
    }

    /// No bill was made.
    pub(crate) fn rejected(&self, reason: Option<&str>) -> Notice {
        match reason.unwrap_or("refused") {
            code @ ("dns_failed" | "unreachable" | "connect_timeout" | "tls_failed") => self.notice(
                code,
                "Gateway tidak bisa dihubungi. Belum ada yang ditagih. Periksa internet, atau pakai QRIS toko.",
                "The gateway cannot be reached. Nothing was charged. Check the internet, or use the shop's own QRIS.",
            ),
            code @ "key_refused" => self.notice(
                code,
                "Gateway menolak kunci API. Belum ada yang ditagih. Ganti kuncinya di Pengaturan.",
                "The gateway refused the API key. Nothing was charged. Replace the key in Settings.",
            ),
            code @ "held" => self.notice(
                code,
                "Gateway sedang minta jeda. Belum ada yang ditagih. Tunggu sebentar, atau pakai QRIS toko.",
                "The gateway asked for a pause. Nothing was charged. Wait a moment, or use the shop's own QRIS.",
            ),
            code @ "not_sent_before_stop" => self.notice(
                code,
                "Laci berhenti sebelum menagih. Tidak ada tagihan yang dibuat. Tagih lagi bila perlu.",
                "Laci stopped before it charged. No bill was made. Charge again if needed.",
            ),
            code => self.notice(
                code,
                "Gateway menolak tagihan ini. Belum ada yang ditagih. Coba lagi, atau pakai QRIS toko.",
                "The gateway refused this bill. Nothing was charged. Try again, or use the shop's own QRIS.",
            ),
        }
    }

    /// A deferred charge whose bill is not made yet.
    pub(crate) fn waiting(&self, problem: Option<&str>) -> Notice {
        match problem {
            Some(code @ "key_refused") => self.notice(
                code,
                "Gateway menolak kunci API, jadi tautan belum bisa dibuat. Belum ada yang ditagih. Ganti kuncinya di Pengaturan; setelah itu tautan dibuat sendiri.",
                "The gateway refused the API key, so there is no link yet. Nothing was charged. Replace the key in Settings; the link is then made by itself.",
            ),
            Some(_) | None => self.notice(
                "waiting_for_internet",
                "Menunggu internet. Penjualan sudah tercatat dan belum ada yang ditagih. Tautan dibuat sendiri begitu gateway bisa dihubungi, lalu kirim ke pembeli.",
                "Waiting for the internet. The sale is recorded and nothing was charged yet. The link is made by itself once the gateway can be reached; send it to the customer then.",
            ),
        }
    }

    /// A bill may exist, and no QR was shown. `reason` is why; scripts know one code for all of them.
    pub(crate) fn unknown(&self, reason: Option<&str>) -> Notice {
        if reason == Some("api_changed") {
            return self.notice(
                "outcome_unknown",
                "Gateway tidak lagi menjawab seperti dokumennya: penyedia mengubah API-nya, atau alamatnya salah. QR tidak ditampilkan, jadi pembeli tidak bisa membayarnya. Pakai cara lain, dan hubungi penyedia.",
                "The gateway no longer answers as its document says: the provider changed its API, or its address is wrong. No QR was shown, so the customer cannot pay it. Use another way, and ask the provider.",
            );
        }
        if reason == Some("bill_of_another_sale") {
            return self.notice(
                "outcome_unknown",
                "Gateway menjawab dengan tagihan milik penjualan lain, jadi tidak ditampilkan: satu pembayaran tidak boleh melunasi dua penjualan. Pakai cara lain, dan hubungi penyedia gateway.",
                "The gateway answered with another sale's bill, so it is not shown: one payment must not cover two sales. Use another way, and ask the provider.",
            );
        }
        self.notice(
            "outcome_unknown",
            "Gateway tidak menjawab dengan jelas. QR tidak ditampilkan, jadi pembeli tidak bisa membayarnya. Aman memakai cara lain.",
            "The gateway gave no clear answer. No QR was shown, so the customer cannot pay it. Using another way is safe.",
        )
    }

    /// A link of the provider's test world.
    pub(crate) fn sandbox(&self) -> Notice {
        self.notice(
            "sandbox",
            "Uji coba: tautan ini memakai uang mainan. Jangan serahkan barang. Pasang kunci produksi di middleware untuk menerima uang sungguhan.",
            "A test: this link takes play money. Hand nothing over. Set the production key in the middleware to take real money.",
        )
    }

    pub(crate) fn late_answer(&self) -> Notice {
        self.notice(
            "answered_too_late",
            "Jawaban gateway datang terlambat. QR-nya tidak ditampilkan dan tetap diawasi. Aman memakai cara lain.",
            "The gateway answered too late. Its QR is not shown and stays watched. Using another way is safe.",
        )
    }

    /// The last look at the gateway gave nothing.
    pub(crate) fn problem(&self, code: &str) -> Notice {
        match code {
            "held" => self.notice(
                code,
                "Gateway minta jeda; pembayaran ini dicek lagi sebentar lagi.",
                "The gateway asked for a pause; this payment is checked again shortly.",
            ),
            "bill_not_found" => self.notice(
                code,
                "Gateway belum mengenal tagihan ini. Jangan anggap lunas; dicek terus.",
                "The gateway does not know this bill yet. Do not take it as paid; it is checked on.",
            ),
            "key_refused" => self.notice(
                code,
                "Gateway menolak kunci API, jadi pembayaran tidak bisa dicek. Ganti kuncinya di Pengaturan.",
                "The gateway refused the API key, so the payment cannot be checked. Replace the key in Settings.",
            ),
            "api_changed" => self.notice(
                code,
                "Gateway tidak lagi menjawab seperti dokumennya, jadi pembayaran tidak bisa dicek. Jangan anggap lunas. Lihat di dasbor gateway, dan hubungi penyedia.",
                "The gateway no longer answers as its document says, so the payment cannot be checked. Do not take it as paid. Look in the gateway's dashboard, and ask the provider.",
            ),
            other => self.notice(
                other,
                "Gateway tidak bisa ditanya sekarang. Jangan anggap lunas dulu; dicek terus sendiri.",
                "The gateway cannot be asked now. Do not take it as paid yet; checking goes on by itself.",
            ),
        }
    }
}
