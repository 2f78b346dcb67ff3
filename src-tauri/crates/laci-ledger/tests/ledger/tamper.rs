//! Whoever holds the file can change it. Every change must be found, and the first broken place named.

use std::sync::OnceLock;

use laci_core::{Body, Hash};
use laci_ledger::{Folder, Ledger, ProblemKind, Verdict};
use proptest::prelude::*;
use rusqlite::{Connection, params};

use crate::behind::{copy_files, raw, unguarded};
use crate::shop::{
    RECEIPT, TestShop, bill, covered, folder_in, gateway, own_qris, paid, seen, shop_in,
};

/// A closed ledger with every sort of entry that a day brings, and how many there are.
fn a_day() -> &'static (Folder, u64, tempfile::TempDir) {
    static DAY: OnceLock<(Folder, u64, tempfile::TempDir)> = OnceLock::new();
    DAY.get_or_init(|| {
        let shop = TestShop::new();
        shop.append(0, shop_in(laci_core::Zone::Wib, "00:00"));
        for minute in 1..4 {
            let (sale_id, attempt_id) = shop.start(minute, gateway());
            let name = format!("PG-{minute}");
            let add = |evidence| Body::EvidenceAdded { attempt_id, evidence };
            shop.append(minute, add(bill(&name, 10_000, None)));
            let mut payment = paid(&name, 10_000);
            payment.raw = Some(Hash::of_bytes(RECEIPT));
            shop.append(minute, add(payment));
            shop.append(minute, covered(sale_id, attempt_id));
        }
        let (_, attempt_id) = shop.start(5, own_qris(-1));
        let evidence = seen(laci_core::Source::Till, laci_core::AttemptState::Unverified);
        shop.append(5, Body::EvidenceAdded { attempt_id, evidence });
        let end = shop.ledger.head().seq;
        let (folder, dir) = shop.closed();
        (folder, end, dir)
    })
}

/// A copy of the day, changed by `work` with the guards away, and what the check says of it.
fn verdict_after(work: impl FnOnce(&Connection)) -> Verdict {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    copy_files(&a_day().0.data, &folder.data);
    copy_files(&a_day().0.anchors, &folder.anchors);
    unguarded(&folder, work);
    Ledger::verify_folder(&folder, &mut |_, _| true).unwrap()
}

/// The kind and place of the first problem.
fn first(verdict: &Verdict) -> (ProblemKind, Option<u64>) {
    assert!(!verdict.ok, "the change was not found");
    (verdict.problems[0].kind, verdict.problems[0].seq)
}

#[test]
fn an_untouched_ledger_is_whole() {
    let verdict = verdict_after(|_| {});
    assert!(verdict.ok, "{:?}", verdict.problems);
    assert_eq!(verdict.entries, a_day().1);
    assert_eq!(verdict.anchor_seq, Some(a_day().1));
}

#[test]
fn a_deleted_row_is_named() {
    let verdict =
        verdict_after(|conn| conn.execute_batch("DELETE FROM log WHERE seq = 9").unwrap());
    assert_eq!(first(&verdict), (ProblemKind::EntryMissing, Some(9)));
    assert_eq!(
        verdict.problems.iter().filter(|problem| problem.seq.is_some()).count(),
        1,
        "what follows a gap is not judged against what is missing: {:?}",
        verdict.problems
    );
}

#[test]
fn a_cut_tail_is_seen_though_the_chain_is_whole() {
    let end = a_day().1;
    let verdict = verdict_after(|conn| {
        conn.execute("DELETE FROM log WHERE seq > 12", []).unwrap();
    });
    assert!(end > 13);
    assert_eq!(first(&verdict), (ProblemKind::OlderThanAnchor, Some(13)), "the first that is gone");
    assert_eq!(
        verdict.problems.len(),
        1,
        "nobody is told to make tables anew: {:?}",
        verdict.problems
    );
}

#[test]
fn a_rewritten_history_with_a_whole_chain_is_seen() {
    let end = a_day().1;
    let verdict = verdict_after(|conn| rechain(conn, 7));
    assert_eq!(first(&verdict), (ProblemKind::AnchorMismatch, Some(end)));
}

#[test]
fn tables_that_do_not_follow_from_the_log_are_named() {
    for (table, sql) in [
        ("sale", "UPDATE sale SET total = total + 1 WHERE seq = 3"),
        ("sale", "UPDATE sale SET lines = '[]' WHERE covered_seq IS NULL"),
        ("attempt", "UPDATE attempt SET state = 'paid' WHERE open_own_total IS NOT NULL"),
        ("outbox", "UPDATE outbox SET state = 'done'"),
        ("setting", "INSERT INTO setting (name, value) VALUES ('limits', '{\"max_amount\":1}')"),
        ("person", "INSERT INTO person (id, added_seq, role) VALUES ('x', 1, 'owner')"),
        ("evidence", "DELETE FROM evidence WHERE seq = (SELECT max(seq) FROM evidence)"),
    ] {
        let verdict = verdict_after(|conn| conn.execute_batch(sql).unwrap());
        assert_eq!(first(&verdict), (ProblemKind::TableDiffers, None), "{sql}");
        assert!(verdict.problems[0].detail.starts_with(table), "{:?}", verdict.problems);
    }
}

