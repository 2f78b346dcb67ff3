//! What is refused at the door, and that a refused file is left as it was.

use laci_core::{Lang, UnixMs};
use laci_ledger::{Folder, Ledger, OpenError};

use crate::behind::{database, raw};
use crate::child;
use crate::shop::{START_MS, TestShop, folder_in, gateway, genesis};

fn open(folder: &Folder) -> OpenError {
    Ledger::open(folder, false).map(|_| ()).unwrap_err()
}

#[test]
fn a_second_opening_is_held_here_and_in_another_process() {
    let shop = TestShop::new();
    assert_eq!(open(&shop.folder), OpenError::Held);
    assert_eq!(child::run("open", &shop.folder).lines(), ["ledger_busy"]);
    let again = Ledger::create(&shop.folder, genesis(false), UnixMs(START_MS)).map(|_| ());
    assert_eq!(again, Err(OpenError::Held));
    let (folder, _dir) = shop.closed();
    assert_eq!(child::run("open", &folder).lines(), ["opened 1"], "closing gives the folder free");
    assert!(folder.data.join("laci.lock").exists(), "the lock file outlives its holder");
}

#[test]
fn a_clone_keeps_the_folder() {
    let shop = TestShop::new();
    let clone = shop.ledger.clone();
    let (folder, _dir) = shop.closed();
    assert_eq!(open(&folder), OpenError::Held);
    drop(clone);
    Ledger::open(&folder, false).unwrap();
}

#[test]
fn a_newer_versions_file_is_refused_untouched() {
    let (folder, _dir) = TestShop::new().closed();
    let known = Ledger::schema_version();
    let newer = format!("PRAGMA user_version = {}; CREATE TABLE future (x);", known + 1);
    raw(&folder).execute_batch(&newer).unwrap();
    let before = std::fs::read(database(&folder)).unwrap();
    let error = open(&folder);
    assert_eq!(error, OpenError::NewerVersion { found: known + 1, known });
    assert_eq!(error.code(), "newer_version");
    assert!(error.sentence(Lang::Id).contains("Pasang Laci versi terbaru"), "and what to do");
    assert_eq!(std::fs::read(database(&folder)).unwrap(), before, "not a byte was changed");
}

#[test]
fn practice_and_shop_do_not_mix() {
    for practice in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let folder = folder_in(dir.path());
        drop(Ledger::create(&folder, genesis(practice), UnixMs(START_MS)).unwrap());
        let refused = Ledger::open(&folder, !practice).map(|_| ()).unwrap_err();
        assert_eq!(refused, OpenError::PracticeMismatch { ledger_is_practice: practice });
        assert_eq!(Ledger::open(&folder, practice).unwrap().header().practice, practice);
    }
}

#[test]
fn what_is_no_ledger_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    assert_eq!(open(&folder), OpenError::Missing);
    assert!(!Ledger::exists(&folder));
    std::fs::create_dir_all(&folder.data).unwrap();
    let text = "a shopping list, long enough to be taken for a header ".repeat(40);
    std::fs::write(database(&folder), &text).unwrap();
    assert_eq!(open(&folder), OpenError::NotALedger);
    assert_eq!(std::fs::read_to_string(database(&folder)).unwrap(), text);
    std::fs::write(database(&folder), b"").unwrap();
    let emptied = open(&folder);
    assert!(
        matches!(emptied, OpenError::Corrupt { .. }),
        "what a power cut can leave: {emptied:?}"
    );
    assert!(emptied.is_integrity() && std::fs::read(database(&folder)).unwrap().is_empty());
    std::fs::remove_file(database(&folder)).unwrap();
    rusqlite::Connection::open(database(&folder))
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    assert_eq!(open(&folder), OpenError::NotALedger, "somebody else's database");
}

#[test]
fn creating_never_overwrites() {
    let (folder, _dir) = TestShop::new().closed();
    let again = Ledger::create(&folder, genesis(false), UnixMs(START_MS)).map(|_| ());
    assert_eq!(again, Err(OpenError::Exists));
    assert_eq!(Ledger::open(&folder, false).unwrap().head().seq, 1);
}

