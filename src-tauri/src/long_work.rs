//! Work that reads or writes a whole ledger: one at a time, its progress shown in the window, to be stopped there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use laci_till::wire::Push;
use laci_till::{Result, Sentence, TillError};
use tokio::sync::broadcast::Sender;

/// A bar that moves more often than this is not read better.
const TELL_EVERY: Duration = Duration::from_millis(100);

#[derive(Default)]
pub(crate) struct LongWork {
    /// Set to stop the work that runs; none while nothing does.
    stop: Arc<Mutex<Option<Arc<AtomicBool>>>>,
}

/// The right to work; given back when it is dropped.
pub(crate) struct Turn {
    stop: Arc<AtomicBool>,
    running: Arc<Mutex<Option<Arc<AtomicBool>>>>,
    pushes: Sender<Push>,
    told: Option<Instant>,
}

impl LongWork {
    /// Refused with `work_running` while another one runs.
    pub(crate) fn begin(&self, pushes: Sender<Push>) -> Result<Turn> {
        let mut running = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Err(TillError::Refused(Sentence::new(
                "work_running",
                "Masih ada pekerjaan lain dengan berkas buku. Tunggu sampai selesai, atau hentikan dulu.",
                "Other work with the ledger's file is still running. Wait for its end, or stop it first.",
            )));
        }
        let stop = Arc::new(AtomicBool::new(false));
        *running = Some(stop.clone());
        Ok(Turn { stop, running: self.stop.clone(), pushes, told: None })
    }

    /// Asks the running work to stop; it does so at its next step, having changed nothing.
    pub(crate) fn stop(&self) {
        if let Some(stop) = &*self.stop.lock().unwrap_or_else(PoisonError::into_inner) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Turn {
    /// Tells the window how far it is, and answers whether to go on.
    pub(crate) fn report(&mut self, done: u64, of: u64) -> bool {
        if self.told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
            self.told = Some(Instant::now());
            let parts = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
            // Nobody listening is fine.
            drop(self.pushes.send(Push::Progress { done: parts(done), of: parts(of) }));
        }
        !self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_it_stops_when_it_is_told_to() {
        let (pushes, mut heard) = tokio::sync::broadcast::channel(8);
        let work = LongWork::default();
        work.stop();
        let mut turn = work.begin(pushes.clone()).unwrap();
        assert_eq!(
            work.begin(pushes.clone()).err().map(|e| e.code().to_owned()).as_deref(),
            Some("work_running")
        );
        assert!(turn.report(1, 10), "a stop from before is not for this one");
        assert!(turn.report(2, 10));
        work.stop();
        assert!(!turn.report(3, 10));
        assert_eq!(heard.try_recv(), Ok(Push::Progress { done: 1, of: 10 }));
        assert!(heard.try_recv().is_err(), "told a few times a second at most");
        drop(turn);
        assert!(work.begin(pushes).unwrap().report(1, 1));
    }
}
