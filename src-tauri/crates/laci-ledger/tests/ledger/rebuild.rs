//! Tables made anew from the log: while selling goes on, and after a new version of their code.

use std::sync::atomic::{AtomicBool, Ordering};

use laci_ledger::{Ledger, ProblemKind};

use crate::behind::raw;
use crate::shop::{TestShop, gateway, more};

#[test]
fn a_rebuild_mends_tables_and_keeps_every_sale_made_meanwhile() {
    let shop = TestShop::new();
    let (sale_id, _) = shop.start(0, gateway());
    more(&shop.ledger, 300);
    let (folder, _dir) = shop.closed();
    raw(&folder).execute_batch("UPDATE sale SET total = 1; DELETE FROM outbox").unwrap();
    let ledger = Ledger::open(&folder, false).unwrap();
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert_eq!(verdict.problems[0].kind, ProblemKind::TableDiffers);

    let done = AtomicBool::new(false);
    let sold = std::thread::scope(|scope| {
        let selling = scope.spawn(|| {
            let mut sold = 0;
            while !done.load(Ordering::SeqCst) || sold == 0 {
                more(&ledger, 1);
                sold += 1;
            }
            sold
        });
        let rebuilt: Vec<_> = (0..3).map(|_| ledger.rebuild(&mut |_, _| true)).collect();
        done.store(true, Ordering::SeqCst);
        for rebuilt in rebuilt {
            assert!(rebuilt.unwrap().entries >= 303);
        }
        selling.join().unwrap()
    });
    assert_eq!(ledger.head().seq, 303 + sold, "every sale made meanwhile is there");
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
    let mended = ledger.read(|view| view.sale(sale_id)).unwrap().unwrap();
    assert_eq!(mended.sale.total.get(), 10_000);
    assert_eq!(ledger.read(|view| view.outbox_unsent()).unwrap(), 1, "what was owed is owed again");
}

#[test]
fn a_rebuild_leaves_poll_times_alone() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let poll = laci_ledger::PollState {
        next_at_ms: laci_core::UnixMs(5),
        last_asked_at_ms: laci_core::UnixMs(4),
        misses: 3,
        last_problem: Some("timeout".to_owned()),
    };
    shop.ledger.note_poll(attempt_id, &poll).unwrap();
    shop.ledger.rebuild(&mut |_, _| true).unwrap();
    assert_eq!(shop.ledger.read(|view| view.poll_of(attempt_id)).unwrap(), Some(poll));
}

#[test]
fn tables_of_another_version_are_made_anew_at_the_start() {
    let shop = TestShop::new();
    let (sale_id, attempt_id) = shop.start(0, gateway());
    let (folder, _dir) = shop.closed();
    raw(&folder)
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             UPDATE projection SET version = 0 WHERE name = 'attempt';
             DROP TABLE attempt;
             CREATE TABLE attempt (something_else TEXT);",
        )
        .unwrap();
    let ledger = Ledger::open(&folder, false).unwrap();
    assert!(ledger.verify(&mut |_, _| true).unwrap().ok);
    let attempts = ledger.read(|view| view.attempts_of(sale_id)).unwrap();
    assert_eq!(attempts[0].attempt.id, attempt_id);
}

#[test]
fn a_broken_log_is_not_rebuilt_from() {
    let shop = TestShop::new();
    more(&shop.ledger, 1_200);
    let (folder, _dir) = shop.closed();
    // Further back than the links that are checked at the start.
    crate::behind::unguarded(&folder, |conn| {
        conn.execute(
            "UPDATE log SET entry = replace(entry, 'Fotokopi', 'Fotokopo') WHERE seq = 9",
            [],
        )
        .unwrap();
    });
    let ledger = Ledger::open(&folder, false).unwrap();
    let error = ledger.rebuild(&mut |_, _| true).unwrap_err();
    assert!(error.is_integrity() && error.to_string().contains("entry 9"), "{error}");
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert_eq!(verdict.problems[0].seq, Some(9));
}
