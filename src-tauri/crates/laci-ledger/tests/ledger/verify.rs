//! The check and the figures of a ledger that is open.

use std::collections::BTreeMap;

use laci_ledger::LedgerError;

use crate::shop::{TestShop, gateway, more};

#[test]
fn an_open_ledger_is_checked_while_it_grows() {
    let shop = TestShop::new();
    let writer = shop.ledger.clone();
    let growing = std::thread::spawn(move || more(&writer, 60));
    let mut checked = 0;
    while !growing.is_finished() {
        let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
        assert!(verdict.ok, "{:?}", verdict.problems);
        checked = verdict.entries;
    }
    assert_eq!(growing.join().unwrap(), 61);
    assert!(checked > 0, "at least one check ran");
    let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
    assert_eq!((verdict.entries, verdict.head), (61, shop.ledger.head()));
}

#[test]
fn a_check_can_be_stopped() {
    let shop = TestShop::new();
    more(&shop.ledger, 3);
    let stopped = shop.ledger.verify(&mut |_, _| false);
    assert_eq!(stopped.unwrap_err(), LedgerError::Cancelled);
    let left = std::fs::read_dir(&shop.folder.data).unwrap();
    let left: Vec<_> = left.map(|file| file.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("tmp")), "{left:?}");
}

#[test]
fn figures_count_what_is_there() {
    let shop = TestShop::new();
    let (sale_id, attempt_id) = shop.start(0, gateway());
    shop.cover(1, sale_id, attempt_id);
    let stats = shop.ledger.stats().unwrap();
    assert_eq!(stats.entries, 6);
    assert_eq!(stats.head, shop.ledger.head());
    let expected = ["attempt_started", "ledger_created", "sale_covered", "sale_recorded"];
    let mut expected: BTreeMap<String, u64> = expected.map(|name| (name.to_owned(), 1)).into();
    expected.insert("evidence_added".to_owned(), 2);
    assert_eq!(stats.by_type, expected);
    assert_eq!((stats.blobs, stats.blob_bytes), (1, 9), "one receipt of nine bytes");
    assert!(stats.file_bytes > 0 && stats.wal_bytes > 0);
    assert!(stats.sqlite.starts_with("3."), "{}", stats.sqlite);
}
