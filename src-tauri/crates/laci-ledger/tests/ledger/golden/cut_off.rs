//! Killed anywhere in a migration, the file is wholly of the old version or wholly of the new one.

use laci_ledger::Ledger;

use super::make::told;
use super::{golden, text_of, version_of};
use crate::behind::{database, names};
use crate::child;

/// Every step on the way from version 1, and the version that a kill there leaves.
const POINTS: [(&str, i64); 4] = [
    ("copy.written", 1),
    ("copy.judged", 1),
    // In the transaction, after its last statement.
    ("migration.inside", 1),
    ("migration.step", 2),
];

#[test]
fn a_kill_leaves_one_version_or_the_other() {
    for (point, version) in POINTS {
        let (folder, _dir) = golden(1);
        child::run_killed_at("open", &folder, point);
        assert_eq!(version_of(&database(&folder)), version, "{point}");
        let copy = folder.data.join("before-format-2.laci");
        assert_eq!(copy.exists(), point.starts_with("migration"), "{point}: first the way back");
        let judged = Ledger::judge_backup(&database(&folder), &mut |_, _| true).unwrap();
        let entries = text_of(1).lines().count() - 1;
        assert_eq!(judged.entries, u64::try_from(entries).unwrap(), "{point}: all entries");
        let ledger = Ledger::open(&folder, false).unwrap();
        assert_eq!(version_of(&database(&folder)), Ledger::schema_version(), "{point}");
        assert_eq!(told(&ledger), text_of(1), "{point}");
        let verdict = ledger.verify(&mut |_, _| true).unwrap();
        assert!(verdict.ok, "{point}: {:?}", verdict.problems);
        drop(ledger);
        assert_eq!(version_of(&copy), 1, "{point}: the way back is there");
        let parts = names(&folder.data).into_iter().filter(|name| name.contains(".part")).count();
        assert_eq!(parts, 0, "{point}: and no half of one");
    }
}
