//! Checking the whole ledger: every link, the high-water mark, the guards, the bodies, the tables against a replay,
//! and the file itself. Reads only; it never mends anything.

use std::collections::BTreeSet;

use laci_core::books::{Z, ZReport, z};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::change::Head;
use crate::error::{LedgerError, OpenError};
use crate::file::folder::Folder;
use crate::file::lock::FolderLock;
use crate::file::{anchor, connect, schema};
use crate::header::Header;
use crate::ledger::scratch::Scratch;
use crate::ledger::shared::Shared;
use crate::ledger::verdict::{Problem, ProblemKind, Verdict};
use crate::log::chain::{self, Break, Step};
use crate::log::{blob, rows};
use crate::projection::kind::Table;
use crate::projection::replay::{Progress, replay};
use crate::projection::{self, apply_all, shift, tables};
use crate::query::books;
use crate::sql::Fault;

const PROBLEMS_MAX: usize = 20;
const ROWS_PER_REPORT: u64 = 1_000;

/// Checks a snapshot of the open ledger while selling goes on.
pub(crate) fn verify(shared: &Shared, progress: &mut Progress<'_>) -> Result<Verdict, LedgerError> {
    // Taken before the snapshot, so the snapshot must hold it.
    let head = shared.head();
    let mut watched =
        |done: u64, of: u64| !shared.readers.are_wanted_closed() && progress(done, of);
    let verdict = shared.readers.with(|conn| {
        Check::new(conn, &shared.folder, &mut watched).and_then(|check| check.run(Some(head)))
    });
    Ok(verdict?)
}

/// Checks a ledger that may be too damaged to open.
pub(crate) fn verify_folder(
    folder: &Folder,
    progress: &mut Progress<'_>,
) -> Result<Verdict, OpenError> {
    connect::check_sqlite()?;
    if !folder.database().exists() {
        return Err(OpenError::Missing);
    }
    let _lock = FolderLock::take(&folder.lock())?;
    schema::check_header(&connect::unguarded_reader(&folder.database())?)?;
    let conn = connect::reader(&folder.database())?;
    let snapshot = conn.unchecked_transaction().map_err(Fault::from)?;
    let verdict = Check::new(&conn, folder, progress)?.run(None)?;
    // A damaged file can have ended it already.
    drop(snapshot);
    Ok(verdict)
}

struct Check<'a, 'p> {
    conn: &'a Connection,
    folder: &'a Folder,
    progress: &'a mut Progress<'p>,
    end: u64,
    head: Head,
    problems: Vec<Problem>,
}

impl<'a, 'p> Check<'a, 'p> {
    fn new(
        conn: &'a Connection,
        folder: &'a Folder,
        progress: &'a mut Progress<'p>,
    ) -> Result<Self, Fault> {
        let end = rows::end(conn)?;
        let hash = rows::hash_at(conn, end).ok().flatten().unwrap_or(laci_core::Hash::GENESIS);
        let head = Head { seq: end, hash };
        Ok(Self { conn, folder, progress, end, head, problems: Vec::new() })
    }

    fn run(mut self, known: Option<Head>) -> Result<Verdict, Fault> {
        self.gathered(Self::chain)?;
        let anchor_seq = self.anchor()?;
        if let Some(known) = known {
            self.must_hold(known.seq, known.hash)?;
        }
        // Tables of a log that lacks its tail are no reason to make them anew.
        let log_is_whole = self.problems.is_empty();
        self.gathered(Self::guards)?;
        self.gathered(Self::bodies)?;
        self.gathered(Self::file)?;
        if log_is_whole {
            self.gathered(Self::tables)?;
            self.gathered(Self::books)?;
        }
        let (entries, head) = (self.end, self.head);
        let ok = self.problems.is_empty();
        Ok(Verdict { entries, head, anchor_seq, ok, problems: self.problems })
    }

