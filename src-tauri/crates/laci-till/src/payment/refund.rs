//! Money of a covered sale goes back, in cash from the drawer or by a transfer that the owner made. No provider
//! documents a refund call, so this records what people did.

use std::sync::Arc;

use laci_core::books::RefundBy;
use laci_core::{Body, Refusal, Rupiah, SaleId};
use laci_ledger::{Op, SaleState};

use crate::by::By;
use crate::error::Result;
use crate::shift::reasoned;
use crate::till::Till;
use crate::wire::SaleView;

impl Till {
    /// Never more than was paid, over all refunds together; with `surplus` what came beyond the price ("lunas ganda"),
    /// never more than that. Cash needs an open shift, whose drawer it leaves.
    ///
    /// Refused: `sale_unknown`, `sale_not_paid`, `amount_zero`, `refund_too_much`, `reason_required`, `shift_not_open`,
    /// `refund_not_in_coins`.
    pub fn sale_refund(
        self: &Arc<Self>,
        by: By,
        id: SaleId,
        amount: i64,
        way: RefundBy,
        reason: &str,
        surplus: bool,
    ) -> Result<SaleView> {
        let reason = reasoned(reason)?;
        let amount = Rupiah::new(amount).map_err(|_| Refusal::AmountTooLarge)?;
        if amount <= Rupiah::ZERO {
            return Err(Refusal::AmountZero.into());
        }
        self.transact(Op::Refund, by, |tx| {
            let sale = tx.sale(id)?.ok_or(Refusal::SaleUnknown)?;
            if sale.state != SaleState::Covered {
                return Err(Refusal::SaleNotPaid.into());
            }
            let left = if surplus {
                tx.surplus_of(id)?
            } else {
                sale.paid.checked_sub(sale.refunded).map_err(|_| Refusal::AmountTooLarge)?
            };
            if amount > left {
                return Err(Refusal::RefundTooMuch { left }.into());
            }
            if way == RefundBy::Cash {
                tx.open_shift()?.ok_or(Refusal::ShiftNotOpen)?;
                let step = tx.settings()?.rules.rounding.step();
                if amount.get() % i64::from(step) != 0 {
                    return Err(Refusal::RefundNotInCoins { step }.into());
                }
            }
            tx.append(Body::SaleRefunded { sale_id: id, amount, by: way, reason, surplus })?;
            Ok(())
        })?;
        self.tell(crate::wire::Push::StripChanged);
        self.sale_show(id)
    }
}
