//! What a customer owes. No money moves; the answer is kept, since it names what is paid later.

use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::{Bill, BillEvent, BillKind, Body, Hash, Rupiah};
use laci_gateway::{BillAnswer, BillOutcome, BillSeen, BillStep, Given, check_fields};
use laci_ledger::Op;

use super::ask::ask;
use super::details::{Details, amounts};
use super::view::BillView;
use super::words;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;

/// The inquiry's name in the gateways' tables.
const INQUIRY: &str = "inquiry";

/// Whose bill, of what.
#[derive(Clone, Debug)]
pub struct BillInquiry {
    pub gateway: String,
    /// The provider's word for the product.
    pub code: String,
    pub customer_no: String,
    /// What some products need beside these, by the provider's names (`year`, `amount`).
    pub extra: BTreeMap<String, String>,
}

impl Till {
    /// Asks once. An answer that is no bill is an error, and nothing is recorded then.
    ///
    /// Refused: `gateway_unknown`, `gateway_collects`, every fault of the fields, `disk_full`.
    pub async fn bill_inquire(self: &Arc<Self>, by: By, asked: &BillInquiry) -> Result<BillView> {
        let gateway = self.biller(&asked.gateway)?;
        let (code, customer_no) = (asked.code.trim(), asked.customer_no.trim());
        let id = self.ports.bill_id();
        let ask = ask(id, code, customer_no, &asked.extra)?;
        if let Some(operation) = gateway.kind().operation(INQUIRY) {
            let given = Given::from(&asked.extra)
                .with("code", code)
                .with("customer_no", customer_no)
                .with("ref_id", ask.ref_id.as_str());
            check_fields(operation.fields, &given)?;
        }
        let inquired_at = self.ports.now();
        let answered = self.executor.bill(&gateway, BillStep::Inquire, &ask, inquired_at).await;
        let answered = answered.map_err(words::not_sent)?;
        let seen = owed_bill(answered.answer)?;
        let details = Details::of(customer_no, &seen);
        self.transact(Op::BillInquiry, by, |tx| {
            let bytes = serde_json::to_vec(&details).map_err(|_| words::unkept())?;
            let bill = Bill {
                id,
                kind: BillKind::Postpaid,
                gateway: gateway.name().clone(),
                code: code.to_owned(),
                product: seen.code.clone(),
                customer: Hash::of_bytes(customer_no.as_bytes()),
                extra: asked.extra.clone(),
                periods: details.periods(),
                inquired_at,
                amounts: amounts(&seen),
                // The shop takes none of its own so far.
                fee: Rupiah::ZERO,
                details: tx.put_blob(&bytes)?,
                raw: answered.raw.as_deref().map(|raw| tx.put_blob(raw)).transpose()?,
            };
            tx.append(Body::Bill { event: BillEvent::Inquired { bill: Box::new(bill) } })?;
            Ok(())
        })?;
        self.bill_show(id)
    }
}

/// The bill of an answer. One that failed or is open names nothing that could be paid.
fn owed_bill(answer: BillAnswer) -> Result<Box<BillSeen>> {
    match answer {
        BillAnswer::Unreadable(doubt) => {
            Err(TillError::Failed(Sentence::of(doubt.code(), |lang| doubt.sentence(lang))))
        }
        BillAnswer::Seen(seen) => match seen.outcome {
            BillOutcome::Success => Ok(seen),
            BillOutcome::Failed | BillOutcome::Pending | BillOutcome::Review => {
                Err(TillError::Failed(words::inquiry_failed(&seen)))
            }
        },
    }
}
