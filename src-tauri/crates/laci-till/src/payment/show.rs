//! Look at payments.

use laci_core::{AttemptId, AttemptState};
use laci_ledger::{AttemptFilter, AttemptRow, SaleState};

use crate::error::Result;
use crate::till::Till;
use crate::wire::PaymentView;

/// The most payments in one answer.
const LIST_MAX: u32 = 500;
/// A payment stays in the tray for two days.
const TRAY_MS: i64 = 48 * 3_600_000;

impl Till {
    pub fn payment_show(&self, id: AttemptId) -> Result<PaymentView> {
        let row = self.attempt_row(id)?;
        self.payment_view(&row)
    }

    /// Newest first.
    pub fn payment_list(
        &self,
        state: Option<AttemptState>,
        limit: u32,
    ) -> Result<Vec<PaymentView>> {
        let filter = AttemptFilter { state, limit: limit.min(LIST_MAX) };
        let rows = self.read(|view| view.attempts(&filter))?;
        rows.iter().map(|row| self.payment_view(row)).collect()
    }

    /// The tray: payments that were shown and whose sale is not covered.
    pub fn payments_open(&self) -> Result<Vec<PaymentView>> {
        self.open_rows()?.iter().map(|row| self.payment_view(row)).collect()
    }

    /// QRs of gateways that can still be paid and whose payment nobody but this process would see.
    pub fn qrs_on_offer(&self) -> Result<u32> {
        let open = self.open_rows()?;
        let pending = open.iter().filter(|row| row.standing.state == AttemptState::Pending);
        Ok(u32::try_from(pending.count()).unwrap_or(u32::MAX))
    }

    pub(crate) fn open_rows(&self) -> Result<Vec<AttemptRow>> {
        let now = self.ports.now();
        self.read(|view| {
            let mut rows = Vec::new();
            for state in [AttemptState::Pending, AttemptState::Unverified, AttemptState::Expired] {
                let filter = AttemptFilter { state: Some(state), limit: LIST_MAX };
                for row in view.attempts(&filter)? {
                    let sale = view.sale(row.attempt.sale_id)?;
                    let open = sale.is_some_and(|sale| sale.state == SaleState::Open);
                    let recent = now.since_ms(row.attempt.started_at) < TRAY_MS;
                    if open && recent && row.standing.presentment.is_some() {
                        rows.push(row);
                    }
                }
            }
            Ok(rows)
        })
    }
}
