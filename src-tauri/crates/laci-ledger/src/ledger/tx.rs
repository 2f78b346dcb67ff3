//! Inside a transaction: everything that a view reads, and adding entries and bodies.

use std::ops::Deref;

use laci_core::{Body, Entry, Hash};
use rusqlite::Connection;

use crate::change::{Changes, Head, Moment};
use crate::error::LedgerError;
use crate::log::{blob, rows, tip::Tip};
use crate::projection;
use crate::sql::Fault;
use crate::view::View;

/// What a transaction wrote, in its order, so that it can be written again when the disk was full.
#[derive(Debug)]
pub(crate) enum Written {
    Entry(Box<Entry>),
    Blob(Vec<u8>),
}

/// An open transaction. It sees its own entries; nobody else does until it is committed.
pub struct Tx<'a> {
    view: View<'a>,
    moment: Moment,
    pub(crate) tip: Tip,
    pub(crate) changes: Changes,
    pub(crate) written: Vec<Written>,
    /// The first failure. After it the transaction can only be rolled back, whatever the work makes of it: a row
    /// may be in the log whose projections are not.
    pub(crate) failed: Option<LedgerError>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(view: View<'a>, tip: Tip, moment: Moment) -> Self {
        let (changes, written) = (Changes::default(), Vec::new());
        Self { view, moment, tip, changes, written, failed: None }
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
            let seq = entry.seq;
            tx.written.push(Written::Entry(Box::new(entry)));
            Ok(seq)
        })
    }

    /// The last entry as this transaction sees it.
    pub fn head(&self) -> Head {
        self.tip.head
    }

    /// Stores a body in the side table and returns the hash that an entry names it by.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<Hash, LedgerError> {
        self.unless_failed(|tx| {
            let hash = blob::put(tx.view.conn, bytes)?;
            tx.written.push(Written::Blob(bytes.to_vec()));
            Ok(hash)
        })
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

/// Writes once more what a transaction wrote before its COMMIT found no room. The writer was held all the time, so the
/// log still ends where the transaction began, and what it decided still holds. Returns where the log ends now.
pub(crate) fn write_again(
    conn: &Connection,
    from: Head,
    written: &[Written],
) -> Result<Head, Fault> {
    let mut head = from;
    for one in written {
        match one {
            Written::Blob(bytes) => drop(blob::put(conn, bytes)?),
            Written::Entry(entry) => {
                let hash = rows::append(conn, entry, head.hash)?;
                projection::apply_all(conn, entry)?;
                head = Head { seq: entry.seq, hash };
            }
        }
    }
    Ok(head)
}

impl<'a> Deref for Tx<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}