    /// Runs a part of the check. A file that SQLite cannot read is a finding, not a failure of the check.
    fn gathered(&mut self, part: fn(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        match part(self).map_err(LedgerError::from) {
            Ok(()) => Ok(()),
            Err(LedgerError::Corrupt { detail }) => {
                self.found(Problem::of(ProblemKind::FileDamaged, detail));
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn found(&mut self, problem: Problem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }

    fn report(&mut self, done: u64, of: u64) -> Result<(), Fault> {
        if (self.progress)(done, of) { Ok(()) } else { Err(LedgerError::Cancelled.into()) }
    }

    /// The chain is the first half of the work, the replay the second.
    fn chain(&mut self) -> Result<(), Fault> {
        let (conn, of) = (self.conn, self.end.saturating_mul(2));
        chain::walk(conn, 1, &mut |step| {
            match step {
                Step::Sound(entry) => {
                    for hash in blob::all_named_by(&entry.body) {
                        if !blob::is_there(conn, hash)? {
                            self.found(Problem::at(ProblemKind::BodyMissing, entry.seq));
                        }
                    }
                    if entry.seq % ROWS_PER_REPORT == 0 {
                        self.report(entry.seq, of)?;
                    }
                }
                Step::Broken(seq, broken) => self.found(Problem::at(kind_of(broken), seq)),
            }
            Ok(self.problems.len() < PROBLEMS_MAX)
        })?;
        if self.end == 0 {
            self.found(Problem::at(ProblemKind::EntryMissing, 1));
        }
        Ok(())
    }

    fn anchor(&mut self) -> Result<Option<u64>, Fault> {
        // A first entry that cannot be read is found by the chain; no anchor can be looked up without it.
        let first = rows::first_body(self.conn).ok().flatten();
        let Some(header) = first.as_ref().and_then(Header::of) else { return Ok(None) };
        match anchor::read(self.folder, header.ledger_id) {
            Ok(None) => Ok(None),
            Ok(Some(anchor)) => {
                self.must_hold(anchor.seq, anchor.hash)?;
                Ok(Some(anchor.seq))
            }
            Err(error) => {
                self.found(Problem::of(ProblemKind::AnchorUnreadable, error.to_string()));
                Ok(None)
            }
        }
    }

    /// An entry that was seen before must still be there.
    fn must_hold(&mut self, seq: u64, hash: laci_core::Hash) -> Result<(), Fault> {
        if seq > self.end {
            // The first one that is gone.
            self.found(Problem::at(ProblemKind::OlderThanAnchor, self.end + 1));
        } else if rows::hash_at(self.conn, seq).ok().flatten() != Some(hash) {
            self.found(Problem::at(ProblemKind::AnchorMismatch, seq));
        }
        Ok(())
    }

    fn guards(&mut self) -> Result<(), Fault> {
        if !schema::guards_stand(self.conn)? {
            self.found(Problem::of(ProblemKind::GuardsChanged, ""));
        }
        Ok(())
    }

    fn bodies(&mut self) -> Result<(), Fault> {
        if let Some(hash) = blob::first_changed(self.conn)? {
            self.found(Problem::of(ProblemKind::BodyChanged, hash));
        }
        Ok(())
    }

    fn file(&mut self) -> Result<(), Fault> {
        // The quick check does not look into indexes, and a row that its index does not hold is never found again.
        let mut statement = self.conn.prepare("PRAGMA integrity_check(10)")?;
        let mut lines = statement.query([])?;
        while let Some(line) = lines.next()? {
            let line: String = line.get(0)?;
            if line != "ok" {
                self.found(Problem::of(ProblemKind::FileDamaged, line));
            }
        }
        let strays = self.conn.prepare("PRAGMA foreign_key_check")?.exists([])?;
        if strays {
            self.found(Problem::of(ProblemKind::TableDiffers, "foreign_key_check"));
        }
        Ok(())
    }

    /// Full dumps of a replay, row by row beside the live tables.
    fn tables(&mut self) -> Result<(), Fault> {
        let end = self.end;
        let scratch = Scratch::new(self.folder.replay("verify"))?;
        let replayed = scratch.conn()?;
        let progress = &mut *self.progress;
        let second_half = &mut |done: u64, of: u64| progress(end + done, of * 2);
        let replaying = replay(self.conn, replayed, 1, end, apply_all, second_half);
        match replaying.map_err(LedgerError::from) {
            Ok(()) => {}
            // A log that no version of this program would have written, though its chain holds.
            Err(LedgerError::Contradiction { detail }) => {
                self.found(Problem::of(ProblemKind::TableDiffers, detail));
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        if !projection::are_current(self.conn)? {
            // Another version made them; the next start makes them anew, so what they hold now says nothing.
            return Ok(());
        }
        for table in tables() {
            if let Some(detail) = self.first_difference(replayed, table)? {
                self.found(Problem::of(ProblemKind::TableDiffers, detail));
            }
        }
        if self.problems.is_empty() { self.definitions() } else { Ok(()) }
    }

    /// What the schema says beside the guards; in a file that is broken elsewhere that has a better name.
    fn definitions(&mut self) -> Result<(), Fault> {
        let fresh = schema::fresh_as(self.conn)?;
        projection::create_all(&fresh)?;
        if definitions(self.conn)? != definitions(&fresh)? {
            self.found(Problem::of(ProblemKind::TableDiffers, "sqlite_schema"));
        }
        Ok(())
    }

    /// The tables are what the log says; what it says must add up, too.
    fn books(&mut self) -> Result<(), Fault> {
        if !projection::are_current(self.conn)? {
            return Ok(());
        }
        if let Some(seq) = books::unbalanced(self.conn)? {
            self.found(Problem::at(ProblemKind::Unbalanced, seq));
        }
        let mut zs = Vec::new();
        for closing in shift::closings(self.conn)? {
            let text = blob::get(self.conn, closing.report)?.unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            // What the paper says of the log must be so.
            let said: Option<ZReport> = serde_json::from_str(&text).ok();
            if let Some(said) = said
                && rows::hash_at(self.conn, said.head_seq)? != Some(said.head)
            {
                self.found(Problem::of(ProblemKind::ZBroken, said.number.to_string()));
            }
            zs.push(Z { number: closing.number, text, hash: closing.hash });
        }
        if let Err(problem) = z::check(&zs, None) {
            self.found(Problem::of(ProblemKind::ZBroken, problem.to_string()));
        }
        Ok(())
    }

    fn first_difference(
        &mut self,
        replayed: &Connection,
        table: &Table,
    ) -> Result<Option<String>, Fault> {
        let sql = format!("SELECT * FROM {} ORDER BY {}", table.name, table.key);
        let (mut live, mut fresh) = (self.conn.prepare(&sql)?, replayed.prepare(&sql)?);
        if !live.column_names().eq(fresh.column_names()) {
            return Ok(Some(format!("{}, columns", table.name)));
        }
        let columns = live.column_count();
        let (mut live, mut fresh) = (live.query([])?, fresh.query([])?);
        for number in 1_u64.. {
            let (left, right) = (values(live.next()?, columns)?, values(fresh.next()?, columns)?);
            if left != right {
                return Ok(Some(format!("{}, row {number}", table.name)));
            }
            if left.is_none() {
                break;
            }
            if number % ROWS_PER_REPORT == 0 {
                self.report(self.end * 2, self.end * 2)?;
            }
        }
        Ok(None)
    }
}

/// Everything that the schema says but where it lies in the file, as SQLite keeps it: a name that is no text is a
/// difference, too.
fn definitions(conn: &Connection) -> Result<BTreeSet<String>, Fault> {
    let mut rows = conn.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let mut rows = rows.query([])?;
    let mut all = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let columns: Result<Vec<_>, _> = (0..4).map(|column| row.get_ref(column)).collect();
        all.insert(format!("{:?}", columns?));
    }
    Ok(all)
}

fn values(row: Option<&rusqlite::Row<'_>>, columns: usize) -> Result<Option<Vec<Value>>, Fault> {
    let Some(row) = row else { return Ok(None) };
    let values = (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
    Ok(Some(values))
}

fn kind_of(broken: Break) -> ProblemKind {
    match broken {
        Break::Gap => ProblemKind::EntryMissing,
        Break::Link => ProblemKind::ChainBroken,
        Break::Entry => ProblemKind::EntryUnreadable,
        Break::Clock => ProblemKind::ClockBackwards,
        Break::Genesis => ProblemKind::GenesisMisplaced,
    }
}
