//! A full disk: a clear error, nothing lost, what was begun is completed, and a ledger that goes on once there is room.

use std::io::{BufRead, BufReader};

use laci_core::{Attempt, AttemptId, AttemptState, Hash, Lang, Rupiah, SaleId, Terms, UnixMs};
use laci_ledger::{
    AttemptFilter, CopyError, DiskState, Folder, Head, Ledger, LedgerError, Op, OpenError,
    TransactError, Tx,
};

use crate::child::{self, Output};
use crate::shop::{START_MS, at, covered, folder_in, gateway, genesis, paid, start};
use crate::small_disk::{
    ballast, other_file, remove_other_file, run, take_the_rest, wait_for_ballast,
};

type Failed = TransactError<LedgerError>;
type Open = (SaleId, AttemptId);

/// What the child does on its small disk.
pub(crate) fn role(name: &str, folder: &Folder) {
    match name {
        "small_sell_until_refused" => sell_until_refused(folder),
        "small_other_program" => another_program_takes_the_rest(folder),
        "small_open_at_zero" => open_at_zero(folder),
        "small_killed" => killed_while_full(folder),
        "small_sync_fails" => a_sync_fails_while_full(folder),
        "complete_and_tell" => complete_and_tell(folder),
        "complete_some" => drop(complete_some(folder)),
        "complete_some_and_wait" => {
            let _open = complete_some(folder);
            loop {
                std::thread::park();
            }
        }
        other => panic!("no role {other}"),
    }
}

/// The scenario `role`, on a disk of one megabyte.
fn on_a_small_disk(role: &str) {
    match run(role) {
        Some(output) => println!("{:?}", output.lines()),
        None => eprintln!("no small disk can be mounted here: {role} was not tried"),
    }
}

#[test]
fn one_megabyte_holds_every_acknowledged_sale_and_completes_what_was_begun() {
    on_a_small_disk("small_sell_until_refused");
}

#[test]
fn another_programs_file_stops_no_payment_that_was_begun() {
    on_a_small_disk("small_other_program");
}

#[test]
fn a_ledger_opens_without_a_free_byte() {
    on_a_small_disk("small_open_at_zero");
}

#[test]
fn a_kill_on_a_full_disk_loses_nothing() {
    on_a_small_disk("small_killed");
}

#[test]
fn an_unknown_outcome_on_a_full_disk_is_looked_into() {
    if !crate::syscalls::strace_works() {
        return eprintln!("strace is not installed: no sync was made to fail");
    }
    on_a_small_disk("small_sync_fails");
}

/// Everything that was acknowledged, as it was acknowledged.
#[derive(Default)]
struct Acked(Vec<Head>);

impl Acked {
    fn must_be_in(&self, ledger: &Ledger) {
        for head in &self.0 {
            let found = ledger.read(|view| view.entries(head.seq, 1)).unwrap();
            assert_eq!(found[0].1, head.hash, "entry {} was acknowledged", head.seq);
        }
    }

    /// Sells; returns what was begun, or the refusal.
    fn sell(&mut self, ledger: &Ledger) -> Result<Open, LedgerError> {
        let sold = ledger.transact(Op::PaymentStart, at(0), |tx| start(tx, 0, gateway()));
        let sold = sold.map_err(Failed::into_work)?;
        self.0.push(sold.head);
        Ok(sold.value)
    }

    fn complete(&mut self, ledger: &Ledger, open: Open) {
        self.0.push(completed(ledger, open).expect("a customer has paid"));
    }
}

/// A customer's money: evidence with a body as large as a gateway's answer, and the sale covered.
fn completed(ledger: &Ledger, (sale, attempt): Open) -> Result<Head, Failed> {
    let done = ledger.transact(Op::Paid, at(1), |tx| {
        let hash = tx.put_blob(format!("{attempt}{}", " ".repeat(1_500)).as_bytes())?;
        let mut evidence = paid(&attempt.to_string(), 10_000);
        evidence.raw = Some(hash);
        tx.append(laci_core::Body::EvidenceAdded { attempt_id: attempt, evidence })?;
        cover(tx, (sale, attempt))
    });
    done.map(|done| done.head)
}

