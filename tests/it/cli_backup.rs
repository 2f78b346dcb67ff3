//! A dead computer: the backup is carried to another one, and the shop goes on there.

use crate::cli_world::{own_payment, paid_sale, sandbox, shop_with_history};
use laci_tests::laci::Shop;
use std::path::PathBuf;

fn file_of(shop: &Shop) -> PathBuf {
    shop.path().join("cadangan.laci")
}

fn backup(shop: &Shop) -> serde_json::Value {
    shop.locked(&["ledger", "backup", file_of(shop).to_str().unwrap()]).end().done()
}

#[test]
fn another_computer_goes_on_with_the_backup() {
    let shop = shop_with_history();
    let made = backup(&shop);
    assert_eq!((&made["ok"], &made["problems"]), (&true.into(), &serde_json::json!([])));
    let verified = shop.locked(&["ledger", "verify"]).end().done();
    assert_eq!((&made["entries"], &made["head"]), (&verified["entries"], &verified["head"]));

    let other = Shop::empty();
    let file = file_of(&shop);
    let restore = ["ledger", "restore", file.to_str().unwrap()];
    let restored = other.locked(&restore).end().done();
    assert_eq!((&restored["epoch"], &restored["lost"]), (&2.into(), &0.into()), "{restored}");
    other.must_be_whole();
    assert_eq!(other.entries()["sale_recorded"], 3, "every sale of the backup");
    let next = own_payment(&other, "14000");
    assert_eq!(next["sale_number"], "A01.2-0001", "a number that the other computer never gives");
    let old = other.locked(&["receipt", "A01-0002"]).end().done();
    assert!(old.to_string().contains("A01-0002"), "old receipts are there: {old}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_over_a_living_shop_needs_the_owner_and_keeps_what_was_there() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    paid_sale(&shop, &sandbox, "10000");
    backup(&shop);
    paid_sale(&shop, &sandbox, "20000");
    let mut before = shop.entries();
    let file = file_of(&shop);
    let restore = |pin: Option<&str>| {
        let verb = shop.laci(&["ledger", "restore", file.to_str().unwrap()]).without("LACI_PIN");
        match pin {
            Some(pin) => verb.variable("LACI_PIN", pin),
            None => verb,
        }
    };
    restore(None).end().refused(3, "pin_required");
    restore(Some("000000")).end().refused(3, "pin_wrong");
    *before.entry("people".to_owned()).or_default() += 1;
    assert_eq!(shop.entries(), before, "nothing was changed; the wrong PIN is noted");
    let restored = restore(Some(laci_tests::laci::PIN)).end().done();
    assert_eq!(restored["epoch"], 2);
    assert!(restored["lost"].as_u64().is_some_and(|lost| lost > 0), "and says what is missing");
    let aside = PathBuf::from(restored["replaced"].as_str().unwrap()).join("laci.db");
    assert!(aside.is_file(), "what stood there is kept");
    shop.must_be_whole();
    let next = shop.laci(&["charge", "--amount", "5000", "--gateway", "kropay"]).end().payment();
    assert_eq!(next["sale_number"], "A01.2-0001", "its gateway and keys work on: {next}");
}

#[test]
fn what_cannot_be_a_backup_is_refused_and_changes_nothing() {
    let shop = shop_with_history();
    let before = shop.entries();
    let inside = shop.data().join("cadangan.laci");
    let refused = shop.locked(&["ledger", "backup", inside.to_str().unwrap()]).end();
    let error = refused.refused(3, "backup_inside_data");
    assert!(error["message"].as_str().unwrap().contains("Pilih folder atau drive lain"), "{error}");
    let nowhere = shop.path().join("tidak-ada").join("x.laci");
    shop.locked(&["ledger", "backup", nowhere.to_str().unwrap()]).end().refused(5, "backup_place");
    let list = shop.path().join("belanja.txt");
    std::fs::write(&list, "gula, kopi").unwrap();
    let restore = |file: &PathBuf| shop.laci(&["ledger", "restore", file.to_str().unwrap()]).end();
    restore(&list).refused(3, "backup_not_sound");
    restore(&nowhere).refused(5, "backup_place");
    assert_eq!(shop.entries(), before, "nothing was changed");
    shop.must_be_whole();
}

#[test]
fn the_whole_ledger_goes_out_for_other_programs_by_its_owner_only() {
    let shop = shop_with_history();
    let folder = shop.path().join("ekspor");
    let export = ["ledger", "export", folder.to_str().unwrap()];
    shop.laci(&export).without("LACI_PIN").end().refused(3, "pin_required");
    assert!(!folder.exists(), "nothing was written");
    let made = shop.laci(&export).end().done();
    let verified = shop.locked(&["ledger", "verify"]).end().done();
    assert_eq!((&made["entries"], &made["head"]), (&verified["entries"], &verified["head"]));
    let log = std::fs::read_to_string(folder.join("log.jsonl")).unwrap();
    assert_eq!(Some(log.lines().count() as u64), made["entries"].as_u64());
    assert!(log.contains(made["head"].as_str().unwrap()), "the head stands in the log");
    let sales = std::fs::read_to_string(folder.join("sales.csv")).unwrap();
    assert!(sales.contains("A01-0002"), "{sales}");
    for name in made["files"].as_array().unwrap() {
        assert!(folder.join(name.as_str().unwrap()).is_file(), "{name}");
    }
    shop.laci(&export).end().refused(3, "export_not_empty");
}

#[test]
fn a_verb_waits_out_what_wrong_pins_owe_and_then_looks() {
    let shop = shop_with_history();
    let folder = shop.path().join("ekspor");
    let export = ["ledger", "export", folder.to_str().unwrap()];
    for _ in 0..5 {
        shop.laci(&export).variable("LACI_PIN", "000000").end().refused(3, "pin_wrong");
    }
    let begun = std::time::Instant::now();
    let ended = shop.laci(&export).end();
    assert!(begun.elapsed().as_secs() >= 30, "a new process owes the whole wait");
    ended.done();
}

/// A ledger of its own; the others here are copies of one.
fn fresh_shop() -> Shop {
    let shop = Shop::empty();
    shop.laci(&["init", "--shop", "Toko Lain", "--owner-pin"]).end().done();
    shop
}

/// The files that restores have laid aside, wherever.
fn laid_aside(shop: &Shop) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(shop.data().join("replaced")).into_iter().flatten().flatten();
    folders.map(|folder| folder.path().join("laci.db")).collect()
}

