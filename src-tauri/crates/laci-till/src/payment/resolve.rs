//! A person's word on a create whose outcome nobody knows: send the same once more, or let it go.

use std::sync::Arc;

use laci_core::create::{SendAgain, by_a_persons_word};
use laci_core::{
    AttemptId, AttemptState, Body, Evidence, Method, Observed, OutboxEnd, OutboxId, Refusal,
    Source, way,
};
use laci_gateway::{Collector, CreateAsk, Gateway};
use laci_ledger::{AttemptRow, Op, SaleState};

use super::create::Window;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::PaymentView;

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolve {
    /// Send the create once more with the same reference; its QR may then be shown.
    Retry,
    /// It is taken as not made; should it be paid all the same, the money is still seen.
    Abandon,
}

impl Till {
    /// Refused: `payment_unknown`, `not_resolvable` (its outcome is known), and for a
    /// retry `sale_covered` and `another_payment_open`: its QR would be a second one that can be paid.
    pub async fn payment_resolve(
        self: &Arc<Self>,
        by: By,
        id: AttemptId,
        action: Resolve,
    ) -> Result<PaymentView> {
        // The flight first: what is read under it cannot be sent by anybody else meanwhile.
        let _flying = self.fly_alone(id).ok_or(Refusal::NotResolvable)?;
        let row = self.attempt_row(id)?;
        if !way::is_resolvable(&row.standing) {
            return Err(Refusal::NotResolvable.into());
        }
        if action == Resolve::Retry {
            self.may_be_asked_again(&row)?;
        }
        let owed = self.owed_create(&row.attempt)?;
        match (action, &row.attempt.terms.method) {
            (Resolve::Retry, Method::Gateway { gateway, .. }) => {
                let gateway = self.gateway(gateway)?;
                let ask = self.create_ask(&row.attempt)?;
                if self.may_send_again(&gateway, &row, &ask, owed.0).await? {
                    let window = Window::default();
                    self.ask_again(by, &gateway, &row.attempt, &ask, owed, &window).await?;
                }
            }
            (Resolve::Abandon, _)
            | (Resolve::Retry, Method::OwnQris { .. } | Method::Cash { .. }) => {
                self.transact(Op::Resolve, by, |tx| {
                    let observed = Observed::bare(AttemptState::Cancelled);
                    let reason = Some("abandoned_by_person".to_owned());
                    let at = self.ports.now();
                    let evidence =
                        Evidence { source: Source::Person, at, observed, raw: None, reason };
                    tx.append(Body::EvidenceAdded { attempt_id: id, evidence })?;
                    let ended = tx
                        .outbox(owed.0)?
                        .is_some_and(|row| row.state == laci_ledger::OutboxState::Unknown);
                    if !ended {
                        tx.append(Body::OutboxEnded { item: owed.0, end: OutboxEnd::Unknown })?;
                    }
                    Ok(())
                })?;
            }
        }
        self.changed(id)?;
        self.payment_show(id)
    }

    /// Whether a second create may leave: not when a look-up finds the first one's bill. Where the gateway can be asked
    /// for it and does not answer, nothing is sent.
    async fn may_send_again(
        &self,
        gateway: &Gateway,
        row: &AttemptRow,
        ask: &CreateAsk,
        item: OutboxId,
    ) -> Result<bool> {
        let retry = gateway.collector().map(Collector::create_retry);
        let mut next = by_a_persons_word(retry, None);
        if next == SendAgain::LookFirst {
            let window = Window::default();
            let looked = self.look_up(gateway, &row.attempt, ask, item, &window).await?;
            next = by_a_persons_word(retry, Some(looked));
        }
        match next {
            SendAgain::NotNeeded => Ok(false),
            SendAgain::Send => Ok(true),
            SendAgain::LookFirst | SendAgain::Refused => Err(TillError::Failed(Sentence::new(
                "look_up_failed",
                "Gateway belum bisa ditanya apakah tagihan pertama sudah ada, jadi tidak ada yang dikirim lagi. Coba sebentar lagi, atau pakai cara bayar lain.",
                "The gateway cannot be asked now whether the first bill is there, so nothing was sent again. Try again shortly, or use another way to pay.",
            ))),
        }
    }

    fn may_be_asked_again(&self, row: &AttemptRow) -> Result<()> {
        let (sale, attempts) = self.read(|view| {
            let id = row.attempt.sale_id;
            Ok((view.sale(id)?, view.attempts_of(id)?))
        })?;
        if sale.is_none_or(|sale| sale.state != SaleState::Open) {
            return Err(Refusal::SaleCovered.into());
        }
        let mut others = attempts.iter().filter(|other| other.attempt.id != row.attempt.id);
        if others.any(|other| way::stands(&other.standing)) {
            return Err(Refusal::AnotherPaymentOpen.into());
        }
        Ok(())
    }
}
