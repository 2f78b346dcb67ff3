//! Wrong PINs: five are free, then each costs a wait that neither a restart nor another clock shortens.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::sync::atomic::Ordering;
use std::time::Duration;

use laci_till::Lang;
use laci_till::ledger::Lockout;

use crate::guarded::{Guarded, RIGHT, WRONG, hands, open, owner, said};

const YEAR_MS: i64 = 365 * 86_400_000;

#[test]
fn five_wrong_ones_lock_even_the_right_one_out() {
    let shop = Guarded::shop().five_wrong();
    for pin in [RIGHT, WRONG] {
        let error = owner(&shop.till, Some(pin)).unwrap_err();
        assert_eq!((error.code(), error.exit()), ("pin_locked", 3), "{pin} is not looked at");
        for lang in [Lang::Id, Lang::En] {
            assert!(error.sentence().text(lang).contains(" 30 "), "the seconds left: {error:?}");
        }
    }
    assert_eq!(shop.kept(), Lockout { failures: 5, left_ms: 30_000 }, "who waits owes no more");
    assert_eq!(owner(&shop.till, None).unwrap_err().code(), "pin_required", "and none is none");
    shop.pass(29);
    let last = owner(&shop.till, Some(RIGHT)).unwrap_err();
    assert!(last.sentence().id.contains(" 1 detik"), "{last:?}");
    assert_eq!(shop.till.pin_locked_for(), Duration::from_secs(1));
    shop.pass(1);
    assert_eq!(shop.till.pin_locked_for(), Duration::ZERO);
    assert_eq!(shop.said(RIGHT), "let_through");
    assert_eq!(shop.kept(), Lockout::default(), "and everything is forgiven");
    shop.five_wrong();
}

#[test]
fn a_right_one_clears_what_was_held_against_it() {
    let shop = Guarded::shop();
    for _ in 0..3 {
        for nth in 1..=4 {
            assert_eq!(shop.said(WRONG), "pin_wrong", "guess {nth}");
        }
        assert_eq!(shop.said(RIGHT), "let_through", "four are free");
    }
}

#[test]
fn each_further_one_doubles_the_wait_up_to_a_quarter_of_an_hour() {
    let shop = Guarded::shop().five_wrong();
    for wait in [30, 60, 120, 240, 480, 900, 900, 900] {
        shop.pass(wait - 1);
        assert_eq!(shop.said(RIGHT), "pin_locked", "after {} of {wait} seconds", wait - 1);
        shop.pass(1);
        assert_eq!(shop.said(WRONG), "pin_wrong", "after {wait} seconds");
    }
}

#[test]
fn a_restart_keeps_the_count_and_begins_the_wait_anew() {
    let shop = Guarded::shop();
    for _ in 0..4 {
        assert_eq!(shop.said(WRONG), "pin_wrong");
    }
    let shop = shop.restarted();
    assert_eq!(shop.said(WRONG), "pin_wrong", "the fifth");
    shop.pass(29);
    assert_eq!(shop.said(RIGHT), "pin_locked");
    let shop = shop.restarted();
    shop.pass(29);
    assert_eq!(shop.said(RIGHT), "pin_locked", "the whole wait is owed again");
    shop.pass(1);
    assert_eq!(shop.said(WRONG), "pin_wrong", "the sixth");
    let shop = shop.restarted();
    shop.pass(59);
    assert_eq!(shop.said(RIGHT), "pin_locked", "and it doubles across a restart");
    shop.pass(1);
    assert_eq!(shop.said(RIGHT), "let_through");
    assert_eq!(shop.restarted().said(RIGHT), "let_through");
}

#[test]
fn setting_the_clock_changes_nothing() {
    for moved in [YEAR_MS, -YEAR_MS] {
        let shop = Guarded::shop().five_wrong();
        shop.hands.wall_ms.fetch_add(moved, Ordering::SeqCst);
        assert_eq!(shop.said(RIGHT), "pin_locked", "{moved}");
        let shop = shop.restarted();
        assert_eq!(shop.said(RIGHT), "pin_locked", "{moved}, after a restart");
        shop.hands.wall_ms.fetch_sub(2 * moved, Ordering::SeqCst);
        shop.pass(29);
        assert_eq!(shop.said(RIGHT), "pin_locked", "{moved} and back");
        shop.pass(1);
        assert_eq!(shop.said(RIGHT), "let_through", "no longer than it was");
    }
}

#[test]
fn ten_at_once_get_no_more_than_five() {
    let shop = Guarded::shop();
    let begin = Barrier::new(10);
    let mut answers: Vec<String> = std::thread::scope(|scope| {
        let guess = || {
            begin.wait();
            shop.said(WRONG)
        };
        let guessing: Vec<_> = (0..10).map(|_| scope.spawn(guess)).collect();
        guessing.into_iter().map(|one| one.join().unwrap()).collect()
    });
    answers.sort();
    let expected = [["pin_locked"; 5], ["pin_wrong"; 5]].concat();
    assert_eq!(answers, expected);
    assert_eq!(shop.kept().failures, 5);
    assert_eq!(shop.said(RIGHT), "pin_locked");
}

const DIR: &str = "LACI_LOCKOUT_TEST_DIR";

/// What the child does. Without its variable this is a test that passes at once.
#[test]
fn one_guess_in_a_process_of_its_own() {
    let Ok(folder) = std::env::var(DIR) else { return };
    let till = open(Path::new(&folder), &hands());
    println!("~ {}", said(owner(&till, Some(WRONG))));
}

/// Killed between noting a guess and looking at it, nobody has guessed for nothing.
#[test]
fn a_kill_gives_no_free_guess() {
    let Guarded { till, hands, folder } = Guarded::shop();
    drop(till);
    for nth in 1..=5 {
        let me = std::env::current_exe().unwrap();
        let words = ["lockout::one_guess_in_a_process_of_its_own", "--exact", "--nocapture"];
        let output = Command::new(me)
            .args(words)
            .env(DIR, folder.path())
            .env("LACI_KILL_AT", "pin.noted")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(!output.status.success(), "guess {nth} was not killed");
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!answer.contains("~ "), "guess {nth} learnt something: {answer}");
    }
    let till = open(folder.path(), &hands);
    assert_eq!(said(owner(&till, Some(RIGHT))), "pin_locked");
}
