//! Where an export is written: beside its place under another name, which it loses only when it is whole.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::export_error::ExportError;
use crate::file::folder::{make_private, sync_folder};

pub(crate) const LOG: &str = "log.jsonl";
pub(crate) const BLOBS: &str = "blobs.jsonl";
pub(crate) const SALES: &str = "sales.csv";
pub(crate) const LINES: &str = "sale_lines.csv";
pub(crate) const PAYMENTS: &str = "payments.csv";
pub(crate) const README: &str = "README.txt";

/// All that an export holds.
pub(crate) const FILES: [&str; 6] = [README, LOG, BLOBS, SALES, LINES, PAYMENTS];

pub(crate) struct Part {
    path: PathBuf,
    to: PathBuf,
    pub(crate) bytes: u64,
}

impl Part {
    /// Refused unless `to` is a new folder or an empty one.
    pub(crate) fn begin(to: &Path) -> Result<Self, ExportError> {
        must_be_free(to)?;
        let place = |detail: String| ExportError::Place { detail };
        let name = to.file_name().ok_or_else(|| place(format!("{} has no name", to.display())))?;
        let mut name = name.to_owned();
        name.push(".part");
        // A folder that is not there may be a drive that was pulled out: it is said, not made.
        let beside = parent(to);
        if !beside.is_dir() {
            return Err(place(format!("{} is no folder", beside.display())));
        }
        let part = Self { path: to.with_file_name(name), to: to.to_owned(), bytes: 0 };
        part.clear()?;
        make_private(&part.path)?;
        Ok(part)
    }

    pub(crate) fn file(&self, name: &str) -> Result<BufWriter<File>, ExportError> {
        Ok(BufWriter::new(File::create(self.path.join(name))?))
    }

    /// Makes a file durable.
    pub(crate) fn close(&mut self, mut file: BufWriter<File>) -> Result<(), ExportError> {
        file.flush()?;
        file.get_ref().sync_all()?;
        self.bytes += file.get_ref().metadata()?.len();
        Ok(())
    }

    /// Gives the whole export its name.
    pub(crate) fn finish(&self) -> Result<(), ExportError> {
        sync_folder(&self.path)?;
        crate::fault::point("export.written");
        // Only an empty folder can be removed; not every system renames over one.
        match std::fs::remove_dir(&self.to) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        std::fs::rename(&self.path, &self.to)?;
        Ok(sync_folder(parent(&self.to))?)
    }

    /// Removes what an export that did not come to its end has written, here or in an earlier process, and nothing else:
    /// a folder of this name that holds another file is somebody's own.
    pub(crate) fn clear(&self) -> Result<(), ExportError> {
        for name in FILES {
            match std::fs::remove_file(self.path.join(name)) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        match std::fs::remove_dir(&self.path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn must_be_free(to: &Path) -> Result<(), ExportError> {
    match std::fs::read_dir(to) {
        Ok(mut held) => match held.next() {
            None => Ok(()),
            Some(_) => Err(ExportError::NotEmpty { folder: to.display().to_string() }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
