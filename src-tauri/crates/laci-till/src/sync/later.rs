//! Sends the creates of deferred charges once their gateways can be reached: gateway beside gateway, each one's oldest
//! first, until one shows that nobody is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::{AttemptId, GatewayName, Method};
use laci_ledger::OutboxKind;
use tokio::task::JoinSet;

use super::Synced;
use crate::error::Result;
use crate::payment::Sent;
use crate::till::Till;

impl Till {
    pub(super) async fn send_what_waits(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        let now = self.ports.now();
        let mut lanes: BTreeMap<GatewayName, Vec<AttemptId>> = BTreeMap::new();
        for owed in self.read(|view| view.outbox_waiting())? {
            let OutboxKind::GatewayCreate { attempt_id } = owed.kind else { continue };
            let (row, poll) =
                self.read(|view| Ok((view.attempt(attempt_id)?, view.poll_of(attempt_id)?)))?;
            let due = poll.is_none_or(|poll| poll.next_at_ms <= now);
            if let Some(row) = row
                && let Method::Gateway { gateway, .. } = row.attempt.terms.method
                && due
                && !self.is_flying(attempt_id)
            {
                lanes.entry(gateway).or_default().push(attempt_id);
            }
        }
        let mut sending = JoinSet::new();
        for (_, lane) in lanes {
            let till = self.clone();
            sending.spawn(async move { till.send_lane(lane).await });
        }
        while let Some(ended) = sending.join_next().await {
            match ended {
                Ok(found) => synced.add(found?),
                Err(error) => tracing::error!(%error, "sending what waits stopped"),
            }
        }
        Ok(())
    }

    /// Whether anything waits until its gateway can be reached.
    pub(super) fn something_waits(&self) -> Result<bool> {
        Ok(!self.read(|view| view.outbox_waiting())?.is_empty())
    }

    async fn send_lane(self: Arc<Self>, lane: Vec<AttemptId>) -> Result<Synced> {
        let mut synced = Synced::default();
        let mut ids = lane.into_iter();
        while let Some(id) = ids.next() {
            match self.send_later(id).await? {
                Sent::Answered => synced.sent += 1,
                Sent::Closed | Sent::NotNow => {}
                Sent::Waits(code) => {
                    // The others of this gateway would fare no better now.
                    ids.by_ref().try_for_each(|other| self.note_waiting(other, &code, 0))?;
                    synced.problems.insert(code);
                }
            }
        }
        Ok(synced)
    }
}
