//! A copy of a ledger that is no data folder's own: made with SQLite's online backup, and judged by reading all of it.

use std::path::Path;

use laci_core::Hash;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::change::Head;
use crate::copy_error::CopyError;
use crate::error::{LedgerError, OpenError};
use crate::file::folder::{remove_database, sync_folder};
use crate::file::{connect, schema};
use crate::header::Header;
use crate::log::chain::{self, Step};
use crate::log::{blob, rows};
use crate::projection::replay::Progress;
use crate::projection::settings;
use crate::sql::Fault;

/// Half a megabyte between two looks at whether to go on.
const PAGES_PER_STEP: i32 = 256;
const ENTRIES_PER_REPORT: u64 = 1_000;

/// What a copy holds, found by reading all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub header: Header,
    pub entries: u64,
    pub head: Head,
    /// The last entry's wall clock, in Unix milliseconds.
    pub last_at_ms: i64,
    /// The shop's name, once it is set.
    pub shop: Option<String>,
    pub bytes: u64,
}

/// Copies the snapshot that `conn` reads into the file `to`, whole and durable, in place of what stood there.
/// Copying is the first half of the work, judging the copy the second.
pub(crate) fn make(
    conn: &Connection,
    to: &Path,
    progress: &mut Progress<'_>,
) -> Result<Copied, CopyError> {
    let part = part_of(to);
    remove_database(&part)?;
    let copied = fill(conn, &part, progress).and_then(|()| {
        crate::fault::point("copy.written");
        judge(&part, &mut |done, of| progress(of + done, of * 2))
    });
    match copied {
        Ok(copied) => {
            std::fs::File::open(&part)?.sync_all()?;
            crate::fault::point("copy.judged");
            std::fs::rename(&part, to)?;
            sync_folder(to.parent().unwrap_or(Path::new(".")))?;
            Ok(copied)
        }
        Err(error) => {
            if let Err(left) = remove_database(&part) {
                tracing::warn!(error = %left, "half a copy was left behind");
            }
            Err(error)
        }
    }
}

/// The name under which a copy is made; a file of this name is never a whole one.
pub(crate) fn part_of(to: &Path) -> std::path::PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// The snapshot stays while the caller's transaction is open, however long the copy takes and whatever is sold.
fn fill(conn: &Connection, part: &Path, progress: &mut Progress<'_>) -> Result<(), CopyError> {
    // A transaction takes its snapshot at its first read.
    rows::end(conn)?;
    let mut copy = Connection::open(part).map_err(Fault::from)?;
    {
        let backup = Backup::new(conn, &mut copy).map_err(Fault::from)?;
        loop {
            let step = backup.step(PAGES_PER_STEP).map_err(Fault::from)?;
            let now = backup.progress();
            let of = u64::try_from(now.pagecount).unwrap_or(0);
            let left = u64::try_from(now.remaining).unwrap_or(0);
            if !progress(of.saturating_sub(left), of * 2) {
                return Err(LedgerError::Cancelled.into());
            }
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                StepResult::Busy | StepResult::Locked => return Err(LedgerError::Busy.into()),
                // What a later SQLite may answer: the file was not copied.
                _ => return Err(LedgerError::Busy.into()),
            }
        }
    }
    // A copy is one file: without a WAL it can be read from a drive that nobody may write to.
    let mode: String = copy
        .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))
        .map_err(Fault::from)?;
    if mode != "delete" {
        return Err(LedgerError::Busy.into());
    }
    copy.close().map_err(|(_, error)| Fault::from(error))?;
    Ok(())
}

/// Reads a copy whole: header, every link, the guards, the bodies, the file. Refused with what is wrong first.
pub(crate) fn judge(path: &Path, progress: &mut Progress<'_>) -> Result<Copied, CopyError> {
    if !path.is_file() {
        return Err(CopyError::Place { detail: format!("{} is no file", path.display()) });
    }
    let mut goes_on = true;
    let watched = &mut |done: u64, of: u64| {
        goes_on = progress(done, of);
        goes_on
    };
    let judged = whole(path, watched);
    if goes_on { judged.map_err(CopyError::NotSound) } else { Err(CopyError::Cancelled) }
}

fn whole(path: &Path, progress: &mut Progress<'_>) -> Result<Copied, OpenError> {
    let conn = connect::unguarded_reader(path)?;
    schema::check_header(&conn)?;
    let snapshot = conn.unchecked_transaction().map_err(Fault::from)?;
    let first = rows::first_body(&conn)?.as_ref().and_then(Header::of);
    let header = first.ok_or(OpenError::BrokenChain { seq: 1 })?;
    let end = rows::end(&conn)?;
    chain_holds(&conn, end, progress)?;
    if !schema::guards_stand(&conn)? {
        return Err(OpenError::GuardsChanged);
    }
    if let Some(hash) = blob::first_changed(&conn)? {
        return Err(OpenError::Corrupt { detail: format!("body {hash}") });
    }
    if let Some(line) = first_damage(&conn)? {
        return Err(OpenError::Corrupt { detail: line });
    }
    let last = rows::last(&conn)?;
    let (last_at_ms, hash) = last.map_or((0, Hash::GENESIS), |(entry, hash)| (entry.at.0, hash));
    let header = Header { epoch: settings::epoch(&conn)?.unwrap_or(header.epoch), ..header };
    let shop = settings::shop(&conn)?.map(|shop| shop.name);
    snapshot.rollback().map_err(Fault::from)?;
    let bytes = std::fs::metadata(path)?.len();
    Ok(Copied { header, entries: end, head: Head { seq: end, hash }, last_at_ms, shop, bytes })
}

fn chain_holds(conn: &Connection, end: u64, progress: &mut Progress<'_>) -> Result<(), OpenError> {
    let mut broken = None;
    let mut stopped = false;
    chain::walk(conn, 1, &mut |step| {
        match step {
            Step::Sound(entry) => {
                for hash in blob::all_named_by(&entry.body) {
                    if !blob::is_known(conn, hash)? {
                        broken = Some(entry.seq);
                    }
                }
                if entry.seq.is_multiple_of(ENTRIES_PER_REPORT) {
                    stopped = !progress(entry.seq, end);
                }
            }
            Step::Broken(seq, _) => broken = Some(seq),
        }
        Ok(broken.is_none() && !stopped)
    })?;
    match broken {
        Some(seq) => Err(OpenError::BrokenChain { seq }),
        None if stopped => Err(LedgerError::Cancelled.into()),
        None => Ok(()),
    }
}

fn first_damage(conn: &Connection) -> Result<Option<String>, Fault> {
    let line: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((line != "ok").then_some(line))
}
