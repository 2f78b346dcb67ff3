//! Money that a gateway called paid may go back days later. Where a provider says so, paid bills are looked at again: twice
//! a day for a week, a few in each pass, behind everything that is open.

use std::sync::Arc;

use laci_gateway::Collector;

use super::Synced;
use crate::error::Result;
use crate::payment::Looked;
use crate::till::Till;

const AGAIN_MS: i64 = 12 * 3_600_000;
const WATCHED_MS: i64 = 7 * 24 * 3_600_000;
const PASS_MAX: u32 = 4;

impl Till {
    pub(super) async fn look_at_paid(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        let now = self.ports.now();
        let since = (now.plus_ms(-WATCHED_MS), now.plus_ms(-AGAIN_MS));
        for set in self.settings()?.gateways {
            let Ok(gateway) = self.gateway(&set.name) else { continue };
            if !gateway.collector().is_some_and(Collector::may_reverse) {
                continue;
            }
            let due = self.read(|view| view.paid_through(&set.name, since, PASS_MAX))?;
            for (row, poll) in due {
                let before = row.standing.reviews.len();
                let looked = self.look(&row, poll).await?;
                synced.checked += u32::from(looked != Looked::NotAsked);
                if self.attempt_row(row.attempt.id)?.standing.reviews.len() != before {
                    self.changed(row.attempt.id)?;
                }
                if looked != Looked::Answered {
                    break;
                }
            }
        }
        Ok(())
    }
}
