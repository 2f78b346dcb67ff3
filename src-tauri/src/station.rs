//! What this process holds: the shop's till, or why there is none, and practice beside it. Commands and verbs ask
//! here for the till that they work on.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use laci_till::ledger::{CopyError, Ledger, OpenError, Restored, Takes};
use laci_till::wire::{Push, WordInput};
use laci_till::{Act, Asker, By, Ports, Refusal, Result, Sentence, Setup, Till, TillError, Word};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use crate::long_work::{LongWork, Turn};
use crate::places::Places;
use crate::platform;
use crate::practice::Practice;

/// Whoever closes the window twice within this time means it.
const MEANS_IT: Duration = Duration::from_secs(10);
/// Work on a till that is about to be closed has this long to end: longer than a gateway may take.
const LEAVE_WITHIN: Duration = Duration::from_secs(90);
const OLD_WINDOW_ENDS_WITHIN: Duration = Duration::from_secs(3);
/// A till that nobody holds any more is closed within this time.
const LET_GO_WITHIN: Duration = Duration::from_secs(15);

/// Who sits at the till.
enum Seat {
    /// No ledger yet: the first run.
    Empty,
    Open(Running),
    /// The ledger cannot be opened.
    Refused(TillError),
}

/// Whether an open till works by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Workers run beside it, for a window or a verb that waits.
    Beside,
    /// It only does what a verb asks: one that ends at once would cut a worker off in the middle of a gateway's
    /// only retry.
    Asked,
}

/// An open till with its tasks, if it has any; they stop when it is dropped.
struct Running {
    till: Arc<Till>,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

pub(crate) struct Station {
    pub places: Places,
    work: Work,
    ports: Ports,
    shop: Mutex<Seat>,
    practice: tokio::sync::Mutex<Option<(Practice, Running)>>,
    /// The practice till again, for readers that must not wait.
    practising: Mutex<Option<Arc<Till>>>,
    pushes: broadcast::Sender<Push>,
    long: LongWork,
    /// When the cashier was last asked whether to close all the same.
    close_asked: Mutex<Option<Instant>>,
}

impl Station {
    /// Opens the shop's till if there is one. Needs a running async runtime for its workers.
    pub(crate) fn open(places: Places, passphrase: Option<&str>, work: Work) -> Self {
        let station = Self {
            places,
            work,
            ports: platform::ports(false),
            shop: Mutex::new(Seat::Empty),
            practice: tokio::sync::Mutex::new(None),
            practising: Mutex::new(None),
            pushes: broadcast::channel(256).0,
            long: LongWork::default(),
            close_asked: Mutex::new(None),
        };
        *held(&station.shop) = station.opened(passphrase);
        station
    }

    pub(crate) fn pushes(&self) -> broadcast::Receiver<Push> {
        self.pushes.subscribe()
    }

    /// The right to do the one long piece of work; refused with `work_running`.
    pub(crate) fn long_work(&self) -> Result<Turn> {
        self.long.begin(self.pushes.clone())
    }

    pub(crate) fn stop_long_work(&self) {
        self.long.stop();
    }

    /// Whether there is a ledger that cannot be opened.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(&*held(&self.shop), Seat::Refused(_))
    }

    /// Opens a ledger that could not be opened before: what was in the way may be gone.
    pub(crate) fn try_again(&self) {
        // While a restore works on the file, nobody else opens it.
        let Ok(_turn) = self.long_work() else { return };
        let mut seat = held(&self.shop);
        if matches!(&*seat, Seat::Refused(_)) {
            *seat = self.opened(None);
        }
    }

