//! Somebody changes the file behind the program's back: `ledger verify` finds it, and nothing is sold on a doubtful
//! ledger.

use crate::cli_world::{own_payment, shop_with_history};
use laci_tests::laci::{Files, Shop};
use serde_json::Value;
use std::process::Command;

/// What another program does to the file, by SQLite's own.
fn tamper(shop: &Shop, sql: &str) -> String {
    let out = Command::new("sqlite3").arg(shop.database()).arg(sql).output().expect("sqlite3 runs");
    assert!(out.status.success(), "{sql}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).trim().to_owned()
}

/// The same with a guard taken away first and put back after, as one who knows the program would do.
fn tamper_past(shop: &Shop, guard: &str, sql: &str) {
    let made = tamper(shop, &format!("SELECT sql FROM sqlite_schema WHERE name = '{guard}'"));
    assert!(made.starts_with("CREATE TRIGGER"), "the guard is there: {made}");
    tamper(shop, &format!("DROP TRIGGER {guard}; {sql}; {made};"));
}

/// `ledger verify` ends with 6 and names the problem; the file stays as it is.
fn must_be_found(shop: &Shop, code: &str) -> Value {
    let before = std::fs::read(shop.database()).unwrap();
    let answer = shop.locked(&["ledger", "verify"]).end();
    let verdict = answer.json();
    assert_eq!((answer.exit, &verdict["ok"]), (Some(6), &false.into()), "{code}: {answer:?}");
    let problems = verdict["problems"].as_array().unwrap();
    let named = problems.iter().find(|problem| problem["code"] == code);
    let named = named.unwrap_or_else(|| panic!("{code} is not among {problems:?}")).clone();
    assert!(named["message"].as_str().is_some_and(|text| text.len() > 10), "words: {named}");
    assert!(before == std::fs::read(shop.database()).unwrap(), "a check changes nothing");
    named
}

/// A sale is refused with 6, and the file stays as it is.
fn must_not_sell(shop: &Shop, code: &str) {
    let before = std::fs::read(shop.database()).unwrap();
    let answer = shop.locked(&["charge", "--amount", "10000", "--own-qris"]).end();
    let error = answer.refused(6, code);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("Tidak ada yang diubah"), "what is safe: {message}");
    assert!(before == std::fs::read(shop.database()).unwrap(), "a doubtful ledger is not written");
}

fn last_seq(shop: &Shop) -> u64 {
    tamper(shop, "SELECT max(seq) FROM log").parse().unwrap()
}

#[test]
fn an_untouched_ledger_is_whole() {
    let shop = shop_with_history();
    let verdict = shop.locked(&["ledger", "verify"]).end().done();
    assert_eq!(verdict["entries"], last_seq(&shop));
    assert_eq!(verdict["problems"], serde_json::json!([]));
    assert_eq!(verdict["head"].as_str().map(str::len), Some(64), "{verdict}");
}

#[test]
fn a_flipped_byte_is_found_wherever_it_counts() {
    let shop = shop_with_history();
    let whole = std::fs::read(shop.database()).unwrap();
    let content = tamper(&shop, ".dump");
    let word = b"dilihat di ponsel";
    let places: Vec<usize> =
        (0..whole.len() - word.len()).filter(|&at| whole[at..].starts_with(word)).collect();
    let mut in_the_log = 0;
    for at in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(shop.database(), &bytes).unwrap();
        if tamper(&shop, ".dump") == content {
            // A page's unused part still holds an older row: no part of the ledger.
            continue;
        }
        let answer = shop.locked(&["ledger", "verify"]).end();
        let verdict = answer.json();
        assert_eq!((answer.exit, &verdict["ok"]), (Some(6), &false.into()), "at {at}: {answer:?}");
        in_the_log += u32::from(verdict["problems"][0]["code"] == "chain_broken");
    }
    assert_eq!(in_the_log, 3, "each of the three confirmations stands in the log once");
    std::fs::write(shop.database(), &whole).unwrap();
    shop.must_be_whole();
}

#[test]
fn a_changed_entry() {
    let shop = shop_with_history();
    tamper_past(
        &shop,
        "log_never_changes",
        "UPDATE log SET entry = replace(entry, '11000', '1000') WHERE entry LIKE '%11000%'",
    );
    must_be_found(&shop, "chain_broken");
    must_not_sell(&shop, "integrity_broken");
}

