//! The one connection that writes, and what to do when a commit's outcome is not known.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::change::Head;
use crate::error::LedgerError;
use crate::file::connect;
use crate::file::guard::Maintenance;
use crate::ledger::readers::Readers;
use crate::log::{rows, tip::Tip};
use crate::projection::settings;
use crate::sql::Fault;

#[derive(Debug)]
pub(crate) struct Writer {
    path: PathBuf,
    /// None while the file could not be opened again after a commit whose outcome is unknown.
    conn: Option<Connection>,
    pub(crate) maintenance: Maintenance,
    pub(crate) tip: Tip,
}

/// What a second look found.
pub(crate) enum Settled {
    Saved,
    NotSaved,
}

impl Writer {
    pub(crate) fn new(path: &Path, conn: Connection, maintenance: Maintenance, tip: Tip) -> Self {
        Self { path: path.to_owned(), conn: Some(conn), maintenance, tip }
    }

    /// The connection and the end of the log; opened again first when an earlier commit left it closed.
    pub(crate) fn ready(&mut self, readers: &Readers) -> Result<(&Connection, Tip), LedgerError> {
        if self.conn.is_none() {
            self.open_again(readers)?;
        }
        Ok((self.conn.as_ref().ok_or(LedgerError::Busy)?, self.tip))
    }

    pub(crate) fn conn(&self) -> Option<&Connection> {
        self.conn.as_ref()
    }

    /// After a COMMIT that answered with an error: the truth is what the file says once every connection to it was
    /// closed and it was read again. `last` is the transaction's last entry.
    pub(crate) fn settle(&mut self, readers: &Readers, last: Head) -> Result<Settled, LedgerError> {
        self.conn = None;
        self.open_again(readers)?;
        let conn = self.conn.as_ref().ok_or(LedgerError::Busy)?;
        match rows::hash_at(conn, last.seq)? {
            Some(hash) if hash == last.hash => Ok(Settled::Saved),
            Some(_) | None => Ok(Settled::NotSaved),
        }
    }

    /// With all connections closed, SQLite reads the WAL anew. Moving it into the file makes what it says lasting:
    /// a synced copy of a found commit, and no leftover frames of one that was not found.
    fn open_again(&mut self, readers: &Readers) -> Result<(), LedgerError> {
        let _alone = readers.close_all().ok_or(LedgerError::Busy)?;
        self.conn = None;
        let conn = connect::writer(&self.path)?;
        if !checkpoint(&conn, "TRUNCATE")? {
            return Err(LedgerError::Busy);
        }
        self.tip = read_tip(&conn)?;
        self.conn = Some(connect::guarded(conn, self.maintenance.clone())?);
        Ok(())
    }
}

/// Moves the WAL into the file; whether all of it was moved.
pub(crate) fn checkpoint(conn: &Connection, mode: &str) -> Result<bool, Fault> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let (busy, log, moved): (i64, i64, i64) =
        conn.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(busy == 0 && log == moved)
}

/// The end of the log as the file has it.
pub(crate) fn read_tip(conn: &Connection) -> Result<Tip, Fault> {
    let Some((entry, hash)) = rows::last(conn)? else { return Ok(Tip::start()) };
    let calendar = settings::shop(conn)?.map(|shop| (shop.zone, shop.cut_off));
    Ok(Tip::after(&entry, hash, calendar))
}

#[cfg(test)]
mod tests {
    use laci_core::UnixMs;

    use super::*;
    use crate::file::folder::Folder;
    use crate::header::Genesis;
    use crate::ledger::open;

    #[test]
    fn settling_moves_what_it_found_into_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder { data: dir.path().join("data"), anchors: dir.path().join("anchors") };
        let ledger_id = laci_core::LedgerId(uuid::Uuid::from_u128(7));
        let genesis = Genesis { ledger_id, register: 1, epoch: 1, practice: false };
        let shared = open::create(&folder, genesis, UnixMs(0)).unwrap();
        let mut writer = shared.writer();
        let poll = "INSERT INTO poll VALUES ('x', 1, 1, 0, NULL)";
        writer.conn().unwrap().execute_batch(poll).unwrap();
        let wal = || std::fs::metadata(folder.wal()).unwrap().len();
        // Something else has the file open, so closing alone does not move the WAL.
        let other = connect::reader(&folder.database()).unwrap();
        assert!(other.prepare("SELECT 1 FROM poll").unwrap().exists([]).unwrap());
        assert!(wal() > 0);
        let head = writer.tip.head;
        assert!(matches!(writer.settle(&shared.readers, head), Ok(Settled::Saved)));
        assert_eq!(wal(), 0, "only what is in the file itself was surely synced");
        let absent = Head { seq: 2, ..head };
        assert!(matches!(writer.settle(&shared.readers, absent), Ok(Settled::NotSaved)));
    }
}
