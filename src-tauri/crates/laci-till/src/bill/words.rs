//! What people are told of a bill: what happened, what is safe, what to do.

use laci_core::{BillStanding, BillState, Lang};
use laci_gateway::{BillSeen, CallError};

use crate::error::{Sentence, TillError};
use crate::wire::Notice;

pub(super) fn notices(standing: &BillStanding, lang: Lang) -> Vec<Notice> {
    let sentence = match standing.state {
        BillState::Inquired => None,
        BillState::Success if standing.refunded => Some(Sentence::new(
            "paid_after_refund",
            "Tagihan ini ternyata lunas, padahal uang pelanggan sudah dikembalikan. Minta kembali uangnya dari pelanggan.",
            "This bill turned out to be paid, though the customer has the money back. Ask the customer for it.",
        )),
        BillState::Success => None,
        BillState::MoneySecured => Some(Sentence::new(
            "bill_not_sent",
            "Pembayaran tagihan belum terkirim. Uang pelanggan aman di laci. Bayar sekali lagi hari ini, atau nyatakan gagal lalu kembalikan uangnya.",
            "The bill's payment did not leave. The customer's money is safe in the drawer. Pay once more today, or say that it failed and give the money back.",
        )),
        BillState::PaySent => Some(Sentence::new(
            "bill_pay_sent",
            "Pembayaran sedang dikirim. Uang aman. Tunggu hasilnya; jangan dibayar lagi.",
            "The payment is on its way. The money is safe. Wait for its end; do not pay again.",
        )),
        BillState::Unknown => Some(Sentence::new(
            "bill_unknown_outcome",
            "Hasil pembayaran tagihan ini belum diketahui. Uang mungkin sudah keluar dari deposit, jadi tidak dikirim lagi dan uang pelanggan jangan dikembalikan dulu. Status ditanyakan sendiri; cek juga di dasbor penyedia.",
            "How this bill's payment ended is not known yet. Money may have left the deposit, so it is not sent again, and the customer's money stays here for now. Its status is asked by itself; look in the provider's dashboard too.",
        )),
        BillState::Pending => Some(Sentence::new(
            "bill_pending",
            "Penyedia masih memproses pembayaran ini. Uang aman. Status ditanyakan sendiri; jangan dibayar lagi.",
            "The provider is still working on this payment. The money is safe. Its status is asked by itself; do not pay again.",
        )),
        BillState::Failed if standing.owed().is_some() => Some(Sentence::new(
            "bill_failed",
            "Tagihan ini tidak terbayar. Uang pelanggan menjadi utang toko. Kembalikan uangnya dan catat pengembaliannya.",
            "This bill was not paid. The customer's money is a debt of the shop. Give it back and record that.",
        )),
        BillState::Failed => Some(Sentence::new(
            "bill_failed",
            "Tagihan ini tidak terbayar. Tidak ada uang pelanggan yang ditahan.",
            "This bill was not paid. No money of the customer's is held.",
        )),
    };
    let told = |sentence: Sentence| Notice {
        message: sentence.text(lang).to_owned(),
        code: sentence.code,
    };
    sentence.into_iter().map(told).collect()
}

/// An inquiry without a bill, with what the provider's code means.
pub(super) fn inquiry_failed(seen: &BillSeen) -> Sentence {
    Sentence::of("bill_inquiry_failed", |lang| {
        let why = match (seen.meaning, seen.message.as_deref()) {
            (Some(meaning), _) => meaning.text(lang).to_owned(),
            (None, Some(message)) => format!("\"{message}\""),
            (None, None) => String::new(),
        };
        let said = match lang {
            Lang::Id => format!("Tagihan tidak didapat. {why} Tidak ada uang yang berpindah."),
            Lang::En => format!("There is no bill to pay. {why} No money moved."),
        };
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

pub(super) fn not_sent(error: CallError) -> TillError {
    TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
}

/// What came back cannot be written down.
pub(super) fn unkept() -> TillError {
    TillError::Failed(Sentence::new(
        "answer_not_kept",
        "Jawaban penyedia tidak bisa disimpan. Tidak ada yang dicatat. Coba sekali lagi.",
        "The provider's answer cannot be kept. Nothing was recorded. Try once more.",
    ))
}

pub(super) fn stopped() -> TillError {
    TillError::Unknown(Sentence::new(
        "outcome_unknown",
        "Pembayaran tagihan terhenti sebelum selesai, jadi hasilnya belum diketahui. Jangan dibayar lagi; cek statusnya.",
        "The bill's payment stopped before its end, so its outcome is unknown. Do not pay again; look at its status.",
    ))
}
