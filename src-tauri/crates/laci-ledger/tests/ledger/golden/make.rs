//! Makes the fixture of a schema version that has none yet.

use std::fmt::Write;
use std::path::PathBuf;

use laci_ledger::{HistoryFilter, Ledger};

use super::{rich, version_of};
use crate::behind::{database, names};
use crate::shop::folder_in;

/// Where the fixtures lie: `schema-N.laci` and `schema-N.txt`.
pub(super) fn fixture(version: i64, ending: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    folder.join(format!("schema-{version}.{ending}"))
}

/// What a fixture holds, as text: the sales under each chip, then each entry's number and hash.
pub(super) fn told(ledger: &Ledger) -> String {
    let entries = ledger.read(|view| view.entries(1, 10_000)).unwrap();
    let filter = HistoryFilter { limit: 500, ..HistoryFilter::default() };
    let counts = ledger.read(|view| view.history(&filter)).unwrap().counts;
    let mut text = format!(
        "paid {} late {} unpaid {} unverified {} voided {}\n",
        counts.paid, counts.late, counts.unpaid, counts.unverified, counts.voided
    );
    for (entry, hash) in entries {
        writeln!(text, "{} {hash}", entry.seq).unwrap();
    }
    text
}

/// Makes the fixture of a new version, once, and fails with that: a person looks at it and commits it.
#[test]
fn the_newest_version_has_its_fixture() {
    let newest = Ledger::schema_version();
    if fixture(newest, "laci").exists() && fixture(newest, "txt").exists() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    rich::make(&folder, dir.path());
    let beside = names(&folder.data);
    assert!(!beside.contains(&"laci.db-wal".to_owned()), "one file alone: {beside:?}");
    let version = version_of(&database(&folder));
    let (file, text) = (fixture(version, "laci"), fixture(version, "txt"));
    assert!(version == newest && !file.exists() && !text.exists(), "none is made anew");
    std::fs::copy(database(&folder), &file).unwrap();
    let ledger = Ledger::open(&folder, false).unwrap();
    std::fs::write(&text, told(&ledger)).unwrap();
    panic!("made {}: look at it and commit it", file.display());
}
