//! Ten thousand random changes of a closed ledger, in every way that somebody with the file could make them. Each
//! must be found, and a change of the log must be named at its first broken entry.

mod file_bytes;
mod log_rows;
mod rich_day;
mod rng;
mod table_rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use laci_ledger::{Folder, Ledger, OpenError};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::behind::{database, raw};
use crate::shop::folder_in;
use file_bytes::Dump;
use rich_day::RichDay;
use rng::Rng;

const THREADS: usize = 2;

/// How a change came to light: the code of the first problem, or of the refusal.
type Found = &'static str;

#[derive(Clone, Copy)]
enum How {
    /// Rows of the log; gives the entry that must be named first.
    Log(fn(&Connection, u64, &mut Rng) -> u64),
    /// Anything else that a statement can change.
    Sql(fn(&Connection, &mut Rng)),
    /// The bytes of the closed file.
    File(fn(&mut Vec<u8>, &mut Rng)),
    /// The bytes of the WAL beside a file whose till did not close it.
    Wal(fn(&mut Vec<u8>, &mut Rng)),
}

#[derive(Clone, Copy)]
struct Change {
    name: &'static str,
    count: usize,
    how: How,
    /// What the first problem may be; empty where it is whatever the bytes were.
    found_as: &'static [Found],
}

const fn change(name: &'static str, count: usize, how: How, found_as: &'static [Found]) -> Change {
    Change { name, count, how, found_as }
}

const BROKEN: &[Found] = &["chain_broken"];
const OLDER: &[Found] = &["ledger_older_than_anchor"];
const REWRITTEN: &[Found] = &["anchor_mismatch", "ledger_older_than_anchor"];
const DIFFERS: &[Found] = &["table_differs"];
/// A body under another name is one that is missing.
const BODY: &[Found] = &["body_changed", "body_missing"];

const PLAN: [Change; 17] = [
    change("text byte", 2_500, How::Log(log_rows::text_byte), BROKEN),
    change("hash byte", 1_000, How::Log(log_rows::hash_byte), BROKEN),
    change("row deleted", 900, How::Log(log_rows::row_deleted), &["entry_missing"]),
    change("texts swapped", 1_000, How::Log(log_rows::texts_swapped), BROKEN),
    change("tail cut", 300, How::Log(log_rows::tail_cut), OLDER),
    change("renumbered", 1_000, How::Log(log_rows::rows_deleted_and_renumbered), BROKEN),
    change("rechained", 300, How::Log(log_rows::rewritten_and_rechained), REWRITTEN),
    change("table cell", 1_200, How::Sql(table_rows::cell), DIFFERS),
    change("table row deleted", 300, How::Sql(table_rows::row_deleted), DIFFERS),
    change("table row copied", 300, How::Sql(table_rows::row_copied), DIFFERS),
    change("body changed", 200, How::Sql(table_rows::body_changed), BODY),
    change("body deleted", 100, How::Sql(table_rows::body_deleted), &["body_missing"]),
    change("guard", 150, How::Sql(table_rows::guard), &["guards_changed"]),
    change("file cut", 200, How::File(file_bytes::cut), &[]),
    change("file bytes", 300, How::File(|bytes, rng| file_bytes::overwrite(bytes, rng)), &[]),
    change("WAL cut", 125, How::Wal(file_bytes::cut), OLDER),
    change("WAL bytes", 125, How::Wal(|bytes, rng| file_bytes::overwrite(bytes, rng)), OLDER),
];

/// The files of the day, held in memory, and what they say.
struct Base {
    day: RichDay,
    closed: Vec<u8>,
    running: Vec<u8>,
    wal: Vec<u8>,
    says: Dump,
}

fn wal_of(folder: &Folder) -> PathBuf {
    folder.data.join("laci.db-wal")
}

impl Base {
    fn make() -> Self {
        let day = rich_day::make(in_memory());
        let closed = std::fs::read(database(&day.closed)).unwrap();
        let running = std::fs::read(database(&day.running)).unwrap();
        let wal = std::fs::read(wal_of(&day.running)).unwrap();
        let says = file_bytes::dump(&database(&day.closed)).unwrap();
        for (table, _) in table_rows::TABLES {
            assert!(!says[table].is_empty(), "{table} has a row");
        }
        Self { day, closed, running, wal, says }
    }
}

/// A folder in memory, where there is such a place.
fn in_memory() -> tempfile::TempDir {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() }.unwrap()
}

/// One thread's copy of the day.
struct Bench<'a> {
    base: &'a Base,
    folder: Folder,
    _dir: tempfile::TempDir,
}

impl<'a> Bench<'a> {
    fn new(base: &'a Base) -> Self {
        let dir = in_memory();
        let folder = folder_in(dir.path());
        rich_day::copy_ledger(&base.day.closed, &folder);
        Self { base, folder, _dir: dir }
    }

    fn put(&self, file: &[u8], wal: Option<&[u8]>) {
        for name in ["laci.db-wal", "laci.db-shm"] {
            let _ = std::fs::remove_file(self.folder.data.join(name));
        }
        std::fs::write(database(&self.folder), file).unwrap();
        if let Some(wal) = wal {
            std::fs::write(wal_of(&self.folder), wal).unwrap();
        }
    }

