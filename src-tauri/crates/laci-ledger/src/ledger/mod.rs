//! The open ledger: one writer, many readers, one keeper. A noun folder with a file per verb.

pub(crate) mod backup;
pub(crate) mod copy;
pub(crate) mod export;
pub(crate) mod keeper;
pub(crate) mod open;
pub(crate) mod readers;
pub(crate) mod rebuild;
pub(crate) mod restore;
pub(crate) mod room;
pub(crate) mod scratch;
pub(crate) mod shared;
pub(crate) mod stats;
pub(crate) mod transact;
pub(crate) mod tx;
pub(crate) mod verdict;
pub(crate) mod verify;
pub(crate) mod writer;

use std::path::Path;
use std::sync::Arc;

use laci_core::{AttemptId, BillId, UnixMs};

use crate::change::{Committed, Head, Moment, Op};
use crate::copy_error::CopyError;
use crate::error::{LedgerError, OpenError, TransactError};
use crate::export_error::ExportError;
use crate::file::disk::Disk;
use crate::file::folder::Folder;
use crate::file::schema;
use crate::header::{Genesis, Header};
use crate::ledger::copy::Copied;
use crate::ledger::export::Exported;
use crate::ledger::keeper::Keeper;
use crate::ledger::rebuild::Rebuilt;
use crate::ledger::restore::{Restored, Takes};
use crate::ledger::shared::Shared;
use crate::ledger::stats::Stats;
use crate::ledger::tx::Tx;
use crate::ledger::verdict::Verdict;
use crate::lockout::{self, Lockout};
use crate::poll::{self, PollState};
use crate::view::View;

/// An open ledger; clones share it. While one lives, no other process opens its folder.
#[derive(Clone, Debug)]
pub struct Ledger(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    keeper: Keeper,
    shared: Arc<Shared>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.keeper.stop();
    }
}

impl Ledger {
    /// The schema version that this program writes. Files of every version from 1 on are opened; older ones are brought
    /// up to it.
    pub fn schema_version() -> i64 {
        schema::known_version()
    }

    /// Whether a ledger lies in the folder. Takes no lock and looks no further.
    pub fn exists(folder: &Folder) -> bool {
        open::exists(folder)
    }

    /// Makes a new ledger whose first entry names it. Either it is whole afterwards or there is none.
    pub fn create(folder: &Folder, genesis: Genesis, now: UnixMs) -> Result<Self, OpenError> {
        Self::kept(open::create(folder, genesis, now)?)
    }

    /// Opens the ledger of a shop, or of practice mode; one as the other is refused. Checked before it returns: the
    /// lock, the header, the schema's version, the settings, the high-water file and the last 1,000 links.
    pub fn open(folder: &Folder, practice: bool) -> Result<Self, OpenError> {
        Self::kept(open::open(folder, practice)?)
    }

    fn kept(shared: Shared) -> Result<Self, OpenError> {
        let shared = Arc::new(shared);
        let keeper = Keeper::start(Arc::clone(&shared))?;
        Ok(Self(Arc::new(Inner { keeper, shared })))
    }

    pub fn header(&self) -> Header {
        self.0.shared.header
    }

    /// The last entry that is durable.
    pub fn head(&self) -> Head {
        self.0.shared.head()
    }

    /// Runs `work` in the one write transaction and commits what it appended, with one fdatasync. On `Ok` it is
    /// durable. `work` must not call the ledger again; the transaction itself answers every question. It runs once:
    /// on a full disk room is made and what it wrote is written again. On a disk that is nearly full an operation that
    /// begins something new is refused with [`LedgerError::NoRoomForNew`].
    pub fn transact<T, E: From<LedgerError>>(
        &self,
        op: Op,
        moment: Moment,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<Committed<T>, TransactError<E>> {
        let committed = transact::transact(&self.0.shared, op, moment, work)?;
        self.0.keeper.note_commit();
        Ok(committed)
    }

    /// Runs `work` on a snapshot that no later commit changes. Must not be nested, nor hold up for long.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&View<'_>) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let shared = &self.0.shared;
        shared.readers.with(|conn| work(&View { conn, header: &shared.header }))
    }

    /// Notes how an attempt's asking went. Durable, but no entry: it is back-off, not evidence.
    pub fn note_poll(&self, attempt: AttemptId, poll: &PollState) -> Result<(), LedgerError> {
        let shared = &self.0.shared;
        let mut writer = shared.writer();
        let (conn, _) = writer.ready(&shared.readers)?;
        room::with_room(shared, conn, false, |conn| poll::note(conn, attempt, poll))
    }

