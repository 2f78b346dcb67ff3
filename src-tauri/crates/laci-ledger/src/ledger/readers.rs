//! Connections that read. Each read has one for itself and sees one snapshot.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard, TryLockError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::file::connect;
use crate::sql::Fault;

/// More may read at once; so many are kept open.
const KEPT: usize = 4;
const ALONE_WAIT: Duration = Duration::from_secs(5);
const ALONE_RETRY: Duration = Duration::from_millis(5);

#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    /// Held shared by each read; held alone while no connection may be open.
    gate: RwLock<()>,
    idle: Mutex<Vec<Connection>>,
    wanted_closed: AtomicBool,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            gate: RwLock::default(),
            idle: Mutex::default(),
            wanted_closed: AtomicBool::default(),
        }
    }

    /// Runs `work` on a snapshot.
    pub(crate) fn with<T, E: From<Fault>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let _open = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let conn = match self.idle().pop() {
            Some(conn) => conn,
            None => connect::reader(&self.path)?,
        };
        let snapshot = conn.unchecked_transaction().map_err(Fault::from)?;
        let answer = work(&conn);
        // Ending a read can only fail where the next one would; then this connection is not kept.
        let ended = snapshot.rollback();
        let mut idle = self.idle();
        if ended.is_ok() && idle.len() < KEPT {
            idle.push(conn);
        }
        answer
    }

    /// Waits until no read is going on, closes all connections, and keeps new ones out while the guard lives.
    /// None when a read does not end in time.
    pub(crate) fn close_all(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        self.wanted_closed.store(true, Ordering::SeqCst);
        let alone = self.wait_alone();
        self.wanted_closed.store(false, Ordering::SeqCst);
        if alone.is_some() {
            self.idle().clear();
        }
        alone
    }

    /// Whether somebody waits for all reads to end; a long one should then end early.
    pub(crate) fn are_wanted_closed(&self) -> bool {
        self.wanted_closed.load(Ordering::SeqCst)
    }

    fn wait_alone(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        let until = Instant::now() + ALONE_WAIT;
        loop {
            match self.gate.try_write() {
                Ok(alone) => return Some(alone),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(ALONE_RETRY);
                }
                Err(TryLockError::WouldBlock) => return None,
            }
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
