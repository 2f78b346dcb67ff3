//! From a gateway's answer to evidence about a payment, and into the log: only what is new is kept.

use laci_core::{
    Bill, BillChange, BillEvent, BillEvidence, BillId, BillSource, BillWord, Body, Hash, UnixMs,
};
use laci_gateway::{Answered, BillAnswer, BillOutcome, BillSeen};
use laci_ledger::{Op, Tx};

use super::details::{Details, amounts};
use super::words;
use crate::by::By;
use crate::error::Result;
use crate::till::Till;

/// What was learnt, before its bodies are stored.
pub(super) struct Learnt {
    evidence: BillEvidence,
    details: Option<Details>,
    raw: Option<Vec<u8>>,
}

impl Learnt {
    pub(super) fn of(
        source: BillSource,
        at: UnixMs,
        customer_no: &str,
        answered: Answered<BillAnswer>,
    ) -> Self {
        let raw = answered.raw;
        match answered.answer {
            BillAnswer::Unreadable(doubt) => {
                Self { raw, ..Self::nothing(source, at, doubt.code()) }
            }
            BillAnswer::Seen(seen) => Self {
                evidence: evidence_of(source, at, &seen),
                details: Some(Details::of(customer_no, &seen)),
                raw,
            },
        }
    }

    /// Nobody knows what came of it.
    pub(super) fn nothing(source: BillSource, at: UnixMs, reason: &str) -> Self {
        let evidence = BillEvidence {
            source,
            at,
            word: BillWord::Unknown,
            rc: None,
            status: None,
            review: None,
            reason: Some(reason.to_owned()),
            amounts: Default::default(),
            details: None,
            raw: None,
        };
        Self { evidence, details: None, raw: None }
    }
}

fn evidence_of(source: BillSource, at: UnixMs, seen: &BillSeen) -> BillEvidence {
    let word = match seen.outcome {
        BillOutcome::Success => BillWord::Success,
        BillOutcome::Failed => BillWord::Failed,
        BillOutcome::Pending => BillWord::Pending,
        BillOutcome::Review => BillWord::Review,
    };
    BillEvidence {
        source,
        at,
        word,
        rc: seen.rc.clone(),
        status: Some(seen.status.clone()),
        review: seen.review.map(str::to_owned),
        reason: None,
        amounts: amounts(seen),
        details: None,
        raw: None,
    }
}

impl Till {
    /// Keeps what is new of it.
    pub(super) fn commit_learnt(&self, id: BillId, learnt: Learnt) -> Result<()> {
        self.transact(Op::Bill, By::TILL, |tx| {
            let Learnt { mut evidence, details, raw } = learnt;
            let kept = details.map(|details| serde_json::to_vec(&details)).transpose();
            let kept = kept.map_err(|_| words::unkept())?;
            evidence.details = kept.as_deref().map(Hash::of_bytes);
            if is_known(tx, id, &evidence)? {
                return Ok(());
            }
            kept.as_deref().map(|bytes| tx.put_blob(bytes)).transpose()?;
            evidence.raw = raw.as_deref().map(|raw| tx.put_blob(raw)).transpose()?;
            happened(tx, id, BillChange::Answered { evidence: Box::new(evidence) })
        })?;
        self.tell(crate::wire::Push::StripChanged);
        Ok(())
    }
}

fn is_known(tx: &Tx<'_>, id: BillId, evidence: &BillEvidence) -> Result<bool> {
    let row = tx.bill(id)?;
    let changes = row.map(|row| row.changes).unwrap_or_default();
    Ok(changes.iter().any(|change| match change {
        BillChange::Answered { evidence: before } => before.says_the_same(evidence),
        BillChange::MoneyReceived { .. }
        | BillChange::PaySending { .. }
        | BillChange::PayNotSent { .. }
        | BillChange::Resolved { .. }
        | BillChange::RefundPaid { .. } => false,
    }))
}

pub(super) fn happened(tx: &mut Tx<'_>, id: BillId, what: BillChange) -> Result<()> {
    tx.append(Body::Bill { event: BillEvent::Happened { id, what } })?;
    Ok(())
}

/// The customer's number of a bill whose details were erased is not known any more.
pub(super) fn number_of(till: &Till, bill: &Bill) -> Result<String> {
    Ok(till.bill_details(bill.details)?.map(|details| details.customer_no).unwrap_or_default())
}
