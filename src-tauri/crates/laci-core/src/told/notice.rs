//! How much a merchant app's notification says came in. One amount in a sentence about money that came, or nothing: a
//! balance beside it, a promotion or a failed payment is never taken for money.

use std::collections::BTreeSet;

use crate::money::Rupiah;
use crate::told::amount::rupiah_of;

/// Notifications are short; what is longer is none.
const CHARS_MAX: usize = 1_000;
const CURRENCIES: [&str; 2] = ["rp", "idr"];
/// A sentence about money that came holds one of these.
const CAME: [&str; 16] = [
    "diterima",
    "terima",
    "menerima",
    "masuk",
    "berhasil",
    "sukses",
    "lunas",
    "dibayar",
    "membayar",
    "kredit",
    "received",
    "receive",
    "credited",
    "successful",
    "success",
    "paid",
];
/// One that holds any of these is about something else, whatever else it says.
const ELSE: [&str; 40] = [
    "keluar",
    "gagal",
    "batal",
    "dibatalkan",
    "ditolak",
    "refund",
    "dikembalikan",
    "pengembalian",
    "mengirim",
    "terkirim",
    "dikirim",
    "kirim",
    "tarik",
    "penarikan",
    "ditarik",
    "debit",
    "didebit",
    "tagihan",
    "promo",
    "cashback",
    "voucher",
    "diskon",
    "bonus",
    "hadiah",
    "menunggu",
    "tertunda",
    "pending",
    "belum",
    "tidak",
    "failed",
    "sent",
    "cancelled",
    "canceled",
    "reversed",
    "refunded",
    "declined",
    "withdrawal",
    "ke",
    "kepada",
    "to",
];

/// Towards the shop, so no sign of money that went.
const INWARD: [&str; 6] =
    ["ke rekening", "ke saldo", "ke akun", "ke dompet", "ke toko anda", "to your"];

/// The one amount of money that `text` says came in; none where it says none, more than one, or something else.
pub fn amount_told(text: &str) -> Option<Rupiah> {
    if text.chars().count() > CHARS_MAX {
        return None;
    }
    let text = text.to_lowercase();
    let about = INWARD.iter().fold(text.clone(), |text, inward| text.replace(inward, " "));
    let words: BTreeSet<&str> = about.split(|c: char| !c.is_alphabetic()).collect();
    if !CAME.iter().any(|word| words.contains(word)) || ELSE.iter().any(|word| words.contains(word))
    {
        return None;
    }
    let mut found: Option<Rupiah> = None;
    for at in currencies(&text) {
        let amount = amount_at(text.get(..at.start)?, text.get(at.end..)?)?;
        // Title and body often say the same.
        if found.is_some_and(|before| before != amount) {
            return None;
        }
        found = Some(amount);
    }
    found.filter(|amount| *amount > Rupiah::ZERO)
}

/// Where a currency stands as a word of its own.
fn currencies(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for currency in CURRENCIES {
        for (start, _) in text.match_indices(currency) {
            let end = start + currency.len();
            let before = text.get(..start).and_then(|head| head.chars().next_back());
            let after = text.get(end..).and_then(|tail| tail.chars().next());
            let word = !before.is_some_and(char::is_alphanumeric)
                && !after.is_some_and(char::is_alphabetic);
            if word {
                found.push(start..end);
            }
        }
    }
    found
}

/// The amount behind a currency. A sign before or after it, or a word glued to it (`50rb`), makes it unreadable.
fn amount_at(before: &str, after: &str) -> Option<Rupiah> {
    if before.trim_end().ends_with(['-', '\u{2212}']) {
        return None;
    }
    let after = after.strip_prefix('.').unwrap_or(after);
    let after = after.trim_start_matches([' ', '\u{a0}', '\u{202f}', ':', '\t']);
    let end = after.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let (lexeme, rest) = after.split_at(end.unwrap_or(after.len()));
    let bare = lexeme.trim_end_matches(['.', ',']);
    let glued = rest.chars().next().is_some_and(char::is_alphanumeric);
    // A stop between them ends the sentence: the letter begins the next one.
    if glued && bare.len() == lexeme.len() {
        return None;
    }
    rupiah_of(bare)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_merchant_apps_say_is_read() {
        for text in [
            "Pembayaran Rp 50.347 diterima",
            "Pembayaran Rp50.347,00 berhasil. Terima kasih.",
            "Payment received: IDR 50,347",
            "IDR 50,347.00 received from BUDI",
            "Anda menerima pembayaran QRIS sebesar Rp. 50.347 dari BUDI S",
            "Dana masuk Rp50347 via QRIS",
            "Rp 50.347 masuk ke rekening Anda",
            "Rp\u{a0}50.347,- telah dibayar",
            "Pembayaran diterima Rp50.347\nPembayaran Rp 50.347,00 dari OVO berhasil",
            "PEMBAYARAN QRIS RP50.347 BERHASIL.Ref 123456",
        ] {
            assert_eq!(amount_told(text), Some(Rupiah::from_u32(50_347)), "{text}");
        }
    }

    #[test]
    fn what_is_no_money_that_came_is_none() {
        for text in [
            "",
            "Pembayaran diterima",
            "Pembayaran 50.347 diterima",
            "Pembayaran Rp 50.347 diterima. Saldo Rp 1.250.000",
            "Pembayaran Rp 50.347 gagal, bukan diterima",
            "Transfer keluar Rp 50.347 berhasil",
            "Pembayaran Rp 50.347 ke TOKO MAJU berhasil",
            "Terima cashback Rp 50.347!",
            "Pembayaran Rp 50.347 belum diterima",
            "Diterima -Rp 50.347",
            "Diterima Rp -50.347",
            "Diterima Rp 50rb",
            "Diterima Rp 50.34",
            "Diterima Rp 0",
            "Diterima USD 50.347 di Corp 50.347",
            "Rp 50.347",
        ] {
            assert_eq!(amount_told(text), None, "{text}");
        }
        let long = format!("Pembayaran Rp 50.347 diterima {}", "x".repeat(CHARS_MAX));
        assert_eq!(amount_told(&long), None);
    }

    proptest! {
        #[test]
        fn one_amount_in_any_wrapping_is_that_amount(
            n in 1i64..100_000_000, shape in 0usize..5, tail in "[ .!]{0,3}",
        ) {
            let dots = Rupiah::new(n).unwrap().grouped();
            let text = match shape {
                0 => format!("Pembayaran Rp {dots} diterima{tail}"),
                1 => format!("Rp{dots},00 masuk{tail}"),
                2 => format!("received IDR {}{tail}", dots.replace('.', ",")),
                3 => format!("Anda menerima Rp. {n}{tail}"),
                _ => format!("diterima dari BUDI sebesar Rp{dots}{tail}"),
            };
            prop_assert_eq!(amount_told(&text), Some(Rupiah::new(n).unwrap()), "{}", text);
        }

        #[test]
        fn two_amounts_are_never_one(a in 1i64..1_000_000, b in 1i64..1_000_000) {
            prop_assume!(a != b);
            let text = format!("Pembayaran Rp {a} diterima, saldo Rp {b}");
            prop_assert_eq!(amount_told(&text), None);
        }

        #[test]
        fn no_text_makes_it_stumble_or_invents_digits(text in "\\PC{0,80}") {
            if let Some(amount) = amount_told(&text) {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                prop_assert!(digits.contains(&amount.get().to_string()), "{}", text);
            }
        }
    }
}