#[test]
fn a_deleted_row() {
    let shop = shop_with_history();
    let seq = last_seq(&shop) / 2;
    tamper_past(&shop, "log_never_shrinks", &format!("DELETE FROM log WHERE seq = {seq}"));
    let found = must_be_found(&shop, "entry_missing");
    assert_eq!(found["seq"], seq, "it says which: {found}");
    must_not_sell(&shop, "integrity_broken");
}

#[test]
fn a_cut_tail() {
    let shop = shop_with_history();
    let kept = last_seq(&shop) - 3;
    tamper_past(&shop, "log_never_shrinks", &format!("DELETE FROM log WHERE seq > {kept}"));
    must_be_found(&shop, "ledger_older_than_anchor");
    must_not_sell(&shop, "ledger_older_than_anchor");
}

#[test]
fn an_older_copy_put_back() {
    let shop = shop_with_history();
    let older = Files::of(&shop.data());
    own_payment(&shop, "14000");
    std::fs::remove_dir_all(shop.data()).unwrap();
    older.put(&shop.data());
    must_be_found(&shop, "ledger_older_than_anchor");
    must_not_sell(&shop, "ledger_older_than_anchor");
}

#[test]
fn another_history_of_the_same_length() {
    let shop = shop_with_history();
    let before = Files::of(&shop.data());
    own_payment(&shop, "14000");
    let seen = Files::of(&shop.state());
    std::fs::remove_dir_all(shop.path()).unwrap();
    before.put(&shop.data());
    own_payment(&shop, "15000");
    seen.put(&shop.state());
    must_be_found(&shop, "anchor_mismatch");
    must_not_sell(&shop, "integrity_broken");
}

#[test]
fn a_guard_taken_away() {
    let shop = shop_with_history();
    tamper(&shop, "DROP TRIGGER log_never_changes");
    must_be_found(&shop, "guards_changed");
    must_not_sell(&shop, "integrity_broken");
}

#[test]
fn a_changed_body() {
    let shop = shop_with_history();
    tamper_past(
        &shop,
        "blob_only_erased",
        "UPDATE blob SET bytes = CAST(bytes || ' ' AS BLOB) WHERE bytes IS NOT NULL",
    );
    must_be_found(&shop, "body_changed");
}

#[test]
fn a_changed_table_is_found_and_built_again() {
    let shop = shop_with_history();
    tamper(&shop, "UPDATE attempt SET total = total + 1");
    must_be_found(&shop, "table_differs");
    let rebuilt = shop.laci(&["ledger", "rebuild"]).end().done();
    assert_eq!((&rebuilt["ok"], &rebuilt["problems"]), (&true.into(), &serde_json::json!([])));
    shop.must_be_whole();
}

#[test]
fn a_folder_from_a_newer_version_is_left_as_it_is() {
    let shop = shop_with_history();
    tamper(&shop, "PRAGMA user_version = 99");
    let before = std::fs::read(shop.database()).unwrap();
    for asked in [
        &["charge", "--amount", "10000", "--own-qris"][..],
        &["payment", "list"],
        &["sync"],
        &["ledger", "verify"],
        &["init", "--shop", "Toko"],
    ] {
        let error = shop.laci(asked).end().refused(3, "newer_version");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("Tidak ada yang diubah"), "what is safe: {message}");
    }
    assert!(before == std::fs::read(shop.database()).unwrap(), "not one byte was changed");
    let wal = shop.data().join("laci.db-wal");
    assert_eq!(wal.metadata().map_or(0, |wal| wal.len()), 0, "and no change waits beside it");
}

#[test]
fn what_is_no_ledger_is_left_as_it_is() {
    let shop = Shop::empty();
    std::fs::create_dir_all(shop.data()).unwrap();
    let mine = vec![b'x'; 8192];
    std::fs::write(shop.database(), &mine).unwrap();
    for asked in [&["payment", "list"][..], &["init", "--shop", "Toko"], &["ledger", "verify"]] {
        shop.laci(asked).end().refused(5, "not_a_ledger");
    }
    assert!(std::fs::read(shop.database()).unwrap() == mine, "somebody's file is untouched");
}
