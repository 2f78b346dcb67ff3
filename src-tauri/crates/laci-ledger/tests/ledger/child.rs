//! The test binary run again as another process, which can be killed, limited and traced.

use std::process::{Command, Stdio};

use laci_core::Body;
use laci_ledger::{Folder, Ledger, LedgerError, Op, Takes, TransactError};

use crate::shop::{at, folder_in, gateway, more, sale, start};

type Failed = TransactError<LedgerError>;

const ROLE: &str = "LACI_LEDGER_TEST_ROLE";
const DIR: &str = "LACI_LEDGER_TEST_DIR";

/// What the child printed, without the test harness's own words.
#[derive(Debug)]
pub(crate) struct Output(pub(crate) String);

impl Output {
    pub(crate) fn lines(&self) -> Vec<String> {
        let own = |line: &&str| line.starts_with("~ ");
        self.0.lines().filter(own).map(|line| line[2..].to_owned()).collect()
    }
}

/// The program and its arguments that run `role` on `folder`; `before` stands in front, as `strace -f` may.
pub(crate) fn command(before: &[&str], role: &str, folder: &Folder) -> Command {
    let me = std::env::current_exe().unwrap();
    let words = ["child::entry", "--exact", "--nocapture", "--test-threads=1"];
    let mut command = match before.split_first() {
        None => Command::new(&me),
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(&me);
            command
        }
    };
    command.args(words).env(ROLE, role).env(DIR, folder.data.parent().unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run(role: &str, folder: &Folder) -> Output {
    let output = command(&[], role, folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Output(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs `role` with `LACI_KILL_AT`; it must die there.
pub(crate) fn run_killed_at(role: &str, folder: &Folder, point: &str) -> Output {
    let output = command(&[], role, folder).env("LACI_KILL_AT", point).output().unwrap();
    assert!(!output.status.success(), "{point} was never reached");
    Output(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What the child does. Without its variables this is a test that passes at once.
#[test]
fn entry() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let folder = folder_in(std::path::Path::new(&std::env::var(DIR).unwrap()));
    // The harness has begun a line of its own.
    println!();
    match role.as_str() {
        "open" => match Ledger::open(&folder, false) {
            Ok(ledger) => println!("~ opened {}", ledger.head().seq),
            Err(error) => println!("~ {}", error.code()),
        },
        "one_more" => {
            more(&Ledger::open(&folder, false).unwrap(), 1);
        }
        "backup" => backup(&folder),
        "restore" => restore(&folder),
        "export" => export(&folder),
        "commit" => commit(&folder),
        "commit_for_ever" => commit_for_ever(&folder),
        "fifty" => fifty(&folder),
        "fill" => fill(&folder),
        "under_faults" => under_faults(&folder, true, false),
        "fault_then_die" => under_faults(&folder, true, true),
        "fault_then_die_alone" => under_faults(&folder, false, true),
        other => crate::full_disk::role(other, &folder),
    }
}

/// Twenty sales, an anchor, then one more commit under another name: the one to be killed at.
fn commit(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    let acked = more(&ledger, 20);
    ledger.write_anchor().unwrap();
    println!("~ acked {acked}");
    let done = ledger.transact(Op::Void, at(1), |tx| {
        let sale = sale(tx, 500)?;
        tx.append(Body::SaleRecorded { sale })
    });
    println!("~ survived {:?}", done.map(|done| done.value).map_err(Failed::into_work));
}

fn copy_of(folder: &Folder) -> std::path::PathBuf {
    folder.data.parent().unwrap().join("cadangan.laci")
}

/// Three sales, then a copy beside the folders.
fn backup(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    more(&ledger, 3);
    match ledger.backup(&copy_of(folder), &mut |_, _| true) {
        Ok(copied) => println!("~ copied {}", copied.entries),
        Err(error) => println!("~ {}", error.code()),
    }
}

fn restore(folder: &Folder) {
    let now = at(1).now;
    match Ledger::restore(folder, &copy_of(folder), (false, Takes::SameLedger), now, &mut |_, _| {
        true
    }) {
        Ok(restored) => println!("~ restored {}", restored.entries),
        Err(error) => println!("~ {}", error.code()),
    }
}

fn export(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    let to = folder.data.parent().unwrap().join("ekspor");
    match ledger.export(&to, at(1).now, &mut |_, _| true) {
        Ok(exported) => println!("~ exported {}", exported.entries),
        Err(error) => println!("~ {}", error.code()),
    }
}

fn commit_for_ever(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    loop {
        let done = ledger.transact(Op::PaymentStart, at(0), |tx| start(tx, 0, gateway()));
        let done = done.map_err(Failed::into_work).unwrap();
        println!("~ acked {} {}", done.head.seq, done.head.hash);
    }
}

/// Fifty commits between two marks that a trace can see.
fn fifty(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    more(&ledger, 3);
    mark(folder, "first");
    for _ in 0..50 {
        ledger
            .transact(Op::PaymentStart, at(0), |tx| start(tx, 0, gateway()))
            .map_err(Failed::into_work)
            .unwrap();
    }
    mark(folder, "last");
    std::process::exit(0);
}

fn mark(folder: &Folder, name: &str) {
    std::fs::write(folder.data.join(format!("mark.{name}")), b"").unwrap();
}

/// Commits until the disk is full, says what was acknowledged, then shows that the ledger still reads.
fn fill(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    let body = vec![7_u8; 8 * 1024];
    for number in 0_u64.. {
        let mut bytes = body.clone();
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        let done = ledger.transact(Op::PaymentStart, at(0), |tx| {
            tx.put_blob(&bytes)?;
            start(tx, 0, gateway())
        });
        match done.map_err(Failed::into_work) {
            Ok(done) => println!("~ acked {} {}", done.head.seq, done.head.hash),
            Err(error) => {
                println!("~ refused {}", error.code());
                break;
            }
        }
    }
    let head = ledger.head();
    let seen = ledger.read(|view| view.entries(head.seq, 10)).unwrap();
    println!("~ reads {} {}", seen.len(), seen.last().unwrap().1);
}

/// Thirty commits while system calls fail; says for each what the caller was told. May die after the first failure,
/// with everything that a failed commit left behind.
fn under_faults(folder: &Folder, beside_a_reader: bool, then_die: bool) {
    let ledger = match Ledger::open(folder, false) {
        Ok(ledger) => ledger,
        Err(error) => return println!("~ closed {}", error.code()),
    };
    for _ in 0..30 {
        if beside_a_reader && let Err(error) = ledger.read(|view| view.next_sale_number()) {
            println!("~ closed {}", error.code());
        }
        match ledger.transact(Op::PaymentStart, at(0), |tx| start(tx, 0, gateway())) {
            Ok(done) => println!("~ saved {} {}", done.head.seq, done.head.hash),
            Err(failed) => {
                match failed {
                    Failed::Unknown(_) => println!("~ unknown"),
                    Failed::NotSaved(_) | Failed::Work(_) => println!("~ not_saved"),
                }
                if then_die {
                    std::process::abort();
                }
            }
        }
    }
}