#[test]
fn a_table_that_lost_a_column_is_named() {
    let verdict = verdict_after(|conn| {
        conn.execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'cashier', 'cashiex') WHERE name = 'sale';",
        )
        .unwrap();
    });
    assert_eq!(first(&verdict), (ProblemKind::TableDiffers, None));
    assert_eq!(verdict.problems[0].detail, "sale, columns");
}

#[test]
fn a_row_that_its_index_does_not_hold_is_found() {
    let verdict = verdict_after(|conn| {
        // The index is put in the place of an empty one, as a page that went bad would be.
        conn.execute_batch(
            "CREATE INDEX empty ON sale (book_date) WHERE total < 0;
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET rootpage =
               (SELECT rootpage FROM sqlite_schema WHERE name = 'empty')
             WHERE name = 'sale_by_book_date';
             DELETE FROM sqlite_schema WHERE name = 'empty';",
        )
        .unwrap();
    });
    assert_eq!(first(&verdict).0, ProblemKind::FileDamaged);
    let told = verdict.problems.iter().any(|problem| problem.detail.contains("missing from index"));
    assert!(told, "{:?}", verdict.problems);
}

#[test]
fn a_sum_that_nobody_can_add_up_is_told_and_no_failure() {
    let sql = "UPDATE posting SET amount = 9223372036854775807 WHERE account = 'revenue'";
    let verdict = verdict_after(|conn| conn.execute_batch(sql).unwrap());
    assert_eq!(first(&verdict), (ProblemKind::TableDiffers, None));
    let kinds: Vec<_> = verdict.problems.iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&ProblemKind::Unbalanced), "{kinds:?}");
}

#[test]
fn bodies_are_checked_against_their_names() {
    let drop_guards = |conn: &Connection| {
        conn.execute_batch("DROP TRIGGER blob_only_erased; DROP TRIGGER blob_never_removed")
            .unwrap();
    };
    let changed = verdict_after(|conn| {
        drop_guards(conn);
        conn.execute("UPDATE blob SET bytes = x'00'", []).unwrap();
    });
    let kinds: Vec<_> = changed.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::GuardsChanged, ProblemKind::BodyChanged]);
    let missing = verdict_after(|conn| {
        drop_guards(conn);
        conn.execute("DELETE FROM blob", []).unwrap();
    });
    assert_eq!(first(&missing).0, ProblemKind::BodyMissing);
}

#[test]
fn missing_guards_are_seen_here_and_at_the_door() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    copy_files(&a_day().0.data, &folder.data);
    copy_files(&a_day().0.anchors, &folder.anchors);
    raw(&folder).execute_batch("DROP TRIGGER log_never_changes").unwrap();
    let verdict = Ledger::verify_folder(&folder, &mut |_, _| true).unwrap();
    assert_eq!(first(&verdict), (ProblemKind::GuardsChanged, None));
    let error = Ledger::open(&folder, false).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), "integrity_broken");
}

#[test]
fn the_door_sees_a_break_among_the_last_links() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    copy_files(&a_day().0.data, &folder.data);
    unguarded(&folder, |conn| flip(conn, "entry", 9, 40, 1));
    let error = Ledger::open(&folder, false).map(|_| ()).unwrap_err();
    assert_eq!(error, laci_ledger::OpenError::BrokenChain { seq: 9 });
}

#[test]
fn a_file_with_garbage_in_it_is_damaged_not_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    copy_files(&a_day().0.data, &folder.data);
    let path = crate::behind::database(&folder);
    let mut bytes = std::fs::read(&path).unwrap();
    // The second page is the root of the log.
    bytes[2048 + 8..4096].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    match Ledger::verify_folder(&folder, &mut |_, _| true) {
        Ok(verdict) => assert!(!verdict.ok),
        Err(error) => assert!(error.is_integrity(), "{error:?}"),
    }
}

