//! Look at payments.

use laci_core::later::{made_at, may_be_shown};
use laci_core::{AttemptId, AttemptState};
use laci_ledger::{AttemptFilter, AttemptRow, LedgerError, OutboxKind, OutboxRow, SaleState, View};

use super::put_off::{beside, is_waiting};
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

    /// The tray: payments that were shown and whose sale is not covered, and deferred ones that no money or person ended.
    pub fn payments_open(&self) -> Result<Vec<PaymentView>> {
        self.open_rows()?.iter().map(|row| self.payment_view(row)).collect()
    }

    /// Deferred charges whose bill is not made yet.
    pub(crate) fn payments_waiting(&self) -> Result<Vec<AttemptRow>> {
        self.read(|view| owing(view, view.outbox_waiting()?))
    }

    /// QRs of gateways that can still be paid and whose payment nobody but this process would see.
    pub fn qrs_on_offer(&self) -> Result<u32> {
        let open = self.open_rows()?;
        let pending = open.iter().filter(|row| {
            row.standing.state == AttemptState::Pending && row.standing.presentment.is_some()
        });
        Ok(u32::try_from(pending.count()).unwrap_or(u32::MAX))
    }

    pub(crate) fn open_rows(&self) -> Result<Vec<AttemptRow>> {
        let now = self.ports.now();
        self.read(|view| {
            let mut rows = Vec::new();
            let recent = |row: &AttemptRow| {
                now.since_ms(made_at(row.attempt.started_at, &row.evidence)) < TRAY_MS
            };
            for state in [AttemptState::Pending, AttemptState::Unverified, AttemptState::Expired] {
                let filter = AttemptFilter { state: Some(state), limit: LIST_MAX };
                for row in view.attempts(&filter)? {
                    let sale = view.sale(row.attempt.sale_id)?;
                    let open = sale.is_some_and(|sale| sale.state == SaleState::Open);
                    if open && recent(&row) && row.standing.presentment.is_some() {
                        rows.push(row);
                    }
                }
            }
            // Nobody looked when a deferred one was refused or left in doubt, so it stays until its sale has another way.
            for row in owing(view, view.outbox_put_off(LIST_MAX)?)? {
                let beside = beside(view, &row)?;
                if may_be_shown(&row.standing, beside)
                    && (is_waiting(&row) || recent(&row))
                    && row.standing.presentment.is_none()
                {
                    rows.push(row);
                }
            }
            Ok(rows)
        })
    }
}

/// The attempts that owe these creates.
fn owing(
    view: &View<'_>,
    owed: Vec<OutboxRow>,
) -> std::result::Result<Vec<AttemptRow>, LedgerError> {
    let mut rows = Vec::new();
    for item in owed {
        if let OutboxKind::GatewayCreate { attempt_id } = item.kind {
            rows.extend(view.attempt(attempt_id)?);
        }
    }
    Ok(rows)
}
