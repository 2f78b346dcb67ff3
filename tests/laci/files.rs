//! The files of a folder, held in memory: to compare with later, and to put back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Contents by path inside the folder. Sockets are left out, and the ballast, which is large, says nothing, and comes and
/// goes by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files(pub BTreeMap<PathBuf, Vec<u8>>);

impl Files {
    /// # Panics
    /// If a file cannot be read.
    pub fn of(folder: &Path) -> Self {
        let mut found = BTreeMap::new();
        gather(folder, folder, &mut found);
        Self(found)
    }

    /// Writes them into a folder, beside what lies there.
    ///
    /// # Panics
    /// If a file cannot be written.
    pub fn put(&self, folder: &Path) {
        for (inside, bytes) in &self.0 {
            let path = folder.join(inside);
            let parent = path.parent().expect("a file lies in a folder");
            std::fs::create_dir_all(parent).expect("a folder is made");
            std::fs::write(&path, bytes).expect("a file is written");
        }
    }

    /// Their names without folders, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .0
            .keys()
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect();
        names.sort();
        names
    }
}

fn gather(top: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a folder can be read").path();
        if path.is_dir() {
            gather(top, &path, found);
        } else if path.is_file() && path.file_name().is_some_and(|name| name != "ballast") {
            let inside = path.strip_prefix(top).expect("it lies below").to_owned();
            found.insert(inside, std::fs::read(&path).expect("a file can be read"));
        }
    }
}
