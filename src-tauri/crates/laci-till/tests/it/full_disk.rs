//! A till whose data folder lies on a disk of one megabyte. The test runs itself again in a mount namespace of its own,
//! where such a disk may be mounted, and temporary folders lie on it.

use std::path::{Path, PathBuf};
use std::process::Command;

use laci_till::wire::{PaymentView, Via};
use laci_till::{AttemptId, By, Till, TillError};

use crate::world::{Counter, charge};

const INSIDE: &str = "LACI_TILL_TEST_SMALL_DISK";
const MOUNT: &str = "mount -t tmpfs -o size=1m laci-test \"$TMPDIR\" && exec \"$@\"";
const WAYS: [&[&str]; 3] =
    [&["unshare", "-m"], &["unshare", "-rm"], &["sudo", "-n", "-E", "unshare", "-m"]];

/// Whether this process is the one with the small disk; else that one is run, where it can be.
fn is_inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let dir = tempfile::tempdir().unwrap();
    let command = |way: &[&str], words: &[&str]| {
        let mut command = Command::new(way[0]);
        command.args(&way[1..]).args(["sh", "-c", MOUNT, "sh"]).args(words);
        command.env("TMPDIR", dir.path()).env(INSIDE, "1").output()
    };
    let way = WAYS.iter().find(|way| command(way, &["true"]).is_ok_and(|out| out.status.success()));
    assert!(way.is_some() || std::env::var_os("CI").is_none(), "CI must have a small disk");
    let Some(way) = way else {
        eprintln!("no small disk can be mounted here: {test} was not tried");
        return false;
    };
    let me = std::env::current_exe().unwrap();
    let output = command(way, &[me.to_str().unwrap(), "--exact", test, "--nocapture"]).unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{said}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 passed"), "{said}");
    false
}

/// Another program takes every byte that is left.
fn take_the_rest(counter: &Counter) -> PathBuf {
    use std::io::Write;
    let film = counter.folder().join("film.mkv");
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&film).unwrap();
    for size in [4096, 1] {
        while file.write(&vec![2; size]).is_ok_and(|written| written > 0) {}
    }
    film
}

fn wait_for(file: &Path) {
    while !file.exists() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

fn id(payment: &PaymentView) -> AttemptId {
    payment.id.parse().unwrap()
}

fn disk(till: &Till) -> Option<String> {
    till.strip().unwrap().warnings.into_iter().map(|notice| notice.code).next()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_begins_nothing_new_and_completes_what_was_begun() {
    if !is_inside("full_disk::a_full_disk_begins_nothing_new_and_completes_what_was_begun") {
        return;
    }
    let counter = Counter::shop();
    let till = &counter.till;
    let ballast = counter.folder().join("toko").join("ballast");
    wait_for(&ballast);
    std::fs::write(counter.folder().join("other"), vec![1; 150_000]).unwrap();
    assert_eq!(disk(till), None);
    let first =
        till.payment_start(By::counter(), charge(10_000, Via::OwnQris, Some("P-1"))).await.unwrap();
    let second =
        till.payment_start(By::counter(), charge(15_000, Via::OwnQris, Some("P-2"))).await.unwrap();
    let (mut amount, mut seen) = (20_000, std::collections::BTreeSet::new());
    let refused = loop {
        amount += 2_000;
        seen.extend(disk(till));
        match till.payment_start(By::counter(), charge(amount, Via::OwnQris, None)).await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    println!("{} payments were begun", (amount - 22_000) / 2_000 + 2);
    assert_eq!((refused.code(), refused.exit()), ("disk_full", 3), "{refused:?}");
    assert!(matches!(&refused, TillError::Refused(said) if said.id.contains("tercatat aman")));
    assert!(seen.contains("disk_low"), "it was said before it was full: {seen:?}");
    assert_eq!(disk(till).as_deref(), Some("disk_full"));

    // The keeper has nothing to write meanwhile, or it would give the ballast up for that.
    till.ledger().write_anchor().unwrap();
    let film = take_the_rest(&counter);
    assert!(ballast.exists(), "no new sale has touched it");
    let again =
        till.payment_start(By::counter(), charge(10_000, Via::OwnQris, Some("P-1"))).await.unwrap();
    assert_eq!(again.id, first.id, "what was begun is shown again");
    let paid = till.payment_confirm(By::counter(), id(&first), "mutasi bank").unwrap();
    assert_eq!(paid.state, "confirmed");
    let cancelled = till.payment_cancel(By::counter(), id(&second)).unwrap();
    assert_eq!(cancelled.state, "cancelled");
    assert!(!ballast.exists(), "it was given up for them");
    let worked = till.work_once().await.unwrap();
    assert!(worked.problems.contains("disk_full"), "{worked:?}");
    assert_eq!(worked.unsent, 1, "the receipt's file waits");

    std::fs::remove_file(film).unwrap();
    std::fs::remove_file(counter.folder().join("other")).unwrap();
    let new = till.payment_start(By::counter(), charge(10_000, Via::OwnQris, None)).await;
    assert_eq!(new.expect("there is room again").state, "unverified");
    assert_eq!(till.work_once().await.unwrap().unsent, 0, "the receipt was written");
}
