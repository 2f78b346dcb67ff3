//! What the till needs from outside, gathered in one place: the simulator and the tests build the same till with
//! other ports. Deliberately absent: the ledger (always the real one) and the providers (pure functions).

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use laci_core::{AttemptId, BillId, CallId, InboxId, LedgerId, PersonId, SaleId, UnixMs};
use laci_gateway::Transport;
use uuid::Uuid;

pub trait Clock: Send + Sync {
    /// The wall clock.
    fn now(&self) -> UnixMs;

    /// The time since some moment of this process: it only rises, whatever is done to the wall clock. For waits that
    /// setting a clock must not end.
    fn monotonic(&self) -> Duration {
        static FIRST: OnceLock<Instant> = OnceLock::new();
        FIRST.get_or_init(Instant::now).elapsed()
    }
}

pub trait Ids: Send + Sync {
    /// Random bytes that nobody can guess.
    fn fill(&self, bytes: &mut [u8]);
}

/// Where one key of 32 bytes is kept outside the data folder: the operating system's keyring.
pub trait KeyStore: Send + Sync {
    /// `Ok(None)` when the store works and has no such key.
    fn load(&self, account: &str) -> Result<Option<[u8; 32]>, KeyStoreError>;
    fn save(&self, account: &str, key: &[u8; 32]) -> Result<(), KeyStoreError>;
}

/// There is no usable keyring; `0` says why, for the log.
#[derive(Debug, thiserror::Error)]
#[error("no usable keyring: {0}")]
pub struct KeyStoreError(pub String);

#[derive(Clone)]
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub key_store: Arc<dyn KeyStore>,
    pub transport: Arc<dyn Transport>,
}

impl Ports {
    pub(crate) fn now(&self) -> UnixMs {
        self.clock.now()
    }

    /// UUIDv7 of this moment.
    fn uuid(&self) -> Uuid {
        let mut random = [0; 10];
        self.ids.fill(&mut random);
        let ms = u64::try_from(self.now().0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid()
    }

    pub(crate) fn seed(&self) -> u64 {
        let mut bytes = [0; 8];
        self.ids.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    pub(crate) fn sale_id(&self) -> SaleId {
        SaleId(self.uuid())
    }

    pub(crate) fn attempt_id(&self) -> AttemptId {
        AttemptId(self.uuid())
    }

    pub(crate) fn bill_id(&self) -> BillId {
        BillId(self.uuid())
    }

    pub(crate) fn call_id(&self) -> CallId {
        CallId(self.uuid())
    }

    pub(crate) fn inbox_id(&self) -> InboxId {
        InboxId(self.uuid())
    }

    pub(crate) fn person_id(&self) -> PersonId {
        PersonId(self.uuid())
    }

    pub(crate) fn ledger_id(&self) -> LedgerId {
        LedgerId(self.uuid())
    }
}
