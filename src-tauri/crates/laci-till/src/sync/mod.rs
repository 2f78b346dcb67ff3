//! The workers: what is owed to the outside is done, what is open is looked at. They run beside the window, and
//! once through for `laci sync`.

mod bills;
mod disk;
mod later;
mod outbox;
mod pages;
mod poll;
mod recover;
mod reversals;
mod strip;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Result;
use crate::till::Till;

/// The longest sleep; a ring of `wake` ends it.
const LOOK_MS: u64 = 1_000;
/// A worker that fails (a full disk) tries again after this.
const TROUBLE_MS: u64 = 5_000;

/// What one pass did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Effects done.
    pub sent: u32,
    /// Payments looked at.
    pub checked: u32,
    /// Of those, sales that were covered.
    pub matched: u32,
    /// Effects still owed.
    pub unsent: u64,
    /// Stable codes of what did not work, each once.
    pub problems: BTreeSet<String>,
}

impl Synced {
    fn add(&mut self, more: Self) {
        self.sent += more.sent;
        self.checked += more.checked;
        self.matched += more.matched;
        self.problems.extend(more.problems);
    }
}

impl Till {
    /// Runs the workers until the handle is aborted.
    pub async fn run_workers(self: Arc<Self>) {
        tokio::join!(self.run_payments(), self.run_bills());
    }

    /// Bills have a loop of their own: a biller may take a minute and more to answer, and customers' payments do not wait.
    async fn run_bills(self: &Arc<Self>) {
        loop {
            let looked = self.look_at_bills(&mut Synced::default()).await;
            if let Err(error) = &looked {
                tracing::error!(code = error.code(), "bills cannot be looked at; trying again");
            }
            let sleep = if looked.is_ok() { LOOK_MS } else { TROUBLE_MS };
            tokio::time::sleep(Duration::from_millis(sleep)).await;
        }
    }

    async fn run_payments(self: &Arc<Self>) {
        loop {
            let sleep = match self.work_on_payments().await {
                Ok(synced) if synced.problems.is_empty() => LOOK_MS.min(self.next_look_ms()),
                Ok(_) => LOOK_MS,
                Err(error) => {
                    tracing::error!(code = error.code(), "the workers cannot go on; trying again");
                    TROUBLE_MS
                }
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(Duration::from_millis(sleep)) => {}
            }
        }
    }

    /// One pass over everything that is due.
    pub async fn work_once(self: &Arc<Self>) -> Result<Synced> {
        let mut synced = self.work_on_payments().await?;
        self.look_at_bills(&mut synced).await?;
        Ok(synced)
    }

    async fn work_on_payments(self: &Arc<Self>) -> Result<Synced> {
        let mut synced = Synced::default();
        self.do_owed(&mut synced).await?;
        self.send_what_waits(&mut synced).await?;
        self.look_at_due(&mut synced).await?;
        self.look_at_paid(&mut synced).await?;
        self.do_owed(&mut synced).await?;
        synced.unsent = self.read(|view| view.outbox_unsent())?;
        Ok(synced)
    }

    /// Passes until one finds nothing due, or `until` is over.
    pub async fn sync(self: &Arc<Self>, until: Duration) -> Result<Synced> {
        let end = tokio::time::Instant::now() + until;
        let mut all = self.work_once().await?;
        while tokio::time::Instant::now() < end {
            let soon = self.bill_is_due_soon()? || self.something_waits()?;
            let most = if soon { LOOK_MS } else { u64::MAX };
            let pause = Duration::from_millis(self.next_look_ms().clamp(50, most));
            let left = end.saturating_duration_since(tokio::time::Instant::now());
            if self.nothing_open()? && !self.bill_is_due_soon()? {
                break;
            }
            tokio::time::sleep(pause.min(left)).await;
            let pass = self.work_once().await?;
            all.sent += pass.sent;
            all.checked += pass.checked;
            all.matched += pass.matched;
            all.unsent = pass.unsent;
            all.problems = pass.problems;
        }
        Ok(all)
    }
}
