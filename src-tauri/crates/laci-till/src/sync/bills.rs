//! Asks for the status of payments whose end is open, when each is due, and names what a crash left on its way.

use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::bill_rules::{oldest_days, pause_ms};
use laci_core::{BillKind, BillState, GatewayName, UnixMs};
use laci_ledger::{BillRow, PollState};
use tokio::task::JoinSet;

use super::Synced;
use crate::bill::BillLooked;
use crate::error::Result;
use crate::till::Till;

const DAY_MS: i64 = 24 * 60 * 60_000;
const SOON_MS: i64 = 10_000;

impl Till {
    /// Every gateway's due bills beside each other's.
    pub(super) async fn look_at_bills(self: &Arc<Self>, synced: &mut Synced) -> Result<()> {
        self.name_bills_left()?;
        let now = self.ports.now();
        let mut lanes: BTreeMap<GatewayName, Vec<BillRow>> = BTreeMap::new();
        for (row, poll) in self.bills_to_watch(now)? {
            if self.bill_due_at(&row, poll.as_ref()) <= now && !self.is_bill_alone(row.bill.id) {
                lanes.entry(row.bill.gateway.clone()).or_default().push(row);
            }
        }
        let mut looking = JoinSet::new();
        for due in lanes.into_values() {
            let till = self.clone();
            looking.spawn(async move { till.look_along_bills(due).await });
        }
        while let Some(ended) = looking.join_next().await {
            match ended {
                Ok(found) => synced.add(found),
                Err(error) => tracing::error!(%error, "a look at a bill stopped"),
            }
        }
        Ok(())
    }

    /// One gateway's, until one shows that it cannot be asked now.
    async fn look_along_bills(self: Arc<Self>, due: Vec<BillRow>) -> Synced {
        let mut synced = Synced::default();
        for row in due {
            match self.look_at_bill(&row).await {
                Ok(BillLooked::Answered) => synced.checked += 1,
                Ok(BillLooked::NotAsked) => {}
                Ok(BillLooked::Nothing) => {
                    synced.checked += 1;
                    let poll = self.read(|view| view.poll_of_bill(row.bill.id));
                    let problem = poll.ok().flatten().and_then(|poll| poll.last_problem);
                    synced.problems.extend(problem);
                    break;
                }
                // Its gateway was removed, its key is locked: nobody can be asked.
                Err(error) => drop(synced.problems.insert(error.code().to_owned())),
            }
        }
        synced
    }

    /// At start, and where a commit failed in the middle.
    pub(super) fn name_bills_left(&self) -> Result<()> {
        for (row, _) in self.bills_to_watch(self.ports.now())? {
            if row.standing.state == BillState::PaySent {
                self.name_bill_left(row.bill.id)?;
            }
        }
        Ok(())
    }

    /// Nothing is asked that is as old as a provider answers at most.
    fn bills_to_watch(&self, now: UnixMs) -> Result<Vec<(BillRow, Option<PollState>)>> {
        let since = now.plus_ms(-oldest_days(BillKind::Postpaid) * DAY_MS);
        self.read(|view| view.open_bills(since))
    }

    fn bill_due_at(&self, row: &BillRow, poll: Option<&PollState>) -> UnixMs {
        let sent_at = row.standing.sent_at.unwrap_or(row.bill.inquired_at);
        let gateway = self.gateway(&row.bill.gateway);
        let least = gateway.map_or(u32::MAX, |gateway| gateway.common().min_recheck_ms);
        poll.map_or(sent_at.plus_ms(pause_ms(0, least)), |poll| poll.next_at_ms)
    }

    /// Whether one comes up within what a pass over everything waits for.
    pub(super) fn bill_is_due_soon(&self) -> Result<bool> {
        let now = self.ports.now();
        let open = self.bills_to_watch(now)?;
        let soon = |at: UnixMs| at.since_ms(now) < SOON_MS;
        Ok(open.iter().any(|(row, poll)| soon(self.bill_due_at(row, poll.as_ref()))))
    }
}
