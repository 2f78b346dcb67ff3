//! The till: one open ledger with its ports. Use cases are methods in the noun folders. Deliberately absent: the
//! window, the command line and the keyring; they live in the shell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use laci_core::{AttemptId, BillId, GatewayName, Lang, UnixMs};
use laci_gateway::{Executor, Gateway, SettingsError};
use laci_ledger::{
    AttemptRow, Committed, Folder, Genesis, Ledger, Moment, Op, PollState, Settings, TransactError,
    Tx, View,
};
use tokio::sync::{Notify, broadcast};

use crate::backup_place::BackupPlace;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::gateways::gateway_secrets;
use crate::listen_file::ListenFile;
use crate::lock::held;
use crate::ports::Ports;
use crate::prefs::PrefsFile;
use crate::secrets::{Turnstile, Vault};
use crate::session::Session;
use crate::symbols::Symbols;
use crate::wire::{LangPref, Push};

/// Pushes that a slow listener may miss before it must read everything again.
const PUSH_BACKLOG: usize = 256;

tokio::task_local! {
    static SPOKEN: Lang;
}

/// Runs `work` with every sentence in `lang`: a verb names its language, whatever the window's is.
pub async fn speaking<F: Future>(lang: Lang, work: F) -> F::Output {
    SPOKEN.scope(lang, work).await
}

/// Where a till keeps its things.
#[derive(Clone, Debug)]
pub struct Place {
    pub folder: Folder,
    /// Practice has a folder of its own, no keyring and no real gateway.
    pub practice: bool,
}

impl Place {
    pub fn receipts(&self) -> PathBuf {
        self.folder.data.join("receipts")
    }

    pub fn data(&self) -> &Path {
        &self.folder.data
    }
}

pub struct Till {
    pub(crate) ledger: Ledger,
    pub(crate) place: Place,
    pub(crate) ports: Ports,
    pub(crate) executor: Executor,
    pub(crate) push: broadcast::Sender<Push>,
    /// Rung when a worker has something to do before its next look.
    pub(crate) wake: Notify,
    pub(crate) prefs: PrefsFile,
    pub(crate) backup_place: BackupPlace,
    pub(crate) listen_file: ListenFile,
    /// Why today has no backup, once one was tried.
    backup_trouble: Mutex<Option<Sentence>>,
    /// One backup at a time: each clears away what an earlier one left half done.
    pub(crate) backing_up: Mutex<()>,
    pub(crate) turnstile: Turnstile,
    pub(crate) session: Mutex<Session>,
    vault: Mutex<Vault>,
    gateways: Mutex<BTreeMap<GatewayName, Built>>,
    orders: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// The attempt that the customer's window shows.
    customer: Mutex<Option<AttemptId>>,
    pub(crate) symbols: Symbols,
    /// Attempts whose create is on its way in this process.
    flying: Arc<Mutex<BTreeSet<AttemptId>>>,
    /// Bills that this process pays or asks about now.
    bills: Arc<Mutex<BTreeSet<BillId>>>,
    /// How far each gateway's list of bills was read.
    pub(crate) sweeps: Mutex<BTreeMap<GatewayName, Sweep>>,
}

/// Holds a bill while this process pays or asks about it.
pub(crate) struct BillFlight {
    id: BillId,
    bills: Arc<Mutex<BTreeSet<BillId>>>,
}

impl Drop for BillFlight {
    fn drop(&mut self) {
        held(&self.bills).remove(&self.id);
    }
}

/// A walk through a gateway's list of bills, page by page.
pub(crate) struct Sweep {
    pub(crate) began: UnixMs,
    /// The next one to read, from 1 on.
    pub(crate) page: u32,
    /// The bills that were on none of its pages so far, by the gateway's name for them.
    pub(crate) sought: BTreeMap<String, (AttemptRow, Option<PollState>)>,
}

/// Holds an attempt's place among the creates on their way.
pub(crate) struct Flight {
    id: AttemptId,
    flying: Arc<Mutex<BTreeSet<AttemptId>>>,
}

impl Drop for Flight {
    fn drop(&mut self) {
        held(&self.flying).remove(&self.id);
    }
}

/// A gateway as it can be used now.
type Built = std::result::Result<Arc<Gateway>, SettingsError>;

impl Till {
    /// Opens the till of a folder; `Ok(None)` when there is no ledger yet.
    pub fn open(place: Place, ports: Ports, passphrase: Option<&str>) -> Result<Option<Arc<Self>>> {
        if !Ledger::exists(&place.folder) {
            return Ok(None);
        }
        let ledger = Ledger::open(&place.folder, place.practice)?;
        Self::with(ledger, place, ports, passphrase).map(Some)
    }

    /// Makes the folder's ledger (register 1, epoch 1) and opens the till on it.
    pub fn create(place: Place, ports: Ports, passphrase: Option<&str>) -> Result<Arc<Self>> {
        let genesis = Genesis {
            ledger_id: ports.ledger_id(),
            register: 1,
            epoch: 1,
            practice: place.practice,
        };
        let ledger = Ledger::create(&place.folder, genesis, ports.now())?;
        Self::with(ledger, place, ports, passphrase)
    }

