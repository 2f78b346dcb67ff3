//! Start a payment: decide, commit, then act. The sale and its first attempt are durable before anything is asked
//! of a gateway, and a double press finds the first one's sale.

use std::sync::Arc;

use laci_core::{
    Attempt, AttemptId, Body, Method, OutboxEnd, OutboxId, Refusal, Sale, SaleId, SaleLine, Terms,
    sale, way,
};
use laci_ledger::{Op, Tx};

use super::create::PATIENCE;
use super::order::{Charge, Known, Way, known, second_qr};
use super::own_qris::OwnMade;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;
use crate::wire::PaymentView;

impl Till {
    /// Starts a payment and answers when there is something to show, or the reason why not.
    ///
    /// Refused: amounts that break a rule, `no_gateway`, `no_own_qris`, `order_conflict`, `not_set_up`,
    /// `no_free_code`, `disk_full`, and `pin_required` where an earlier QR of the sale can still be paid. A gateway that says no or does not answer is no error: the next way is tried, and the
    /// attempt's state and notices say what happened.
    pub async fn payment_start(self: &Arc<Self>, by: By, charge: Charge) -> Result<PaymentView> {
        let order = charge.order()?.map(str::to_owned);
        let _one_at_a_time = self.order_turn(order.as_deref()).await;
        let settings = self.settings()?;
        settings.shop.as_ref().ok_or_else(Self::not_set_up)?;
        let lines = charge.sale_lines()?;
        let total = sale::total_of(&lines, &settings.limits)?;
        match self.ledger.read(|view| Ok(known(view, order.as_deref(), total)))?? {
            Known::Standing(standing) => {
                self.show_customer(Some(standing.id));
                return self.payment_show(standing.id);
            }
            Known::Again(row) => {
                self.ledger.read(|view| Ok(second_qr(view, by, row.sale.id)))??
            }
            Known::New => {}
        }
        let ways = self.ways(&charge.via, total)?;
        let mut sale_id = None;
        for (at, way) in ways.iter().enumerate() {
            let id = self.ports.attempt_id();
            // On its way from before its commit: the workers leave it alone until its create has ended.
            let flight = self.fly_alone(id);
            let attempt = self.commit_start(by, way, (sale_id, id), &lines, order.as_deref())?;
            sale_id = Some(attempt.sale_id);
            let last = at + 1 == ways.len();
            if let Way::Later { .. } = way {
                // The worker sends it, from now on; no customer stands at the counter for it.
                drop(flight);
                self.changed(attempt.id)?;
                self.wake.notify_one();
                return self.payment_show(attempt.id);
            }
            if let Way::Gateway { .. } = way {
                let patience = (!last).then_some(PATIENCE);
                self.create_bill(&attempt, &charge, patience, flight).await?;
            }
            if last || !self.next_way_is_open(&attempt)? {
                self.show_customer(Some(attempt.id));
                self.changed(attempt.id)?;
                self.wake.notify_one();
                return self.payment_show(attempt.id);
            }
        }
        Err(Refusal::NoGateway.into())
    }

    fn next_way_is_open(&self, attempt: &Attempt) -> Result<bool> {
        Ok(way::next_way_is_open(&self.attempt_row(attempt.id)?.standing))
    }

    /// One commit: the sale (unless this is a further way of the same one) and the attempt.
    fn commit_start(
        &self,
        by: By,
        way: &Way,
        (sale_id, attempt_id): (Option<SaleId>, AttemptId),
        lines: &[SaleLine],
        order: Option<&str>,
    ) -> Result<Attempt> {
        let new_sale = self.ports.sale_id();
        let started_at = self.ports.now();
        // A further way completes what was begun: a full disk does not stop it.
        let op = if sale_id.is_none() { Op::PaymentStart } else { Op::PaymentNext };
        let committed = self.transact(op, by, |tx| {
            let sale = recorded_sale(tx, sale_id, new_sale, lines, order)?;
            let amount = sale.total;
            let (method, made) = match way {
                Way::Gateway { name, method, extra } | Way::Later { name, method, extra } => {
                    let (method, extra) = (method.clone(), extra.clone());
                    (Method::Gateway { gateway: name.clone(), method, extra }, None)
                }
                Way::OwnQris => {
                    let made = OwnMade::for_amount(tx, amount)?;
                    (Method::OwnQris { unique_code: made.unique_code }, Some(made))
                }
            };
            let terms = Terms { amount, method };
            let attempt = Attempt { id: attempt_id, sale_id: sale.id, started_at, terms };
            let owed = tx.append(Body::AttemptStarted { attempt: attempt.clone() })?;
            if let Way::Later { .. } = way {
                tx.append(Body::OutboxEnded { item: OutboxId(owed), end: OutboxEnd::Later })?;
            }
            if let Some(made) = made {
                let evidence = made.evidence(started_at);
                tx.append(Body::EvidenceAdded { attempt_id: attempt.id, evidence })?;
            }
            Ok(attempt)
        })?;
        laci_ledger::fault::point("start.committed");
        Ok(committed.value)
    }
}

/// The sale to charge: the given one, the order's earlier one, or a new one in the log.
pub(super) fn recorded_sale(
    tx: &mut Tx<'_>,
    sale_id: Option<SaleId>,
    new_id: SaleId,
    lines: &[SaleLine],
    order: Option<&str>,
) -> Result<Sale> {
    if let Some(id) = sale_id {
        let row = tx.sale(id)?.ok_or(Refusal::SaleUnknown)?;
        return Ok(row.sale);
    }
    let limits = tx.settings()?.limits;
    let total = sale::total_of(lines, &limits)?;
    match known(tx, order, total)? {
        Known::Again(row) => Ok(row.sale),
        Known::Standing(_) => Err(Refusal::SaleCovered.into()),
        Known::New => {
            let number = tx.next_sale_number()?;
            let order = order.map(str::to_owned);
            let sale = Sale::new(new_id, number, lines.to_vec(), order, &limits)?;
            tx.append(Body::SaleRecorded { sale: sale.clone() })?;
            Ok(sale)
        }
    }
}