    /// The same for a bill.
    pub fn note_bill_poll(&self, bill: BillId, poll: &PollState) -> Result<(), LedgerError> {
        let shared = &self.0.shared;
        let mut writer = shared.writer();
        let (conn, _) = writer.ready(&shared.readers)?;
        room::with_room(shared, conn, false, |conn| poll::note(conn, bill, poll))
    }

    /// The same of many attempts at once, in one commit.
    pub fn note_polls(&self, polls: &[(AttemptId, PollState)]) -> Result<(), LedgerError> {
        let shared = &self.0.shared;
        let mut writer = shared.writer();
        let (conn, _) = writer.ready(&shared.readers)?;
        room::with_room(shared, conn, false, |conn| {
            let all = conn.unchecked_transaction()?;
            polls.iter().try_for_each(|(id, poll)| poll::note(&all, *id, poll))?;
            Ok(all.commit()?)
        })
    }

    /// How much room the disk of the data folder has now; none when the file system does not say.
    pub fn disk(&self) -> Option<Disk> {
        self.0.shared.disk()
    }

    /// Notes what is held against whoever gives `who`'s PIN. Durable when it returns, but no entry.
    pub fn note_lockout(&self, who: &str, lockout: Lockout) -> Result<(), LedgerError> {
        let mut writer = self.0.shared.writer();
        let (conn, _) = writer.ready(&self.0.shared.readers)?;
        Ok(lockout::note(conn, who, lockout)?)
    }

    /// Checks the whole ledger while selling goes on: every link, the high-water mark, the guards, the bodies, the
    /// tables against a replay, the file. `progress` is told (done, of) and answers whether to go on.
    pub fn verify(
        &self,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Verdict, LedgerError> {
        verify::verify(&self.0.shared, progress)
    }

    /// The same check of a ledger that [`Ledger::open`] refuses. Takes the folder's lock; changes nothing.
    pub fn verify_folder(
        folder: &Folder,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Verdict, OpenError> {
        verify::verify_folder(folder, progress)
    }

    /// Makes every table anew from the log and swaps the rows in one transaction. Sales wait only for the swap.
    pub fn rebuild(
        &self,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Rebuilt, LedgerError> {
        rebuild::rebuild(&self.0.shared, progress)
    }

    /// Copies the ledger, as it is now, to the file `to` and judges the copy by reading all of it; selling goes on.
    /// What stood at `to` is replaced only by a whole copy. `progress` is told (done, of) and answers whether to go on.
    pub fn backup(
        &self,
        to: &Path,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Copied, CopyError> {
        backup::backup(&self.0.shared, to, progress)
    }

    /// Writes the ledger, as it is now, into the new or empty folder `to`, in a form that any program can read and check
    /// again; selling goes on. `now` is the moment that its page names. The folder has its name only once it is whole.
    /// `progress` is told (done, of) and answers whether to go on.
    pub fn export(
        &self,
        to: &Path,
        now: UnixMs,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Exported, ExportError> {
        export::export(&self.0.shared, to, now, progress)
    }

    /// Judges a backup by reading all of it; changes nothing.
    pub fn judge_backup(
        file: &Path,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Copied, CopyError> {
        copy::judge(file, progress)
    }

    /// Goes on from `from`, a backup or an older file, in `folder`: a new epoch begins, and what stood in the folder
    /// is moved to `replaced/`. Nobody may have the folder open. Either all of it happens or nothing.
    pub fn restore(
        folder: &Folder,
        from: &Path,
        (practice, takes): (bool, Takes),
        now: UnixMs,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Restored, CopyError> {
        restore::restore(folder, from, (practice, takes), now, progress)
    }

    /// The name of the shop whose ledger stands in the folder, where it is another one than `header`'s; the inner one
    /// is none while that shop has no name.
    pub fn other_shop(folder: &Folder, header: Header) -> Option<Option<String>> {
        restore::other_shop(folder, header)
    }

    /// The number of the last entry that this computer has seen of the ledger with this header: what a restore of an
    /// older copy would lose. Reads the high-water file and the file in the folder, as far as they can be read.
    pub fn last_seen(folder: &Folder, header: Header) -> Result<Option<u64>, OpenError> {
        restore::last_seen(folder, header)
    }

    pub fn stats(&self) -> Result<Stats, LedgerError> {
        stats::stats(&self.0.shared)
    }

    /// Brings the high-water file up to the head now. The keeper does it within a second of each commit.
    pub fn write_anchor(&self) -> Result<(), LedgerError> {
        self.0.shared.write_anchor()
    }
}
