//! A sale paid in notes and coins: sale, attempt, the cashier's word and the cover are one commit, since nothing outside
//! is asked.

use std::sync::Arc;

use laci_core::books::{CashRounding, Denomination, quick_cash};
use laci_core::{
    Attempt, AttemptState, Body, Evidence, Method, Observed, Refusal, Rupiah, Source, Terms, sale,
};
use laci_ledger::Op;

use super::cover::cover_if_paid;
use super::order::{Charge, sale_of};
use super::start::recorded_sale;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{CashOffer, PaymentView};

impl Till {
    /// Takes `tendered` rupiah for the cart. A double press finds the first one's sale. A QR of the same cart that can
    /// still be paid stays watched.
    ///
    /// Refused: amounts that break a rule, `cash_too_little`, `order_conflict`, `not_set_up`, `disk_full`.
    pub async fn cash_pay(
        self: &Arc<Self>,
        by: By,
        charge: Charge,
        tendered: i64,
    ) -> Result<PaymentView> {
        let order = charge.order()?.map(str::to_owned);
        let _one_at_a_time = self.order_turn(order.as_deref()).await;
        let settings = self.settings()?;
        settings.shop.as_ref().ok_or_else(Self::not_set_up)?;
        let lines = charge.sale_lines()?;
        let total = sale::total_of(&lines, &settings.limits)?;
        let known = self.ledger.read(|view| Ok(sale_of(view, order.as_deref(), total)))??;
        if let Some((_, Some(paid))) = known {
            return self.payment_show(paid);
        }
        let tendered = Rupiah::new(tendered).map_err(|_| Refusal::AmountTooLarge)?;
        let (rounding, due) = rounded(settings.rules.rounding, total)?;
        if tendered < due {
            return Err(Refusal::CashTooLittle { missing: short_by(due, tendered)? }.into());
        }
        let (new_sale, id) = (self.ports.sale_id(), self.ports.attempt_id());
        let now = self.ports.now();
        // A cart that has its sale already is completed: a full disk does not stop it.
        let op = if known.is_none() { Op::PaymentStart } else { Op::PaymentNext };
        let cover = self.transact(op, by, |tx| {
            let before = match sale_of(tx, order.as_deref(), total)? {
                // Money came meanwhile: nothing is taken twice.
                Some((_, Some(_))) => return Err(Refusal::SaleCovered.into()),
                Some((sale, None)) => Some(sale),
                None => None,
            };
            let sale = recorded_sale(tx, before, new_sale, &lines, order.as_deref())?;
            let method = Method::Cash { tendered, rounding };
            let terms = Terms { amount: sale.total, method };
            let mut observed = Observed::bare(AttemptState::Paid);
            observed.amount = Some(terms.asked_total());
            let attempt = Attempt { id, sale_id: sale.id, started_at: now, terms };
            tx.append(Body::AttemptStarted { attempt })?;
            let evidence =
                Evidence { source: Source::Person, at: now, observed, raw: None, reason: None };
            tx.append(Body::EvidenceAdded { attempt_id: id, evidence })?;
            cover_if_paid(tx, id)
        })?;
        laci_ledger::fault::point("paid.committed");
        self.sounded(id, cover.value)?;
        self.show_customer(Some(id));
        self.wake.notify_one();
        self.changed(id)?;
        self.payment_show(id)
    }
}

impl Till {
    /// What the cart costs in notes and coins, and what a customer will likely hand over. Records nothing.
    ///
    /// Refused: amounts that break a rule.
    pub fn cash_offer(&self, charge: &Charge) -> Result<CashOffer> {
        let lines = charge.sale_lines()?;
        let settings = self.settings()?;
        let total = sale::total_of(&lines, &settings.limits)?;
        let (rounding, due) = rounded(settings.rules.rounding, total)?;
        let mut pieces: Vec<i64> =
            Denomination::ALL.into_iter().map(|piece| piece.value().get()).collect();
        pieces.dedup();
        Ok(CashOffer {
            price: total.get(),
            rounding: rounding.get(),
            due: due.get(),
            quick: quick_cash(due).into_iter().map(Rupiah::get).collect(),
            pieces,
        })
    }
}

/// What rounding adds to a price, and what is due with it.
fn rounded(rule: CashRounding, total: Rupiah) -> Result<(Rupiah, Rupiah)> {
    let rounding = rule.of(total);
    let due = total.checked_add(rounding).map_err(|_| Refusal::AmountTooLarge)?;
    Ok((rounding, due))
}

fn short_by(total: Rupiah, tendered: Rupiah) -> Result<Rupiah> {
    Ok(total.checked_sub(tendered).map_err(|_| Refusal::AmountTooLarge)?)
}
