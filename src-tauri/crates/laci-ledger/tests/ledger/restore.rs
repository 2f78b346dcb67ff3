//! A dead computer, an older file, a restore that was cut off: the shop goes on with what the copy holds, nothing is
//! removed, and no number is given twice.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use laci_core::{AttemptState, Body, UnixMs};
use laci_ledger::{
    CopyError, Folder, Ledger, OpenError, OutboxQueue, OutboxState, Restored, Takes,
};

use crate::behind::database;
use crate::child;
use crate::shop::{START_MS, TestShop, at, folder_in, gateway, genesis, more};

fn restore(folder: &Folder, from: &Path) -> Result<Restored, CopyError> {
    Ledger::restore(folder, from, (false, Takes::SameLedger), UnixMs(START_MS + 1), &mut |_, _| {
        true
    })
}

/// A ledger of `sales` sales, copied, then `lost` more; closed.
fn lost_after_a_backup(sales: u32, lost: u32) -> (Folder, PathBuf, tempfile::TempDir) {
    let shop = TestShop::new();
    more(&shop.ledger, sales);
    let (folder, dir) = (shop.folder.clone(), dir_of(&shop));
    let file = dir.join("cadangan.laci");
    shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    more(&shop.ledger, lost);
    shop.ledger.write_anchor().unwrap();
    let (_, kept) = shop.closed();
    (folder, file, kept)
}

fn dir_of(shop: &TestShop) -> PathBuf {
    shop.folder.data.parent().unwrap().to_owned()
}

fn numbers(ledger: &Ledger) -> Vec<String> {
    let page = |from| ledger.read(|view| view.entries(from, 10_000)).unwrap();
    let pages = (1..=ledger.head().seq).step_by(10_000).flat_map(page);
    let recorded = pages.filter_map(|(entry, _)| {
        let Body::SaleRecorded { sale } = entry.body else { return None };
        Some(sale.number.to_string())
    });
    recorded.collect()
}

/// The restore drill: ten thousand entries, a copy during sales, the file deleted, restored, verified, sold on.
#[test]
fn the_drill() {
    let shop = TestShop::new();
    more(&shop.ledger, 9_999);
    let file = dir_of(&shop).join("cadangan.laci");
    let ledger = shop.ledger.clone();
    let copied = std::thread::scope(|scope| {
        let selling = scope.spawn(move || more(&ledger, 50));
        let copied = shop.ledger.backup(&file, &mut |_, _| true).unwrap();
        selling.join().unwrap();
        copied
    });
    let folder = shop.folder.clone();
    let (_, _dir) = shop.closed();
    std::fs::remove_dir_all(&folder.data).unwrap();

    let restored = restore(&folder, &file).unwrap();
    assert_eq!(restored.entries, copied.entries + 1, "all of the copy, and the entry that says so");
    let seen = 10_050_u64;
    assert_eq!(restored.lost, seen - copied.entries, "the high-water file tells what is missing");
    assert_eq!((restored.epoch, &restored.replaced), (2, &None), "nothing stood there any more");
    let ledger = Ledger::open(&folder, false).unwrap();
    assert_eq!(ledger.header().epoch, 2);
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
    more(&ledger, 3);
    let all = numbers(&ledger);
    assert_eq!(all.last().map(String::as_str), Some("A01.2-0003"), "numbers of the new epoch");
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "no number twice");
    drop(ledger);
    assert_eq!(Ledger::open(&folder, false).unwrap().header().epoch, 2, "and stays so");
}

#[test]
fn what_stood_there_is_kept_and_its_epoch_is_passed() {
    let (folder, file, _dir) = lost_after_a_backup(5, 7);
    let first = restore(&folder, &file).unwrap();
    assert_eq!((first.epoch, first.lost), (2, 7));
    let aside = first.replaced.unwrap();
    let old = raw_rows(&aside.join("laci.db"));
    assert_eq!(old, 13, "the replaced file has all that it had");
    let again = restore(&folder, &file).unwrap();
    assert_eq!(again.epoch, 3, "the same copy once more is another epoch");
    assert_ne!(again.replaced.unwrap(), aside, "and replaces into another place");
    let ledger = Ledger::open(&folder, false).unwrap();
    more(&ledger, 1);
    assert_eq!(numbers(&ledger).last().map(String::as_str), Some("A01.3-0001"));
}

fn raw_rows(file: &Path) -> i64 {
    crate::behind::raw_at(file).query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap()
}

/// An old copy of the data folder was put back: refused at the door, and accepted only as a restore.
#[test]
fn a_file_older_than_its_anchor_is_restored_from_itself() {
    let (folder, file, dir) = lost_after_a_backup(5, 2);
    let old = dir.path().join("lama.db");
    std::fs::copy(&file, &old).unwrap();
    for stale in ["laci.db-wal", "laci.db-shm"] {
        let _ = std::fs::remove_file(folder.data.join(stale));
    }
    std::fs::copy(&old, database(&folder)).unwrap();
    let refused = Ledger::open(&folder, false).map(|_| ()).unwrap_err();
    assert_eq!(refused, OpenError::OlderThanAnchor { seq: 6, anchor_seq: 8 });
    let restored = restore(&folder, &database(&folder)).unwrap();
    assert_eq!((restored.epoch, restored.lost), (2, 2));
    let ledger = Ledger::open(&folder, false).unwrap();
    let entry = ledger.read(|view| view.entries(7, 1)).unwrap().remove(0).0;
    assert_eq!(entry.body, Body::LedgerRestored { epoch: 2, seen_seq: Some(8) });
    assert!(ledger.verify(&mut |_, _| true).unwrap().ok);
}

