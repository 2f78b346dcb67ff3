//! Looks at every open payment when it is due; the executor keeps each gateway's rate budget.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use laci_core::{GatewayName, Method, UnixMs};
use laci_ledger::{AttemptRow, PollState};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Synced;
use super::pages::{Due, Pages};
use crate::error::Result;
use crate::payment::Looked;
use crate::till::Till;

/// Payments looked at in one pass.
const PASS_MAX: u32 = 64;
/// How long one gateway may take of one pass.
const PASS_FOR: Duration = Duration::from_secs(4);
/// When a bill that could not be asked about comes up again.
const UNASKED_MS: i64 = 60_000;

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
        let counter = self.customer();
        let mut looking = JoinSet::new();
        for (name, mut due) in lanes {
            // The QR on the counter first; then, as they come, whoever has waited longest.
            due.sort_by_key(|(row, _)| Some(row.attempt.id) != counter);
            let till = self.clone();
            looking.spawn(async move { till.look_along(name, due).await });
        }
        while let Some(ended) = looking.join_next().await {
            match ended {
                Ok(found) => synced.add(found?),
                Err(error) => tracing::error!(%error, "a look at a gateway stopped"),
            }
        }
        Ok(())
    }

    /// One gateway's due bills, until one shows that it cannot be asked now, or the pass has taken long enough: what is
    /// left keeps its place, and a QR that was just shown need not wait for all of it.
    async fn look_along(self: Arc<Self>, name: GatewayName, due: Vec<Due>) -> Result<Synced> {
        let mut synced = Synced::default();
        let end = Instant::now() + PASS_FOR;
        loop {
            let (left, more) = match self.by_pages(&name, &due, end).await? {
                Pages::None => (due.clone(), false),
                Pages::Read { asked, left, more } => {
                    synced.checked += asked;
                    (left, more)
                }
                Pages::Problem(code) => {
                    synced.problems.insert(code.to_owned());
                    return Ok(synced);
                }
            };
            let go_on = self.look_each(left, end, &mut synced).await?;
            if !more || !go_on || Instant::now() >= end {
                return Ok(synced);
            }
        }
    }

    /// Bill by bill; whether the gateway may be asked on.
    async fn look_each(
        self: &Arc<Self>,
        due: Vec<Due>,
        end: Instant,
        synced: &mut Synced,
    ) -> Result<bool> {
        for (row, poll) in due {
            if Instant::now() >= end {
                break;
            }
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
            synced.checked += u32::from(matches!(looked, Looked::Answered | Looked::Nothing));
            let after = self.attempt_row(row.attempt.id)?;
            synced.problems.extend(self.last_problem(row.attempt.id)?);
            if !before.is_covered() && after.standing.state.is_covered() {
                let sale = self.read(|view| view.sale(after.attempt.sale_id))?;
                let covered = sale.and_then(|sale| sale.covered_by) == Some(after.attempt.id);
                synced.matched += u32::from(covered);
            }
            self.changed(row.attempt.id)?;
            if matches!(looked, Looked::Nothing | Looked::Held) {
                return Ok(false);
            }
        }
        Ok(true)
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