    /// Whoever closes the window and opens it again at once meets the old one still at its end: that is waited for.
    pub(crate) fn wait_for_the_one_before(&self) {
        let until = Instant::now() + OLD_WINDOW_ENDS_WITHIN;
        let is_held =
            || self.shop_till().is_err_and(|error| error.code() == OpenError::Held.code());
        while is_held() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
            self.try_again();
        }
    }

    fn opened(&self, passphrase: Option<&str>) -> Seat {
        match Till::open(self.places.shop.clone(), self.ports.clone(), passphrase) {
            Ok(Some(till)) => Seat::Open(Running::start(till, self.work, &self.pushes)),
            Ok(None) => Seat::Empty,
            Err(error) => Seat::Refused(error),
        }
    }

    /// Whether the window may do `act` now, and by whom it is done. Where no ledger is open there is nobody to ask.
    pub(crate) fn allow(&self, act: Act, word: Option<WordInput>) -> Result<By> {
        let word = word.map(|word| Word { person: word.person, pin: word.pin });
        // What replaces the shop's files is asked of the shop.
        if act == Act::RestoreLedger && held(&self.practising).is_some() {
            return Err(Refusal::Practising.into());
        }
        match self.till() {
            Ok(till) => allowed(&till, Asker::Window, act, word.as_ref()),
            Err(_) => Ok(By::nobody()),
        }
    }

    /// The same for a verb, which works on the shop's ledger.
    pub(crate) fn allow_verb(&self, act: Act, word: Option<&Word>) -> Result<By> {
        match self.shop_till() {
            Ok(till) => allowed(&till, Asker::Verb, act, word),
            Err(_) => Ok(By::nobody()),
        }
    }

    /// The till in front of the cashier: practice while it lasts, else the shop's.
    pub(crate) fn till(&self) -> Result<Arc<Till>> {
        if let Some(till) = held(&self.practising).as_ref() {
            return Ok(till.clone());
        }
        self.shop_till()
    }

    /// The shop's till; refused with `not_set_up` or with why it cannot be opened.
    pub(crate) fn shop_till(&self) -> Result<Arc<Till>> {
        match &*held(&self.shop) {
            Seat::Open(running) => Ok(running.till.clone()),
            Seat::Empty => Err(Refusal::NotSetUp.into()),
            Seat::Refused(error) => Err(error.clone()),
        }
    }

    /// Finishes the first run.
    pub(crate) fn set_up(&self, setup: &Setup) -> Result<()> {
        let mut seat = held(&self.shop);
        let till = match &*seat {
            Seat::Open(running) => Some(running.till.clone()),
            Seat::Empty => None,
            Seat::Refused(error) => return Err(error.clone()),
        };
        let fresh = till.is_none();
        let place = self.places.shop.clone();
        let set_up = Till::set_up(till, place, self.ports.clone(), setup);
        if fresh {
            // Even a first run that failed half way may have made the ledger: take what is there.
            *seat = match &set_up {
                Ok(till) => Seat::Open(Running::start(till.clone(), self.work, &self.pushes)),
                Err(_) => self.opened(setup.passphrase.as_deref()),
            };
        }
        set_up.map(|_| ())
    }

    /// Puts a backup in the place of the shop's ledger. Whoever asks was allowed to.
    /// Whoever asks meanwhile is told that the ledger is being restored. On any error the old one is opened again.
    pub(crate) fn restore(&self, from: &Path, takes: Takes) -> Result<Restored> {
        let mut turn = self.long_work()?;
        let before = std::mem::replace(&mut *held(&self.shop), Seat::Refused(restoring()));
        // It reads and writes whole files, so the runtime gives this thread's other work away.
        let done =
            tokio::task::block_in_place(|| self.restore_closed(before, from, takes, &mut turn));
        // Nobody listening is fine.
        drop(self.pushes.send(Push::BootChanged));
        done
    }

    fn restore_closed(
        &self,
        before: Seat,
        from: &Path,
        takes: Takes,
        turn: &mut Turn,
    ) -> Result<Restored> {
        if let Err(till) = leave(before) {
            *held(&self.shop) = Seat::Open(Running::start(till, self.work, &self.pushes));
            return Err(OpenError::Held.into());
        }
        let (place, now) = (self.places.shop.clone(), self.ports.clock.now());
        let mut report = |done, of| turn.report(done, of);
        let until = Instant::now() + LET_GO_WITHIN;
        let done = loop {
            let how = (place.practice, takes);
            match Ledger::restore(&place.folder, from, how, now, &mut report) {
                // Nobody holds the till any more, but the last one may still be closing it: files, lock and all.
                Err(CopyError::Folder(OpenError::Held)) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                ended => break ended,
            }
        };
        *held(&self.shop) = self.opened(None);
        Ok(done?)
    }

    /// Whether a first run here would need a passphrase.
    pub(crate) fn needs_passphrase(&self) -> bool {
        self.ports.key_store.load("probe").is_err()
    }

    pub(crate) async fn enter_practice(&self) -> Result<()> {
        let mut practice = self.practice.lock().await;
        if practice.is_none() {
            let started = Practice::start(self.places.practice.clone()).await?;
            let running = Running::start(started.till.clone(), self.work, &self.pushes);
            if let Ok(shop) = self.shop_till() {
                shop.leave_seat();
            }
            *held(&self.practising) = Some(started.till.clone());
            *practice = Some((started, running));
        }
        Ok(())
    }

    pub(crate) async fn leave_practice(&self) {
        let mut practice = self.practice.lock().await;
        *held(&self.practising) = None;
        if let Some((practice, running)) = practice.take() {
            drop(running);
            practice.stop().await;
        }
    }

    /// Plays the customer in practice mode; `false` when there is nothing to pay.
    pub(crate) async fn practice_pay(&self, gateway_id: &str) -> bool {
        self.practice.lock().await.as_ref().is_some_and(|(practice, _)| practice.pay(gateway_id))
    }

    pub(crate) async fn practice_url(&self) -> Option<String> {
        self.practice.lock().await.as_ref().map(|(practice, _)| practice.url())
    }

    /// Whether the window may close. With QRs on offer the cashier is asked first, once: whoever closes again within
    /// ten seconds means it, and a window that cannot ask any more must not stay for ever.
    pub(crate) fn may_close(&self) -> bool {
        let on_offer = self.till().and_then(|till| till.qrs_on_offer()).unwrap_or(0);
        let mut asked = held(&self.close_asked);
        let again = asked.is_some_and(|at| at.elapsed() < MEANS_IT);
        if on_offer == 0 || again {
            return true;
        }
        *asked = Some(Instant::now());
        // Nobody listening: the next press closes it.
        drop(self.pushes.send(Push::CloseAsked { on_offer }));
        false
    }

    /// The end of the process: what the ledgers know of themselves is made durable.
    pub(crate) fn close(&self) {
        for till in [held(&self.practising).clone(), self.shop_till().ok()].into_iter().flatten() {
            if let Err(error) = till.ledger().write_anchor() {
                tracing::warn!(code = error.code(), "the high-water file was not written");
            }
        }
    }
}

