//! Wrong PINs: five are free, then each costs a wait that neither a restart nor another clock shortens.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use laci_till::gateway::HttpTransport;
use laci_till::ledger::{Folder, Lockout};
use laci_till::wire::ShopView;
use laci_till::{
    Clock, Ids, KeyStore, KeyStoreError, Lang, Place, Ports, Result, Setup, Till, UnixMs,
};
use tempfile::TempDir;

const RIGHT: &str = "482913";
const WRONG: &str = "111111";
const PHRASE: &str = "frasa sandi contoh";
const YEAR_MS: i64 = 365 * 86_400_000;

/// Both clocks stand until somebody moves them.
struct Hands {
    wall_ms: AtomicI64,
    since_ms: AtomicU64,
    next: AtomicU64,
}

impl Clock for Hands {
    fn now(&self) -> UnixMs {
        UnixMs(self.wall_ms.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.since_ms.load(Ordering::SeqCst))
    }
}

impl Ids for Hands {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.next.fetch_add(1, Ordering::SeqCst).to_le_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = next[at % next.len()];
        }
    }
}

struct NoKeyring;

impl KeyStore for NoKeyring {
    fn load(&self, _: &str) -> std::result::Result<Option<[u8; 32]>, KeyStoreError> {
        Err(KeyStoreError("a test has none".to_owned()))
    }

    fn save(&self, _: &str, _: &[u8; 32]) -> std::result::Result<(), KeyStoreError> {
        Err(KeyStoreError("a test has none".to_owned()))
    }
}

fn hands() -> Arc<Hands> {
    Arc::new(Hands {
        wall_ms: AtomicI64::new(1_795_000_000_000),
        since_ms: AtomicU64::new(0),
        next: AtomicU64::new(1),
    })
}

fn place(folder: &Path) -> Place {
    let (data, anchors) = (folder.join("toko"), folder.join("anchors"));
    Place { folder: Folder { data, anchors }, practice: false }
}

fn ports(hands: &Arc<Hands>) -> Ports {
    Ports {
        clock: hands.clone(),
        ids: hands.clone(),
        key_store: Arc::new(NoKeyring),
        transport: Arc::new(HttpTransport::new()),
    }
}

/// A shop whose owner has a PIN.
struct Guarded {
    till: Arc<Till>,
    hands: Arc<Hands>,
    folder: TempDir,
}

impl Guarded {
    fn shop() -> Self {
        let (folder, hands) = (tempfile::tempdir().unwrap(), hands());
        let shop = ShopView {
            name: "Toko".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        };
        let (pin, passphrase) = (Some(RIGHT.to_owned()), Some(PHRASE.to_owned()));
        let setup = Setup { shop, own_qris: None, pin, passphrase };
        let till = Till::set_up(None, place(folder.path()), ports(&hands), &setup).unwrap();
        Self { till, hands, folder }
    }

    /// Closes the till and opens it in what is as good as another process: its clock begins anew.
    fn restarted(self) -> Self {
        let Self { till, hands, folder } = self;
        drop(till);
        hands.since_ms.store(0, Ordering::SeqCst);
        let till = open(folder.path(), &hands);
        Self { till, hands, folder }
    }

    fn pass(&self, seconds: u64) {
        self.hands.since_ms.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    fn said(&self, pin: &str) -> String {
        said(self.till.owner(Some(pin)))
    }

    /// As many wrong PINs as are free of a wait.
    fn five_wrong(self) -> Self {
        for nth in 1..=5 {
            assert_eq!(self.said(WRONG), "pin_wrong", "guess {nth}");
        }
        self
    }

    fn kept(&self) -> Lockout {
        self.till.ledger().read(|view| view.lockout("owner")).unwrap()
    }
}

fn open(folder: &Path, hands: &Arc<Hands>) -> Arc<Till> {
    Till::open(place(folder), ports(hands), Some(PHRASE)).unwrap().unwrap()
}

fn said(answer: Result<()>) -> String {
    answer.map_or_else(|error| error.code().to_owned(), |()| "let_through".to_owned())
}

#[test]
fn five_wrong_ones_lock_even_the_right_one_out() {
    let shop = Guarded::shop().five_wrong();
    for pin in [RIGHT, WRONG] {
        let error = shop.till.owner(Some(pin)).unwrap_err();
        assert_eq!((error.code(), error.exit()), ("pin_locked", 3), "{pin} is not looked at");
        for lang in [Lang::Id, Lang::En] {
            assert!(error.sentence().text(lang).contains(" 30 "), "the seconds left: {error:?}");
        }
    }
    assert_eq!(shop.kept(), Lockout { failures: 5, left_ms: 30_000 }, "who waits owes no more");
    assert_eq!(shop.till.owner(None).unwrap_err().code(), "pin_required", "and none is none");
    shop.pass(29);
    let last = shop.till.owner(Some(RIGHT)).unwrap_err();
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
    println!("~ {}", said(till.owner(Some(WRONG))));
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
    assert_eq!(said(till.owner(Some(RIGHT))), "pin_locked");
}
