//! Looks at every open payment when it is due. One look at a time per pass; the executor keeps each gateway's rate
//! budget.

use std::sync::Arc;

use laci_core::UnixMs;

use super::Synced;
use crate::error::Result;
use crate::payment::Looked;
use crate::till::Till;

/// Payments looked at in one pass.
const PASS_MAX: u32 = 64;

impl Till {
    pub(super) async fn look_at_due(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        let now = self.ports.now();
        let open = self.read(|view| view.to_watch(now, PASS_MAX))?;
        for (row, poll) in open {
            let due = poll.as_ref().is_none_or(|poll| poll.next_at_ms <= now);
            if !due || self.is_flying(row.attempt.id) {
                continue;
            }
            let before = row.standing.state;
            match self.look(&row, poll).await {
                Ok(looked) => {
                    synced.checked += u32::from(looked != Looked::NotAsked);
                    let after = self.attempt_row(row.attempt.id)?;
                    if let Some(problem) = self.last_problem(row.attempt.id)? {
                        synced.problems.push(problem);
                    }
                    if after.standing != row.standing {
                        synced.matched +=
                            u32::from(!before.is_covered() && after.standing.state.is_covered());
                    }
                    self.changed(row.attempt.id)?;
                }
                // A gateway that was removed or lost its key must not stop the others.
                Err(error) => synced.problems.push(error.code().to_owned()),
            }
        }
        Ok(())
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