/// Where the PINs are lost the window lets anybody set a new one; asking for one before a restore would guard nothing,
/// and keep a wrong restore from being taken back.
fn allowed(till: &Till, asker: Asker, act: Act, word: Option<&Word>) -> Result<By> {
    if act == Act::RestoreLedger && till.pin_is_lost()? {
        return Ok(By::counter());
    }
    till.allow(asker, act, word)
}

/// Waits until nobody works on the till any more, and closes it with that; gives it back when that takes too long.
fn leave(seat: Seat) -> std::result::Result<(), Arc<Till>> {
    let Seat::Open(running) = seat else { return Ok(()) };
    let till = Arc::downgrade(&running.till);
    drop(running);
    let until = Instant::now() + LEAVE_WITHIN;
    while Instant::now() < until {
        if till.strong_count() == 0 {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    till.upgrade().map_or(Ok(()), Err)
}

fn restoring() -> TillError {
    TillError::Refused(Sentence::new(
        "ledger_restoring",
        "Buku sedang dipulihkan dari cadangan. Belum ada yang dicatat. Tunggu sebentar lalu ulangi.",
        "The ledger is being restored from a backup. Nothing was recorded. Wait a moment and repeat it.",
    ))
}

impl Running {
    fn start(till: Arc<Till>, work: Work, pushes: &broadcast::Sender<Push>) -> Self {
        if work == Work::Asked {
            return Self { till, tasks: Vec::new() };
        }
        let workers = tokio::spawn(till.clone().run_workers());
        let backups = tokio::spawn(till.clone().run_backups());
        let (mut heard, out) = (till.listen(), pushes.clone());
        let relay = tokio::spawn(async move {
            loop {
                match heard.recv().await {
                    // Nobody listening is fine.
                    Ok(push) => drop(out.send(push)),
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        drop(out.send(Push::StripChanged))
                    }
                    Err(broadcast::error::RecvError::Closed) => break,
                }
            }
        });
        Self { till, tasks: vec![workers, backups, relay] }
    }
}

/// A poisoned lock only means that another thread panicked while holding plain data.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
