//! A full disk in the middle of selling: a clear sentence, nothing lost, and the ledger goes on once there is room.

use crate::cli_world::own_payment;
use laci_tests::laci::{Answer, Shop};

/// No file grows beyond the blocks of 512 bytes: what a full disk does to a write, without being root.
fn charge_on_little_room(shop: &Shop, blocks: u64) -> Answer {
    let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let wrapper = ["sh", "-c", &limit, "sh"];
    shop.laci_below(&wrapper, &["charge", "--amount", "10000", "--own-qris"]).end()
}

#[test]
fn no_room_for_a_sale() {
    let shop = Shop::set_up();
    own_payment(&shop, "9000");
    let before = shop.entries();
    // What a commit adds goes into the WAL, which starts empty: this much is too little for one.
    let answer = charge_on_little_room(&shop, 8);
    let code = answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
    assert!(["disk_full", "ledger_io"].contains(&code.as_str()), "{answer:?}");
    let error = answer.refused(5, &code);
    let message = error["message"].as_str().unwrap();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    assert!(says(&["aman", "belum tersimpan", "Tidak ada yang diubah"]), "what is safe: {message}");
    assert!(says(&["ruang", "disk"]), "what to do: {message}");
    shop.must_be_whole();
    assert_eq!(shop.entries(), before, "all of the old, none of the new");
    let next = own_payment(&shop, "10000");
    assert_eq!(next["sale_number"], "A01-0002", "with room again it goes on: {next}");
    shop.must_be_whole();
}

/// At every size there is either the whole sale or none of it.
#[test]
fn room_for_a_part_of_a_sale() {
    let shop = Shop::set_up();
    let (mut done, mut refused) = (0, 0);
    for blocks in [16, 32, 64, 128, 256, 512, 1024] {
        let before = shop.entries().get("sale_recorded").copied().unwrap_or(0);
        let answer = charge_on_little_room(&shop, blocks);
        let after = shop.entries().get("sale_recorded").copied().unwrap_or(0);
        if answer.exit == Some(0) {
            assert_eq!(after, before + 1, "said to be done: {answer:?}");
            done += 1;
        } else {
            assert_eq!(after, before, "said not to be saved: {answer:?}");
            refused += 1;
        }
        shop.must_be_whole();
    }
    assert!(done > 0 && refused > 0, "both were seen: {done} done, {refused} refused");
}

#[test]
fn no_room_for_a_receipt() {
    let shop = Shop::set_up();
    let payment = own_payment(&shop, "9000");
    let confirm = ["payment", "confirm", payment["id"].as_str().unwrap(), "--reason", "dilihat"];
    shop.laci(&confirm).end().done();
    let full = "/dev/full";
    let answer = shop.laci(&["receipt", "A01-0001", "--format", "pdf", "--out", full]).end();
    assert_eq!(answer.exit, Some(5), "a receipt that was not written is no receipt: {answer:?}");
    shop.must_be_whole();
}
