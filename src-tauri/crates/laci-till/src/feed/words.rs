//! One sentence for each thing that may happen. Who did it and why stand beside it.

use laci_core::{CashMove, Lang, Role, Rupiah};
use laci_ledger::{FeedKind, FeedRow};

/// `number` is the sale's, `about` the name of the person that the row is about.
pub(super) fn sentence(
    row: &FeedRow,
    number: Option<&str>,
    about: Option<&str>,
    lang: Lang,
) -> String {
    let subject = row.subject.as_deref().unwrap_or_default();
    let number = number.unwrap_or("?");
    let about = about.unwrap_or(subject);
    let amount = row.amount.and_then(|amount| Rupiah::new(amount).ok()).unwrap_or_default();
    let (id, en) = match row.kind {
        FeedKind::DrawerOpened => {
            pair("Laci dibuka tanpa penjualan", "Drawer opened without a sale")
        }
        FeedKind::CashMoved => moved(subject, amount),
        FeedKind::ShiftOpened => (
            format!("Shift {subject} dibuka, modal awal {amount}"),
            format!("Shift {subject} opened with a float of {amount}"),
        ),
        FeedKind::ShiftCounted => (
            format!("Laci shift {subject} dihitung: {amount}"),
            format!("Drawer of shift {subject} counted: {amount}"),
        ),
        FeedKind::ShiftClosed => closed(subject, amount),
        FeedKind::ShiftRecounted => (
            format!("Laci shift {subject} dihitung ulang setelah selisih terlihat: {amount}"),
            format!(
                "Drawer of shift {subject} counted again after the difference was seen: {amount}"
            ),
        ),
        FeedKind::ReceiptCopied
        | FeedKind::SaleVoided
        | FeedKind::SaleRefunded
        | FeedKind::PaymentRetried
        | FeedKind::PaymentAbandoned
        | FeedKind::LinkReady
        | FeedKind::LinkFailed
        | FeedKind::PaymentConfirmed => sales(row.kind, number, amount),
        FeedKind::BillResolved | FeedKind::BillRefunded => bills(row.kind, subject, amount),
        FeedKind::ShopSet
        | FeedKind::LimitsSet
        | FeedKind::BookRulesSet
        | FeedKind::OwnQrisSet
        | FeedKind::GatewaySet
        | FeedKind::GatewayRemoved
        | FeedKind::GatewayCalled
        | FeedKind::GatewayPinned => settings(row.kind, subject, amount),
        FeedKind::PersonSet
        | FeedKind::PersonRemoved
        | FeedKind::PinSet
        | FeedKind::PinCleared
        | FeedKind::PinFailed
        | FeedKind::SignedIn
        | FeedKind::RecoverySet
        | FeedKind::RecoveryUsed
        | FeedKind::RecoveryFailed
        | FeedKind::DoorUnguarded => {
            people(row.kind, about, row.reason.as_deref().unwrap_or_default())
        }
        FeedKind::MoneyMatched => matched(amount, number),
        FeedKind::MoneyDismissed => dismissed(amount),
        FeedKind::Restored => restored(row.amount.unwrap_or_default()),
        FeedKind::ClockBack => set_back(row.amount.unwrap_or_default()),
    };
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

fn matched(amount: Rupiah, number: &str) -> (String, String) {
    (
        format!("Uang masuk {amount} dicocokkan dengan penjualan {number}"),
        format!("Money of {amount} matched to sale {number}"),
    )
}

fn dismissed(amount: Rupiah) -> (String, String) {
    (
        format!("Uang masuk {amount} disingkirkan, bukan uang penjualan"),
        format!("Money of {amount} dismissed as no sale's"),
    )
}

fn restored(lost: i64) -> (String, String) {
    (
        format!("Buku dipulihkan dari cadangan, {lost} catatan sesudahnya tidak ada lagi"),
        format!("The books were restored from a backup; {lost} entries after it are gone"),
    )
}

fn pair(id: &str, en: &str) -> (String, String) {
    (id.to_owned(), en.to_owned())
}

fn moved(kind: &str, amount: Rupiah) -> (String, String) {
    let kind = CashMove::ALL.into_iter().find(|known| known.as_str() == kind);
    match kind {
        Some(CashMove::InFromOwner | CashMove::InOther) | None => {
            (format!("Kas masuk {amount}"), format!("Cash in: {amount}"))
        }
        Some(CashMove::Out) => (format!("Kas keluar {amount}"), format!("Cash out: {amount}")),
        Some(CashMove::SetorToOwner) => {
            (format!("Setor {amount} ke pemilik"), format!("{amount} handed to the owner"))
        }
        Some(CashMove::SetorToBank) => {
            (format!("Setor {amount} ke bank"), format!("{amount} taken to the bank"))
        }
    }
}

fn closed(shift: &str, over: Rupiah) -> (String, String) {
    if over == Rupiah::ZERO {
        return (
            format!("Shift {shift} ditutup, kas cocok"),
            format!("Shift {shift} closed, cash right"),
        );
    }
    let (id, en) = if over < Rupiah::ZERO { ("kurang", "short by") } else { ("lebih", "over by") };
    let amount = if over < Rupiah::ZERO { over.negated() } else { over };
    (
        format!("Shift {shift} ditutup, kas {id} {amount}"),
        format!("Shift {shift} closed, cash {en} {amount}"),
    )
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names the kinds that come here")]
fn people(kind: FeedKind, who: &str, role: &str) -> (String, String) {
    match kind {
        FeedKind::PersonSet => {
            let names = Role::from_word(role).unwrap_or_default().names();
            (format!("{who} disimpan sebagai {}", names.0), format!("{who} saved as {}", names.1))
        }
        FeedKind::PersonRemoved => {
            (format!("{who} tidak bekerja lagi di sini"), format!("{who} works here no more"))
        }
        FeedKind::PinSet => (format!("PIN {who} dipasang"), format!("PIN of {who} was set")),
        FeedKind::PinCleared => (
            format!("PIN {who} tidak bisa dipakai lagi"),
            format!("PIN of {who} can no longer be used"),
        ),
        FeedKind::PinFailed => {
            (format!("PIN salah untuk {who}"), format!("A wrong PIN was given for {who}"))
        }
        FeedKind::SignedIn => (format!("{who} masuk"), format!("{who} signed in")),
        FeedKind::RecoverySet => pair("Kode pemulihan baru dibuat", "New recovery codes were made"),
        FeedKind::RecoveryUsed => pair("Kode pemulihan dipakai", "A recovery code was used"),
        FeedKind::RecoveryFailed => pair("Kode pemulihan salah", "A wrong recovery code was given"),
        FeedKind::DoorUnguarded => pair(
            "Kasir dibuka tanpa PIN karena brankas rahasia tidak terbaca",
            "The till stood open without PINs, since the secrets could not be read",
        ),
        _ => pair(who, who),
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names the kinds that come here")]
fn settings(kind: FeedKind, subject: &str, amount: Rupiah) -> (String, String) {
    match kind {
        FeedKind::ShopSet => pair("Data toko diubah", "The shop's data were changed"),
        FeedKind::LimitsSet => (
            format!("Batas per pembayaran menjadi {amount}"),
            format!("The limit per payment became {amount}"),
        ),
        FeedKind::BookRulesSet => {
            pair("Pembulatan atau kelas usaha diubah", "Rounding or merchant class changed")
        }
        FeedKind::OwnQrisSet => {
            (format!("QRIS toko diganti: {subject}"), format!("The shop's QRIS was set: {subject}"))
        }
        FeedKind::GatewaySet => {
            (format!("Gateway {subject} disetel"), format!("Gateway {subject} was set"))
        }
        FeedKind::GatewayRemoved => {
            (format!("Gateway {subject} dihapus"), format!("Gateway {subject} was removed"))
        }
        FeedKind::GatewayCalled => (
            format!("Permintaan ke gateway {subject} dikirim oleh orang"),
            format!("A request to gateway {subject} was sent by a person"),
        ),
        FeedKind::GatewayPinned => (
            format!("Merchant gateway {subject} dikunci"),
            format!("The merchant of gateway {subject} was pinned"),
        ),
        _ => pair(subject, subject),
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names the kinds that come here")]
fn bills(kind: FeedKind, reference: &str, amount: Rupiah) -> (String, String) {
    match kind {
        FeedKind::BillRefunded => (
            format!("{amount} untuk tagihan {reference} dikembalikan ke pelanggan"),
            format!("{amount} for bill {reference} was given back to the customer"),
        ),
        _ => (
            format!("Hasil tagihan {reference} diputuskan oleh orang"),
            format!("How bill {reference} ended was decided by a person"),
        ),
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names the kinds that come here")]
fn sales(kind: FeedKind, number: &str, amount: Rupiah) -> (String, String) {
    match kind {
        FeedKind::ReceiptCopied => (
            format!("Salinan struk {number} dicetak"),
            format!("A copy of receipt {number} was printed"),
        ),
        FeedKind::SaleVoided => {
            (format!("Penjualan {number} dibatalkan"), format!("Sale {number} was voided"))
        }
        FeedKind::SaleRefunded => (
            format!("Retur {amount} untuk penjualan {number}"),
            format!("{amount} given back for sale {number}"),
        ),
        FeedKind::PaymentRetried => (
            format!("Permintaan QRIS {number} dikirim sekali lagi oleh orang"),
            format!("The QRIS request of {number} was sent once more by a person"),
        ),
        FeedKind::PaymentAbandoned => (
            format!("Pembayaran {number} yang tidak jelas dilepas oleh orang"),
            format!("The unclear payment of {number} was given up by a person"),
        ),
        FeedKind::LinkReady => (
            format!("Tautan bayar {number} sebesar {amount} siap dikirim"),
            format!("The link of {amount} for {number} is ready to be sent"),
        ),
        FeedKind::LinkFailed => (
            format!("Tautan bayar {number} tidak jadi atau belum jelas; lihat pembayarannya"),
            format!("The link for {number} was not made or is in doubt; see its payment"),
        ),
        FeedKind::PaymentConfirmed => (
            format!("Pembayaran {number} dikonfirmasi oleh orang"),
            format!("Payment of {number} confirmed by a person"),
        ),
        _ => pair(number, number),
    }
}

fn set_back(by_ms: i64) -> (String, String) {
    let minutes = by_ms / 60_000;
    let (id, en) = if minutes >= 2 * 24 * 60 {
        (format!("{} hari", minutes / (24 * 60)), format!("{} days", minutes / (24 * 60)))
    } else if minutes >= 120 {
        (format!("{} jam", minutes / 60), format!("{} hours", minutes / 60))
    } else {
        (format!("{minutes} menit"), format!("{minutes} minutes"))
    };
    (format!("Jam komputer mundur {id}"), format!("The computer's clock was set back by {en}"))
}