#[test]
fn what_a_crash_left_of_a_creation_is_no_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    std::fs::create_dir_all(&folder.data).unwrap();
    std::fs::write(folder.data.join("laci.db.unfinished"), b"half a page").unwrap();
    assert!(!Ledger::exists(&folder));
    let ledger = Ledger::create(&folder, genesis(false), UnixMs(START_MS)).unwrap();
    assert_eq!(ledger.head().seq, 1);
    assert!(!folder.data.join("laci.db.unfinished").exists());
}

#[test]
fn an_old_copy_put_back_is_seen() {
    let shop = TestShop::new();
    shop.start(0, gateway());
    let (folder, dir) = shop.closed();
    let kept = dir.path().join("kept");
    crate::behind::copy_files(&folder.data, &kept);
    let ledger = Ledger::open(&folder, false).unwrap();
    let shop_again = crate::shop::more(&ledger, 5);
    assert_eq!(shop_again, 8);
    drop(ledger);
    std::fs::remove_dir_all(&folder.data).unwrap();
    crate::behind::copy_files(&kept, &folder.data);
    let error = open(&folder);
    assert_eq!(error, OpenError::OlderThanAnchor { seq: 3, anchor_seq: 8 });
    assert_eq!(error.code(), "ledger_older_than_anchor");
    assert!(error.is_integrity());
}

#[test]
fn a_cut_wal_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    drop(Ledger::create(&folder, genesis(false), UnixMs(START_MS)).unwrap());
    // The child dies without closing, so its commits stand in the WAL alone.
    let acked = child::run_killed_at("commit", &folder, "commit.after:void");
    assert_eq!(acked.lines().last(), Some(&"acked 21".to_owned()));
    let wal = folder.data.join("laci.db-wal");
    let length = std::fs::metadata(&wal).unwrap().len();
    std::fs::OpenOptions::new().write(true).open(&wal).unwrap().set_len(length / 2).unwrap();
    assert!(
        matches!(open(&folder), OpenError::OlderThanAnchor { anchor_seq: 21, .. }),
        "SQLite itself opens such a file without a word"
    );
}

#[test]
fn another_ledgers_anchor_is_not_mine() {
    let (folder, _dir) = TestShop::new().closed();
    let anchor = std::fs::read_dir(&folder.anchors).unwrap().next().unwrap().unwrap().path();
    for text in [
        "{",
        &format!(
            "{{\"ledger_id\":\"{}\",\"seq\":1,\"hash\":\"{}\"}}",
            crate::shop::new_id(),
            "0".repeat(64)
        ),
    ] {
        std::fs::write(&anchor, text).unwrap();
        let error = open(&folder);
        assert_eq!(error.code(), "anchor_unreadable", "{text}");
        assert!(error.is_integrity());
    }
    std::fs::remove_file(&anchor).unwrap();
    Ledger::open(&folder, false).unwrap();
    assert!(anchor.exists(), "a new computer starts a new high-water file");
}

#[test]
fn the_keeper_writes_the_anchor_by_itself() {
    let shop = TestShop::new();
    shop.start(0, gateway());
    let anchor = std::fs::read_dir(&shop.folder.anchors).unwrap().next().unwrap().unwrap().path();
    let hash = shop.ledger.head().hash.to_string();
    // Within a second on a till; a busy test machine gets longer.
    for _ in 0..100 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        let text = std::fs::read_to_string(&anchor).unwrap();
        if text.contains("\"seq\":3") && text.contains(&hash) {
            return;
        }
    }
    panic!("no high-water file for entry 3 after five seconds");
}

#[test]
fn sentences_say_what_is_safe_in_both_languages() {
    let error = OpenError::OlderThanAnchor { seq: 7, anchor_seq: 12 };
    let indonesian = error.sentence(Lang::Id);
    assert!(indonesian.contains('7') && indonesian.contains("12"), "{indonesian}");
    assert!(indonesian.contains("Jangan hapus"), "{indonesian}");
    assert_ne!(indonesian, error.sentence(Lang::En));
}
