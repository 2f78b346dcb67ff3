//! What a customer owes for. A sale is immutable once recorded; it counts only when money covers it.

use serde::{Deserialize, Serialize};

use crate::id::{SaleId, SaleNumber};
use crate::money::Rupiah;
use crate::refusal::Refusal;
use crate::shop::Limits;

pub const LINES_MAX: usize = 500;
const NAME_CHARS_MAX: usize = 80;
const QUANTITY_MAX: u32 = 10_000;

/// One line: `quantity` pieces at `unit_price` rupiah each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleLine {
    pub name: String,
    pub quantity: u32,
    pub unit_price: Rupiah,
}

impl SaleLine {
    /// `quantity * unit_price`, in rupiah.
    pub fn amount(&self) -> Result<Rupiah, Refusal> {
        self.unit_price.checked_mul(self.quantity).map_err(|_| Refusal::AmountTooLarge)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    pub id: SaleId,
    pub number: SaleNumber,
    pub lines: Vec<SaleLine>,
    pub total: Rupiah,
    /// The caller's own id; the same one never makes a second sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

impl Sale {
    /// Checks the lines and adds them up. Refused: no line, an amount of 0 or less, above the shop's limit,
    /// more than 500 lines, names over 80 characters.
    pub fn new(
        id: SaleId,
        number: SaleNumber,
        lines: Vec<SaleLine>,
        order: Option<String>,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let total = total_of(&lines, limits)?;
        Ok(Self { id, number, lines, total, order })
    }
}

/// The lines' total in rupiah, once every rule about amounts holds.
pub fn total_of(lines: &[SaleLine], limits: &Limits) -> Result<Rupiah, Refusal> {
    if lines.is_empty() {
        return Err(Refusal::AmountZero);
    }
    if lines.len() > LINES_MAX {
        return Err(Refusal::TooManyLines { most: LINES_MAX });
    }
    let mut total = Rupiah::ZERO;
    for line in lines {
        if line.unit_price < Rupiah::ZERO {
            return Err(Refusal::AmountNegative);
        }
        if line.unit_price == Rupiah::ZERO || line.quantity == 0 {
            return Err(Refusal::AmountZero);
        }
        if line.quantity > QUANTITY_MAX || line.name.chars().count() > NAME_CHARS_MAX {
            return Err(Refusal::LineTooLong {
                characters: NAME_CHARS_MAX,
                quantity: QUANTITY_MAX,
            });
        }
        total = total.checked_add(line.amount()?).map_err(|_| Refusal::AmountTooLarge)?;
    }
    if total > limits.max_amount {
        return Err(Refusal::AmountAboveLimit { limit: limits.max_amount });
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity: u32, unit_price: i64) -> SaleLine {
        SaleLine {
            name: "Fotokopi".to_owned(),
            quantity,
            unit_price: Rupiah::new(unit_price).unwrap(),
        }
    }

    #[test]
    fn lines_add_up() {
        let total = total_of(&[line(2, 7_500), line(1, 11_500)], &Limits::default());
        assert_eq!(total, Ok(Rupiah::from_u32(26_500)));
    }

    #[test]
    fn amounts_that_no_payer_could_pay_are_refused() {
        let limits = Limits::default();
        let limit = limits.max_amount;
        assert_eq!(total_of(&[], &limits), Err(Refusal::AmountZero));
        assert_eq!(total_of(&[line(1, 0)], &limits), Err(Refusal::AmountZero));
        assert_eq!(total_of(&[line(0, 5)], &limits), Err(Refusal::AmountZero));
        assert_eq!(total_of(&[line(1, -5)], &limits), Err(Refusal::AmountNegative));
        assert_eq!(total_of(&[line(1, 10_000_000)], &limits), Ok(limit));
        assert_eq!(
            total_of(&[line(1, 10_000_001)], &limits),
            Err(Refusal::AmountAboveLimit { limit })
        );
        assert_eq!(
            total_of(&[line(10_000, crate::money::MAX_RUPIAH)], &limits),
            Err(Refusal::AmountTooLarge)
        );
        assert!(matches!(
            total_of(&vec![line(1, 1); LINES_MAX + 1], &limits),
            Err(Refusal::TooManyLines { .. })
        ));
    }
}
