//! Inside a transaction: everything that a view reads, and adding entries and bodies.

use std::ops::Deref;

use laci_core::{Body, Hash};

use crate::change::{Changes, Head, Moment};
use crate::error::LedgerError;
use crate::log::{blob, rows, tip::Tip};
use crate::projection;
use crate::sql::Fault;
use crate::view::View;

/// An open transaction. It sees its own entries; nobody else does until it is committed.
pub struct Tx<'a> {
    view: View<'a>,
    moment: Moment,
    pub(crate) tip: Tip,
    pub(crate) changes: Changes,
    /// The first failure. After it the transaction can only be rolled back, whatever the work makes of it: a row
    /// may be in the log whose projections are not.
    pub(crate) failed: Option<LedgerError>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(view: View<'a>, tip: Tip, moment: Moment) -> Self {
        Self { view, moment, tip, changes: Changes::default(), failed: None }
    }

    /// Adds an entry and applies every projection; returns its sequence number. A body that it names must be
    /// stored first. An entry that contradicts the log is refused, and so is the whole transaction.
    pub fn append(&mut self, body: Body) -> Result<u64, LedgerError> {
        self.unless_failed(|tx| {
            blob::must_be_known(tx.view.conn, &body)?;
            let entry = tx.tip.next(tx.moment, body);
            let hash = rows::append(tx.view.conn, &entry, tx.tip.head.hash)?;
            projection::apply_all(tx.view.conn, &entry)?;
            tx.changes.note(&entry.body);
            tx.tip.step(&entry, hash);
            Ok(entry.seq)
        })
    }

    /// The last entry as this transaction sees it.
    pub fn head(&self) -> Head {
        self.tip.head
    }

    /// Stores a body in the side table and returns the hash that an entry names it by.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<Hash, LedgerError> {
        self.unless_failed(|tx| blob::put(tx.view.conn, bytes))
    }

    fn unless_failed<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, LedgerError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        work(self).map_err(|fault| {
            let error = LedgerError::from(fault);
            self.failed = Some(error.clone());
            error
        })
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}
