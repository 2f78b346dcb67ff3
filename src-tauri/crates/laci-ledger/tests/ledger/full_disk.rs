//! A full disk: a clear error, nothing lost, and a ledger that goes on once there is room.

use std::path::Path;
use std::process::Command;

use laci_core::{Hash, UnixMs};
use laci_ledger::{Folder, Ledger};

use crate::child::{self, Output};
use crate::shop::{START_MS, folder_in, genesis};

/// A file system of two megabytes, where this process may mount one.
pub(crate) struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    pub(crate) fn mount(at: &'a Path) -> Option<Self> {
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
fn a_full_disk_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let small = Small::mount(dir.path());
    let folder = folder_in(dir.path());
    drop(Ledger::create(&folder, genesis(false), UnixMs(START_MS)).unwrap());
    std::fs::write(folder.data.join("ballast"), vec![0; 512 * 1024]).unwrap();
    if small.is_some() {
        let output = child::run("fill", &folder);
        assert!(output.0.contains("~ refused disk_full"), "{}", output.0);
        assert!(output.0.contains("~ after Ok("), "with room again it goes on: {}", output.0);
        everything_is_there(&folder, &output);
    } else {
        // Without the right to mount: the same refusals by a limit on the size of a file.
        let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 2048; exec \"$@\"", "sh"];
        let output = child::command(&limited, "fill", &folder).output().unwrap();
        let output = Output(String::from_utf8_lossy(&output.stdout).into_owned());
        assert!(output.0.contains("~ refused "), "{}", output.0);
        everything_is_there(&folder, &output);
    }
}

fn everything_is_there(folder: &Folder, output: &Output) {
    let ledger = Ledger::open(folder, false).unwrap();
    let mut acked = 0;
    for line in output.lines() {
        let Some(words) = line.strip_prefix("acked ") else { continue };
        let (seq, hash) = words.split_once(' ').unwrap();
        let found = ledger.read(|view| view.entries(seq.parse().unwrap(), 1)).unwrap();
        assert_eq!(found[0].1, Hash::from_hex(hash).unwrap(), "entry {seq} was acknowledged");
        acked += 1;
    }
    assert!(acked > 10, "only {acked} commits before the disk was full");
    let verdict = ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}
