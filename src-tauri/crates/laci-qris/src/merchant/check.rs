//! A gateway's QR before it is shown: is it whole, for the asked amount, for the right merchant?
//! A refusal here goes on the screen in place of the QR, never beside it.

use super::{Pin, pin_of};
use crate::lang::{Lang, rupiah};
use crate::payload::{Error, Kind, Qris, parse};
use thiserror::Error;

/// Why a gateway's QR is not shown. Display is the English [`sentence`](Self::sentence).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum GatewayQrRefusal {
    /// Not a QRIS, or its checksum does not match.
    Unreadable(#[source] Error),
    /// A static code without an amount: the payer could type any.
    StaticCode,
    /// A dynamic code without an amount.
    AmountMissing,
    /// The code is for another amount. Both in rupiah.
    AmountMismatch { expected: u64, found: u64 },
    /// The code adds a fee to its amount (tags 55 to 57).
    FeeAdded,
    /// The code collects for somebody else.
    ForeignMerchant {
        /// The merchant that was pinned.
        expected: Pin,
        /// Whom the code names; `None` if it names nobody.
        found: Option<Pin>,
        /// The name in the code.
        merchant: String,
    },
}

/// Checks a QR that a gateway answered with.
///
/// `expected_total` is the total in rupiah that was asked for. Without a `pin` the merchant is not
/// compared: the caller pins [`pin_of`] the result. A code marked static that carries the right
/// amount passes, with [`Warning::StaticWithAmount`](crate::Warning::StaticWithAmount).
///
/// # Errors
/// The first reason not to show it.
pub fn check_gateway_qr(
    payload: &str,
    expected_total: u64,
    pin: Option<&Pin>,
) -> Result<Qris, GatewayQrRefusal> {
    let qris = parse(payload).map_err(GatewayQrRefusal::Unreadable)?;
    let found = match (qris.amount(), qris.kind()) {
        (Some(found), Kind::Static | Kind::Dynamic) => found,
        (None, Kind::Static) => return Err(GatewayQrRefusal::StaticCode),
        (None, Kind::Dynamic) => return Err(GatewayQrRefusal::AmountMissing),
    };
    if found != expected_total {
        return Err(GatewayQrRefusal::AmountMismatch { expected: expected_total, found });
    }
    if qris.adds_fee() {
        return Err(GatewayQrRefusal::FeeAdded);
    }
    match pin {
        Some(pin) if !pin.matches(&qris) => Err(GatewayQrRefusal::ForeignMerchant {
            expected: pin.clone(),
            found: pin_of(&qris),
            merchant: qris.merchant().into(),
        }),
        Some(_) | None => Ok(qris),
    }
}

impl GatewayQrRefusal {
    /// The stable name of the reason, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(Error::CrcMismatch { .. }) => "gateway_qr_crc",
            Self::Unreadable(_) => "gateway_qr_unreadable",
            Self::StaticCode => "static_code",
            Self::AmountMissing => "amount_missing",
            Self::AmountMismatch { .. } => "amount_mismatch",
            Self::FeeAdded => "fee_added",
            Self::ForeignMerchant { .. } => "foreign_merchant",
        }
    }

    /// What is wrong, what is safe and what to do, for the person at the till.
    pub fn sentence(&self, lang: Lang) -> String {
        let problem = match lang {
            Lang::Id => self.problem_id(),
            Lang::En => self.problem_en(),
        };
        let advice = match self {
            Self::ForeignMerchant { .. } => lang.pick(
                "QR tidak ditampilkan. Pakai cara bayar lain dan hubungi pemilik toko.",
                "The QR is not shown. Use another way to pay and call the owner.",
            ),
            Self::Unreadable(_)
            | Self::StaticCode
            | Self::AmountMissing
            | Self::AmountMismatch { .. }
            | Self::FeeAdded => lang.pick(
                "QR tidak ditampilkan, jadi tidak bisa dibayar. Coba lagi atau pakai cara bayar \
                 lain.",
                "The QR is not shown, so it cannot be paid. Try again or use another way to pay.",
            ),
        };
        format!("{problem} {advice}")
    }

    fn problem_id(&self) -> String {
        match self {
            Self::Unreadable(Error::CrcMismatch { .. }) => {
                "QR dari gateway rusak (CRC tidak cocok).".into()
            }
            Self::Unreadable(_) => "QR dari gateway bukan QRIS yang sah.".into(),
            Self::StaticCode => "Gateway mengirim QRIS statis tanpa jumlah.".into(),
            Self::AmountMissing => "QR dari gateway tidak memuat jumlah.".into(),
            Self::AmountMismatch { expected, found } => format!(
                "QR dari gateway berisi {}, seharusnya {}.",
                rupiah(*found),
                rupiah(*expected)
            ),
            Self::FeeAdded => "QR dari gateway menambah biaya kepada pembayar.".into(),
            Self::ForeignMerchant { expected, found, merchant } => format!(
                "QR dari gateway milik toko lain: {merchant} ({}), seharusnya {expected}.",
                named(found.as_ref(), Lang::Id)
            ),
        }
    }

    fn problem_en(&self) -> String {
        match self {
            Self::Unreadable(Error::CrcMismatch { .. }) => {
                "The gateway's QR is damaged (CRC mismatch).".into()
            }
            Self::Unreadable(_) => "The gateway's QR is not a valid QRIS.".into(),
            Self::StaticCode => "The gateway sent a static QRIS without an amount.".into(),
            Self::AmountMissing => "The gateway's QR has no amount.".into(),
            Self::AmountMismatch { expected, found } => format!(
                "The gateway's QR is for {}, it should be for {}.",
                rupiah(*found),
                rupiah(*expected)
            ),
            Self::FeeAdded => "The gateway's QR adds a fee for the payer.".into(),
            Self::ForeignMerchant { expected, found, merchant } => format!(
                "The gateway's QR belongs to another shop: {merchant} ({}), it should be {expected}.",
                named(found.as_ref(), Lang::En)
            ),
        }
    }
}

fn named(pin: Option<&Pin>, lang: Lang) -> String {
    pin.map_or_else(|| lang.pick("tanpa NMID", "no NMID").into(), ToString::to_string)
}
