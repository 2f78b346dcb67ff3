//! Many open bills of one gateway by pages of its list, where it has one: a page answers for a hundred at the price of
//! one call. A page only clears what has nothing new; whatever changed is asked by the bill's own status, which alone
//! becomes evidence.

use std::collections::BTreeMap;

use laci_core::{GatewayName, Observed};
use laci_gateway::{CallError, Gateway, ListAnswer, ListAsk, OurRef, StatusAsk};
use laci_ledger::{AttemptRow, PollState};
use tokio::time::Instant;

use crate::error::Result;
use crate::lock::held;
use crate::till::{Sweep, Till};

/// Fewer due bills than this are asked one by one.
const PAGES_FROM: usize = 8;
/// Bills looked for on the pages.
const OPEN_MAX: u32 = 1_000;
/// A list that goes on for ever ends here.
const PAGES_MAX: u32 = 200;

/// A bill that is waited for, and when it was asked about.
pub(super) type Due = (AttemptRow, Option<PollState>);

/// What the pages did.
pub(super) enum Pages {
    /// Too few bills, or the provider has no list.
    None,
    /// `asked` bills were cleared; `left` are to be asked by themselves; `more` pages come.
    Read { asked: u32, left: Vec<Due>, more: bool },
    /// The gateway cannot be asked now.
    Problem(&'static str),
}

impl Till {
    /// Reads on where the last pass stopped, until the list's end or `end`. At the list's end, whoever was due before the
    /// walk began and was on no page is left to be asked.
    pub(super) async fn by_pages(
        &self,
        name: &GatewayName,
        due: &[Due],
        end: Instant,
    ) -> Result<Pages> {
        let Ok(gateway) = self.gateway(name) else { return Ok(Pages::None) };
        let none = ListAsk { since: self.ports.now(), page: 1, bills: Vec::new() };
        let has_list = gateway.collector().is_some_and(|one| one.list(&none).is_some());
        if due.len() < PAGES_FROM || !has_list {
            held(&self.sweeps).remove(name);
            return Ok(Pages::None);
        }
        let walk = held(&self.sweeps).remove(name);
        let mut walk = match walk {
            Some(walk) => walk,
            None => Sweep { began: self.ports.now(), page: 1, sought: self.open_of(name)? },
        };
        let (mut asked, mut left) = (0, Vec::new());
        let ended = loop {
            let (seen, last) = match self.page(&gateway, &walk).await? {
                Page::NoList => return Ok(Pages::None),
                Page::Problem(code) => {
                    held(&self.sweeps).insert(name.clone(), walk);
                    return Ok(Pages::Problem(code));
                }
                Page::Read { seen, last } => (seen, last || walk.page >= PAGES_MAX),
            };
            asked += self.clear(&gateway, seen, &mut walk, &mut left)?;
            walk.page += 1;
            if last || Instant::now() >= end || !left.is_empty() {
                break last;
            }
        };
        if ended {
            let before = |poll: &Option<PollState>| {
                poll.as_ref().is_none_or(|poll| poll.next_at_ms < walk.began)
            };
            left.extend(walk.sought.into_values().filter(|(_, poll)| before(poll)));
        } else {
            held(&self.sweeps).insert(name.clone(), walk);
        }
        Ok(Pages::Read { asked, left, more: !ended })
    }

    /// Notes what has nothing new as asked, in one commit, and answers how many; the rest goes to `left`.
    fn clear(
        &self,
        gateway: &Gateway,
        seen: Vec<Observed>,
        walk: &mut Sweep,
        left: &mut Vec<Due>,
    ) -> Result<u32> {
        let mut cleared = Vec::new();
        for observed in seen {
            let named = observed.gateway_id.as_deref().unwrap_or_default();
            let Some((row, poll)) = walk.sought.remove(named) else { continue };
            if observed.is_new_to(&row.evidence) {
                left.push((row, poll));
            } else {
                cleared.push((row.attempt.id, self.asked_now(&row, gateway, 0)));
            }
        }
        self.ledger.note_polls(&cleared)?;
        Ok(u32::try_from(cleared.len()).unwrap_or(u32::MAX))
    }

    async fn page(&self, gateway: &Gateway, walk: &Sweep) -> Result<Page> {
        let now = self.ports.now();
        let bills: Vec<StatusAsk> = walk
            .sought
            .iter()
            .map(|(id, (row, _))| StatusAsk {
                gateway_id: id.clone(),
                our_ref: OurRef::from(row.attempt.id),
                total: row.standing.total,
                since: row.attempt.started_at,
                now,
            })
            .collect();
        let since = bills.iter().map(|bill| bill.since).min().unwrap_or(now);
        Ok(
            match self.executor.list(gateway, &ListAsk { since, page: walk.page, bills }, now).await
            {
                Ok(None) => Page::NoList,
                Ok(Some(answered)) => match answered.answer {
                    ListAnswer::Page { seen, last } => Page::Read { seen, last },
                    // A list that cannot be read is no list: each bill is asked by itself.
                    ListAnswer::Unreadable(_) => Page::NoList,
                },
                Err(error @ (CallError::Held { .. } | CallError::NotSent(_))) => {
                    Page::Problem(error.code())
                }
            },
        )
    }

    /// Every bill of a gateway that is waited for and can be asked about, by the gateway's name for it.
    fn open_of(&self, name: &GatewayName) -> Result<BTreeMap<String, Due>> {
        let now = self.ports.now();
        let open = self.read(|view| view.to_watch_of(name, now, OPEN_MAX))?;
        let theirs = open.into_iter().filter(|(row, _)| !self.is_flying(row.attempt.id));
        Ok(theirs.filter_map(|due| Some((due.0.standing.gateway_id.clone()?, due))).collect())
    }
}

enum Page {
    NoList,
    Read { seen: Vec<Observed>, last: bool },
    Problem(&'static str),
}
