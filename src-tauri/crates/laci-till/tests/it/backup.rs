//! Backups by themselves: once a day, only when something was recorded, to the folder that the owner chose.

use laci_till::By;
use laci_till::ledger::Ledger;
use laci_till::wire::Via;

use crate::world::{Counter, charge};

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let all = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut all: Vec<_> = all.collect();
    all.sort();
    all
}

#[tokio::test]
async fn the_days_backup_is_made_once_and_is_sound() {
    let counter = Counter::shop();
    let beside = counter.folder().join("toko-cadangan");
    let first = counter.till.backup_if_due().unwrap().expect("there was none");
    let made = files(&beside);
    assert_eq!(made.len(), 1, "beside the data folder until the owner chooses: {made:?}");
    assert_eq!(Ledger::judge_backup(&made[0], &mut |_, _| true), Ok(first));
    counter.till.payment_start(By::counter(), charge(10_000, Via::OwnQris, None)).await.unwrap();
    assert_eq!(counter.till.backup_if_due(), Ok(None), "today has one");
    counter.pass_a_day();
    assert!(counter.till.backup_if_due().unwrap().is_some(), "a new day, and new entries");
    counter.pass_a_day();
    assert_eq!(counter.till.backup_if_due(), Ok(None), "nothing was recorded since");
    assert_eq!(files(&beside).len(), 2);
}

#[tokio::test]
async fn the_owners_folder_is_used_and_only_old_copies_of_this_ledger_go() {
    let counter = Counter::shop();
    let drive = counter.folder().join("flashdisk");
    let inside = counter.folder().join("toko").join("cadangan");
    let refused = counter.till.backup_folder_set(By::counter(), &inside).unwrap_err();
    assert_eq!(refused.code(), "backup_inside_data");
    let nowhere = std::path::Path::new("cadangan");
    assert_eq!(
        counter.till.backup_folder_set(By::counter(), nowhere).unwrap_err().code(),
        "backup_folder"
    );
    counter.till.backup_folder_set(By::counter(), &drive).unwrap();
    for other in ["foto.jpg", "laci-00000000-2020-01-01-000000-e1-1.laci"] {
        std::fs::write(drive.join(other), "x").unwrap();
    }
    for _ in 0..40 {
        counter
            .till
            .payment_start(By::counter(), charge(10_000, Via::OwnQris, None))
            .await
            .unwrap();
        counter.till.backup_if_due().unwrap().expect("a new day");
        counter.pass_a_day();
    }
    let left = files(&drive);
    assert!(left.len() <= 2 + 7 + 4 + 12, "tidied: {}", left.len());
    assert!(left.len() >= 2 + 7, "a week of days: {left:?}");
    assert!(drive.join("foto.jpg").exists(), "what is not ours stays");
    assert!(drive.join("laci-00000000-2020-01-01-000000-e1-1.laci").exists(), "another shop's too");
    std::fs::remove_dir_all(&drive).unwrap();
    counter.pass_a_day();
    counter.till.payment_start(By::counter(), charge(10_000, Via::OwnQris, None)).await.unwrap();
    let gone = counter.till.backup_if_due().unwrap_err();
    assert_eq!(gone.code(), "backup_place", "a drive that was pulled out is said, not made anew");
    assert!(!drive.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_without_a_backup_stands_on_the_strip_until_one_is_made() {
    let counter = Counter::shop();
    counter.till.payment_start(By::counter(), charge(10_000, Via::OwnQris, None)).await.unwrap();
    assert_eq!(missing(&counter), None);
    let drive = counter.folder().join("drive");
    counter.till.backup_folder_set(By::counter(), &drive).unwrap();
    // The drive is pulled out, and something else stands at its place.
    std::fs::remove_dir(&drive).unwrap();
    std::fs::write(&drive, b"").unwrap();
    counter.till.backup_if_due().unwrap_err();
    let said = missing(&counter).unwrap();
    assert!(said.contains("Buku aman"), "{said}");
    assert!(said.contains("Cadangan terakhir: belum ada"), "{said}");
    std::fs::remove_file(&drive).unwrap();
    std::fs::create_dir(&drive).unwrap();
    counter.till.backup_if_due().unwrap().unwrap();
    assert_eq!(missing(&counter), None);
}

/// What the strip says of a missing backup. The machine's own disk may be nearly full, which stands there, too.
fn missing(counter: &Counter) -> Option<String> {
    let warnings = counter.till.strip().unwrap().warnings;
    warnings.into_iter().find(|said| said.code == "backup_missing").map(|said| said.message)
}

#[tokio::test]
async fn half_copies_go_and_one_from_the_future_does_not_count() {
    let counter = Counter::shop();
    counter.till.payment_start(By::counter(), charge(10_000, Via::OwnQris, None)).await.unwrap();
    let drive = counter.folder().join("drive");
    counter.till.backup_folder_set(By::counter(), &drive).unwrap();
    let made = counter.till.backup_if_due().unwrap().unwrap();
    let name = files(&drive)[0].file_name().unwrap().to_str().unwrap().to_owned();
    let ledger = name.split('-').nth(1).unwrap().to_owned();
    let half = drive.join(format!("laci-{ledger}-2026-01-02-030405-e1-7.laci.part"));
    std::fs::write(&half, b"x").unwrap();
    let future = drive.join(format!("laci-{ledger}-2031-01-01-000000-e1-{}.laci", made.entries));
    std::fs::write(&future, b"x").unwrap();
    counter.till.payment_start(By::counter(), charge(12_000, Via::OwnQris, None)).await.unwrap();
    assert!(counter.till.backup_if_due().unwrap().is_none(), "one of the last hours is there");
    counter.pass_a_day();
    assert!(
        counter.till.backup_if_due().unwrap().is_some(),
        "a wrong clock's file is no backup of today"
    );
    assert!(counter.till.backup_if_due().unwrap().is_none(), "and it is not made again and again");
    assert!(!half.exists());
}
