//! The content of one receipt, resolved: every name, sum and moment as it was when the sale was paid, so that a
//! reprint next year reads the same after prices, the shop's name or its gateways have changed.
//!
//! Deliberately absent: anything about widths or paper ([`crate::layout`]), and everything that an issue to come
//! brings (tax, discounts by name, bills).

use laci_core::{Hash, Lang, Rupiah, SaleNumber, UnixMs, Zone, sale};
use serde::{Deserialize, Serialize};

/// The most characters of one text in a document (a name, an address, a footer line, a reference).
pub const TEXT_CHARS_MAX: usize = 300;
/// The most lines under the payment.
pub const FOOTER_LINES_MAX: usize = 12;
/// The most bytes in a receipt's QR: more would be too fine to scan from 58 mm paper.
pub const QR_BYTES_MAX: usize = 600;

/// Everything that stands on one receipt. JSON: `"layout": 1` names the rules that lay it out; a number from a
/// newer program is refused when it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub layout: LayoutVersion,
    pub shop: ShopHead,
    pub number: SaleNumber,
    pub sold_at: UnixMs,
    /// The shop's zone at the sale; every moment of the receipt is shown in it, with its name.
    pub zone: Zone,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cashier: Option<String>,
    pub lines: Vec<Line>,
    /// The sum of the lines' amounts, in rupiah.
    pub subtotal: Rupiah,
    /// What the customer owed. A difference to `subtotal` gets a row of its own.
    pub total: Rupiah,
    /// What the unique code added to (gateway) or took from (own QRIS) the total; zero when there was none.
    #[serde(default)]
    pub unique_code: Rupiah,
    /// What the customer paid: `total`, `unique_code` and the rounding of `cash` together.
    pub paid: Rupiah,
    /// Present when it was paid in notes and coins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<Cash>,
    pub payment: Payment,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    pub anchor: Anchor,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<String>,
    /// Made in practice mode: no money moved.
    #[serde(default)]
    pub practice: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<ReceiptQr>,
}

/// Which rules lay the document out, as a number in JSON. A change that moves a row of stored receipts is a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum LayoutVersion {
    #[default]
    V1,
}

/// A layout number that this program does not have: the receipt was stored by a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("receipt layout {0} is newer than this program")]
pub struct UnknownLayout(pub u16);

impl TryFrom<u16> for LayoutVersion {
    type Error = UnknownLayout;

    fn try_from(number: u16) -> Result<Self, UnknownLayout> {
        match number {
            1 => Ok(Self::V1),
            other => Err(UnknownLayout(other)),
        }
    }
}

impl From<LayoutVersion> for u16 {
    fn from(version: LayoutVersion) -> Self {
        match version {
            LayoutVersion::V1 => 1,
        }
    }
}

/// The head of the receipt. A line break in the address starts a new row; the phone is shown as written, so
/// `WA 0812-...` and `Telp ...` are the shop's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopHead {
    pub name: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
}

/// One thing sold: `quantity` pieces at `unit_price` rupiah are `amount` rupiah.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub quantity: u32,
    pub unit_price: Rupiah,
    pub amount: Rupiah,
}

/// Notes and coins, in rupiah: `tendered - change` is what was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cash {
    pub tendered: Rupiah,
    pub change: Rupiah,
    /// What rounding to whole coins added to the total, signed.
    pub rounding: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The word after DIBAYAR: `QRIS`.
    pub method: String,
    /// Whom the customer paid through, as the shop calls it: `Kropay`, `QRIS toko`.
    pub gateway: String,
    /// The gateway's own name for the payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    pub paid_at: UnixMs,
    /// The retrieval reference number, in full: it is the key of a dispute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rrn: Option<String>,
    /// The payer's bank or wallet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// What a reader must know about the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// No gateway saw the money: a person of the shop gave their word.
    ConfirmedByPerson,
}

/// Where the ledger stood: who keeps the receipt can show later that the ledger was not cut or rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    pub seq: u64,
    pub short_hash: String,
}

impl Anchor {
    pub fn new(seq: u64, head: Hash) -> Self {
        Self { seq, short_hash: head.short() }
    }
}

/// A QR under the footer, with a word about what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptQr {
    pub payload: String,
    pub caption: String,
}

