//! A bill as it is found, and as its gateway is asked about it: the same words from the inquiry to the last status.

use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::{Bill, BillId, BillRefusal};
use laci_gateway::{BillAsk, BillRef, Gateway};
use laci_ledger::BillRow;

use super::details::Details;
use crate::call::gateway_name;
use crate::error::Result;
use crate::till::Till;

impl Till {
    pub(crate) fn bill_row(&self, id: BillId) -> Result<BillRow> {
        Ok(self.read(|view| view.bill(id))?.ok_or(BillRefusal::NotFound)?)
    }

    /// A gateway that pays bills.
    pub(super) fn biller(&self, name: &str) -> Result<Arc<Gateway>> {
        let gateway = self.gateway(&gateway_name(name)?)?;
        if gateway.biller().is_none() {
            return Err(BillRefusal::Collects { gateway: name.to_owned() }.into());
        }
        Ok(gateway)
    }

    /// Refused: `bill_erased`.
    pub(super) fn bill_ask(&self, bill: &Bill) -> Result<BillAsk> {
        let details = self.bill_details(bill.details)?.ok_or(BillRefusal::Erased)?;
        ask(bill.id, &bill.code, &details.customer_no, &bill.extra)
    }

    pub(super) fn bill_details(&self, hash: laci_core::Hash) -> Result<Option<Details>> {
        let bytes = self.read(|view| view.blob(hash))?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }
}

pub(super) fn ask(
    id: BillId,
    code: &str,
    customer_no: &str,
    extra: &BTreeMap<String, String>,
) -> Result<BillAsk> {
    // The id's own spelling fits; nothing is asked by another name.
    let ref_id = BillRef::new(&id.reference()).map_err(|_| BillRefusal::NotFound)?;
    Ok(BillAsk {
        code: code.to_owned(),
        customer_no: customer_no.to_owned(),
        ref_id,
        extra: extra.clone(),
    })
}
