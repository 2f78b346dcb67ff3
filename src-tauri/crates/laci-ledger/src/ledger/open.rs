//! Creating and opening a ledger: the folder's lock first, then everything that must hold before the first sale.

use laci_core::{Hash, UnixMs};
use rusqlite::Connection;

use crate::copy_error::CopyError;
use crate::error::{LedgerError, OpenError};
use crate::file::ballast::{self, Keeps};
use crate::file::folder::{Folder, remove_database, sync_folder};
use crate::file::guard::Maintenance;
use crate::file::lock::FolderLock;
use crate::file::{anchor, connect, schema};
use crate::header::{Genesis, Header};
use crate::ledger::copy;
use crate::ledger::restore;
use crate::ledger::shared::Shared;
use crate::ledger::writer::{self, Writer};
use crate::log::chain::{self, Step};
use crate::log::rows;
use crate::log::tip::{Tip, by_the_till};
use crate::projection::{self, replay, settings};
use crate::sql::Fault;

/// How many links are checked before the first sale; the whole chain is `verify`'s business.
const LINKS_CHECKED: u64 = 1_000;

pub(crate) fn exists(folder: &Folder) -> bool {
    folder.database().exists() || folder.restored().exists()
}

/// A new ledger gets its name only when it is whole, so a crash leaves none at all.
pub(crate) fn create(folder: &Folder, genesis: Genesis, now: UnixMs) -> Result<Shared, OpenError> {
    connect::check_sqlite()?;
    folder.make()?;
    let lock = FolderLock::take(&folder.lock())?;
    if exists(folder) {
        return Err(OpenError::Exists);
    }
    let unfinished = folder.unfinished();
    remove_database(&unfinished)?;
    write_first_entry(&connect::create(&unfinished)?, genesis, now)?;
    std::fs::File::open(&unfinished)?.sync_all()?;
    std::fs::rename(&unfinished, folder.database())?;
    sync_folder(&folder.data)?;
    let (header, writer) = start(folder, genesis.practice)?;
    let shared = Shared::new(folder, header, writer, lock);
    shared.write_anchor()?;
    Ok(shared)
}

fn write_first_entry(conn: &Connection, genesis: Genesis, now: UnixMs) -> Result<(), Fault> {
    conn.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
    schema::migrate(conn)?;
    let together = conn.unchecked_transaction()?;
    projection::create_all(conn)?;
    let entry = Tip::start().next(by_the_till(now), genesis.body());
    rows::append(conn, &entry, Hash::GENESIS)?;
    projection::apply_all(conn, &entry)?;
    together.commit()?;
    // The file takes its name alone, without a WAL beside it.
    if writer::checkpoint(conn, "TRUNCATE")? { Ok(()) } else { Err(LedgerError::Busy.into()) }
}

pub(crate) fn open(folder: &Folder, practice: bool) -> Result<Shared, OpenError> {
    connect::check_sqlite()?;
    if !exists(folder) {
        return Err(OpenError::Missing);
    }
    folder.make()?;
    let lock = FolderLock::take(&folder.lock())?;
    let mut started = finish_and_start(folder, practice);
    if matches!(started, Err(OpenError::DiskFull)) && ballast::release(folder) {
        // Without a single free byte not even the index beside the WAL can be made.
        started = finish_and_start(folder, practice);
    }
    let (header, writer) = started?;
    let shared = Shared::new(folder, header, writer, lock);
    if let Err(error) = shared.write_anchor() {
        // The keeper tries again after each commit; selling does not wait for a second folder.
        tracing::warn!(%error, "the high-water file was not written");
    }
    Ok(shared)
}

fn finish_and_start(folder: &Folder, practice: bool) -> Result<(Header, Writer), OpenError> {
    if restore::finish(folder)?.is_some() {
        tracing::info!("an interrupted restore was finished");
    }
    start(folder, practice)
}

/// Nothing is written before the header, the version, the kind, the anchor and the last links are found in order.
fn start(folder: &Folder, practice: bool) -> Result<(Header, Writer), OpenError> {
    let header = inspect(folder, practice)?;
    let conn = connect::writer(&folder.database())?;
    if let Some(version) = schema::outdated(&conn)? {
        must_hold_a_copy(folder, practice)?;
        copy_before_migration(folder, version)?;
    }
    schema::migrate(&conn)?;
    if !projection::are_current(&conn)? {
        build_tables(&conn)?;
    }
    settings::all(&conn)?;
    let header = Header { epoch: settings::epoch(&conn)?.unwrap_or(header.epoch), ..header };
    let tip = writer::read_tip(&conn)?;
    let door = Maintenance::default();
    let conn = connect::guarded(conn, door.clone())?;
    Ok((header, Writer::new(&folder.database(), conn, door, tip)))
}

