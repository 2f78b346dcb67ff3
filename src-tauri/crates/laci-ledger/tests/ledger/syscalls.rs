//! What the kernel sees: one sync per commit, and honest answers when a sync fails. By strace, where there is one.

use std::process::Command;

use laci_core::Hash;
use laci_ledger::{Folder, Ledger};

use crate::child::{self, Output};
use crate::shop::TestShop;

const SYNCS: &str = "trace=fsync,fdatasync,openat";

fn strace_works() -> bool {
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

/// Commits while the n-th sync fails, once or from then on. Whatever the caller was told must be true.
#[test]
fn a_failing_sync_never_makes_the_ledger_lie() {
    if !strace_works() {
        return eprintln!("strace is not installed: no sync was made to fail");
    }
    let (mut saved, mut not_saved, mut unknown) = (0, 0, 0);
    for first in [1, 2, 5, 14, 31] {
        // Once, twice and three times in a row, and from then on.
        for last in [
            format!("..{first}"),
            format!("..{}", first + 1),
            format!("..{}", first + 2),
            "+".to_owned(),
        ] {
            let (folder, dir) = TestShop::new().closed();
            let fault = format!("inject=fdatasync:error=EIO:when={first}{last}");
            let trace = dir.path().join("trace");
            let before = ["strace", "-f", "-e", &fault, "-o", trace.to_str().unwrap()];
            let output = child::command(&before, "under_faults", &folder).output().unwrap();
            let output = Output(String::from_utf8_lossy(&output.stdout).into_owned());
            let told = told_the_truth(&folder, &output, &fault);
            saved += told.0;
            not_saved += told.1;
            unknown += told.2;
        }
    }
    assert!(saved > 100, "{saved} saved, {not_saved} not saved, {unknown} unknown");
    assert!(not_saved + unknown > 10, "{saved} saved, {not_saved} not saved, {unknown} unknown");
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
            ["not_saved", _] => told.1 += 1,
            ["unknown", _] => told.2 += 1,
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
