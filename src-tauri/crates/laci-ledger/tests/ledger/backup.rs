//! Copies of an open ledger: whole, of one moment, made while selling goes on, and never half of one under its name.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use laci_core::Lang;
use laci_ledger::{CopyError, Ledger, OpenError};

use crate::behind::raw_at;
use crate::child;
use crate::shop::{TestShop, gateway, more};

fn outside() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("cadangan.laci");
    (dir, file)
}

#[test]
fn a_copy_is_the_ledger_of_one_moment() {
    let (shop, (_dir, file)) = (TestShop::new(), outside());
    more(&shop.ledger, 40);
    let head = shop.ledger.head();
    let copied = shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    assert_eq!((copied.entries, copied.head), (41, head));
    assert_eq!(copied.header, shop.ledger.header());
    more(&shop.ledger, 1);
    let judged = Ledger::judge_backup(&file, &mut |_, _| true).unwrap();
    assert_eq!(judged, copied, "what was found while it was made stands in the file");
    let names = crate::behind::names(file.parent().unwrap());
    assert_eq!(names, ["cadangan.laci"], "one file, which needs no other");
    let again = shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    assert_eq!(again.entries, 42, "a newer copy takes the older one's place");
}

#[test]
fn selling_goes_on_meanwhile_and_the_copy_is_still_whole() {
    let (shop, (_dir, file)) = (TestShop::new(), outside());
    more(&shop.ledger, 500);
    let (ledger, stop) = (shop.ledger.clone(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::SeqCst) {
                more(&ledger, 1);
            }
        });
        for _ in 0..5 {
            let before = shop.ledger.head().seq;
            let copied = shop.ledger.backup(&file, &mut |_, _| true).unwrap();
            assert!(copied.entries >= before, "{} entries, {before} were there", copied.entries);
            let judged = Ledger::judge_backup(&file, &mut |_, _| true).unwrap();
            assert_eq!(judged.head, copied.head);
        }
        let at_least = shop.ledger.head().seq;
        stop.store(true, Ordering::SeqCst);
        assert!(at_least > 501, "nothing was sold meanwhile");
    });
}

#[test]
fn whoever_stops_it_keeps_the_old_copy() {
    let (shop, (_dir, file)) = (TestShop::new(), outside());
    more(&shop.ledger, 2_000);
    let old = shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    more(&shop.ledger, 1);
    let mut steps = 0;
    let stopped = shop.ledger.backup(&file, &mut |done, of| {
        assert!(done <= of, "{done} of {of}");
        steps += 1;
        steps < 2
    });
    assert_eq!(stopped, Err(CopyError::Cancelled));
    assert_eq!(Ledger::judge_backup(&file, &mut |_, _| true), Ok(old));
    assert_eq!(crate::behind::names(file.parent().unwrap()).len(), 1, "and leaves no half");
}

#[test]
fn places_that_cannot_be_are_named() {
    let (shop, (dir, file)) = (TestShop::new(), outside());
    let inside = shop.folder.data.join("cadangan.laci");
    assert_eq!(shop.ledger.backup(&inside, &mut |_, _| true), Err(CopyError::InsideData));
    let own = shop.folder.data.join("laci.db");
    assert_eq!(shop.ledger.backup(&own, &mut |_, _| true), Err(CopyError::InsideData));
    let nowhere = dir.path().join("tidak-ada").join("cadangan.laci");
    let error = shop.ledger.backup(&nowhere, &mut |_, _| true).unwrap_err();
    assert_eq!(error.code(), "backup_place");
    let said = error.sentence(Lang::Id);
    assert!(said.contains("Buku aman"), "what is safe: {said}");
    let absent = Ledger::judge_backup(&file, &mut |_, _| true).unwrap_err();
    assert_eq!(absent.code(), "backup_place");
}

#[test]
fn a_damaged_copy_is_found() {
    let (shop, (_dir, file)) = (TestShop::new(), outside());
    more(&shop.ledger, 50);
    shop.ledger.backup(&file, &mut |_, _| true).unwrap();
    let sound = std::fs::read(&file).unwrap();
    let mut found = 0;
    for at in (sound.len() / 2..sound.len()).step_by(997) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x40;
        std::fs::write(&file, &bytes).unwrap();
        found += usize::from(Ledger::judge_backup(&file, &mut |_, _| true).is_err());
    }
    assert!(found > 0, "no flipped byte was found");
    std::fs::write(&file, &sound[..sound.len() / 2]).unwrap();
    assert!(matches!(Ledger::judge_backup(&file, &mut |_, _| true), Err(CopyError::NotSound(_))));
    std::fs::write(&file, &sound).unwrap();
    raw_at(&file)
        .execute_batch("DROP TRIGGER log_never_shrinks; DELETE FROM log WHERE seq = 20")
        .unwrap();
    let gap = Ledger::judge_backup(&file, &mut |_, _| true);
    assert_eq!(gap, Err(CopyError::NotSound(OpenError::BrokenChain { seq: 20 })));
    std::fs::write(&file, b"daftar belanja").unwrap();
    let other = Ledger::judge_backup(&file, &mut |_, _| true);
    assert_eq!(other, Err(CopyError::NotSound(OpenError::NotALedger)));
}

#[test]
fn a_kill_leaves_the_old_copy_or_the_new_one() {
    for point in ["copy.written", "copy.judged"] {
        let (folder, dir) = TestShop::new().closed();
        let file = dir.path().join("cadangan.laci");
        let first = child::run("backup", &folder);
        assert_eq!(first.lines(), ["copied 4"]);
        let before = Ledger::judge_backup(&file, &mut |_, _| true).unwrap();
        child::run_killed_at("backup", &folder, point);
        let after = Ledger::judge_backup(&file, &mut |_, _| true).unwrap();
        assert_eq!(after, before, "{point}");
        assert_eq!(child::run("backup", &folder).lines(), ["copied 10"], "{point}: it works again");
        let ledger = Ledger::open(&folder, false).unwrap();
        ledger
            .transact(laci_ledger::Op::PaymentStart, crate::shop::at(0), |tx| {
                crate::shop::start(tx, 0, gateway())
            })
            .map_err(laci_ledger::TransactError::<laci_ledger::LedgerError>::into_work)
            .unwrap();
    }
}
