//! Every version's file is opened by today's program: brought up to date, whole, with a way back.

use laci_core::AttemptState;
use laci_ledger::{AttemptFilter, Ledger, Lockout, Takes};

use super::make::{fixture, told};
use super::{golden, text_of, version_of};
use crate::behind::{database, names, raw_at};
use crate::shop::{at, folder_in, more};

fn verified(ledger: &Ledger) {
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[test]
fn every_version_has_its_golden_file() {
    assert!(Ledger::schema_version() >= 2);
    for version in 1..=Ledger::schema_version() {
        let file = fixture(version, "laci");
        assert!(file.exists(), "version {version} has no golden file; see the fixtures' README");
        let copy = tempfile::NamedTempFile::new().unwrap();
        std::fs::copy(&file, copy.path()).unwrap();
        assert_eq!(version_of(copy.path()), version, "{}", file.display());
        assert!(file.metadata().unwrap().len() < 300_000, "a small one");
        for beside in ["laci-wal", "laci-shm", "laci-journal"] {
            assert!(!fixture(version, beside).exists(), "one file alone");
        }
    }
}

#[test]
fn every_version_is_opened_and_brought_up_to_date() {
    for version in 1..=Ledger::schema_version() {
        let (folder, _dir) = golden(version);
        let ledger = Ledger::open(&folder, false).unwrap();
        assert_eq!(version_of(&database(&folder)), Ledger::schema_version());
        assert_eq!(
            told(&ledger),
            text_of(version),
            "version {version}: the same entries and sales"
        );
        verified(&ledger);
        let noted = what_stands_beside_the_log(&ledger, version);
        let rebuilt = ledger.rebuild(&mut |_, _| true).unwrap();
        assert_eq!(rebuilt.head, ledger.head());
        assert_eq!(told(&ledger), text_of(version), "version {version}: a replay says the same");
        assert_eq!(ledger.read(|view| view.lockout("owner")), Ok(noted), "and leaves this alone");
        verified(&ledger);
        let next = ledger.head().seq + 2;
        assert_eq!(more(&ledger, 2), next, "version {version}: it sells on");
        verified(&ledger);
    }
}

/// Poll times are kept; from version 2 on a lock-out can be noted, and the file of then holds one.
fn what_stands_beside_the_log(ledger: &Ledger, version: i64) -> Lockout {
    let open = AttemptFilter { state: Some(AttemptState::Pending), limit: 10 };
    let rows = ledger.read(|view| view.attempts(&open)).unwrap();
    let poll = ledger.read(|view| view.poll_of(rows[0].attempt.id)).unwrap().unwrap();
    assert_eq!((poll.misses, poll.last_problem.as_deref()), (1, Some("timeout")));
    let kept = ledger.read(|view| view.lockout("owner")).unwrap();
    let failures = if version == 1 { 0 } else { 2 };
    assert_eq!(kept, Lockout { failures, left_ms: 0 }, "version {version}");
    let noted = Lockout { failures: 6, left_ms: 60_000 };
    ledger.note_lockout("owner", noted).unwrap();
    assert_eq!(ledger.read(|view| view.lockout("owner")), Ok(noted));
    assert_eq!(ledger.read(|view| view.lockout("another")), Ok(Lockout::default()));
    noted
}

/// The copy from before each migration is a sound ledger of its version, and opens like one.
#[test]
fn the_copy_from_before_is_a_way_back() {
    for version in 1..Ledger::schema_version() {
        let (folder, _dir) = golden(version);
        drop(Ledger::open(&folder, false).unwrap());
        let name = format!("before-format-{}.laci", version + 1);
        assert!(names(&folder.data).contains(&name), "{:?}", names(&folder.data));
        let copy = folder.data.join(name);
        assert_eq!(version_of(&copy), version);
        let judged = Ledger::judge_backup(&copy, &mut |_, _| true).unwrap();
        let back = tempfile::tempdir().unwrap();
        let back = folder_in(back.path());
        std::fs::create_dir_all(&back.data).unwrap();
        std::fs::copy(&copy, database(&back)).unwrap();
        let ledger = Ledger::open(&back, false).unwrap();
        assert_eq!(ledger.head(), judged.head);
        assert_eq!(told(&ledger), text_of(version));
        verified(&ledger);
    }
}

#[test]
fn the_newest_version_is_opened_as_it_is() {
    let newest = Ledger::schema_version();
    let (folder, _dir) = golden(newest);
    drop(Ledger::open(&folder, false).unwrap());
    assert!(!names(&folder.data).iter().any(|name| name.starts_with("before-format")));
}

/// As a fresh file has them, in its own version before the migration and in the newest one after it.
#[test]
fn the_guards_of_an_old_file_are_judged_like_a_new_ones() {
    for migrated in [false, true] {
        for guard in ["log_never_changes", "blob_only_erased"] {
            let (folder, _dir) = golden(1);
            if migrated {
                drop(Ledger::open(&folder, false).unwrap());
            }
            let whole = Ledger::verify_folder(&folder, &mut |_, _| true).unwrap();
            assert!(whole.ok, "{:?}", whole.problems);
            assert_eq!(version_of(&database(&folder)), if migrated { 2 } else { 1 });
            let conn = raw_at(&database(&folder));
            conn.execute_batch(&format!("DROP TRIGGER {guard}")).unwrap();
            drop(conn);
            let broken = Ledger::verify_folder(&folder, &mut |_, _| true).unwrap();
            assert_eq!(broken.problems.len(), 1, "{:?}", broken.problems);
            let refused = Ledger::open(&folder, false).map(|_| ()).unwrap_err();
            assert_eq!(refused.code(), "integrity_broken", "{guard}, migrated: {migrated}");
        }
    }
}

/// A backup of an old version is judged as it is, and restored into a ledger of the newest.
#[test]
fn a_backup_of_every_version_is_restored() {
    for version in 1..=Ledger::schema_version() {
        let (old, _dir) = golden(version);
        let file = database(&old);
        let judged = Ledger::judge_backup(&file, &mut |_, _| true).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let folder = folder_in(dir.path());
        let restored =
            Ledger::restore(&folder, &file, (false, Takes::SameLedger), at(1).now, &mut |_, _| {
                true
            })
            .unwrap();
        assert_eq!(restored.epoch, judged.header.epoch + 1);
        assert_eq!(version_of(&file), version, "the backup itself is left as it was");
        let ledger = Ledger::open(&folder, false).unwrap();
        assert_eq!(version_of(&database(&folder)), Ledger::schema_version());
        assert!(told(&ledger).starts_with(&text_of(version)), "version {version}: all of it");
        verified(&ledger);
        let copy = dir.path().join("cadangan.laci");
        let copied = ledger.backup(&copy, &mut |_, _| true).unwrap();
        assert_eq!(copied.head, ledger.head());
        assert_eq!(version_of(&copy), Ledger::schema_version());
    }
}
