//! Shifts: their order, their count, and the chain of their Zs.

use laci_core::books::{ZNumber, z};
use laci_core::{Body, CashMove, Closing, Hash, PersonId, Role, ShiftEvent};

use crate::counter::{
    closing, count_and_close, counted, moved, opened, person, rp, sell_for_cash, shift,
};
use crate::shop::{TestShop, at};

fn closed(closing: Closing) -> Body {
    shift(ShiftEvent::Closed { closing })
}

/// A shop whose first shift is open and counted.
fn counted_shop() -> TestShop {
    let shop = TestShop::new();
    shop.append(0, opened(1, 50_000));
    shop.append(1, counted(1, 50_000));
    shop
}

#[test]
fn numbers_follow_and_only_one_is_open() {
    let shop = TestShop::new();
    for wrong in [0, 2] {
        assert!(shop.refused(at(0), opened(wrong, 0)).contains("follow one another"), "{wrong}");
    }
    let seq = shop.append(1, opened(1, 50_000));
    let row = shop.ledger.read(|view| view.open_shift()).unwrap().unwrap();
    assert_eq!((row.number, row.opened_seq, row.opened_at), (1, seq, at(1).now));
    assert_eq!((row.float, row.cashier.as_str(), row.is_open()), (rp(50_000), "counter", true));
    assert_eq!((row.counted, row.closed_seq, row.closing), (None, None, None));
    for wrong in [1, 2] {
        assert!(shop.refused(at(2), opened(wrong, 0)).contains("shift_open"), "{wrong}");
    }
    shop.done(at(3), |tx| count_and_close(tx, at(3), 0));
    assert_eq!(shop.ledger.read(|view| view.open_shift()).unwrap(), None);
    for wrong in [1, 3] {
        assert!(shop.refused(at(4), opened(wrong, 0)).contains("follow one another"), "{wrong}");
    }
    shop.append(5, opened(2, 0));
    let shifts = shop.ledger.read(|view| view.shifts(10)).unwrap();
    assert_eq!(shifts.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(shop.ledger.read(|view| view.shifts(1)).unwrap().len(), 1);
    assert_eq!(shop.ledger.read(|view| view.newest_shift()).unwrap().unwrap().number, 2);
}

#[test]
fn a_shift_is_whose_it_is_said_to_be() {
    let shop = TestShop::new();
    let ani = PersonId(crate::shop::new_id());
    shop.done(at(0), |tx| {
        tx.put_blob(b"Ani")?;
        tx.append(person(ani, Role::Cashier, "Ani"))?;
        let event = ShiftEvent::Opened { shift: 1, float: rp(0), by: Some(ani) };
        tx.append(shift(event))
    });
    let row = shop.ledger.read(|view| view.shift(1)).unwrap().unwrap();
    assert_eq!(row.cashier, ani.to_string());
    assert_eq!(shop.lines_of(1)[0].line.cashier, ani.to_string(), "and so is its float");
}

#[test]
fn cash_moves_only_in_an_open_shift() {
    let shop = TestShop::new();
    for kind in CashMove::ALL {
        let error = shop.refused(at(0), moved(kind, 1_000));
        assert!(error.contains("cash moves in an open shift"), "{error}");
    }
    assert!(shop.refused(at(0), counted(1, 0)).contains("only an open shift is counted"));
    shop.append(0, shift(ShiftEvent::DrawerOpened { reason: "Tukar uang".to_owned() }));
    shop.append(1, opened(1, 50_000));
    for kind in CashMove::ALL {
        shop.append(2, moved(kind, 1_000));
    }
    assert!(shop.refused(at(2), moved(CashMove::Out, 0)).contains("amount_zero"));
    assert!(shop.refused(at(2), moved(CashMove::Out, -1)).contains("amount_negative"));
    shop.done(at(3), |tx| count_and_close(tx, at(3), 0));
    let error = shop.refused(at(4), moved(CashMove::Out, 1_000));
    assert!(error.contains("cash moves in an open shift"), "{error}");
}

#[test]
fn a_shift_ends_only_on_its_own_locked_count() {
    let shop = TestShop::new();
    shop.append(0, opened(1, 50_000));
    let uncounted = shop.tried(at(1), |tx| {
        let closing = closing(tx, at(1))?;
        tx.append(closed(closing))
    });
    let error = uncounted.unwrap_err().into_work().to_string();
    assert!(error.contains("on its locked count"), "{error}");
    shop.append(2, counted(1, 49_000));
    shop.append(3, counted(1, 49_500));
    let row = shop.ledger.read(|view| view.shift(1)).unwrap().unwrap();
    let count = row.counted.unwrap();
    assert_eq!((count.counted, count.counts, count.at), (rp(49_500), 2, at(3).now));
    let wrongly = |change: fn(&mut Closing)| {
        let tried = shop.tried(at(4), |tx| {
            let mut closing = closing(tx, at(4))?;
            change(&mut closing);
            tx.append(closed(closing))
        });
        let error = tried.unwrap_err().into_work().to_string();
        assert!(error.contains("on its locked count"), "{error}");
    };
    wrongly(|closing| closing.counted = rp(49_000));
    wrongly(|closing| closing.shift = 2);
    let seq = shop.done(at(5), |tx| {
        let closing = closing(tx, at(5))?;
        tx.append(closed(closing))
    });
    let row = shop.ledger.read(|view| view.shift(1)).unwrap().unwrap();
    let closing = row.closing.unwrap();
    assert_eq!((row.closed_seq, row.closed_at), (Some(seq), Some(at(5).now)));
    assert_eq!((closing.expected, closing.counted), (rp(50_000), rp(49_500)));
    let again = shop.refused(at(6), closed(Closing { number: z_after(1), ..next_of(&closing) }));
    assert!(again.contains("shift_not_open"), "a shift ends once: {again}");
}

fn z_after(counter: u32) -> ZNumber {
    ZNumber { epoch: 1, counter: counter + 1 }
}

/// The same closing, chained behind itself.
fn next_of(closing: &Closing) -> Closing {
    Closing { previous: closing.hash, ..closing.clone() }
}

#[test]
fn a_z_follows_the_one_before_it() {
    let shop = counted_shop();
    let wrongly = |change: &dyn Fn(&mut Closing)| {
        let tried = shop.tried(at(2), |tx| {
            let mut closing = closing(tx, at(2))?;
            change(&mut closing);
            tx.append(closed(closing))
        });
        let error = tried.unwrap_err().into_work().to_string();
        assert!(error.contains("a Z follows the one before it"), "{error}");
    };
    wrongly(&|closing| closing.number = z_after(1));
    wrongly(&|closing| closing.number = ZNumber { epoch: 1, counter: 0 });
    wrongly(&|closing| closing.previous = Hash::of_bytes(b"another"));
    shop.done(at(3), |tx| count_and_close(tx, at(3), 0));
    shop.append(4, opened(2, 0));
    shop.append(4, counted(2, 0));
    wrongly(&|closing| closing.number = ZNumber::FIRST);
    wrongly(&|closing| closing.number = z_after(2));
    wrongly(&|closing| closing.previous = Hash::GENESIS);
    let second = shop.done(at(5), |tx| count_and_close(tx, at(5), 700));
    assert_eq!(second.to_string(), "Z-000002");
    let row = shop.ledger.read(|view| view.shift_of_z(second)).unwrap().unwrap();
    assert_eq!(row.number, 2);
    let closings = shop.ledger.read(|view| view.closings()).unwrap();
    assert_eq!(closings[1].previous, closings[0].hash);
    let last = shop.ledger.read(|view| view.last_z()).unwrap();
    assert_eq!(last, Some((second, closings[1].hash)));
}

#[test]
fn a_z_says_what_the_shift_was_and_a_replay_says_the_same() {
    let shop = TestShop::new();
    for (number, minute) in [(1, 0), (2, 10), (3, 20)] {
        shop.append(minute, opened(number, 20_000));
        shop.done(at(minute + 1), |tx| sell_for_cash(tx, at(minute + 1), 10_000, 20_000, 0));
        shop.done(at(minute + 2), |tx| count_and_close(tx, at(minute + 2), -500));
    }
    let closings = shop.ledger.read(|view| view.closings()).unwrap();
    let zs: Vec<z::Z> = closings
        .iter()
        .map(|closing| {
            let text = shop.ledger.read(|view| view.blob(closing.report)).unwrap().unwrap();
            let text = String::from_utf8(text).unwrap();
            z::Z { number: closing.number, text, hash: closing.hash }
        })
        .collect();
    assert_eq!(z::check(&zs, None).unwrap().unwrap().0.counter, 3);
    for z in &zs {
        let said = z.report().unwrap().report;
        assert_eq!((said.turnover, said.sales), (rp(10_000), 1));
        assert_eq!((said.cash.expected, said.cash.difference), (rp(30_000), Some(rp(-500))));
    }
    let before = shop.ledger.read(|view| view.shifts(10)).unwrap();
    shop.ledger.rebuild(&mut |_, _| true).unwrap();
    assert_eq!(shop.ledger.read(|view| view.shifts(10)).unwrap(), before);
    let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}
