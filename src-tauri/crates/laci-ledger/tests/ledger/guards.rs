//! The triggers, seen by somebody who opens the file with another tool and default settings.

use crate::behind::raw;
use crate::shop::{RECEIPT, TestShop, gateway};

/// Every statement that could change or remove an entry or a body, and the words that refuse it.
const REFUSED: [(&str, &str); 14] = [
    ("UPDATE log SET entry = 'x' WHERE seq = 2", "entries never change"),
    ("UPDATE log SET seq = 99 WHERE seq = 2", "entries never change"),
    ("UPDATE OR IGNORE log SET hash = zeroblob(32)", "entries never change"),
    ("DELETE FROM log WHERE seq = 4", "entries are never removed"),
    ("DELETE FROM log", "entries are never removed"),
    ("INSERT OR REPLACE INTO log VALUES (2, 'x', zeroblob(32))", "the log only grows"),
    ("REPLACE INTO log VALUES (4, 'x', zeroblob(32))", "the log only grows"),
    ("INSERT OR IGNORE INTO log VALUES (2, 'x', zeroblob(32))", "the log only grows"),
    (
        "INSERT INTO log VALUES (2, 'x', zeroblob(32)) ON CONFLICT DO UPDATE SET entry = 'x'",
        "the log only grows",
    ),
    ("INSERT INTO log VALUES (8, 'x', zeroblob(32))", "the log only grows"),
    ("INSERT INTO log VALUES (NULL, 'x', zeroblob(32))", "the log only grows"),
    ("UPDATE blob SET bytes = x'00'", "a body never changes"),
    ("DELETE FROM blob", "a body is erased"),
    ("INSERT OR REPLACE INTO blob (hash, bytes) SELECT hash, x'00' FROM blob", "stored once"),
];

#[test]
fn no_plain_statement_changes_an_entry_or_a_body() {
    let shop = TestShop::new();
    let (sale_id, attempt_id) = shop.start(0, gateway());
    shop.cover(1, sale_id, attempt_id);
    let before = shop.ledger.read(|view| view.entries(1, 100)).unwrap();
    assert_eq!(before.len(), 6);
    let (folder, _dir) = shop.closed();
    let conn = raw(&folder);
    for recursive in ["OFF", "ON"] {
        conn.execute_batch(&format!("PRAGMA recursive_triggers = {recursive}")).unwrap();
        for (sql, words) in REFUSED {
            let error = conn.execute_batch(sql).unwrap_err().to_string();
            assert!(error.contains(words), "{sql}: {error}");
        }
    }
    drop(conn);
    let ledger = laci_ledger::Ledger::open(&folder, false).unwrap();
    assert_eq!(ledger.read(|view| view.entries(1, 100)).unwrap(), before);
    let hash = laci_core::Hash::of_bytes(RECEIPT);
    assert_eq!(ledger.read(|view| view.blob(hash)).unwrap().as_deref(), Some(RECEIPT));
}
