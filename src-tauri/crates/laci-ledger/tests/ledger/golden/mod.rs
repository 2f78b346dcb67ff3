//! The golden files: one ledger of each schema version, made by the program of its time and never again.

mod cut_off;
mod make;
mod no_room;
mod opened;
pub(crate) mod rich;

use laci_ledger::Folder;

use crate::behind::{database, raw_at};
use crate::shop::folder_in;

/// The golden file of `version` as a shop's own, in a new folder.
fn golden(version: i64) -> (Folder, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    put(&folder, version);
    (folder, dir)
}

fn put(folder: &Folder, version: i64) {
    std::fs::create_dir_all(&folder.data).unwrap();
    std::fs::copy(make::fixture(version, "laci"), database(folder)).unwrap();
}

/// The schema version that a file says it has.
fn version_of(file: &std::path::Path) -> i64 {
    raw_at(file).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// What the text beside a fixture says that it holds.
fn text_of(version: i64) -> String {
    std::fs::read_to_string(make::fixture(version, "txt")).unwrap()
}