/// A create that the copy has as queued may have been sent since: it must not be taken as never sent.
#[test]
fn a_queued_create_counts_as_sent() {
    let shop = TestShop::new();
    let (_, attempt) = shop.start(0, gateway());
    let file = dir_of(&shop).join("cadangan.laci");
    shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    let (folder, _dir) = shop.closed();
    restore(&folder, &file).unwrap();
    let ledger = Ledger::open(&folder, false).unwrap();
    let due = ledger.read(|view| view.outbox_due(OutboxQueue::GatewayCreate)).unwrap();
    assert_eq!((due.len(), &due[0].state, due[0].tries), (1, &OutboxState::Sending, 1));
    let row = ledger.read(|view| view.attempt(attempt)).unwrap().unwrap();
    assert_eq!(row.standing.state, AttemptState::Submitting);
    assert!(ledger.verify(&mut |_, _| true).unwrap().ok);
}

/// One that waited for the internet may have had it since.
#[test]
fn a_create_that_was_put_off_counts_as_sent() {
    let shop = TestShop::new();
    let (_, attempt) = shop.start(0, gateway());
    let owed = shop.ledger.read(|view| view.outbox_due(OutboxQueue::GatewayCreate)).unwrap();
    shop.append(1, Body::OutboxEnded { item: owed[0].id, end: laci_core::OutboxEnd::Later });
    let file = dir_of(&shop).join("cadangan.laci");
    shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    let (folder, _dir) = shop.closed();
    restore(&folder, &file).unwrap();
    let ledger = Ledger::open(&folder, false).unwrap();
    assert_eq!(ledger.read(|view| view.outbox_waiting()).unwrap(), []);
    let row = ledger.read(|view| view.attempt(attempt)).unwrap().unwrap();
    assert_eq!(row.create.unwrap().state, OutboxState::Sending);
}

#[test]
fn what_is_no_sound_backup_changes_nothing() {
    let (folder, file, dir) = lost_after_a_backup(5, 1);
    let before = std::fs::read(database(&folder)).unwrap();
    crate::behind::raw_at(&file)
        .execute_batch("DROP TRIGGER log_never_changes; UPDATE log SET entry = '{}' WHERE seq = 3")
        .unwrap();
    let broken = restore(&folder, &file);
    assert!(matches!(broken, Err(CopyError::NotSound(_))), "{broken:?}");
    let absent = restore(&folder, &dir.path().join("tidak-ada.laci")).unwrap_err();
    assert_eq!(absent.code(), "backup_place");
    let practice = folder_in(&dir.path().join("latihan"));
    drop(Ledger::create(&practice, genesis(true), UnixMs(START_MS)).unwrap());
    let mixed = restore(&folder, &database(&practice)).unwrap_err();
    assert_eq!(mixed.code(), "practice_mismatch");
    let mut steps = 0;
    let stopped = Ledger::restore(
        &folder,
        &database(&folder),
        (false, Takes::SameLedger),
        at(0).now,
        &mut |_, _| {
            steps += 1;
            false
        },
    );
    assert_eq!((stopped, steps > 0), (Err(CopyError::Cancelled), true));
    assert_eq!(std::fs::read(database(&folder)).unwrap(), before, "not a byte was changed");
    let ledger = Ledger::open(&folder, false).unwrap();
    assert_eq!((ledger.head().seq, ledger.header().epoch), (7, 1));
    let held = restore(&folder, &file).unwrap_err();
    assert_eq!(held, CopyError::Folder(OpenError::Held), "nobody may have the folder open");
}

/// Killed anywhere in it, the next start finds the old ledger or the restored one, whole.
#[test]
fn a_restore_that_is_cut_off_happened_or_not() {
    for (point, epoch) in [
        ("copy.written", 1),
        ("copy.judged", 1),
        ("restore.made", 1),
        ("restore.ready", 2),
        ("restore.aside", 2),
        ("restore.anchored", 2),
    ] {
        let (folder, _, _dir) = lost_after_a_backup(5, 3);
        // What a crash of the lost time left beside the file must not be taken for the restored one's.
        leave_a_wal(&folder);
        child::run_killed_at("restore", &folder, point);
        assert!(Ledger::exists(&folder), "{point}: never mistaken for a first start");
        let ledger = Ledger::open(&folder, false).unwrap();
        assert_eq!(ledger.header().epoch, epoch, "{point}");
        let verdict = ledger.verify(&mut |_, _| true).unwrap();
        assert!(verdict.ok, "{point}: {:?}", verdict.problems);
        let more_of_it = more(&ledger, 2);
        assert_eq!(more_of_it, if epoch == 1 { 12 } else { 9 }, "{point}: it sells on");
        let all = numbers(&ledger);
        assert_eq!(
            all.iter().collect::<BTreeSet<_>>().len(),
            all.len(),
            "{point}: no number twice"
        );
        drop(ledger);
        if epoch == 2 {
            let aside = std::fs::read_dir(folder.data.join("replaced")).unwrap();
            let aside: Vec<_> = aside.map(|found| found.unwrap().path()).collect();
            assert_eq!(aside.len(), 1, "{point}: one place, however often it is tried: {aside:?}");
            assert_eq!(
                raw_rows(&aside[0].join("laci.db")),
                10,
                "{point}: what was replaced is kept"
            );
        }
    }
}

/// One more sale that lies in the WAL alone.
fn leave_a_wal(folder: &Folder) {
    child::run_killed_at("one_more", folder, "commit.after");
    assert!(folder.data.join("laci.db-wal").metadata().unwrap().len() > 0);
}