/// Why a document must not become a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum Fault {
    /// No line, or more than a sale can have.
    LineCount,
    /// A text, the footer or the QR is longer than a receipt holds.
    TooLong,
    /// The lines' amounts are not the subtotal, or a line is not quantity times price.
    LinesDisagree,
    /// Total, unique code and rounding together are not what was paid, or not what was given less the change.
    PaidDisagrees,
}

impl Fault {
    /// Stable, English, snake_case.
    pub fn code(self) -> &'static str {
        match self {
            Self::LineCount => "receipt_line_count",
            Self::TooLong => "receipt_too_long",
            Self::LinesDisagree => "receipt_lines_disagree",
            Self::PaidDisagrees => "receipt_paid_disagrees",
        }
    }

    pub fn sentence(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Id, Self::LineCount) => {
                "Struk tidak dibuat: jumlah barisnya tidak wajar. Penjualan tetap tersimpan."
            }
            (Lang::Id, Self::TooLong) => {
                "Struk tidak dibuat: ada teks yang terlalu panjang. Penjualan tetap tersimpan; pendekkan nama, alamat atau catatan kaki."
            }
            (Lang::Id, Self::LinesDisagree) => {
                "Struk tidak dibuat: jumlah barisnya tidak sama dengan subtotal. Penjualan tetap tersimpan; laporkan."
            }
            (Lang::Id, Self::PaidDisagrees) => {
                "Struk tidak dibuat: total dan kode unik tidak sama dengan yang dibayar. Penjualan tetap tersimpan; laporkan."
            }
            (Lang::En, Self::LineCount) => {
                "No receipt was made: it has no line, or too many. The sale is kept."
            }
            (Lang::En, Self::TooLong) => {
                "No receipt was made: a text is too long. The sale is kept; shorten the name, address or footer."
            }
            (Lang::En, Self::LinesDisagree) => {
                "No receipt was made: its lines do not add up to the subtotal. The sale is kept; report this."
            }
            (Lang::En, Self::PaidDisagrees) => {
                "No receipt was made: total and unique code are not what was paid. The sale is kept; report this."
            }
        }
    }
}

impl Document {
    /// Compares the sums and bounds the texts. A document is checked when it is made, before it is stored.
    ///
    /// # Errors
    /// The first [`Fault`] found.
    pub fn check(&self) -> Result<(), Fault> {
        if self.lines.is_empty() || self.lines.len() > sale::LINES_MAX {
            return Err(Fault::LineCount);
        }
        let qr_bytes = self.qr.as_ref().map_or(0, |qr| qr.payload.len());
        let too_long = |text: &str| text.chars().count() > TEXT_CHARS_MAX;
        if self.texts().any(too_long)
            || self.footer.len() > FOOTER_LINES_MAX
            || qr_bytes > QR_BYTES_MAX
        {
            return Err(Fault::TooLong);
        }
        let of_lines = Rupiah::checked_sum(self.lines.iter().map(|line| line.amount));
        let wrong = |line: &Line| line.unit_price.checked_mul(line.quantity) != Ok(line.amount);
        if of_lines != Ok(self.subtotal) || self.lines.iter().any(wrong) {
            return Err(Fault::LinesDisagree);
        }
        let cash = self.cash.unwrap_or(Cash {
            tendered: self.paid,
            change: Rupiah::ZERO,
            rounding: Rupiah::ZERO,
        });
        let owed = Rupiah::checked_sum([self.total, self.unique_code, cash.rounding]);
        if owed != Ok(self.paid)
            || cash.tendered.checked_sub(cash.change) != Ok(self.paid)
            || cash.change < Rupiah::ZERO
        {
            return Err(Fault::PaidDisagrees);
        }
        Ok(())
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let shop = [&self.shop.name, &self.shop.address, &self.shop.phone];
        let payment = [&self.payment.method, &self.payment.gateway, &self.anchor.short_hash];
        let optional = [
            self.cashier.as_ref(),
            self.payment.reference.as_ref(),
            self.payment.rrn.as_ref(),
            self.payment.issuer.as_ref(),
            self.qr.as_ref().map(|qr| &qr.caption),
        ];
        shop.into_iter()
            .chain(payment)
            .chain(optional.into_iter().flatten())
            .chain(self.lines.iter().map(|line| &line.name))
            .chain(&self.footer)
            .map(String::as_str)
    }
}
