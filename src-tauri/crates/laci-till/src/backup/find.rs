//! The backups that a computer can reach, of any ledger: a till that cannot be opened, or has none yet, asks for them.
//! They are told by their names; none is opened.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::name::Name;
use crate::backup_place::BackupPlace;
use crate::wire::BackupFile;

/// Where the systems show drives that were plugged in. A letter is a drive only on Windows.
#[cfg(not(windows))]
const DRIVES: [&str; 4] = ["/media", "/run/media", "/mnt", "/Volumes"];
/// From a place where drives are shown to a folder on one: the person, the drive, the folder.
const DRIVES_DEPTH: u32 = 3;
/// Folders looked into and files named; a shop has a few dozen.
const FOLDERS_MAX: usize = 500;
const FILES_MAX: usize = 500;

/// Newest first: from the folder that was chosen on this computer, the one beside `data`, drives, and `more`.
pub fn find_backups(data: &Path, more: Option<&Path>) -> Vec<BackupFile> {
    let place = BackupPlace::load(data);
    let own = [Some(place.folder()), Some(place.beside().to_owned()), more.map(Path::to_owned)];
    let mut search = Search::default();
    for folder in own.into_iter().flatten() {
        search.look(&folder, 1);
    }
    for folder in drives() {
        search.look(&folder, DRIVES_DEPTH);
    }
    let files = search.found.iter().rev().take(FILES_MAX);
    files.map(|(name, file)| name.view(file)).collect()
}

#[cfg(not(windows))]
fn drives() -> Vec<PathBuf> {
    DRIVES.map(PathBuf::from).into()
}

#[cfg(windows)]
fn drives() -> Vec<PathBuf> {
    ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).collect()
}

#[derive(Default)]
struct Search {
    found: BTreeSet<(Name, PathBuf)>,
    seen: BTreeSet<PathBuf>,
}

impl Search {
    /// A folder that cannot be read has none; links to folders are not followed, so that no circle is walked.
    fn look(&mut self, folder: &Path, depth: u32) {
        if self.seen.len() == FOLDERS_MAX || !self.seen.insert(folder.to_owned()) {
            return;
        }
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(kind) = file.file_type() else { continue };
            if kind.is_dir() && depth > 0 {
                self.look(&file.path(), depth - 1);
            } else if kind.is_file()
                && let Some((_, name)) = file.file_name().to_str().and_then(Name::of_any)
            {
                self.found.insert((name, file.path()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ledgers_backups_are_found_newest_first_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let [data, beside] = ["toko", "toko-cadangan"].map(|name| home.path().join(name));
        let more = home.path().join("flashdisk");
        for (folder, file) in [
            (&data, "laci.db"),
            (&beside, "laci-1f3a09bc-2026-11-20-120000-e1-422.laci"),
            (&beside, "laci-1f3a09bc-2026-11-21-120000-e1-500.laci.part"),
            (&more, "foto.jpg"),
            (&more.join("laci"), "laci-99999999-2026-11-21-080000-e2-7.laci"),
        ] {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join(file), b"12345").unwrap();
        }
        let entries = |more| -> Vec<i64> {
            let found = find_backups(&data, more);
            let here =
                found.iter().filter(|file| file.file.starts_with(home.path().to_str().unwrap()));
            here.map(|file| file.entries).collect()
        };
        assert_eq!(entries(None), [422]);
        assert_eq!(entries(Some(&more)), [7, 422]);
        assert_eq!(entries(Some(&home.path().join("tidak-ada"))), [422]);
    }
}