fn inspect(folder: &Folder, practice: bool) -> Result<Header, OpenError> {
    if std::fs::metadata(folder.database())?.len() == 0 {
        // What a power cut can leave; SQLite takes it for a new file.
        return Err(OpenError::Corrupt { detail: "the file is empty".to_owned() });
    }
    let conn = connect::unguarded_reader(&folder.database())?;
    schema::check_header(&conn)?;
    let snapshot = conn.unchecked_transaction().map_err(Fault::from)?;
    let header = rows::first_body(&conn)?.as_ref().and_then(Header::of);
    let header = header.ok_or(OpenError::BrokenChain { seq: 1 })?;
    if header.practice != practice {
        return Err(OpenError::PracticeMismatch { ledger_is_practice: header.practice });
    }
    check_anchor(&conn, folder, header)?;
    let end = rows::end(&conn)?;
    if let Some(seq) = first_break(&conn, end.saturating_sub(LINKS_CHECKED) + 1)? {
        return Err(OpenError::BrokenChain { seq });
    }
    if !schema::guards_stand(&conn)? {
        return Err(OpenError::GuardsChanged);
    }
    snapshot.rollback().map_err(Fault::from)?;
    Ok(header)
}

fn check_anchor(conn: &Connection, folder: &Folder, header: Header) -> Result<(), OpenError> {
    let Some(anchor) = anchor::read(folder, header.ledger_id)? else {
        tracing::warn!(ledger = %header.ledger_id, "no high-water file: an older copy would not be seen");
        return Ok(());
    };
    let seq = rows::end(conn)?;
    if seq < anchor.seq {
        return Err(OpenError::OlderThanAnchor { seq, anchor_seq: anchor.seq });
    }
    if rows::hash_at(conn, anchor.seq)? != Some(anchor.hash) {
        return Err(OpenError::BrokenChain { seq: anchor.seq });
    }
    Ok(())
}

fn first_break(conn: &Connection, from: u64) -> Result<Option<u64>, Fault> {
    let mut found = None;
    chain::walk(conn, from, &mut |step| {
        if let Step::Broken(seq, _) = step {
            found = Some(seq);
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}

/// A copy that fills the disk would leave a ledger that opens and can record nothing.
fn must_hold_a_copy(folder: &Folder, practice: bool) -> Result<(), OpenError> {
    let bytes = std::fs::metadata(folder.database())?.len();
    match ballast::look(folder, Keeps::of(practice)) {
        Some(found) if found.spare < bytes => Err(OpenError::DiskFull),
        Some(_) | None => Ok(()),
    }
}

/// A migration that went wrong on a shop's file must leave a way back that was checked before it began.
fn copy_before_migration(folder: &Folder, version: i64) -> Result<(), OpenError> {
    let conn = connect::unguarded_reader(&folder.database())?;
    let snapshot = conn.unchecked_transaction().map_err(Fault::from)?;
    let copied = copy::make(&conn, &folder.before_migration(version), &mut |_, _| true);
    snapshot.rollback().map_err(Fault::from)?;
    match copied {
        Ok(copied) => {
            tracing::info!(version, entries = copied.entries, "copied before the migration");
            Ok(())
        }
        Err(CopyError::DiskFull) => Err(OpenError::DiskFull),
        Err(CopyError::NotSound(error) | CopyError::Folder(error)) => Err(error),
        Err(
            error @ (CopyError::InsideData
            | CopyError::Place { .. }
            | CopyError::Occupied { .. }
            | CopyError::OtherLedger { .. }
            | CopyError::Cancelled),
        ) => Err(OpenError::Io { detail: error.to_string() }),
    }
}

/// A table of another version of this program is made anew from the log.
fn build_tables(conn: &Connection) -> Result<(), Fault> {
    tracing::info!("making the tables anew from the log");
    let together = conn.unchecked_transaction()?;
    replay::tables_anew(conn)?;
    Ok(together.commit()?)
}
