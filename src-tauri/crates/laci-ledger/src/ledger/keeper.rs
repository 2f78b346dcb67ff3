//! A small thread that keeps the high-water file, the WAL and the ballast in order, so that no sale waits for any.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::ledger::shared::Shared;

/// Commits within it share one high-water file; the file is never older than a second.
const GATHER: Duration = Duration::from_millis(400);
/// While the ballast is lacking, even if nothing is committed: somebody may have made room.
const BALLAST_LOOK: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
struct Signal {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    is_dirty: bool,
    is_stopping: bool,
}

#[derive(Debug)]
pub(crate) struct Keeper {
    signal: Arc<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(crate) fn start(shared: Arc<Shared>) -> std::io::Result<Self> {
        let signal = Arc::new(Signal::default());
        // The first look at the ballast.
        signal.again();
        let seen = Arc::clone(&signal);
        let thread = std::thread::Builder::new()
            .name("ledger-keeper".to_owned())
            .spawn(move || keep(&shared, &seen))?;
        Ok(Self { signal, thread: Some(thread) })
    }

    /// Called after each commit; never waits.
    pub(crate) fn note_commit(&self) {
        self.signal.update(|state| state.is_dirty = true);
    }

    /// Writes the last high-water file and ends the thread.
    pub(crate) fn stop(&mut self) {
        self.signal.update(|state| state.is_stopping = true);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the ledger's keeper panicked");
        }
    }
}

impl Signal {
    /// Wakes the thread only when there is something new: waking it at each commit would cost the sale a switch of
    /// tasks, and it gathers what is dirty already.
    fn update(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *state;
        change(&mut state);
        let is_new = *state != before;
        drop(state);
        if is_new {
            self.changed.notify_all();
        }
    }

    /// Waits for something to do, at most `at_most`, then for what follows at once; returns whether to stop.
    fn wait(&self, at_most: Option<Duration>) -> bool {
        let idle = |state: &mut State| !state.is_dirty && !state.is_stopping;
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = match at_most {
            None => self.changed.wait_while(state, idle).unwrap_or_else(PoisonError::into_inner),
            Some(at_most) => {
                let waited = self.changed.wait_timeout_while(state, at_most, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, GATHER, |state| !state.is_stopping)
            .unwrap_or_else(PoisonError::into_inner);
        state.is_dirty = false;
        state.is_stopping
    }

    fn again(&self) {
        self.update(|state| state.is_dirty = true);
    }
}

fn keep(shared: &Shared, signal: &Signal) {
    loop {
        let is_last = signal.wait(shared.lacks_ballast().then_some(BALLAST_LOOK));
        if let Err(error) = shared.write_anchor() {
            tracing::warn!(%error, "the high-water file was not written");
            if !is_last {
                signal.again();
            }
        }
        if is_last {
            // A verb ends before the first look; without this a shop of verbs would never have one.
            shared.tend_ballast();
            return;
        }
        if let Err(error) = shared.tidy_wal() {
            tracing::warn!(%error, "the WAL was not moved");
        }
        shared.tend_ballast();
    }
}
