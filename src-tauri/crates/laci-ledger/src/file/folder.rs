//! Where a ledger's files lie.

use std::fs::File;
use std::path::{Path, PathBuf};

use laci_core::LedgerId;

/// A ledger's folders. `anchors` holds the high-water files and must lie outside `data`: whoever puts an old copy
/// of `data` back must not put them back with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    pub data: PathBuf,
    pub anchors: PathBuf,
}

impl Folder {
    /// The ledger's file, where there is one, sound or not.
    pub fn ledger_file(&self) -> Option<PathBuf> {
        Some(self.database()).filter(|file| file.exists())
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.data.join("laci.db")
    }

    pub(crate) fn wal(&self) -> PathBuf {
        self.data.join("laci.db-wal")
    }

    /// A new ledger is made under this name and gets its own when it is whole.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.data.join("laci.db.unfinished")
    }

    /// A restored ledger lies here, whole, until it takes the ledger's own name.
    pub(crate) fn restored(&self) -> PathBuf {
        self.data.join("laci.db.restored")
    }

    /// What a restore has put out of the way. Nothing is ever removed from here by the program.
    pub(crate) fn replaced(&self) -> PathBuf {
        self.data.join("replaced")
    }

    /// A verified copy from before the file's format was brought up to date.
    pub(crate) fn before_migration(&self, version: i64) -> PathBuf {
        self.data.join(format!("before-format-{}.laci", version + 1))
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.data.join("laci.lock")
    }

    /// Room that is kept back to be given up when the disk is full.
    pub(crate) fn ballast(&self) -> PathBuf {
        self.data.join("ballast")
    }

    /// Where the log is replayed into, for a check or a rebuild.
    pub(crate) fn replay(&self, purpose: &str) -> PathBuf {
        self.data.join(format!("laci.{purpose}.tmp"))
    }

    pub(crate) fn anchor(&self, ledger: LedgerId) -> PathBuf {
        self.anchors.join(format!("{ledger}.anchor"))
    }

    /// Makes both folders, readable by their owner only.
    pub(crate) fn make(&self) -> std::io::Result<()> {
        make_private(&self.data)?;
        make_private(&self.anchors)
    }
}

pub(crate) fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A database file and all that SQLite may have laid beside it; the ones beside it first, so that whoever moves or
/// removes them in this order never leaves another file's WAL behind.
pub(crate) fn with_companions(path: &Path) -> Vec<PathBuf> {
    let named = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    ["-wal", "-shm", "-journal", ""].into_iter().map(named).collect()
}

/// Removes a database file with its companions; none of them need exist.
pub(crate) fn remove_database(path: &Path) -> std::io::Result<()> {
    for name in with_companions(path) {
        match std::fs::remove_file(&name) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Makes a rename in `folder` durable. Windows has no such call and needs none.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    // The folder of a name alone is the one that the program was called in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
