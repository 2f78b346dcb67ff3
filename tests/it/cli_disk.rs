//! A full disk in the middle of selling: a clear sentence, nothing lost, and the ledger goes on once there is room.

use crate::cli_world::{own_payment, sandbox};
use laci_sandbox::{Fault, Operation};
use laci_tests::laci::{Answer, Shop, wait_until};
use std::path::Path;
use std::process::Command;

const CHARGE: [&str; 4] = ["charge", "--amount", "10000", "--own-qris"];

/// No file grows beyond so many blocks of 512 bytes: what a full disk does to a write, without being root.
fn charge_with_room_for(shop: &Shop, blocks: u64) -> Answer {
    let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    shop.laci_below(&["sh", "-c", &limit, "sh"], &CHARGE).without("LACI_PASSPHRASE").end()
}

/// Refused with a sentence that says what is safe and what to do.
fn must_comfort(answer: &Answer, codes: &[&str]) {
    let code = answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
    assert!(codes.contains(&code.as_str()), "{answer:?}");
    // New sales are refused by a rule before anything is tried; what was tried and found no room has failed.
    let exit = if code == "disk_full" && answer.exit == Some(3) { 3 } else { 5 };
    let error = answer.refused(exit, &code);
    let message = error["message"].as_str().unwrap();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    assert!(says(&["aman", "belum tersimpan", "Tidak ada yang diubah"]), "what is safe: {message}");
    assert!(says(&["ruang", "disk"]), "what to do: {message}");
}

/// From too little to open a ledger to enough for a whole sale: all of it or nothing.
#[test]
fn room_for_a_part_of_a_sale() {
    let shop = Shop::set_up();
    own_payment(&shop, "9000");
    let (mut done, mut refused) = (0, 0);
    for blocks in [8, 64, 72, 96, 128, 1024] {
        let before = shop.entries();
        let answer = charge_with_room_for(&shop, blocks);
        if answer.exit == Some(0) {
            let recorded = shop.entries()["sale_recorded"];
            assert_eq!(recorded, before["sale_recorded"] + 1, "said to be done: {answer:?}");
            done += 1;
        } else {
            must_comfort(&answer, &["disk_full", "ledger_io"]);
            assert_eq!(shop.entries(), before, "all of the old, none of the new: {answer:?}");
            refused += 1;
        }
        shop.must_be_whole();
    }
    assert!(done > 0 && refused > 0, "both were seen: {done} done, {refused} refused");
    let next = own_payment(&shop, "10000");
    assert_eq!(next["sale_number"], format!("A01-{:04}", done + 2), "no number is lost: {next}");
}

/// A file system of one megabyte, where this process may mount one.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(at: &'a Path) -> Option<Self> {
        let words = ["-t", "tmpfs", "-o", "size=1m", "laci-cli-test"];
        let mounted = Command::new("mount").args(words).arg(at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        // Left mounted, the folder itself stays behind; no test is wrong for it.
        drop(Command::new("umount").arg(self.0).output());
    }
}

/// Sells with verbs until the disk of one megabyte has no room for a new sale: what was acknowledged is there, what was
/// begun is completed with no byte free, and selling goes on once there is room.
#[test]
fn a_disk_of_one_megabyte_that_fills_up() {
    let shop = Shop::empty();
    let Some(_small) = Small::mount(shop.path()) else {
        println!("no disk may be mounted here; a limit on the size of files stands for it above");
        return;
    };
    shop.make();
    let begun = own_payment(&shop, "9000");
    let film = shop.path().join("film.mkv");
    leave_room(&film, 160 * 1024);
    let (full, more) = loop_until_full(&shop);
    let sales = 1 + more;
    must_comfort(&full, &["disk_full"]);
    assert!(sales > 10, "only {sales} sales");

    leave_room(&film, 0);
    let confirm = ["payment", "confirm", begun["id"].as_str().unwrap(), "--reason", "dilihat"];
    let confirmed = shop.laci(&confirm).end().payment();
    assert_eq!(confirmed["state"], "confirmed", "a full disk blocks no sale that was begun");
    must_comfort(&shop.locked(&CHARGE).end(), &["disk_full"]);

    std::fs::remove_file(&film).unwrap();
    shop.must_be_whole();
    assert_eq!(
        shop.entries()["sale_recorded"],
        sales,
        "what was said to be done, and nothing else"
    );
    own_payment(&shop, "10000");
    shop.must_be_whole();
}