/// One way to change the file. Places are taken modulo what there is.
#[derive(Clone, Debug)]
enum Mutation {
    Flip { column: &'static str, row: u64, byte: usize, bit: u8 },
    Delete { row: u64 },
    CutTail { rows: u64 },
    Renumber { row: u64, by: u64 },
    Swap { row: u64, other: u64, with_hash: bool },
    Insert { row: u64, copy_of: u64 },
    Rechain { row: u64 },
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    let column = prop::sample::select(vec!["entry", "hash"]);
    let row = || 1_u64..1_000;
    prop_oneof![
        4 => (column, row(), 0_usize..2_000, 0_u8..8)
            .prop_map(|(column, row, byte, bit)| Mutation::Flip { column, row, byte, bit }),
        1 => row().prop_map(|row| Mutation::Delete { row }),
        1 => (1_u64..10).prop_map(|rows| Mutation::CutTail { rows }),
        1 => (row(), 1_u64..50).prop_map(|(row, by)| Mutation::Renumber { row, by }),
        2 => (row(), row(), any::<bool>())
            .prop_map(|(row, other, with_hash)| Mutation::Swap { row, other, with_hash }),
        1 => (row(), row()).prop_map(|(row, copy_of)| Mutation::Insert { row, copy_of }),
        1 => row().prop_map(|row| Mutation::Rechain { row }),
    ]
}

/// Applies the mutation and returns the place that must be named first; none when nothing changed.
fn mutate(conn: &Connection, mutation: &Mutation, end: u64) -> Option<u64> {
    let place = |row: u64| (row - 1) % end + 1;
    match *mutation {
        Mutation::Flip { column, row, byte, bit } => {
            flip(conn, column, place(row), byte, bit);
            Some(place(row))
        }
        Mutation::Delete { row } => {
            conn.execute("DELETE FROM log WHERE seq = ?1", [place(row) as i64]).unwrap();
            Some(place(row))
        }
        Mutation::CutTail { rows } => {
            conn.execute("DELETE FROM log WHERE seq > ?1", [(end - rows) as i64]).unwrap();
            Some(end - rows + 1)
        }
        Mutation::Renumber { row, by } => {
            let sql = "UPDATE log SET seq = ?2 WHERE seq = ?1";
            conn.execute(sql, [place(row) as i64, (end + by) as i64]).unwrap();
            Some(place(row))
        }
        Mutation::Swap { row, other, with_hash } => {
            let (low, high) = (place(row).min(place(other)), place(row).max(place(other)));
            swap(conn, low, high, with_hash);
            (low != high).then_some(low)
        }
        Mutation::Insert { row, copy_of } => {
            let (row, copy_of) = (place(row), place(copy_of));
            insert(conn, row, copy_of);
            // A second copy of the row itself is first wrong where the first copy is not expected again.
            Some(if row == copy_of { row + 1 } else { row })
        }
        Mutation::Rechain { row } => {
            rechain(conn, place(row));
            Some(end)
        }
    }
}

pub(crate) fn flip(conn: &Connection, column: &str, row: u64, byte: usize, bit: u8) {
    let sql = format!("SELECT CAST({column} AS BLOB) FROM log WHERE seq = ?1");
    let mut bytes: Vec<u8> = conn.query_row(&sql, [row as i64], |found| found.get(0)).unwrap();
    let byte = byte % bytes.len();
    bytes[byte] ^= 1 << bit;
    let kind = if column == "entry" { "TEXT" } else { "BLOB" };
    let sql = format!("UPDATE log SET {column} = CAST(?2 AS {kind}) WHERE seq = ?1");
    conn.execute(&sql, params![row as i64, bytes]).unwrap();
}

pub(crate) fn swap(conn: &Connection, low: u64, high: u64, with_hash: bool) {
    let row = |seq: u64| {
        let sql = "SELECT entry, hash FROM log WHERE seq = ?1";
        let read = |found: &rusqlite::Row<'_>| Ok((found.get(0)?, found.get(1)?));
        conn.query_row::<(String, Vec<u8>), _, _>(sql, [seq as i64], read).unwrap()
    };
    let (first, second) = (row(low), row(high));
    for (seq, (entry, hash), own) in [(low, &second, &first.1), (high, &first, &second.1)] {
        let hash = if with_hash { hash } else { own };
        let sql = "UPDATE log SET entry = ?2, hash = ?3 WHERE seq = ?1";
        conn.execute(sql, params![seq as i64, entry, hash]).unwrap();
    }
}

fn insert(conn: &Connection, row: u64, copy_of: u64) {
    let far = 1_000_000;
    conn.execute_batch(&format!(
        "CREATE TEMP TABLE copied AS SELECT entry, hash FROM log WHERE seq = {copy_of};
         UPDATE log SET seq = seq + {far} WHERE seq >= {row};
         UPDATE log SET seq = seq - {far} + 1 WHERE seq > {far};
         INSERT INTO log (seq, entry, hash) SELECT {row}, entry, hash FROM copied;"
    ))
    .unwrap();
}

/// Changes an entry's moment and computes every later hash anew, as somebody who knows the method would.
fn rechain(conn: &Connection, from: u64) {
    let mut previous = Hash::GENESIS;
    let mut statement = conn.prepare("SELECT seq, entry, hash FROM log ORDER BY seq").unwrap();
    let rows: Vec<(i64, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (seq, text) in rows {
        let text = if seq as u64 == from { text.replacen("\"at\":1", "\"at\":2", 1) } else { text };
        previous = Hash::chained(previous, text.as_bytes());
        let sql = "UPDATE log SET entry = ?2, hash = ?3 WHERE seq = ?1";
        conn.execute(sql, params![seq, text, previous.0]).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_change_is_found_at_its_first_place(mutation in any_mutation()) {
        let mut place = None;
        let verdict = verdict_after(|conn| place = mutate(conn, &mutation, a_day().1));
        match place {
            None => prop_assert!(verdict.ok),
            Some(place) => {
                prop_assert!(!verdict.ok, "not found");
                prop_assert_eq!(verdict.problems[0].seq, Some(place), "{:?}", verdict.problems);
            }
        }
    }
}
