//! The process ends without warning. What was acknowledged is there; what was not is whole or absent.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use laci_core::Hash;
use laci_ledger::{Folder, Ledger};

use crate::child;
use crate::shop::TestShop;

const KILLS: u64 = 30;

#[test]
fn every_acknowledged_entry_survives_kill_9() {
    let (folder, _dir) = TestShop::new().closed();
    let mut acked_in_all = 0;
    for round in 0..KILLS {
        let acked = kill_in(&folder, round);
        let ledger = Ledger::open(&folder, false).unwrap();
        for (seq, hash) in &acked {
            let found = ledger.read(|view| view.entries(*seq, 1)).unwrap();
            assert_eq!(found[0].1, *hash, "entry {seq} was acknowledged before the kill");
        }
        acked_in_all += acked.len();
        let verdict = ledger.verify(&mut |_, _| true).unwrap();
        assert!(verdict.ok, "round {round}: {:?}", verdict.problems);
    }
    assert!(acked_in_all > 50, "only {acked_in_all} commits in all: the kills came too early");
}

/// Every third round dies somewhere in its start, the others some time after their first commit.
fn kill_in(folder: &Folder, round: u64) -> Vec<(u64, Hash)> {
    let mut process =
        child::command(&[], "commit_for_ever", folder).stderr(Stdio::inherit()).spawn().unwrap();
    let output = BufReader::new(process.stdout.take().unwrap());
    let (send, receive) = mpsc::channel();
    let reading = std::thread::spawn(move || {
        let found = output.lines().map_while(Result::ok).filter_map(|line| acked(&line));
        found.for_each(|acked| send.send(acked).unwrap());
    });
    let mut seen = Vec::new();
    if !round.is_multiple_of(3) {
        seen.extend(receive.recv());
    }
    std::thread::sleep(Duration::from_micros(round * 7_919 % 60_000));
    process.kill().unwrap();
    let status = process.wait().unwrap();
    assert_eq!(status.code(), None, "it ended by itself before the kill");
    seen.extend(receive.iter());
    reading.join().unwrap();
    seen
}

/// `~ acked SEQ HASH`; a line that the kill cut short acknowledges nothing.
fn acked(line: &str) -> Option<(u64, Hash)> {
    let mut words = line.strip_prefix("~ acked ")?.split(' ');
    Some((words.next()?.parse().ok()?, Hash::from_hex(words.next()?)?))
}

#[test]
fn a_kill_before_the_commit_leaves_nothing_and_after_it_everything() {
    for (point, end) in [
        ("commit.before:void", 21),
        ("commit.after:void", 22),
        ("commit.before", 1),
        ("commit.after", 2),
    ] {
        let (folder, _dir) = TestShop::new().closed();
        let output = child::run_killed_at("commit", &folder, point);
        assert!(!output.0.contains("survived"), "{point}: {}", output.0);
        let ledger = Ledger::open(&folder, false).unwrap();
        assert_eq!(ledger.head().seq, end, "{point}");
        let next = ledger.read(|view| view.next_sale_number()).unwrap();
        assert_eq!(u64::from(next.counter), end, "{point}: the tables follow the log");
    }
}

#[test]
fn a_point_of_another_operation_kills_nothing() {
    let (folder, _dir) = TestShop::new().closed();
    let mut command = child::command(&[], "commit", &folder);
    let output = command.env("LACI_KILL_AT", "commit.after:paid").output().unwrap();
    assert!(output.status.success());
}