fn cover(tx: &mut Tx<'_>, (sale, attempt): Open) -> Result<(), LedgerError> {
    tx.put_blob(crate::shop::RECEIPT)?;
    tx.append(covered(sale, attempt)).map(drop)
}

fn created(folder: &Folder) -> Ledger {
    Ledger::create(folder, genesis(false), UnixMs(START_MS)).unwrap()
}

fn must_be_paid(ledger: &Ledger, open: &[Open]) {
    for (_, attempt) in open {
        let row = ledger.read(|view| view.attempt(*attempt)).unwrap().unwrap();
        assert_eq!(row.standing.state, AttemptState::Paid);
    }
}

fn must_be_whole(ledger: &Ledger) {
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

fn sell_until_refused(folder: &Folder) {
    other_file(folder, 180_000);
    let ledger = created(folder);
    wait_for_ballast(folder);
    let (mut acked, mut open) = (Acked::default(), Vec::new());
    let refused = loop {
        match acked.sell(&ledger) {
            Ok(begun) => open.push(begun),
            Err(error) => break error,
        }
    };
    assert_eq!((&refused, refused.code()), (&LedgerError::NoRoomForNew, "disk_full"));
    for (lang, safe, doable) in [
        (Lang::Id, "sudah tercatat aman", "tetap bisa diselesaikan"),
        (Lang::En, "recorded so far is safe", "can still be completed"),
    ] {
        let sentence = refused.sentence(lang);
        assert!(sentence.contains(safe) && sentence.contains(doable), "{sentence}");
    }
    println!("~ {} sales fit into one megabyte", open.len());
    assert!(open.len() > 150, "only {} sales before the disk was full", open.len());
    assert_eq!(ledger.disk().unwrap().state, DiskState::Critical);

    let (sale_id, method) = (open[0].0, gateway());
    let terms = Terms { amount: Rupiah::from_u32(10_000), method };
    let id = AttemptId(crate::shop::new_id());
    let attempt = Attempt { id, sale_id, started_at: at(2).now, terms };
    let next = ledger.transact(Op::PaymentNext, at(2), |tx| {
        tx.append(laci_core::Body::AttemptStarted { attempt })
    });
    acked.0.push(next.map_err(Failed::into_work).expect("the same sale, another way").head);

    let waiting = open.split_off(open.len() - 20);
    for begun in &waiting {
        acked.complete(&ledger, *begun);
        assert_eq!(acked.sell(&ledger), Err(LedgerError::NoRoomForNew));
    }
    acked.must_be_in(&ledger);
    drop(ledger);
    let ledger = Ledger::open(folder, false).unwrap();
    acked.must_be_in(&ledger);
    must_be_paid(&ledger, &waiting);

    remove_other_file(folder);
    open.push(acked.sell(&ledger).expect("there is room again"));
    must_be_whole(&ledger);
    drop(ledger);
    acked.must_be_in(&Ledger::open(folder, false).unwrap());
}

fn another_program_takes_the_rest(folder: &Folder) {
    let ledger = created(folder);
    wait_for_ballast(folder);
    let mut acked = Acked::default();
    let open: Vec<Open> = (0..20).map(|_| acked.sell(&ledger).unwrap()).collect();
    // The keeper has nothing to write meanwhile, or it would give the ballast up for that.
    ledger.write_anchor().unwrap();
    take_the_rest(folder);
    // The WAL may give room back for a few more, which is taken too.
    while acked.sell(&ledger).is_ok() {}
    ledger.write_anchor().unwrap();
    take_the_rest(folder);
    assert!(ballast(folder) > 0, "no new sale has touched it");
    assert_eq!(acked.sell(&ledger), Err(LedgerError::NoRoomForNew));
    for begun in &open {
        acked.complete(&ledger, *begun);
    }
    let poll = laci_ledger::PollState {
        next_at_ms: UnixMs(1),
        last_asked_at_ms: UnixMs(0),
        misses: 0,
        last_problem: None,
    };
    ledger.note_poll(open[0].1, &poll).unwrap();
    ledger.write_anchor().unwrap();
    assert_eq!(ballast(folder), 0, "it was given up");
    assert_eq!(
        acked.sell(&ledger),
        Err(LedgerError::NoRoomForNew),
        "its room is not for new sales"
    );
    let here = folder.data.parent().unwrap().join("cadangan.laci");
    assert_eq!(ledger.backup(&here, &mut |_, _| true), Err(CopyError::DiskFull));

    remove_other_file(folder);
    acked.sell(&ledger).expect("there is room again");
    wait_for_ballast(folder);
    ledger.backup(&here, &mut |_, _| true).expect("a backup has room too");
    acked.must_be_in(&ledger);
    must_be_paid(&ledger, &open);
    must_be_whole(&ledger);
}

fn open_at_zero(folder: &Folder) {
    let ledger = created(folder);
    wait_for_ballast(folder);
    let mut acked = Acked::default();
    let open = acked.sell(&ledger).unwrap();
    drop(ledger);
    take_the_rest(folder);
    let ledger = Ledger::open(folder, false).unwrap();
    assert_eq!(ballast(folder), 0, "it was given up");
    acked.must_be_in(&ledger);
    acked.complete(&ledger, open);
    drop(ledger);

    take_the_rest(folder);
    let refused = Ledger::open(folder, false).unwrap_err();
    assert_eq!((&refused, refused.code()), (&OpenError::DiskFull, "disk_full"));
    let sentence = refused.sentence(Lang::Id);
    assert!(sentence.contains("sudah tercatat aman") && sentence.contains("hapus"), "{sentence}");
    remove_other_file(folder);
    let ledger = Ledger::open(folder, false).unwrap();
    acked.must_be_in(&ledger);
    must_be_paid(&ledger, &[open]);
    must_be_whole(&ledger);
}

const KILLS: usize = 6;

fn killed_while_full(folder: &Folder) {
    let ledger = created(folder);
    wait_for_ballast(folder);
    let mut acked = Acked::default();
    for _ in 0..60 {
        acked.sell(&ledger).unwrap();
    }
    drop(ledger);
    let mut told = 0;
    for round in 0..KILLS {
        let role = if round == 0 { "complete_some" } else { "complete_some_and_wait" };
        let mut command = child::command(&[], role, folder);
        if round == 0 {
            command.env("LACI_KILL_AT", "commit.again");
        }
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok).filter_map(|line| head(&line));
        if round > 0 {
            acked.0.extend(lines.by_ref().take(3));
            process.kill().unwrap();
        }
        acked.0.extend(lines);
        assert!(!process.wait().unwrap().success(), "it ended by itself");
        if round == 0 {
            assert_eq!(ballast(folder), 0, "the ballast was given up before the kill");
        }
        told = acked.0.len() - 60;
        remove_other_file(folder);
        let ledger = Ledger::open(folder, false).unwrap();
        acked.must_be_in(&ledger);
        must_be_whole(&ledger);
        wait_for_ballast(folder);
    }
    assert!(told >= 3 * (KILLS - 1), "only {told} completed on a full disk");
}

