//! Does what is owed: receipts as PDF files, and the one retry of a create whose outcome a crash left unknown.

use std::sync::Arc;

use laci_core::{Actor, Body, OutboxEnd, SaleId};
use laci_ledger::{Op, OutboxKind, OutboxQueue};

use super::Synced;
use crate::error::Result;
use crate::till::Till;

/// The paper of a shop that has set none.
const COLUMNS: u16 = 32;

impl Till {
    pub(super) async fn do_owed(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        for owed in self.read(|view| view.outbox_due(OutboxQueue::Receipt))? {
            let OutboxKind::Receipt { sale_id } = owed.kind else { continue };
            // At least once: the same sale gives the same file, so writing it again harms nothing.
            match self.write_receipt(sale_id) {
                Ok(()) => {
                    self.end_owed(owed.id)?;
                    synced.sent += 1;
                }
                Err(error) => synced.problems.push(error.code().to_owned()),
            }
        }
        for owed in self.read(|view| view.outbox_due(OutboxQueue::GatewayCreate))? {
            let OutboxKind::GatewayCreate { attempt_id } = owed.kind else { continue };
            if self.is_flying(attempt_id) {
                continue;
            }
            let row = self.attempt_row(attempt_id)?;
            match self.look(&row, None).await {
                Ok(crate::payment::Looked::Answered) => {
                    synced.sent += 1;
                    self.changed(attempt_id)?;
                }
                Ok(_) => {}
                Err(error) => synced.problems.push(error.code().to_owned()),
            }
        }
        Ok(())
    }

    fn write_receipt(&self, sale: SaleId) -> Result<()> {
        self.receipt_pdf(sale, COLUMNS).map(|_| ())
    }

    fn end_owed(&self, item: laci_core::OutboxId) -> Result<()> {
        self.transact(Op::Receipt, Actor::Till, |tx| {
            tx.append(Body::OutboxEnded { item, end: OutboxEnd::Done })?;
            Ok(())
        })?;
        self.tell(crate::wire::Push::StripChanged);
        Ok(())
    }
}
