//! A person's word on money without a sale: whose it is, or that it is nobody's. Each row is settled once.

use laci_core::{
    Attempt, AttemptId, AttemptState, Body, Evidence, InboxEvent, InboxId, Method, Observed,
    Refusal, Rupiah, SaleId, Terms,
};
use laci_ledger::{InboxRow, InboxState, Op, SaleState, Tx};

use super::words;
use crate::by::By;
use crate::error::Result;
use crate::payment::cover_if_paid;
use crate::till::Till;
use crate::wire::PaymentView;

const REASON_CHARS_MAX: usize = 200;

impl Till {
    /// The money is this sale's: evidence on its payment by the shop's own QRIS, which is begun where there is none (the
    /// customer typed the price at the sticker).
    ///
    /// Refused: `inbox_second` (the sale has other money by the own QRIS), `inbox_unknown`, `inbox_settled`, `inbox_no_amount`, `sale_unknown`, `sale_voided`, `sale_covered`: money
    /// that came twice waits here until it is given back.
    pub fn inbox_match(&self, by: By, id: &str, sale: SaleId) -> Result<PaymentView> {
        let id = inbox_id(id)?;
        let now = self.ports.now();
        let new = self.ports.attempt_id();
        let matched = self.transact(Op::Inbox, by, |tx| {
            let row = waiting(tx, id)?;
            let amount = row.amount.ok_or_else(words::no_amount)?;
            let attempt_id = match payable(tx, sale)? {
                Some(id) => id,
                None => begun(tx, sale, Attempt { started_at: now, ..blank(new, sale) })?,
            };
            let before = received(tx, attempt_id)?;
            tx.append(Body::Inbox { event: InboxEvent::Matched { id, attempt_id } })?;
            let mut observed = Observed::bare(AttemptState::Paid);
            observed.amount = Some(amount);
            observed.paid_at = Some(row.at);
            let raw = Some(row.raw);
            let evidence = Evidence { source: row.source, at: now, observed, raw, reason: None };
            tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
            // Two tellings of one payment are folded into one: what adds less than itself would leave the books unseen.
            if received(tx, attempt_id)?.checked_sub(before) != Ok(amount) {
                return Err(words::beside_other_money());
            }
            Ok((attempt_id, cover_if_paid(tx, attempt_id)?))
        })?;
        let (attempt, cover) = matched.value;
        self.followed(attempt, cover)?;
        self.payment_show(attempt)
    }

    /// The money is no sale's, or was given back: the books forget it, the log does not. Refused: `reason_required`,
    /// `inbox_unknown`, `inbox_settled`.
    pub fn inbox_dismiss(&self, by: By, id: &str, reason: &str) -> Result<()> {
        let id = inbox_id(id)?;
        let reason: String = reason.trim().chars().take(REASON_CHARS_MAX).collect();
        if reason.is_empty() {
            return Err(Refusal::ReasonRequired.into());
        }
        self.transact(Op::Inbox, by, |tx| {
            waiting(tx, id)?;
            tx.append(Body::Inbox { event: InboxEvent::Dismissed { id, reason } })?;
            Ok(())
        })?;
        self.tell(crate::wire::Push::StripChanged);
        Ok(())
    }
}

fn received(tx: &Tx<'_>, id: AttemptId) -> Result<Rupiah> {
    Ok(tx.attempt(id)?.map_or(Rupiah::ZERO, |row| row.standing.received))
}

fn inbox_id(text: &str) -> Result<InboxId> {
    text.parse().map_err(|_| words::unknown())
}

fn waiting(tx: &Tx<'_>, id: InboxId) -> Result<InboxRow> {
    let row = tx.inbox_row(id)?.ok_or_else(words::unknown)?;
    match row.state {
        InboxState::Waiting => Ok(row),
        InboxState::Matched | InboxState::Dismissed => Err(words::settled()),
    }
}

/// The newest attempt of the sale on the shop's own QRIS that money can still come for: any of an open sale that is not
/// paid, or the one that a person's word covers.
fn payable(tx: &Tx<'_>, sale: SaleId) -> Result<Option<AttemptId>> {
    let row = tx.sale(sale)?.ok_or(Refusal::SaleUnknown)?;
    let attempts = tx.attempts_of(sale)?;
    let mut own = attempts
        .iter()
        .rev()
        .filter(|one| matches!(one.attempt.terms.method, Method::OwnQris { .. }));
    match row.state {
        SaleState::Open => {
            Ok(own.find(|one| !one.standing.state.is_covered()).map(|one| one.attempt.id))
        }
        SaleState::Covered => own
            .find(|one| one.standing.state.is_a_persons_word())
            .map(|one| Some(one.attempt.id))
            .ok_or_else(|| Refusal::SaleCovered.into()),
        SaleState::Voided => Err(words::voided()),
    }
}

fn blank(id: AttemptId, sale_id: SaleId) -> Attempt {
    let method = Method::OwnQris { unique_code: Rupiah::ZERO };
    let terms = Terms { amount: Rupiah::ZERO, method };
    Attempt { id, sale_id, started_at: Default::default(), terms }
}

/// At the price itself: nobody was shown a code.
fn begun(tx: &mut Tx<'_>, sale: SaleId, mut attempt: Attempt) -> Result<AttemptId> {
    let row = tx.sale(sale)?.ok_or(Refusal::SaleUnknown)?;
    attempt.terms.amount = row.sale.total;
    let id = attempt.id;
    tx.append(Body::AttemptStarted { attempt })?;
    Ok(id)
}