/// The first refusal, and how many sales were done before it.
fn loop_until_full(shop: &Shop) -> (Answer, u64) {
    let mut sales = 0;
    loop {
        // An amount of its own, so that the unique codes do not run out before the disk does.
        let amount = (10_000 + 2_000 * sales).to_string();
        let answer = shop.locked(&["charge", "--amount", &amount, "--own-qris"]).end();
        if answer.exit != Some(0) {
            return (answer, sales);
        }
        sales += 1;
    }
}

/// Fills the disk up to its last `room` bytes with another program's file.
fn leave_room(film: &Path, room: u64) {
    use std::io::Write;
    let mut file = std::fs::File::create(film).unwrap();
    let mut filled = 0;
    while file.write_all(&[0; 4096]).is_ok() {
        filled += 4096;
    }
    file.set_len(u64::saturating_sub(filled, room)).unwrap();
}

/// The disk is full from one moment to the next, while the gateway is at work.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_when_the_gateway_answers() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    sandbox.set_fault(Operation::Create, Fault::Slow { ms: 3_000 }, 1);
    let charge = ["charge", "--amount", "10000", "--gateway", "kropay"];
    let running =
        shop.laci_below(&["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"], &charge).start();
    wait_until("the gateway is at work", || !sandbox.bills().is_empty());
    let pid = running.id().to_string();
    let full = Command::new("prlimit").args(["--pid", &pid, "--fsize=0"]).status();
    assert!(full.is_ok_and(|status| status.success()), "no file of it grows from here on");
    let answer = running.end();
    // The error came from the commit itself: whether that was saved is not known before the ledger is opened again.
    let error = answer.refused(4, "outcome_unknown");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Jangan ulangi dulu"), "what to do: {message}");
    assert!(!answer.stdout.contains("presentment\":{"), "no QR is shown: {answer:?}");

    // There is room again.
    shop.must_be_whole();
    let left = &shop.payments()[0];
    assert_eq!(left["state"], "unknown", "it was sent, and nobody knows more: {left}");
    let synced = shop.laci(&["sync"]).end().done();
    assert_eq!(synced["sent"], 1, "its name is learnt by the contract's one retry: {synced}");
    let bill = &sandbox.bills()[0];
    assert_eq!((sandbox.bills().len(), bill.creates), (1, 2), "still one bill");
    sandbox.pay(&bill.reference).unwrap();
    shop.laci(&["sync"]).end().done();
    let paid = &shop.payments()[0];
    assert_eq!(paid["state"], "paid", "should it be paid all the same, the money is seen: {paid}");
}

#[test]
fn a_receipt_that_cannot_be_written_stays_owed() {
    let shop = Shop::set_up();
    let receipts = shop.data().join("receipts");
    std::fs::write(&receipts, "ada berkas di tempat folder").unwrap();
    let payment = own_payment(&shop, "9000");
    let confirm = ["payment", "confirm", payment["id"].as_str().unwrap(), "--reason", "dilihat"];
    let confirmed = shop.laci(&confirm).end().payment();
    assert_eq!(confirmed["state"], "confirmed", "paid is paid, printed or not: {confirmed}");
    let synced = shop.laci(&["sync"]).end().done();
    assert_eq!(synced["unsent"], 1, "it is still owed: {synced}");
    assert_eq!(synced["problems"][0], "file_place", "and said so: {synced}");
    std::fs::remove_file(&receipts).unwrap();
    let synced = shop.laci(&["sync"]).end().done();
    assert_eq!((&synced["sent"], &synced["unsent"]), (&1.into(), &0.into()), "{synced}");
    assert_eq!(shop.receipts(), ["A01-0001.pdf"]);
}

#[test]
fn a_receipt_goes_into_a_file_or_nowhere() {
    let shop = Shop::set_up();
    let payment = own_payment(&shop, "9000");
    let confirm = ["payment", "confirm", payment["id"].as_str().unwrap(), "--reason", "dilihat"];
    shop.laci(&confirm).end().done();
    let socket = shop.path().join("pipa");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for place in [socket.as_path(), shop.path()] {
        let out = place.to_str().unwrap();
        let answer = shop.laci(&["receipt", "A01-0001", "--format", "pdf", "--out", out]).end();
        answer.refused(5, "file_place");
    }
    assert!(!socket.is_file(), "what lies there is not replaced");
}
