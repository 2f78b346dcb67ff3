//! Going on from a copy. The restored file is made whole under a name of its own; giving it the ledger's name is a
//! matter of renames that the next start finishes, wherever a crash comes between. Nothing is removed: what stood in
//! its place is moved to `replaced/`.

use std::path::{Path, PathBuf};

use laci_core::{AttemptId, Body, Hash, UnixMs};
use rusqlite::Connection;

use crate::change::Head;
use crate::copy_error::CopyError;
use crate::error::{LedgerError, OpenError};
use crate::fault;
use crate::file::folder::{Folder, make_private, remove_database, sync_folder, with_companions};
use crate::file::lock::FolderLock;
use crate::file::{anchor, connect, schema};
use crate::header::Header;
use crate::ledger::copy::{self, Copied};
use crate::ledger::writer;
use crate::log::rows;
use crate::log::tip::{Tip, by_the_till};
use crate::projection::outbox::{self, OutboxKind, OutboxQueue};
use crate::projection::replay::{self, Progress};
use crate::projection::{self, settings};
use crate::sql::Fault;

const OWED_MAX: u32 = 100_000;

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub entries: u64,
    pub head: Head,
    /// The new epoch: numbers from here on carry it.
    pub epoch: u16,
    /// Entries that this computer had seen and that the copy does not hold; none when it never saw more.
    pub lost: u64,
    /// Where the files lie that stood in the folder before.
    pub replaced: Option<PathBuf>,
}

/// Whose ledger may take the folder's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Only a copy of the ledger that stands there, unless none does.
    SameLedger,
    /// Any: a person was told that it is another one.
    AnyLedger,
}

/// Restores `from` into `folder`. Either the folder holds the restored ledger afterwards or it is as it was.
pub(crate) fn restore(
    folder: &Folder,
    from: &Path,
    (practice, takes): (bool, Takes),
    now: UnixMs,
    progress: &mut Progress<'_>,
) -> Result<Restored, CopyError> {
    connect::check_sqlite()?;
    folder.make().map_err(OpenError::from)?;
    let _lock = FolderLock::take(&folder.lock())?;
    finish(folder)?;
    let made = folder.unfinished();
    let copied = taken(from, &made, progress)?;
    if copied.header.practice != practice {
        remove_database(&made)?;
        let mismatch = OpenError::PracticeMismatch { ledger_is_practice: copied.header.practice };
        return Err(CopyError::Folder(mismatch));
    }
    let there = standing(&folder.database()).map(|(there, _)| there.ledger_id);
    if takes == Takes::SameLedger && there.is_some_and(|there| there != copied.header.ledger_id) {
        remove_database(&made)?;
        return Err(CopyError::OtherLedger { shop: copied.shop });
    }
    let seen = seen_before(folder, copied.header)?;
    let epoch = seen.epoch.max(copied.header.epoch).checked_add(1);
    let epoch = epoch.ok_or(OpenError::Io { detail: "epoch 65535 is the last".to_owned() })?;
    let seen_seq = seen.seq.filter(|seq| *seq > copied.entries);
    let head = go_on(&made, Body::LedgerRestored { epoch, seen_seq }, now)?;
    std::fs::File::open(&made)?.sync_all()?;
    fault::point("restore.made");
    // From this rename on the restore happens, if not now then at the next start.
    std::fs::rename(&made, folder.restored())?;
    sync_folder(&folder.data)?;
    fault::point("restore.ready");
    let replaced = finish(folder)?;
    let lost = seen_seq.map_or(0, |seq| seq - copied.entries);
    Ok(Restored { entries: head.seq, head, epoch, lost, replaced })
}

/// Copies and judges what is restored, with all that its own WAL may hold.
fn taken(from: &Path, to: &Path, progress: &mut Progress<'_>) -> Result<Copied, CopyError> {
    if !from.is_file() {
        return Err(CopyError::Place { detail: format!("{} is no file", from.display()) });
    }
    let source = connect::unguarded_reader(from)?;
    schema::check_header(&source).map_err(CopyError::NotSound)?;
    let snapshot = source.unchecked_transaction().map_err(Fault::from)?;
    let copied = copy::make(&source, to, progress);
    snapshot.rollback().map_err(Fault::from)?;
    copied
}

/// The highest that this computer knows to have existed of a ledger.
struct Seen {
    epoch: u16,
    seq: Option<u64>,
}

/// Looked up in the high-water file and in the file that is about to be replaced; either may be missing or unreadable.
fn seen_before(folder: &Folder, header: Header) -> Result<Seen, OpenError> {
    let anchor = match anchor::read(folder, header.ledger_id) {
        Ok(anchor) => anchor,
        Err(OpenError::AnchorUnreadable { detail }) => {
            tracing::warn!(detail, "the high-water file says nothing");
            None
        }
        Err(error) => return Err(error),
    };
    let there =
        standing(&folder.database()).filter(|(there, _)| there.ledger_id == header.ledger_id);
    let epochs = [anchor.as_ref().map(|anchor| anchor.epoch), there.map(|(there, _)| there.epoch)];
    let seqs = [anchor.as_ref().map(|anchor| anchor.seq), there.map(|(_, end)| end)];
    Ok(Seen {
        epoch: epochs.into_iter().flatten().max().unwrap_or(0),
        seq: seqs.into_iter().flatten().max(),
    })
}

