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

    pub(crate) fn lock(&self) -> PathBuf {
        self.data.join("laci.lock")
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

fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes a database file with all that SQLite may have laid beside it; none of them need exist.
pub(crate) fn remove_database(path: &Path) -> std::io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(Path::new(&name)) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Makes a rename in `folder` durable. Windows has no such call and needs none.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
