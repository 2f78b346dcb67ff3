//! A bill as people and scripts see it.

use laci_core::{
    BillAmounts, BillCash, BillChange, BillEvidence, BillId, BillState, Rupiah, UnixMs, bill_rules,
};
use laci_ledger::{BillFilter, BillRow};
use serde::Serialize;
use serde_json::Value;

use super::answer::number_of;
use super::details::Details;
use super::words;
use crate::error::Result;
use crate::till::Till;
use crate::wire::Notice;

/// Amounts are rupiah, moments Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BillView {
    pub id: String,
    pub state: String,
    /// Its name at the provider, the same in every call about it.
    pub ref_id: String,
    pub gateway: String,
    pub code: String,
    /// The product as the provider's answer names it.
    pub product: Option<String>,
    pub customer_no: String,
    pub name: Option<String>,
    /// What is taken from the deposit.
    pub price: Option<i64>,
    pub admin: Option<i64>,
    pub selling_price: Option<i64>,
    pub base_commission: Option<i64>,
    /// The shop's own.
    pub fee: i64,
    /// What the customer owes; none where a price is not readable.
    pub total: Option<i64>,
    /// The proof or the token.
    pub sn: Option<String>,
    /// The product's own fields, as they came.
    pub detail: Value,
    pub periods: Vec<String>,
    pub cash: Option<BillCashView>,
    /// What the shop owes the customer of a bill that failed.
    pub refund_owed: Option<i64>,
    pub refunded: bool,
    /// Why a person must look, as stable codes.
    pub reviews: Vec<String>,
    /// Whether only a person says how it ended.
    pub by_person: bool,
    pub inquired_at: i64,
    pub sent_at: Option<i64>,
    pub notices: Vec<Notice>,
    pub evidence: Vec<BillEvidenceView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillCashView {
    pub tendered: i64,
    pub rounding: i64,
    pub change: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillEvidenceView {
    pub source: String,
    pub word: String,
    pub at: i64,
    pub rc: Option<String>,
    pub status: Option<String>,
    pub review: Option<String>,
    pub reason: Option<String>,
}

impl Till {
    /// Refused: `bill_unknown`.
    pub fn bill_show(&self, id: BillId) -> Result<BillView> {
        let row = self.bill_row(id)?;
        self.bill_view(&row)
    }

    /// Newest first.
    pub fn bill_list(&self, state: Option<BillState>, limit: u32) -> Result<Vec<BillView>> {
        let rows = self.read(|view| view.bills(&BillFilter { state, limit }))?;
        rows.iter().map(|row| self.bill_view(row)).collect()
    }

    fn bill_view(&self, row: &BillRow) -> Result<BillView> {
        let (bill, standing) = (&row.bill, &row.standing);
        let inquired = self.bill_details(bill.details)?.unwrap_or_default();
        let settled = standing.details.map(|hash| self.bill_details(hash)).transpose()?.flatten();
        let settled = settled.unwrap_or_default();
        let shown = said(bill.amounts, row);
        let either = |pick: fn(&Details) -> Option<String>| pick(&settled).or(pick(&inquired));
        Ok(BillView {
            id: bill.id.to_string(),
            state: standing.state.as_str().to_owned(),
            ref_id: bill.id.reference(),
            gateway: bill.gateway.to_string(),
            code: bill.code.clone(),
            product: bill.product.clone(),
            customer_no: number_of(self, bill)?,
            name: either(|details| details.name.clone()),
            price: shown.price.map(Rupiah::get),
            admin: shown.admin.map(Rupiah::get),
            selling_price: bill.amounts.selling_price.map(Rupiah::get),
            base_commission: shown.base_commission.map(Rupiah::get),
            fee: bill.fee.get(),
            total: bill_rules::owed(bill).map(Rupiah::get),
            sn: settled.sn.clone(),
            detail: if settled.desc.is_some() { settled.fields() } else { inquired.fields() },
            periods: bill.periods.iter().cloned().collect(),
            cash: standing.cash.and_then(cash_view),
            refund_owed: standing.owed().and_then(BillCash::due).map(Rupiah::get),
            refunded: standing.refunded,
            reviews: standing.reviews.iter().cloned().collect(),
            by_person: standing.by_person,
            inquired_at: bill.inquired_at.0,
            sent_at: standing.sent_at.map(|at| at.0),
            notices: words::notices(standing, self.lang()),
            evidence: row.changes.iter().filter_map(evidence).collect(),
        })
    }

    /// Moments of a bill in the shop's zone are the caller's to write.
    pub fn bill_time(&self, ms: i64) -> String {
        UnixMs(ms).rfc3339(self.zone())
    }
}

/// The deposit's price as it was taken, once the bill is paid; the inquiry's otherwise.
fn said(inquired: BillAmounts, row: &BillRow) -> BillAmounts {
    BillAmounts { price: row.standing.deposit_price.or(inquired.price), ..inquired }
}

fn cash_view(cash: BillCash) -> Option<BillCashView> {
    let change = cash.change()?.get();
    Some(BillCashView { tendered: cash.tendered.get(), rounding: cash.rounding.get(), change })
}

fn evidence(change: &BillChange) -> Option<BillEvidenceView> {
    match change {
        BillChange::Answered { evidence } => Some(piece(evidence)),
        BillChange::MoneyReceived { .. }
        | BillChange::PaySending { .. }
        | BillChange::PayNotSent { .. }
        | BillChange::Resolved { .. }
        | BillChange::RefundPaid { .. } => None,
    }
}

fn piece(evidence: &BillEvidence) -> BillEvidenceView {
    BillEvidenceView {
        source: evidence.source.as_str().to_owned(),
        word: evidence.word.as_str().to_owned(),
        at: evidence.at.0,
        rc: evidence.rc.clone(),
        status: evidence.status.clone(),
        review: evidence.review.clone(),
        reason: evidence.reason.clone(),
    }
}