/// A sync fails while not a byte is free: looking whether the commit is there takes room as well.
fn a_sync_fails_while_full(folder: &Folder) {
    let ledger = created(folder);
    let mut acked = Acked::default();
    for _ in 0..60 {
        acked.sell(&ledger).unwrap();
    }
    drop(ledger);
    let mut told_in_all = std::collections::BTreeMap::<String, u32>::new();
    for times in ["2", "3", "4", "5", "3..4", "4..5", "2+"] {
        wait_for_ballast_of(folder);
        let fault = format!("inject=fdatasync:error=EIO:when={times}");
        let strace = ["strace", "-f", "-e", &fault, "-o", "/dev/null"];
        let output = child::command(&strace, "complete_and_tell", folder).output().unwrap();
        remove_other_file(folder);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let ledger = Ledger::open(folder, false).unwrap();
        for line in Output(text).lines() {
            let (told, attempt) = line.split_once(' ').unwrap();
            let id: AttemptId = attempt.parse().unwrap();
            let row = ledger.read(|view| view.attempt(id)).unwrap().unwrap();
            let is_paid = row.standing.state == AttemptState::Paid;
            match told {
                "saved" => assert!(is_paid, "{fault}: {attempt} was acknowledged"),
                "not_saved" => assert!(!is_paid, "{fault}: {attempt} was said not to be saved"),
                _ => assert_eq!(told, "unknown"),
            }
            *told_in_all.entry(told.to_owned()).or_default() += 1;
        }
        acked.must_be_in(&ledger);
        must_be_whole(&ledger);
    }
    println!("~ {told_in_all:?}");
    let many = |told: &str, least: u32| told_in_all.get(told).is_some_and(|many| *many >= least);
    assert!(many("saved", 20) && (many("unknown", 1) || many("not_saved", 1)), "{told_in_all:?}");
}

