//! The customer's cash is taken and the payment leaves, once. Whoever pays a bill that was paid before is answered with
//! the bill as it stands, and nothing is sent.

use std::sync::Arc;

use laci_core::bill_rules::{Around, may_pay};
use laci_core::{
    Act, BillCash, BillChange, BillId, BillRefusal, BillSource, BillState, Refusal, Rupiah, UnixMs,
};
use laci_gateway::{BillAsk, BillStep, Gateway};
use laci_ledger::{BillRow, Op, Tx};

use super::answer::{Learnt, happened};
use super::view::BillView;
use super::words;
use crate::by::By;
use crate::error::Result;
use crate::till::{BillFlight, Till, speaking};

/// How long payments that a restore lost are reckoned with: as long as a provider answers for one.
const LOST_MS: i64 = 90 * 24 * 60 * 60 * 1000;

impl Till {
    /// Takes `tendered` rupiah in cash (exactly what is due when none is named) and sends the payment. Where a try before
    /// certainly never left, the cash is here already, and only the payment leaves.
    ///
    /// Refused: `bill_unknown`, `bill_inquire_again`, `bill_price_unreadable`, `bill_second_pay`, `deposit_too_low`,
    /// `cash_too_little`, `bill_erased`, `disk_full`; nothing was taken or sent then.
    pub async fn bill_pay(
        self: &Arc<Self>,
        by: By,
        id: BillId,
        tendered: Option<i64>,
    ) -> Result<BillView> {
        let row = self.bill_row(id)?;
        let unsent = matches!(row.standing.state, BillState::Inquired | BillState::MoneySecured);
        let Some(flight) = self.bill_alone(id).filter(|_| unsent) else {
            return self.bill_show(id);
        };
        let gateway = self.biller(row.bill.gateway.as_str())?;
        let ask = self.bill_ask(&row.bill)?;
        let Some(tries) = self.commit_paying(by, id, tendered)? else {
            return self.bill_show(id);
        };
        laci_ledger::fault::point("bill.sending");
        let till = self.clone();
        // It runs to its end in a task of its own: whoever waits may stop waiting.
        let task = tokio::spawn(speaking(self.lang(), async move {
            till.send_payment(&gateway, &ask, id, tries, flight).await
        }));
        task.await.map_err(|_| words::stopped())??;
        self.bill_show(id)
    }

    /// One commit with all that must be durable before the first byte; `None` where a payment left before.
    fn commit_paying(&self, by: By, id: BillId, tendered: Option<i64>) -> Result<Option<u8>> {
        let committed = self.transact(Op::BillPay, by, |tx| {
            let now = self.ports.now();
            let row = tx.bill(id)?.ok_or(BillRefusal::NotFound)?;
            after_restore(tx, by, &row, now)?;
            let others: Vec<_> = tx.bills_beside(&row.bill)?;
            let others: Vec<_> = others.into_iter().map(|row| (row.bill, row.standing)).collect();
            let deposit = tx.bill_deposit(&row.bill.gateway)?;
            let around = Around { others: &others, deposit };
            let owed = match may_pay(&row.bill, &row.standing, &around, now) {
                Ok(owed) => owed,
                Err(BillRefusal::Sent) => return Ok(None),
                Err(no) => return Err(no.into()),
            };
            take_cash(tx, &row, owed, tendered)?;
            let tries = row.standing.tries.checked_add(1).ok_or(BillRefusal::InquireAgain)?;
            happened(tx, id, BillChange::PaySending { tries, at: now })?;
            Ok(Some(tries))
        })?;
        self.tell(crate::wire::Push::StripChanged);
        Ok(committed.value)
    }

    async fn send_payment(
        &self,
        gateway: &Gateway,
        ask: &BillAsk,
        id: BillId,
        tries: u8,
        _flight: BillFlight,
    ) -> Result<()> {
        let answered = self.executor.bill(gateway, BillStep::Pay, ask, self.ports.now()).await;
        laci_ledger::fault::point("bill.answered");
        match answered {
            Ok(answered) => {
                let at = self.ports.now();
                let learnt = Learnt::of(BillSource::Pay, at, &ask.customer_no, answered);
                self.commit_learnt(id, learnt)
            }
            Err(error) => {
                let reason = error.code().to_owned();
                self.transact(Op::Bill, By::TILL, |tx| {
                    happened(tx, id, BillChange::PayNotSent { tries, reason })
                })?;
                Ok(())
            }
        }
    }
}

/// After a restore the books may lack payments: a bill of before is inquired anew, and somebody answers for each new
/// payment as long as a lost one could matter.
fn after_restore(tx: &Tx<'_>, by: By, row: &BillRow, now: UnixMs) -> Result<()> {
    let Some(restored) = tx.restored_at()? else { return Ok(()) };
    if row.bill.inquired_at <= restored && row.standing.sent_at.is_none() {
        return Err(BillRefusal::InquireAgain.into());
    }
    if now.since_ms(restored) < LOST_MS && !by.may(Act::ResolveBill) {
        return Err(BillRefusal::AfterRestore { role: Act::ResolveBill.rule().0 }.into());
    }
    Ok(())
}

/// The customer's cash, unless it was taken by a try before.
fn take_cash(tx: &mut Tx<'_>, row: &BillRow, price: Rupiah, tendered: Option<i64>) -> Result<()> {
    if row.standing.cash.is_some() {
        return Ok(());
    }
    let rounding = tx.settings()?.rules.rounding.of(price);
    let due = price.checked_add(rounding).map_err(|_| Refusal::AmountTooLarge)?;
    let tendered = match tendered {
        Some(tendered) => Rupiah::new(tendered).map_err(|_| Refusal::AmountTooLarge)?,
        None => due,
    };
    if tendered < due {
        let missing = due.checked_sub(tendered).map_err(|_| Refusal::AmountTooLarge)?;
        return Err(Refusal::CashTooLittle { missing }.into());
    }
    let cash = BillCash { price, tendered, rounding };
    happened(tx, row.bill.id, BillChange::MoneyReceived { cash })
}
