//! What the kernel sees: one sync per commit, and honest answers when a sync fails. By strace, where there is one.

use std::process::Command;

use laci_core::Hash;
use laci_ledger::{Folder, Ledger};

use crate::child::{self, Output};
use crate::shop::TestShop;

const SYNCS: &str = "trace=fsync,fdatasync,openat";

pub(crate) fn strace_works() -> bool {
    let tried = Command::new("strace").args(["-e", "trace=fsync", "true"]).output();
    let works = tried.is_ok_and(|output| output.status.success());
    assert!(works || std::env::var_os("CI").is_none(), "CI must have strace");
    works
}

#[test]
fn a_commit_is_one_fdatasync() {
    if !strace_works() {
        return eprintln!("strace is not installed: the syncs were not counted");
    }
    let (folder, dir) = TestShop::new().closed();
    let trace = dir.path().join("trace");
    let before = ["strace", "-f", "-y", "-e", SYNCS, "-o", trace.to_str().unwrap()];
    let output = child::command(&before, "fifty", &folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let trace = std::fs::read_to_string(trace).unwrap();
    let (_, after) = trace.split_once("mark.first").unwrap();
    let (between, _) = after.split_once("mark.last").unwrap();
    let syncs = |what: &str, file: &str| {
        between.lines().filter(|line| line.contains(what) && line.contains(file)).count()
    };
    assert_eq!(syncs("fdatasync(", "laci.db-wal"), 50, "one per commit:\n{between}");
    assert_eq!(syncs("sync(", "laci.db>"), 0, "no checkpoint among so few commits");
    assert!(
        syncs("sync(", "anchors") <= 4,
        "the high-water file is not in a sale's path:\n{between}"
    );
}

/// Runs `role` while syncs fail: from the `first` on, `times` in a row, or for ever.
fn with_failing_syncs(role: &str, first: u32, times: Option<u32>) -> (u32, u32, u32) {
    with_failing("fdatasync:error=EIO", role, first, times)
}

fn with_failing(call: &str, role: &str, first: u32, times: Option<u32>) -> (u32, u32, u32) {
    let (folder, dir) = TestShop::new().closed();
    let last = times.map_or_else(|| "+".to_owned(), |times| format!("..{}", first + times - 1));
    let fault = format!("inject={call}:when={first}{last}");
    let trace = dir.path().join("trace");
    let before = ["strace", "-f", "-e", &fault, "-o", trace.to_str().unwrap()];
    let output = child::command(&before, role, &folder).output().unwrap();
    let output = Output(String::from_utf8_lossy(&output.stdout).into_owned());
    let told = told_the_truth(&folder, &output, &fault);
    if role == "under_faults" && times.is_some() && told.0 > 0 {
        let lines = output.lines();
        assert!(lines[lines.len() - 1].starts_with("saved "), "{fault}: it must go on afterwards");
    }
    told
}

#[test]
fn a_failing_sync_never_makes_the_ledger_lie() {
    if !strace_works() {
        return eprintln!("strace is not installed: no sync was made to fail");
    }
    let (mut saved, mut not_saved, mut unknown) = (0, 0, 0);
    for first in [1, 2, 5, 14] {
        for times in [Some(1), Some(2), Some(3), None] {
            let told = with_failing_syncs("under_faults", first, times);
            saved += told.0;
            not_saved += told.1;
            unknown += told.2;
        }
    }
    let told = format!("{saved} saved, {not_saved} not saved, {unknown} unknown");
    assert!(saved > 100 && not_saved > 10 && unknown > 0, "{told}");
}

/// A file system may find out at the sync only that it has no room: that is an unknown outcome like any other.
#[test]
fn a_sync_that_finds_no_room_is_looked_into() {
    if !strace_works() {
        return eprintln!("strace is not installed: no sync was made to fail");
    }
    let mut all = (0, 0, 0);
    for (first, times) in [(2, Some(1)), (3, Some(2)), (9, Some(1)), (5, None)] {
        let told = with_failing("fdatasync:error=ENOSPC", "under_faults", first, times);
        all = (all.0 + told.0, all.1 + told.1, all.2 + told.2);
    }
    let (saved, not_saved, unknown) = all;
    let told = format!("{saved} saved, {not_saved} not saved, {unknown} unknown");
    assert!(saved > 30 && not_saved + unknown > 5, "{told}");
}

/// A commit that finds no room is written again once room was made, wherever in its frames the room ended.
#[test]
fn a_write_that_finds_no_room_is_repeated() {
    if !strace_works() {
        return eprintln!("strace is not installed: no write was made to fail");
    }
    let (mut saved, mut not_saved) = (0, 0);
    for first in [20, 21, 23, 27, 32, 38] {
        let one = with_failing("pwrite64:error=ENOSPC", "under_faults", first, Some(1));
        assert_eq!(one, (30, 0, 0), "write {first} failed once, and nobody was troubled");
        let many = with_failing("pwrite64:error=ENOSPC", "under_faults", first, Some(12));
        (saved, not_saved) = (saved + many.0, not_saved + many.1);
        assert_eq!(many.2, 0, "what did not fit was not committed");
    }
    assert!(saved > 20 && not_saved > 5, "{saved} saved, {not_saved} not saved");
}

#[test]
fn what_was_told_not_saved_does_not_come_back_after_a_crash() {
    if !strace_works() {
        return eprintln!("strace is not installed: no sync was made to fail");
    }
    for first in [3, 9] {
        // Alone, closing ends the WAL and the commit with it; beside a reader it is found when the WAL is read anew.
        let alone = with_failing_syncs("fault_then_die_alone", first, Some(1));
        assert_eq!((alone.1, alone.2), (1, 0), "the commit whose sync failed was settled");
        let beside = with_failing_syncs("fault_then_die", first, Some(1));
        assert_eq!(beside, (30, 0, 0), "the commit whose sync failed was found");
    }
}

fn told_the_truth(folder: &Folder, output: &Output, fault: &str) -> (u32, u32, u32) {
    let ledger = Ledger::open(folder, false).unwrap();
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{fault}: {:?}", verdict.problems);
    let mut told = (0, 0, 0);
    let mut sales = 0;
    for line in output.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["saved", seq, hash] => {
                let found = ledger.read(|view| view.entries(seq.parse().unwrap(), 1)).unwrap();
                assert_eq!(found[0].1, Hash::from_hex(hash).unwrap(), "{fault}: entry {seq}");
                told.0 += 1;
                sales += 1;
            }
            ["not_saved"] => told.1 += 1,
            ["unknown"] => told.2 += 1,
            _ => assert!(line.starts_with("closed "), "{fault}: {line}"),
        }
    }
    let next = ledger.read(|view| view.next_sale_number()).unwrap().counter;
    assert!(
        (sales..=sales + told.2).contains(&(next - 1)),
        "{fault}: {} sales are there, {sales} were told saved, {} unknown: one told not saved is there",
        next - 1,
        told.2
    );
    told
}