fn wait_for_ballast_of(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    wait_for_ballast(folder);
    drop(ledger);
}

/// Another program takes the rest; then six that are open are completed, whatever is answered.
fn complete_and_tell(folder: &Folder) {
    let ledger = Ledger::open(folder, false).unwrap();
    take_the_rest(folder);
    let filter = AttemptFilter { state: Some(AttemptState::Planned), limit: 6 };
    for row in ledger.read(|view| view.attempts(&filter)).unwrap() {
        let id = row.attempt.id;
        match completed(&ledger, (row.attempt.sale_id, id)) {
            Ok(_) => println!("~ saved {id}"),
            Err(Failed::Unknown(_)) => println!("~ unknown {id}"),
            Err(Failed::NotSaved(_) | Failed::Work(_)) => println!("~ not_saved {id}"),
        }
    }
    // Ended without closing: whatever a failed commit left behind stays.
    std::process::exit(0);
}

/// `~ acked SEQ HASH`
fn head(line: &str) -> Option<Head> {
    let mut words = line.strip_prefix("~ acked ")?.split(' ');
    Some(Head { seq: words.next()?.parse().ok()?, hash: Hash::from_hex(words.next()?)? })
}

/// Another program takes the rest; then eight that are open are completed, one after the other.
fn complete_some(folder: &Folder) -> Ledger {
    let ledger = Ledger::open(folder, false).unwrap();
    take_the_rest(folder);
    let filter = AttemptFilter { state: Some(AttemptState::Planned), limit: 8 };
    for row in ledger.read(|view| view.attempts(&filter)).unwrap() {
        let mut acked = Acked::default();
        acked.complete(&ledger, (row.attempt.sale_id, row.attempt.id));
        println!("~ acked {} {}", acked.0[0].seq, acked.0[0].hash);
    }
    ledger
}

/// The same refusals by a limit on the size of a file, where no disk can be mounted.
#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    drop(created(&folder));
    let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 2048; exec \"$@\"", "sh"];
    let output = child::command(&limited, "fill", &folder).output().unwrap();
    let output = Output(String::from_utf8_lossy(&output.stdout).into_owned());
    assert!(output.0.contains("~ refused "), "{}", output.0);
    let ledger = Ledger::open(&folder, false).unwrap();
    let acked = Acked(output.0.lines().filter_map(head).collect());
    assert!(acked.0.len() > 10, "only {} commits before the limit", acked.0.len());
    acked.must_be_in(&ledger);
    must_be_whole(&ledger);
}
