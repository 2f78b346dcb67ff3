//! Does what is owed: receipts as PDF files, and the one retry of a create whose outcome a crash left unknown.

use std::sync::Arc;

use laci_core::{AttemptId, Body, OutboxEnd, OutboxId, SaleId};
use laci_ledger::{DiskState, Op, OutboxKind, OutboxQueue, OutboxState};
use tokio::task::JoinSet;

use super::Synced;
use crate::by::By;
use crate::error::Result;
use crate::payment::Looked;
use crate::till::Till;

/// The paper of a shop that has set none.
const COLUMNS: u16 = 32;

impl Till {
    pub(super) async fn do_owed(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        for owed in self.read(|view| view.outbox_due(OutboxQueue::Receipt))? {
            if self.disk_state() == DiskState::Critical {
                // A file that can be written later must not take the room of money that comes now.
                synced.problems.insert("disk_full".to_owned());
                break;
            }
            let OutboxKind::Receipt { sale_id } = owed.kind else { continue };
            // At least once: the same sale gives the same file, so writing it again harms nothing.
            match self.write_receipt(sale_id) {
                Ok(()) => synced.sent += u32::from(self.end_owed(owed.id)?),
                Err(error) => drop(synced.problems.insert(error.code().to_owned())),
            }
        }
        self.ask_what_a_crash_left(synced).await
    }

    /// Each beside the others, so that a gateway that hangs holds back none.
    async fn ask_what_a_crash_left(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        let mut asking = JoinSet::new();
        for owed in self.read(|view| view.outbox_due(OutboxQueue::GatewayCreate))? {
            let OutboxKind::GatewayCreate { attempt_id } = owed.kind else { continue };
            if self.is_flying(attempt_id) {
                continue;
            }
            self.name_what_failed(attempt_id)?;
            let till = self.clone();
            asking.spawn(async move { till.ask_once(attempt_id).await });
        }
        while let Some(ended) = asking.join_next().await {
            match ended {
                Ok(found) => synced.add(found?),
                Err(error) => tracing::error!(%error, "asking for a create stopped"),
            }
        }
        Ok(())
    }

    async fn ask_once(self: Arc<Self>, id: AttemptId) -> Result<Synced> {
        let mut synced = Synced::default();
        let row = self.attempt_row(id)?;
        match self.look(&row, None).await {
            Ok(Looked::Answered) => {
                synced.sent += 1;
                self.changed(id)?;
            }
            Ok(Looked::Nothing | Looked::NotAsked | Looked::Held) => {}
            Err(error) => drop(synced.problems.insert(error.code().to_owned())),
        }
        Ok(synced)
    }

    /// A commit that failed in the middle (a full disk) left a create without a name. Read under its flight: until
    /// then its own task may have ended it.
    fn name_what_failed(&self, id: AttemptId) -> Result<()> {
        let Some(_flying) = self.fly_alone(id) else { return Ok(()) };
        match self.attempt_row(id)?.create {
            Some(owed) => self.settle_left(&owed),
            None => Ok(()),
        }
    }

    fn write_receipt(&self, sale: SaleId) -> Result<()> {
        self.receipt_pdf(By::TILL, sale, COLUMNS).map(|_| ())
    }

    /// Whether it was this pass that ended it: `laci sync` and the window's workers may both have done the same.
    fn end_owed(&self, item: OutboxId) -> Result<bool> {
        let committed = self.transact(Op::Receipt, By::TILL, |tx| {
            let owed = tx.outbox(item)?.is_some_and(|owed| owed.state != OutboxState::Done);
            if owed {
                tx.append(Body::OutboxEnded { item, end: OutboxEnd::Done })?;
            }
            Ok(owed)
        })?;
        self.tell(crate::wire::Push::StripChanged);
        Ok(committed.value)
    }
}
