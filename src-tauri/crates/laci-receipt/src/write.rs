//! Puts a finished file in its place, whole or not at all: after a crash or a full disk the folder holds the old
//! file or the new one, never a half.
//!
//! Deliberately absent: making folders, and choosing names.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use laci_core::Lang;
use tempfile::Builder;

/// Why a file was not written. What stood at the path before still stands there.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence(Lang::En))]
pub struct WriteError {
    pub path: PathBuf,
    pub reason: WriteReason,
    pub source: io::Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteReason {
    DiskFull,
    /// No right to write there, or the disk is read-only.
    Permission,
    /// The folder is missing, or the path is not a file's.
    NoSuchPlace,
    /// Anything else the system said.
    Other,
}

impl WriteReason {
    fn of(error: &io::Error) -> Self {
        let kind = error.kind();
        let one_of = |kinds: &[ErrorKind]| kinds.contains(&kind);
        if one_of(&[ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge]) {
            Self::DiskFull
        } else if one_of(&[ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem]) {
            Self::Permission
        } else if one_of(&[
            ErrorKind::NotFound,
            ErrorKind::NotADirectory,
            ErrorKind::IsADirectory,
            ErrorKind::InvalidFilename,
        ]) {
            Self::NoSuchPlace
        } else {
            Self::Other
        }
    }
}

impl WriteError {
    fn new(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), reason: WriteReason::of(&source), source }
    }

    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self.reason {
            WriteReason::DiskFull => "disk_full",
            WriteReason::Permission => "file_permission",
            WriteReason::NoSuchPlace => "file_place",
            WriteReason::Other => "file_failed",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        let path = self.path.display();
        let why = &self.source;
        match (lang, self.reason) {
            (Lang::Id, WriteReason::DiskFull) => format!(
                "Disk penuh: {path} tidak ditulis. Yang sudah tersimpan tetap utuh. Kosongkan disk, lalu coba lagi."
            ),
            (Lang::Id, WriteReason::Permission) => format!(
                "Tidak ada izin menulis {path}. Yang sudah tersimpan tetap utuh. Perbaiki izinnya atau pilih folder lain."
            ),
            (Lang::Id, WriteReason::NoSuchPlace) => format!(
                "{path} tidak bisa ditulis: foldernya tidak ada, atau itu bukan nama berkas. Yang sudah tersimpan tetap utuh. Periksa foldernya."
            ),
            (Lang::Id, WriteReason::Other) => format!(
                "{path} gagal ditulis ({why}). Yang sudah tersimpan tetap utuh. Coba lagi atau pilih folder lain."
            ),
            (Lang::En, WriteReason::DiskFull) => format!(
                "The disk is full: {path} was not written. What was stored before is whole. Free some space, then try again."
            ),
            (Lang::En, WriteReason::Permission) => format!(
                "No right to write {path}. What was stored before is whole. Mend its rights or choose another folder."
            ),
            (Lang::En, WriteReason::NoSuchPlace) => format!(
                "{path} cannot be written: its folder is missing, or it is not a file's name. What was stored before is whole. Check the folder."
            ),
            (Lang::En, WriteReason::Other) => format!(
                "{path} was not written ({why}). What was stored before is whole. Try again or choose another folder."
            ),
        }
    }
}

/// Writes `bytes` to `path` by way of a new file beside it, and returns once both the file and (on Unix) its
/// folder are on the disk. A file that stood there is replaced in one step; if anything fails, it stays.
///
/// # Errors
/// [`WriteError`]; nothing is left behind in the folder.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_beside(path, bytes).map_err(|source| WriteError::new(path, source))
}

/// As [`write`], and makes the folder first where it is missing.
///
/// # Errors
/// [`WriteError`].
pub fn write_in_new_folder(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| WriteError::new(path, source))?;
    }
    write(path, bytes)
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The new file takes the path's place, and a device or a pipe must not lose its own.
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return Err(ErrorKind::IsADirectory.into());
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".laci-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file would have: the user's umask decides, not the temporary file's own caution.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut part = builder.tempfile_in(folder)?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(path).map_err(|failed| failed.error)?;
    sync_folder(folder)
}

/// The rename itself must survive a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no call for it; its file system journals renames.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("struk.pdf");
        write(&path, b"old").unwrap();
        write(&path, b"new and longer").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new and longer");
        assert_eq!(names(folder.path()), ["struk.pdf"], "no part may stay behind");
    }

    #[test]
    fn what_fails_leaves_the_folder_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::create_dir(&taken).unwrap();
        let error = write(&taken, b"x").unwrap_err();
        assert_eq!(error.reason, WriteReason::NoSuchPlace, "{:?}", error.source);
        assert_eq!(names(folder.path()), ["taken"], "no part may stay behind");

        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            let socket = folder.path().join("taken/socket");
            let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
            assert_eq!(write(&socket, b"x").unwrap_err().code(), "file_place");
            let there = socket.symlink_metadata().unwrap();
            assert!(there.file_type().is_socket(), "what is no file is not replaced by one");
        }

        let error = write(&folder.path().join("absent/struk.pdf"), b"x").unwrap_err();
        assert_eq!(error.code(), "file_place");
        assert!(error.sentence(Lang::Id).contains("foldernya tidak ada"), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_systems_words_become_sentences() {
        let full = File::create("/dev/full").unwrap().write_all(b"x").unwrap_err();
        let full = WriteError::new(Path::new("struk.pdf"), full);
        assert_eq!(full.reason, WriteReason::DiskFull);
        assert!(full.sentence(Lang::Id).starts_with("Disk penuh: struk.pdf tidak ditulis."));
        assert!(full.sentence(Lang::En).contains("What was stored before is whole."));

        // /sys refuses new files even to root.
        let refused = write(Path::new("/sys/struk.pdf"), b"x").unwrap_err();
        assert_eq!(refused.reason, WriteReason::Permission, "{:?}", refused.source);
        assert_eq!(refused.code(), "file_permission");
    }
}
