//! Looks at every open payment when it is due; the executor keeps each gateway's rate budget.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::{GatewayName, Method, UnixMs};
use laci_ledger::{AttemptRow, PollState};
use tokio::task::JoinSet;

use super::Synced;
use crate::error::Result;
use crate::payment::Looked;
use crate::till::Till;

/// Payments looked at in one pass.
const PASS_MAX: u32 = 64;
/// When a bill that could not be asked about comes up again.
const UNASKED_MS: i64 = 60_000;

type Due = (AttemptRow, Option<PollState>);

impl Till {
    /// Every gateway's due bills beside each other's, so that one that hangs holds back no other.
    pub(super) async fn look_at_due(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        let now = self.ports.now();
        let open = self.read(|view| view.to_watch(now, PASS_MAX))?;
        let mut lanes: BTreeMap<GatewayName, Vec<Due>> = BTreeMap::new();
        for (row, poll) in open {
            let due = poll.as_ref().is_none_or(|poll| poll.next_at_ms <= now);
            if let Method::Gateway { gateway, .. } = &row.attempt.terms.method
                && due
                && !self.is_flying(row.attempt.id)
            {
                lanes.entry(gateway.clone()).or_default().push((row, poll));
            }
        }
        let mut looking = JoinSet::new();
        for mut due in lanes.into_values() {
            // The QR on the counter first.
            due.sort_by_key(|(row, _)| Reverse(row.attempt.started_at));
            let till = self.clone();
            looking.spawn(async move { till.look_along(due).await });
        }
        while let Some(ended) = looking.join_next().await {
            match ended {
                Ok(found) => synced.add(found?),
                Err(error) => tracing::error!(%error, "a look at a gateway stopped"),
            }
        }
        Ok(())
    }

    /// One gateway's due bills, until one shows that it cannot be asked now.
    async fn look_along(self: Arc<Self>, due: Vec<Due>) -> Result<Synced> {
        let mut synced = Synced::default();
        for (row, poll) in due {
            let before = row.standing.state;
            let looked = match self.look(&row, poll.clone()).await {
                Ok(looked) => looked,
                // A gateway that was removed or whose key is locked: later again, and not before all others.
                Err(error) => {
                    self.note_unasked(&row, poll, error.code())?;
                    synced.problems.insert(error.code().to_owned());
                    continue;
                }
            };
            synced.checked += u32::from(looked != Looked::NotAsked);
            let after = self.attempt_row(row.attempt.id)?;
            synced.problems.extend(self.last_problem(row.attempt.id)?);
            if !before.is_covered() && after.standing.state.is_covered() {
                let sale = self.read(|view| view.sale(after.attempt.sale_id))?;
                let covered = sale.and_then(|sale| sale.covered_by) == Some(after.attempt.id);
                synced.matched += u32::from(covered);
            }
            self.changed(row.attempt.id)?;
            if looked == Looked::Nothing {
                break;
            }
        }
        Ok(synced)
    }

    fn note_unasked(&self, row: &AttemptRow, poll: Option<PollState>, code: &str) -> Result<()> {
        let now = self.ports.now();
        let poll = PollState {
            next_at_ms: now.plus_ms(UNASKED_MS),
            last_asked_at_ms: poll
                .as_ref()
                .map_or(row.attempt.started_at, |poll| poll.last_asked_at_ms),
            misses: poll.map_or(0, |poll| poll.misses).saturating_add(1),
            last_problem: Some(code.to_owned()),
        };
        Ok(self.ledger.note_poll(row.attempt.id, &poll)?)
    }

    fn last_problem(&self, id: laci_core::AttemptId) -> Result<Option<String>> {
        Ok(self.read(|view| view.poll_of(id))?.and_then(|poll| poll.last_problem))
    }

    /// Milliseconds until the next payment is due, at least 20.
    pub(super) fn next_look_ms(&self) -> u64 {
        let now = self.ports.now();
        let due = |at: UnixMs| u64::try_from(at.since_ms(now)).unwrap_or(0);
        let next = self.read(|view| {
            let open = view.to_watch(now, 1)?;
            Ok(open.first().map(|(_, poll)| poll.as_ref().map_or(0, |poll| due(poll.next_at_ms))))
        });
        next.ok().flatten().map_or(u64::MAX, |ms| ms.max(20))
    }

    /// Whether no payment is waited for now and nothing is owed.
    pub(super) fn nothing_open(&self) -> Result<bool> {
        let now = self.ports.now();
        let open = self.read(|view| view.to_watch(now, PASS_MAX))?;
        let waits = open.iter().any(|(row, poll)| {
            let soon = poll.as_ref().is_none_or(|poll| poll.next_at_ms.since_ms(now) < 10_000);
            soon && row.standing.state == laci_core::AttemptState::Pending
        });
        Ok(!waits && self.read(|view| view.outbox_unsent())? == 0)
    }
}