    /// A fresh copy, changed through SQLite.
    fn through_sql<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        self.put(&self.base.closed, None);
        let conn = raw(&self.folder);
        // Somebody with a tool can switch off whatever would stop a plain statement, and leaves no trace of that.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        conn.execute_batch(
            "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
             PRAGMA ignore_check_constraints = ON; BEGIN",
        )
        .unwrap();
        let done = work(&conn);
        conn.execute_batch("COMMIT").unwrap();
        done
    }

    /// The first problem, or the refusal to look; its place in the log where it has one.
    fn found(&self, change: &Change) -> (Found, Option<u64>) {
        let name = change.name;
        match Ledger::verify_folder(&self.folder, &mut |_, _| true) {
            Ok(verdict) => {
                assert!(!verdict.ok, "{name}: not found");
                (verdict.problems[0].code(), verdict.problems[0].seq)
            }
            Err(error) => {
                // A file whose first bytes are not a ledger's, or a newer program's, is not opened as one of ours.
                let is_told = error.is_integrity()
                    || matches!(error, OpenError::NotALedger | OpenError::NewerVersion { .. });
                assert!(is_told, "{name}: {error:?}");
                (error.code(), None)
            }
        }
    }

    /// Makes one change; how it was found, and how many overwritten places held nothing before that.
    fn one(&self, change: &Change, rng: &mut Rng) -> (Found, usize) {
        match change.how {
            How::Log(work) => {
                let seq = self.through_sql(|conn| work(conn, self.base.day.end, rng));
                let (found, at) = self.found(change);
                assert_eq!(at, Some(seq), "{}: {found}", change.name);
                (found, 0)
            }
            How::Sql(work) => {
                self.through_sql(|conn| work(conn, rng));
                (self.found(change).0, 0)
            }
            How::File(work) => self.bytes(change, || {
                let mut bytes = self.base.closed.clone();
                work(&mut bytes, rng);
                self.put(&bytes, None);
            }),
            How::Wal(work) => self.bytes(change, || {
                let mut bytes = self.base.wal.clone();
                work(&mut bytes, rng);
                self.put(&self.base.running, Some(&bytes));
            }),
        }
    }

    /// Changes bytes until something that the ledger says was touched.
    fn bytes(&self, change: &Change, mut spoil: impl FnMut()) -> (Found, usize) {
        let kept = [database(&self.folder), wal_of(&self.folder)];
        let mut blanks = 0;
        loop {
            spoil();
            // Looking at a file can change it: what is checked are the bytes as they were spoilt.
            let spoilt = kept.each_ref().map(|file| std::fs::read(file).ok());
            if file_bytes::dump(&kept[0]).as_ref() != Some(&self.base.says) {
                let [file, wal] = spoilt;
                self.put(&file.unwrap(), wal.as_deref());
                return (self.found(change).0, blanks);
            }
            blanks += 1;
        }
    }
}

/// How often each change was found as what, and how many overwritten places held nothing.
type Tally = BTreeMap<&'static str, (BTreeMap<Found, usize>, usize)>;

/// Every `of`th change from `from` on: a thread's share. The same in every run.
fn share(base: &Base, from: usize, of: usize) -> Tally {
    let bench = Bench::new(base);
    let mut tally = Tally::new();
    let all = (0_u64..)
        .zip(&PLAN)
        .flat_map(|(kind, change)| (0..change.count as u64).map(move |n| (change, kind << 32 | n)));
    for (change, seed) in all.skip(from).step_by(of) {
        let (found, blanks) = bench.one(change, &mut Rng::new(seed));
        let (counts, all_blanks) = tally.entry(change.name).or_default();
        *counts.entry(found).or_default() += 1;
        *all_blanks += blanks;
    }
    tally
}

fn together(shares: Vec<Tally>) -> Tally {
    let mut all = Tally::new();
    for (name, (counts, blanks)) in shares.into_iter().flatten() {
        let (sums, all_blanks) = all.entry(name).or_default();
        counts.into_iter().for_each(|(found, count)| *sums.entry(found).or_default() += count);
        *all_blanks += blanks;
    }
    all
}

#[test]
fn ten_thousand_changes_are_all_found() {
    let base = &Base::make();
    let shares = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|from| scope.spawn(move || share(base, from, THREADS))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let tally = together(shares);
    for Change { name, count, found_as, .. } in PLAN {
        let (found, blanks) = &tally[name];
        println!("{name}: {found:?}; {blanks} places held nothing");
        assert_eq!(found.values().sum::<usize>(), count, "{name}");
        let as_expected = found.keys().all(|code| found_as.contains(code));
        assert!(found_as.is_empty() || as_expected, "{name}: {found:?}");
    }
    let found = tally.values().flat_map(|(found, _)| found.values());
    assert_eq!(found.sum::<usize>(), 10_000);
}

/// The changes of bytes that held nothing are told apart by this: it must see what they could have touched.
#[test]
fn an_untouched_day_is_whole_and_its_dump_sees_every_row() {
    let base = Base::make();
    let bench = Bench::new(&base);
    let verdict = Ledger::verify_folder(&bench.folder, &mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
    assert_eq!(verdict.entries, base.day.end);
    bench.put(&base.running, Some(&base.wal));
    let verdict = Ledger::verify_folder(&bench.folder, &mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
    assert_eq!(verdict.anchor_seq, Some(base.day.end));
    assert_eq!(file_bytes::dump(&database(&bench.folder)).as_ref(), Some(&base.says));
    for seed in 0..100 {
        bench.through_sql(|conn| table_rows::cell(conn, &mut Rng::new(seed)));
        assert_ne!(file_bytes::dump(&database(&bench.folder)).as_ref(), Some(&base.says));
    }
}