#[test]
fn another_shops_ledger_is_replaced_only_when_told_so_and_no_restore_loses_a_file() {
    let (mine, other) = (shop_with_history(), fresh_shop());
    let [file, wrong] = [&mine, &other].map(|shop| {
        backup(shop);
        file_of(shop).to_str().unwrap().to_owned()
    });
    let sold = own_payment(&mine, "17000");
    let before = mine.entries();
    mine.laci(&["ledger", "restore", &wrong]).end().refused(3, "other_ledger");
    assert_eq!(mine.entries(), before, "nothing was changed");

    // Told so, by mistake; and the mistake taken back.
    mine.laci(&["ledger", "restore", &wrong, "--other-ledger"]).end().done();
    mine.laci(&["ledger", "restore", &file, "--other-ledger"]).end().done();
    let aside = laid_aside(&mine);
    assert_eq!(aside.len(), 2, "each has a place of its own: {aside:?}");
    let number = sold["sale_number"].as_str().unwrap();
    let holds = |file: &PathBuf| {
        let asked = format!("SELECT count(*) FROM sale WHERE number = '{number}'");
        let out = std::process::Command::new("sqlite3").arg(file).arg(asked).output().unwrap();
        String::from_utf8_lossy(&out.stdout).trim() == "1"
    };
    assert!(aside.iter().any(holds), "the sale that no backup had is still on the disk");
    mine.must_be_whole();
}

#[test]
fn the_tables_of_a_copy_count_for_nothing_and_a_newer_one_is_not_called_damaged() {
    let shop = shop_with_history();
    backup(&shop);
    let file = file_of(&shop);
    let sql = |text: &str| {
        let done = std::process::Command::new("sqlite3").arg(&file).arg(text).status().unwrap();
        assert!(done.success(), "{text}");
    };
    sql("DELETE FROM evidence; DELETE FROM outbox; DELETE FROM attempt; DELETE FROM sale;");
    let other = Shop::empty();
    let restore = ["ledger", "restore", file.to_str().unwrap()];
    other.locked(&restore).end().done();
    other.must_be_whole();
    assert_eq!(
        other.locked(&["payment", "list"]).end().done()["payments"].as_array().unwrap().len(),
        3
    );
    sql("PRAGMA user_version = 99");
    let refused = Shop::empty().locked(&restore).end();
    let error = refused.refused(3, "newer_version");
    assert!(error["message"].as_str().unwrap().contains("Pasang Laci versi terbaru"), "{error}");
}

#[test]
fn a_backup_replaces_nothing_but_an_older_one_of_the_same_ledger() {
    let shop = shop_with_history();
    let photo = shop.path().join("foto.jpg");
    std::fs::write(&photo, "foto").unwrap();
    shop.locked(&["ledger", "backup", photo.to_str().unwrap()]).end().refused(3, "backup_occupied");
    assert_eq!(std::fs::read(&photo).unwrap(), b"foto");
    let there = format!("cd '{}'; exec \"$@\"", shop.path().display());
    for _ in 0..2 {
        let bare = ["ledger", "backup", "cadangan-relatif.laci"];
        let made = shop.laci_below(&["sh", "-c", &there, "sh"], &bare).end().done();
        assert_eq!(made["ok"], true, "a name alone, and the older one replaced");
    }
    let other = fresh_shop();
    let theirs = shop.path().join("cadangan-relatif.laci");
    let theirs = ["ledger", "backup", theirs.to_str().unwrap()];
    other.locked(&theirs).end().refused(3, "backup_occupied");
}

#[test]
fn where_a_ledger_was_lost_none_is_begun_in_silence() {
    let shop = shop_with_history();
    for file in ["laci.db", "laci.db-wal", "laci.db-shm"] {
        std::fs::remove_file(shop.data().join(file)).ok();
    }
    let begun = shop.laci(&["init", "--shop", "Baru"]).end();
    let error = begun.refused(3, "ledger_lost");
    assert!(error["message"].as_str().unwrap().contains("Pulihkan cadangan"), "{error}");
    std::fs::write(shop.data().join("laci.db"), b"").unwrap();
    shop.locked(&["ledger", "stats"]).end().refused(6, "integrity_broken");
}
