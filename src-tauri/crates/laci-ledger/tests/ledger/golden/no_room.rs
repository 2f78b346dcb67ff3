//! Without a copy there is no migration: no room for it, or a place that cannot be written.

use std::path::Path;
use std::process::Command;

use laci_core::Lang;
use laci_ledger::{Ledger, OpenError};

use super::make::told;
use super::{golden, put, text_of, version_of};
use crate::behind::database;
use crate::child::{self, Output};
use crate::shop::folder_in;

/// A file system of two megabytes, where this process may mount one.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(at: &'a Path) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "laci-ledger-test"])
            .arg(at)
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(self.0).output());
    }
}

#[test]
fn a_place_that_cannot_be_written_leaves_the_old_version() {
    let (folder, _dir) = golden(1);
    // A folder in the way: like one of no rights, but for whoever may do everything too.
    let part = folder.data.join("before-format-2.laci.part");
    std::fs::create_dir_all(part.join("x")).unwrap();
    let error = Ledger::open(&folder, false).map(|_| ()).unwrap_err();
    assert!(matches!(error, OpenError::Io { .. }), "{error:?}");
    let said = error.sentence(Lang::Id);
    assert!(said.contains("Tidak ada yang diubah"), "what is safe: {said}");
    assert!(said.contains("coba lagi"), "what to do: {said}");
    assert_eq!(version_of(&database(&folder)), 1);
    std::fs::remove_dir_all(&part).unwrap();
    let ledger = Ledger::open(&folder, false).unwrap();
    assert_eq!(told(&ledger), text_of(1));
}

#[test]
fn no_room_for_the_copy_leaves_the_old_version() {
    let dir = tempfile::tempdir().unwrap();
    let small = Small::mount(dir.path());
    let folder = folder_in(dir.path());
    put(&folder, 1);
    let refused = if small.is_some() {
        // All but a little of the two megabytes: enough to open, too little for a copy.
        let film = folder.data.join("film.mkv");
        let file = std::fs::metadata(database(&folder)).unwrap().len();
        let taken = 2 * 1024 * 1024 - file - 80 * 1024;
        std::fs::write(&film, vec![0; usize::try_from(taken).unwrap()]).unwrap();
        let output = child::run("open", &folder);
        assert_eq!(output.lines(), ["disk_full"]);
        std::fs::remove_file(&film).unwrap();
        output
    } else {
        // Without the right to mount: no file may grow beyond 64 KB.
        let limited = ["bash", "-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "bash"];
        let output = child::command(&limited, "open", &folder).output().unwrap();
        Output(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(["disk_full", "ledger_io"].contains(&refused.lines()[0].as_str()), "{refused:?}");
    assert_eq!(version_of(&database(&folder)), 1, "nothing was migrated");
    let ledger = Ledger::open(&folder, false).unwrap();
    assert_eq!(told(&ledger), text_of(1), "with room again it is");
    drop(ledger);
    drop(small);
}
