//! The cost of a durable commit beside the cost of making 16 KB durable on the same disk in the same run. Samples
//! of the three are taken in turns, so that a noisy neighbour meets all of them. Prints a table and a JSON line.
//!
//! The yardstick is appending 16 KB: a ledger adds. Overwriting a file that has its length already is the cheapest
//! thing that a disk can make durable; it is printed beside it, and so is the ratio to it.
//!
//! The commit is a payment's start: a sale of one line, an attempt, the create that it owes, every projection.
//! `LACI_BENCH_DIR` names another disk.

// A bench is a test of speed: what fails here may stop it.
#![allow(clippy::unwrap_used)]

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use laci_core::{
    Actor, Attempt, AttemptId, Body, GatewayName, LedgerId, Method, Rupiah, Sale, SaleId, SaleLine,
    Terms, UnixMs,
};
use laci_ledger::{Folder, Genesis, Ledger, LedgerError, Moment, Op};
use uuid::Uuid;

const BLOCK: usize = 16 * 1024;
const ROUNDS: u32 = 60;
const PER_ROUND: u32 = 25;
/// Enough for the WAL to have its usual length, so that commits overwrite it as they do in a shop's day.
const WARM_UP: u32 = 2_000;
const COUNTED: u32 = 100;
const START_MS: i64 = 1_795_143_600_000;
const COUNT_IN: &str = "LACI_BENCH_COUNT_IN";
const TARGET_RATIO_PERCENT: u128 = 150;

fn main() {
    if let Ok(dir) = std::env::var(COUNT_IN) {
        return counted_commits(Path::new(&dir));
    }
    let parent =
        std::env::var("LACI_BENCH_DIR").unwrap_or_else(|_| env!("CARGO_TARGET_TMPDIR").to_owned());
    std::fs::create_dir_all(&parent).unwrap();
    let dir = tempfile::tempdir_in(&parent).unwrap();
    let ledger = new_ledger(dir.path());
    let mut blocks = Blocks::new(dir.path());
    (0..WARM_UP).for_each(|number| commit(&ledger, number));
    // The keeper moves the WAL into the file within a second; the next commit starts it over.
    std::thread::sleep(Duration::from_secs(1));

    let (mut append, mut overwrite, mut commits) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for number in 0..PER_ROUND {
            append.push(timed(|| blocks.append()));
            overwrite.push(timed(|| blocks.overwrite(number)));
        }
        for number in 0..PER_ROUND {
            commits.push(timed(|| commit(&ledger, WARM_UP + round * PER_ROUND + number)));
        }
    }
    drop(ledger);
    print(&Figures::of(append), &Figures::of(overwrite), &Figures::of(commits), syncs(dir.path()));
}

fn new_ledger(dir: &Path) -> Ledger {
    let folder = Folder { data: dir.join("data"), anchors: dir.join("anchors") };
    let ledger_id = LedgerId(Uuid::from_u128(1));
    let genesis = Genesis { ledger_id, register: 1, epoch: 1, practice: true };
    Ledger::create(&folder, genesis, UnixMs(START_MS)).unwrap()
}

/// UUIDv7-like: later ids sort later, as they do in a shop.
fn id(kind: u128, number: u32) -> Uuid {
    Uuid::from_u128((0x0199_0000_0000_u128 + u128::from(number)) << 80 | kind << 64 | 0x7)
}

fn commit(ledger: &Ledger, number: u32) {
    let now = UnixMs(START_MS).plus_ms(i64::from(number) * 1_000);
    let moment = Moment { now, actor: Actor::Counter, approver: None };
    let done = ledger.transact(Op::PaymentStart, moment, |tx| {
        let amount = Rupiah::from_u32(34_500);
        let line = SaleLine { name: "Penjualan".to_owned(), quantity: 1, unit_price: amount };
        let sale = Sale {
            id: SaleId(id(1, number)),
            number: tx.next_sale_number()?,
            lines: vec![line],
            total: amount,
            order: None,
        };
        let gateway = GatewayName::new("kropay").map_err(|_| LedgerError::Busy)?;
        let attempt = Attempt {
            id: AttemptId(id(2, number)),
            sale_id: sale.id,
            started_at: now,
            terms: Terms {
                amount,
                method: Method::Gateway { gateway, method: None, extra: Default::default() },
            },
        };
        tx.append(Body::SaleRecorded { sale })?;
        tx.append(Body::AttemptStarted { attempt })
    });
    done.map_err(laci_ledger::TransactError::<LedgerError>::into_work).unwrap();
}