    fn with(
        ledger: Ledger,
        place: Place,
        ports: Ports,
        passphrase: Option<&str>,
    ) -> Result<Arc<Self>> {
        let vault = Vault::load(
            place.data(),
            ledger.header().ledger_id.to_string(),
            passphrase,
            ports.key_store.clone(),
            ports.ids.clone(),
        );
        let till = Arc::new(Self {
            executor: Executor::new(ports.transport.clone(), ports.seed()),
            prefs: PrefsFile::load(place.data()),
            backup_place: BackupPlace::load(place.data()),
            listen_file: ListenFile::load(place.data()),
            backup_trouble: Mutex::default(),
            backing_up: Mutex::default(),
            turnstile: Turnstile::of(&ledger, ports.clock.as_ref())?,
            ledger,
            place,
            ports,
            push: broadcast::channel(PUSH_BACKLOG).0,
            wake: Notify::new(),
            session: Mutex::default(),
            vault: Mutex::new(vault),
            gateways: Mutex::default(),
            orders: Mutex::default(),
            customer: Mutex::new(None),
            symbols: Symbols::default(),
            flying: Arc::default(),
            bills: Arc::default(),
            sweeps: Mutex::default(),
        });
        till.rebuild_gateways()?;
        till.close_what_a_crash_left()?;
        till.note_unguarded()?;
        Ok(till)
    }

    pub fn practice(&self) -> bool {
        self.place.practice
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The language of this till's sentences: the caller's inside [`speaking`], else the window's.
    pub fn lang(&self) -> Lang {
        SPOKEN.try_with(|lang| *lang).unwrap_or_else(|_| match self.prefs.get().lang {
            LangPref::Id => Lang::Id,
            LangPref::En => Lang::En,
        })
    }

    /// What happens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Push> {
        self.push.subscribe()
    }

    pub(crate) fn tell(&self, push: Push) {
        // Nobody listening is fine: a verb has no window.
        let _ = self.push.send(push);
    }

    pub(crate) fn transact<T>(
        &self,
        op: Op,
        by: By,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Committed<T>> {
        if !by.may_write(self.ledger.header().ledger_id) {
            return Err(laci_core::Refusal::SignIn.into());
        }
        let moment = Moment { now: self.ports.now(), actor: by.actor(), approver: by.approver() };
        self.ledger.transact(op, moment, work).map_err(TransactError::into_work)
    }

    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&View<'_>) -> std::result::Result<T, laci_ledger::LedgerError>,
    ) -> Result<T> {
        Ok(self.ledger.read(work)?)
    }

    pub(crate) fn settings(&self) -> Result<Settings> {
        self.read(|view| view.settings())
    }

    pub(crate) fn vault(&self) -> MutexGuard<'_, Vault> {
        held(&self.vault)
    }

    /// One turn at a time per order, for as long as the answer is held: a double press waits here and then finds the
    /// first one's sale. Without an order nobody waits.
    pub(crate) async fn order_turn(
        &self,
        order: Option<&str>,
    ) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        let turn = {
            let mut orders = held(&self.orders);
            orders.retain(|_, turn| Arc::strong_count(turn) > 1);
            orders.entry(order?.to_owned()).or_default().clone()
        };
        Some(turn.lock_owned().await)
    }

    /// Marks a create as on its way; `None` when it is already.
    pub(crate) fn fly_alone(&self, id: AttemptId) -> Option<Flight> {
        let new = held(&self.flying).insert(id);
        new.then(|| Flight { id, flying: self.flying.clone() })
    }

    /// Marks a bill as being paid or asked about; `None` when it is already.
    pub(crate) fn bill_alone(&self, id: BillId) -> Option<BillFlight> {
        let new = held(&self.bills).insert(id);
        new.then(|| BillFlight { id, bills: self.bills.clone() })
    }

    pub(crate) fn is_bill_alone(&self, id: BillId) -> bool {
        held(&self.bills).contains(&id)
    }

    pub(crate) fn is_flying(&self, id: AttemptId) -> bool {
        held(&self.flying).contains(&id)
    }

    /// Waits until no create and no bill is on its way, at most this long: a process that ends at once would cut one off between
    /// a gateway's work and its answer.
    pub async fn creates_end(&self, patience: Duration) {
        let end = tokio::time::Instant::now() + patience;
        while !held(&self.flying).is_empty() && tokio::time::Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        while !held(&self.bills).is_empty() && tokio::time::Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub(crate) fn backup_trouble(&self) -> Option<Sentence> {
        held(&self.backup_trouble).clone()
    }

    pub(crate) fn note_backup_trouble(&self, trouble: Option<Sentence>) {
        *held(&self.backup_trouble) = trouble;
        self.tell(Push::StripChanged);
    }

    pub(crate) fn customer(&self) -> Option<AttemptId> {
        *held(&self.customer)
    }

    pub(crate) fn show_customer(&self, attempt: Option<AttemptId>) {
        *held(&self.customer) = attempt;
        self.tell(Push::CustomerChanged);
    }

    /// A gateway that can be used now; refused with what is wrong with its settings or keys.
    pub(crate) fn gateway(&self, name: &GatewayName) -> Result<Arc<Gateway>> {
        match held(&self.gateways).get(name) {
            Some(Ok(gateway)) => Ok(gateway.clone()),
            Some(Err(_)) if self.secrets_locked() => Err(crate::secrets::locked()),
            Some(Err(error)) => Err(error.clone().into()),
            None => Err(laci_core::Refusal::GatewayUnknown { name: name.to_string() }.into()),
        }
    }

    /// Builds every gateway anew from settings and keys; called when either changed.
    pub(crate) fn rebuild_gateways(&self) -> Result<()> {
        let settings = self.settings()?;
        let vault = self.vault();
        let built = settings.gateways.iter().map(|gateway| {
            let secrets = gateway_secrets(&vault, gateway, self.place.practice);
            (gateway.name.clone(), Gateway::new(gateway, &secrets).map(Arc::new))
        });
        let built: BTreeMap<_, _> = built.collect();
        drop(vault);
        *held(&self.gateways) = built;
        Ok(())
    }

    pub(crate) fn not_set_up() -> TillError {
        laci_core::Refusal::NotSetUp.into()
    }
}
