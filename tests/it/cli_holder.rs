//! One process owns a data folder. A verb that meets another owner asks it, and says honestly when nothing came.

use crate::cli_world::sandbox;
use laci_tests::laci::{Shop, wait_until};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::thread::JoinHandle;

const CHARGE: [&str; 4] = ["charge", "--amount", "10000", "--own-qris"];

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_verb_holds_the_folder_and_takes_no_orders() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let waits = ["charge", "--amount", "10000", "--gateway", "kropay", "--wait", "60"];
    let holder = shop.laci(&waits).start();
    wait_until("the holder watches its bill", || sandbox.bills().iter().any(|bill| bill.polls > 0));
    for asked in [&CHARGE[..], &["ledger", "verify"], &["sync"], &["payment", "list"]] {
        let error = shop.laci(asked).end().refused(3, "ledger_busy");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("Tidak ada yang diubah"), "what is safe: {message}");
    }
    let free = laci_tests::laci::vector("baseline static");
    shop.laci(&["qris", "inspect", &free]).end().done();
    sandbox.pay(&sandbox.bills()[0].reference).unwrap();
    assert_eq!(holder.end().payment()["state"], "paid", "the holder was not disturbed");
    assert_eq!(shop.entries()["sale_recorded"], 1, "no refused charge is a sale");
    shop.locked(&CHARGE).end().done();
}

/// Owns the folder as a window does, and meets one verb in its own way.
struct Holder {
    lock: File,
    meets: JoinHandle<String>,
}

impl Holder {
    fn of(shop: &Shop, says: &'static str) -> Self {
        let lock = File::options().write(true).open(shop.data().join("laci.lock")).unwrap();
        lock.try_lock().expect("nobody holds the folder");
        let listener = UnixListener::bind(shop.data().join("laci.sock")).unwrap();
        let meets = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut asked = String::new();
            BufReader::new(&stream).read_line(&mut asked).unwrap();
            (&stream).write_all(says.as_bytes()).unwrap();
            asked
        });
        Self { lock, meets }
    }

    /// What the verb sent.
    fn heard(self) -> String {
        let heard = self.meets.join().unwrap();
        drop(self.lock);
        heard
    }
}

#[test]
fn a_holder_that_goes_away_before_it_takes_the_order() {
    let shop = Shop::set_up();
    let holder = Holder::of(&shop, "");
    shop.locked(&CHARGE).end().refused(3, "ledger_busy");
    assert!(holder.heard().contains("--own-qris"), "it was asked");
}

#[test]
fn a_holder_that_takes_the_order_and_goes_away() {
    let shop = Shop::set_up();
    let holder = Holder::of(&shop, "taken\n");
    let error = shop.locked(&CHARGE).end().refused(4, "outcome_unknown");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Riwayat sebelum mengulang"), "what to do: {message}");
    holder.heard();
}

#[test]
fn a_holders_answer_is_the_verbs() {
    let shop = Shop::set_up();
    let holder = Holder::of(
        &shop,
        "taken\n{\"exit\":3,\"json\":{\"error\":{\"code\":\"amount_zero\",\"message\":\"Nominal masih Rp 0.\"}},\"text\":\"\"}\n",
    );
    shop.locked(&CHARGE).end().refused(3, "amount_zero");
    holder.heard();
}

#[test]
fn what_a_dead_holder_left_lying_is_no_hindrance() {
    let shop = Shop::set_up();
    drop(UnixListener::bind(shop.data().join("laci.sock")).unwrap());
    shop.locked(&CHARGE).end().done();
}