struct Blocks {
    growing: File,
    fixed: File,
    bytes: Vec<u8>,
}

impl Blocks {
    fn new(dir: &Path) -> Self {
        let open = |name: &str| {
            OpenOptions::new().create(true).truncate(true).write(true).open(dir.join(name)).unwrap()
        };
        let (growing, mut fixed) = (open("growing"), open("fixed"));
        fixed.write_all(&vec![1; BLOCK * PER_ROUND as usize]).unwrap();
        fixed.sync_all().unwrap();
        Self { growing, fixed, bytes: vec![2; BLOCK] }
    }

    fn append(&mut self) {
        self.growing.write_all(&self.bytes).unwrap();
        self.growing.sync_data().unwrap();
    }

    fn overwrite(&mut self, place: u32) {
        let at = u64::from(place) * BLOCK as u64;
        self.fixed.seek(SeekFrom::Start(at)).unwrap();
        self.fixed.write_all(&self.bytes).unwrap();
        self.fixed.sync_data().unwrap();
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

struct Figures {
    p50_us: u128,
    p99_us: u128,
}

impl Figures {
    fn of(mut samples: Vec<Duration>) -> Self {
        samples.sort_unstable();
        let at = |percent: usize| samples[(samples.len() - 1) * percent / 100].as_micros();
        Self { p50_us: at(50), p99_us: at(99) }
    }
}

/// fdatasync calls per hundred commits, as strace counts them in another process; none without strace.
fn syncs(dir: &Path) -> Option<usize> {
    let (folder, trace) = (dir.join("counted"), dir.join("trace"));
    let status = Command::new("strace")
        .args(["-f", "-e", "trace=fdatasync,openat", "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .env(COUNT_IN, &folder)
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return None;
    }
    let trace = std::fs::read_to_string(trace).unwrap();
    let between = trace.split_once("mark.first")?.1.split_once("mark.last")?.0;
    Some(between.lines().filter(|line| line.contains("fdatasync(")).count())
}

fn counted_commits(dir: &Path) {
    let ledger = new_ledger(dir);
    commit(&ledger, 0);
    std::fs::write(dir.join("mark.first"), b"").unwrap();
    (1..=COUNTED).for_each(|number| commit(&ledger, number));
    std::fs::write(dir.join("mark.last"), b"").unwrap();
}

fn print(append: &Figures, overwrite: &Figures, commit: &Figures, syncs: Option<usize>) {
    let percent = |of: &Figures| commit.p50_us * 100 / of.p50_us.max(1);
    let (to_overwrite, to_append) = (percent(overwrite), percent(append));
    println!("| what | p50 us | p99 us |");
    println!("|---|---|---|");
    for (name, figures) in [
        ("append 16 KB + fdatasync", append),
        ("overwrite 16 KB + fdatasync", overwrite),
        ("durable commit (payment start)", commit),
    ] {
        println!("| {name} | {} | {} |", figures.p50_us, figures.p99_us);
    }
    let counted = syncs.map_or_else(|| "not counted".to_owned(), |n| n.to_string());
    println!("commit p50 is {to_overwrite} % of the overwrite's and {to_append} % of the append's");
    println!("fdatasync calls in {COUNTED} commits: {counted}");
    let json = serde_json::json!({
        "bench": "durable_commit",
        "append_16k_us": { "p50": append.p50_us, "p99": append.p99_us },
        "overwrite_16k_us": { "p50": overwrite.p50_us, "p99": overwrite.p99_us },
        "commit_us": { "p50": commit.p50_us, "p99": commit.p99_us },
        "commit_p50_percent_of_append": to_append,
        "commit_p50_percent_of_overwrite": to_overwrite,
        "target_percent": TARGET_RATIO_PERCENT,
        "within_target": to_append <= TARGET_RATIO_PERCENT,
        "fdatasyncs": syncs,
        "commits_counted": COUNTED,
    });
    println!("{json}");
}
