//! What a transaction promises: all or nothing, and nothing without being told.

use laci_core::{Body, SaleId};
use laci_ledger::{Ledger, LedgerError, Op, TransactError};

use crate::shop::{TestShop, at, gateway, new_id, sale, start};

#[test]
fn what_was_acknowledged_is_there_after_opening_again() {
    let shop = TestShop::new();
    let (sale_id, attempt_id) = shop.start(0, gateway());
    let head = shop.ledger.head();
    let (folder, _dir) = shop.closed();
    let ledger = Ledger::open(&folder, false).unwrap();
    assert_eq!(ledger.head(), head);
    let (sale, attempts) =
        ledger.read(|view| Ok((view.sale(sale_id)?.unwrap(), view.attempts_of(sale_id)?))).unwrap();
    assert_eq!(sale.sale.lines[0].name, "Fotokopi");
    assert_eq!(attempts.len(), 1, "the attempt belongs to its sale");
    assert_eq!(attempts[0].attempt.id, attempt_id);
}

#[test]
fn changes_name_what_a_screen_must_read_again() {
    let shop = TestShop::new();
    let done = shop.write(Op::PaymentStart, 0, |tx| start(tx, 0, gateway())).unwrap();
    let (sale_id, attempt_id) = done.value;
    assert!(done.changes.sales.contains(&sale_id) && done.changes.attempts.contains(&attempt_id));
    assert!(done.changes.outbox && !done.changes.settings);
    assert_eq!(done.head, shop.ledger.head());
    assert_eq!(done.head.seq, 3, "the ledger's own entry, the sale, the attempt");
}

#[test]
fn work_that_refuses_leaves_nothing() {
    let shop = TestShop::new();
    let head = shop.ledger.head();
    let refused = shop.ledger.transact(Op::PaymentStart, at(0), |tx| {
        start(tx, 0, gateway())?;
        Err::<(), _>(LedgerError::Cancelled)
    });
    assert_eq!(refused.unwrap_err(), TransactError::Work(LedgerError::Cancelled));
    assert_eq!(shop.ledger.head(), head);
    let number = shop.ledger.read(|view| view.next_sale_number()).unwrap();
    assert_eq!(number.to_string(), "A01-0001", "its number is free again");
}

#[test]
fn a_failure_that_the_work_hides_still_rolls_back() {
    let shop = TestShop::new();
    let hidden = shop.write(Op::Void, 0, |tx| {
        let sale = sale(tx, 10_000)?;
        tx.append(Body::SaleRecorded { sale })?;
        let nobody = SaleId(new_id());
        assert!(tx.append(Body::SaleVoided { sale_id: nobody }).is_err(), "there is no such sale");
        assert!(tx.put_blob(b"x").is_err(), "after a failure nothing more is taken");
        Ok(())
    });
    let error = hidden.unwrap_err();
    assert!(
        matches!(&error, TransactError::NotSaved(LedgerError::Contradiction { .. })),
        "{error:?}"
    );
    assert_eq!(shop.ledger.head().seq, 1);
    shop.start(1, gateway());
}

#[test]
fn a_panic_in_the_work_leaves_a_usable_ledger() {
    let shop = TestShop::new();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        shop.write(Op::PaymentStart, 0, |tx| {
            start(tx, 0, gateway())?;
            panic!("a fault in a use case")
        })
        .map(|done: laci_ledger::Committed<()>| done.head)
    }));
    assert!(panicked.is_err());
    assert_eq!(shop.ledger.head().seq, 1);
    shop.start(1, gateway());
    assert_eq!(shop.ledger.head().seq, 3);
}

#[test]
fn a_read_is_one_snapshot() {
    let shop = TestShop::new();
    shop.ledger
        .read(|view| {
            let before = view.entries(1, 100)?.len();
            shop.start(0, gateway());
            assert_eq!(view.entries(1, 100)?.len(), before, "a commit must not move under a read");
            Ok(())
        })
        .unwrap();
    let after = shop.ledger.read(|view| view.entries(1, 100)).unwrap();
    assert_eq!(after.len(), 3, "the next read sees it");
}

#[test]
fn somebody_elses_lock_is_waited_for_and_then_told() {
    let shop = TestShop::new();
    let other = crate::behind::raw(&shop.folder);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = shop.write(Op::PaymentStart, 0, |tx| start(tx, 0, gateway())).unwrap_err();
    assert_eq!(refused, TransactError::NotSaved(LedgerError::Busy));
    assert_eq!(refused.into_work().code(), "ledger_busy");
    other.execute_batch("ROLLBACK").unwrap();
    shop.start(1, gateway());
    assert_eq!(shop.ledger.head().seq, 3, "the sale goes on where it was");
}

#[test]
fn bodies_are_bounded_and_stored_once() {
    let shop = TestShop::new();
    let put = |bytes: &[u8]| shop.write(Op::Evidence, 0, |tx| tx.put_blob(bytes));
    let hash = put(b"raw").unwrap().value;
    assert_eq!(put(b"raw").unwrap().value, hash);
    assert_eq!(shop.ledger.read(|view| view.blob(hash)).unwrap().as_deref(), Some(&b"raw"[..]));
    let large = put(&vec![0; 4 * 1024 * 1024 + 1]).unwrap_err().into_work();
    assert_eq!(large.code(), "too_large");
}