/// The number of the last entry that this computer knows of a ledger; none of one that it has not seen.
pub(crate) fn last_seen(folder: &Folder, header: Header) -> Result<Option<u64>, OpenError> {
    Ok(seen_before(folder, header)?.seq)
}

/// The shop of the ledger that stands in the folder, when it is another one than `header`'s.
pub(crate) fn other_shop(folder: &Folder, header: Header) -> Option<Option<String>> {
    let conn = connect::unguarded_reader(&folder.database()).ok()?;
    let there = rows::first_body(&conn).ok()?.as_ref().and_then(Header::of)?;
    let other = there.ledger_id != header.ledger_id;
    other
        .then(|| settings::all(&conn).ok().and_then(|settings| settings.shop).map(|shop| shop.name))
}

/// The header and the end of a file that may be damaged; none when it cannot say.
pub(crate) fn standing(path: &Path) -> Option<(Header, u64)> {
    let conn = connect::unguarded_reader(path).ok()?;
    let header = rows::first_body(&conn).ok()?.as_ref().and_then(Header::of)?;
    let epoch = settings::epoch(&conn).ok().flatten().unwrap_or(header.epoch);
    Some((Header { epoch, ..header }, rows::end(&conn).ok()?))
}

/// Adds the entry that begins the new epoch. A create that was queued in the copy may have been sent in the time that
/// was lost, so that nobody knows any more: it counts as sent.
fn go_on(path: &Path, body: Body, now: UnixMs) -> Result<Head, OpenError> {
    let conn = connect::writer(path)?;
    schema::migrate(&conn)?;
    let together = conn.unchecked_transaction().map_err(Fault::from)?;
    // The copy's log was read whole; its tables were not, and somebody may have written to them.
    replay::tables_anew(&conn)?;
    let mut tip = writer::read_tip(&conn)?;
    append(&conn, &mut tip, body, now)?;
    for (item, attempt_id) in queued(&conn)? {
        let sending = Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt_id) };
        append(&conn, &mut tip, sending, now)?;
    }
    together.commit().map_err(Fault::from)?;
    if !writer::checkpoint(&conn, "TRUNCATE")? {
        return Err(LedgerError::Busy.into());
    }
    conn.close().map_err(|(_, error)| Fault::from(error))?;
    Ok(tip.head)
}

fn queued(conn: &Connection) -> Result<Vec<(laci_core::OutboxId, AttemptId)>, Fault> {
    let mut owed = outbox::due(conn, OutboxQueue::GatewayCreate, OWED_MAX)?;
    owed.retain(|row| row.state == laci_core::OutboxState::Queued);
    // One that waited for the internet may have had it since.
    owed.extend(outbox::waiting(conn, OWED_MAX)?);
    Ok(owed
        .into_iter()
        .filter_map(|row| match row.kind {
            OutboxKind::GatewayCreate { attempt_id } => Some((row.id, attempt_id)),
            OutboxKind::Receipt { .. } => None,
        })
        .collect())
}

fn append(conn: &Connection, tip: &mut Tip, body: Body, now: UnixMs) -> Result<(), Fault> {
    let entry = tip.next(by_the_till(now), body);
    let hash: Hash = rows::append(conn, &entry, tip.head.hash)?;
    projection::apply_all(conn, &entry)?;
    tip.step(&entry, hash);
    Ok(())
}

/// Gives a restored ledger its name, if one waits for it. Called with the folder's lock held, at each start and by the
/// restore itself; every step may be done again.
pub(crate) fn finish(folder: &Folder) -> Result<Option<PathBuf>, OpenError> {
    let restored = folder.restored();
    if !restored.exists() {
        return Ok(None);
    }
    let (header, seq) = standing(&restored).ok_or(OpenError::BrokenChain { seq: 1 })?;
    let conn = connect::unguarded_reader(&restored)?;
    let hash = rows::hash_at(&conn, seq)?.ok_or(OpenError::BrokenChain { seq })?;
    drop(conn);
    // Named by what replaces it, down to its head: a second try moves the rest to the same place, and no other restore
    // ever comes there.
    let aside = format!("before-epoch-{}-{}", header.epoch, hash.short());
    let aside = folder.replaced().join(aside);
    let replaced = move_aside(folder, &aside)?;
    fault::point("restore.aside");
    anchor::write(folder, header, Head { seq, hash })?;
    fault::point("restore.anchored");
    std::fs::rename(&restored, folder.database())?;
    // Looking at it left empty companions under its first name.
    remove_database(&restored)?;
    sync_folder(&folder.data)?;
    Ok(replaced)
}

/// Moves the ledger's file with its companions; what moved in an earlier try lies there already.
fn move_aside(folder: &Folder, aside: &Path) -> Result<Option<PathBuf>, OpenError> {
    for file in with_companions(&folder.database()) {
        let Some(name) = file.file_name().filter(|_| file.exists()) else { continue };
        make_private(aside)?;
        std::fs::rename(&file, aside.join(name))?;
    }
    let moved = aside.exists();
    if moved {
        sync_folder(aside)?;
        sync_folder(&folder.data)?;
    }
    Ok(moved.then(|| aside.to_owned()))
}
