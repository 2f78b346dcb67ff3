//! The moment money first covers a sale: its turnover date, its receipt, and what the shop hears.

use laci_core::{AttemptId, Body, Flag, Method, Refusal, Rupiah, Standing};
use laci_ledger::{AttemptRow, SaleRow, SaleState, Tx};
use laci_receipt::document::{
    Anchor, Cash, Document, LayoutVersion, Line, Mark, Payment, ShopHead,
};

use crate::error::{Result, Sentence, TillError};
use crate::gateways::way_of;
use crate::till::Till;
use crate::wire::{Push, Sound};

/// What new evidence did to its sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cover {
    /// It covered the sale just now.
    Now,
    /// Money came for a sale that was covered or voided before.
    Beside,
    /// The sale stands as it stood.
    Unchanged,
}

/// Appends `sale_covered` with the resolved receipt when this attempt is the first to cover its sale.
pub(crate) fn cover_if_paid(tx: &mut Tx<'_>, attempt_id: AttemptId) -> Result<Cover> {
    let row = tx.attempt(attempt_id)?.ok_or(Refusal::PaymentUnknown)?;
    if !row.standing.state.is_covered() {
        return Ok(Cover::Unchanged);
    }
    let sale = tx.sale(row.attempt.sale_id)?.ok_or(Refusal::SaleUnknown)?;
    match sale.state {
        SaleState::Open => {
            let document = receipt_document(tx, &sale, &row)?;
            let bytes = serde_json::to_vec(&document).map_err(|_| unwritable())?;
            let receipt = tx.put_blob(&bytes)?;
            tx.append(Body::SaleCovered { sale_id: sale.sale.id, attempt_id, receipt })?;
            Ok(Cover::Now)
        }
        SaleState::Covered | SaleState::Voided => Ok(Cover::Beside),
    }
}

/// Everything that the receipt says, fixed for ever.
fn receipt_document(tx: &Tx<'_>, sale: &SaleRow, row: &AttemptRow) -> Result<Document> {
    let settings = tx.settings()?;
    let shop = settings.shop.ok_or_else(Till::not_set_up)?;
    let (standing, head) = (&row.standing, tx.head());
    let gateway = match &row.attempt.terms.method {
        Method::Gateway { gateway, .. } => crate::gateways::title_of(&settings.gateways, gateway),
        Method::OwnQris { .. } => "QRIS toko".to_owned(),
        Method::Cash { .. } => "Tunai".to_owned(),
    };
    let cash = cash_of(&row.attempt.terms.method, standing)?;
    let unique_code = if cash.is_some() { Rupiah::ZERO } else { standing.unique_code };
    let word = standing.state.is_a_persons_word();
    let marks = if word { vec![Mark::ConfirmedByPerson] } else { Vec::new() };
    let lines = sale.sale.lines.iter().map(|line| {
        let amount = line.amount()?;
        Ok(Line {
            name: line.name.clone(),
            quantity: line.quantity,
            unit_price: line.unit_price,
            amount,
        })
    });
    Ok(Document {
        layout: LayoutVersion::default(),
        shop: ShopHead { name: shop.name, address: shop.address, phone: shop.phone },
        number: sale.sale.number,
        sold_at: sale.recorded_at,
        zone: shop.zone,
        cashier: cashier_of(tx, sale)?,
        lines: lines.collect::<std::result::Result<_, Refusal>>()?,
        subtotal: sale.sale.total,
        total: sale.sale.total,
        unique_code,
        paid: standing.total,
        payment: Payment {
            method: paid_by(&way_of(&row.attempt.terms.method, &settings.gateways)),
            gateway,
            reference: standing.gateway_id.clone(),
            paid_at: standing.paid_at.unwrap_or(sale.recorded_at),
            rrn: None,
            issuer: None,
        },
        marks,
        anchor: Anchor::new(head.seq, head.hash),
        footer: vec!["Terima kasih".to_owned()],
        practice: tx.header().practice,
        qr: None,
        cash,
    })
}

/// A gateway's QRIS is a QRIS, whoever's: the gateway's name stands in a line of its own.
fn paid_by(way: &str) -> String {
    if way.starts_with("QRIS") { "QRIS".to_owned() } else { way.to_owned() }
}

/// The name of whoever sold it, where people sign in.
fn cashier_of(tx: &Tx<'_>, sale: &SaleRow) -> Result<Option<String>> {
    let people = tx.people()?;
    let seller = people.into_iter().find(|person| person.id.to_string() == sale.cashier);
    Ok(seller.and_then(|person| person.name))
}

fn cash_of(method: &Method, standing: &Standing) -> Result<Option<Cash>> {
    match method {
        Method::Cash { tendered, rounding } => {
            let change =
                tendered.checked_sub(standing.total).map_err(|_| Refusal::AmountTooLarge)?;
            Ok(Some(Cash { tendered: *tendered, change, rounding: *rounding }))
        }
        Method::Gateway { .. } | Method::OwnQris { .. } => Ok(None),
    }
}

impl Till {
    /// What the shop hears of new evidence.
    pub(crate) fn sounded(&self, attempt: AttemptId, cover: Cover) -> Result<()> {
        let standing = self.attempt_row(attempt)?.standing;
        let odd = [Flag::Under, Flag::Over, Flag::Duplicate]
            .iter()
            .any(|flag| standing.flags.contains(flag));
        let sound = match cover {
            Cover::Now if standing.flags.contains(&Flag::Late) => Some(Sound::Late),
            Cover::Now => Some(Sound::Paid),
            Cover::Beside => Some(Sound::Odd),
            Cover::Unchanged if odd => Some(Sound::Odd),
            Cover::Unchanged => None,
        };
        if let Some(sound) = sound {
            let amount = standing.received.max(standing.total).max(Rupiah::ZERO).get();
            self.tell(Push::Sound { sound, amount });
        }
        Ok(())
    }
}

fn unwritable() -> TillError {
    TillError::Failed(Sentence::new(
        "receipt_unwritable",
        "Struk tidak bisa disusun. Pembayaran belum dicatat; coba Cek sekarang.",
        "The receipt cannot be composed. The payment is not recorded yet; try Check now.",
    ))
}
