//! A file system of one megabyte for one test. It is mounted in a namespace of the test's own process, so an ordinary
//! user may do it as well, and it goes with the process however that ends.

use std::path::Path;
use std::process::Command;

use laci_ledger::Folder;

use crate::child::{self, Output};
use crate::shop::folder_in;

const MOUNT: &str = "mount -t tmpfs -o size=1m laci-test \"$LACI_LEDGER_TEST_DIR\" && exec \"$@\"";
/// As root, as an ordinary user, and where only a password-less `sudo` may (a build machine).
const WAYS: [&[&str]; 3] =
    [&["unshare", "-m"], &["unshare", "-rm"], &["sudo", "-n", "-E", "unshare", "-m"]];

/// Runs `role` with a folder on a disk of one megabyte. None where no such disk can be had.
pub(crate) fn run(role: &str) -> Option<Output> {
    let way = WAYS.iter().find(|way| works(way));
    assert!(way.is_some() || std::env::var_os("CI").is_none(), "CI must have a small disk");
    let dir = tempfile::tempdir().unwrap();
    let before = [way?, &["sh", "-c", MOUNT, "sh"][..]].concat();
    let output = child::command(&before, role, &folder_in(dir.path())).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    Some(Output(text))
}

fn works(way: &[&str]) -> bool {
    let dir = tempfile::tempdir().unwrap();
    let tried = Command::new(way[0])
        .args(&way[1..])
        .args(["sh", "-c", MOUNT, "sh", "true"])
        .env("LACI_LEDGER_TEST_DIR", dir.path())
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// Another program's file on the same disk.
pub(crate) fn other_file(folder: &Folder, bytes: usize) {
    std::fs::write(beside(folder), vec![1; bytes]).unwrap();
}

/// Another program takes every byte that is left.
pub(crate) fn take_the_rest(folder: &Folder) {
    use std::io::Write;
    let mut file =
        std::fs::OpenOptions::new().append(true).create(true).open(beside(folder)).unwrap();
    for size in [4096, 1] {
        while file.write(&vec![2; size]).is_ok_and(|written| written > 0) {}
    }
    drop(file);
    assert!(std::fs::write(beside(folder).with_extension("probe"), "x").is_err(), "a byte is free");
}

/// Gives its room back.
pub(crate) fn remove_other_file(folder: &Folder) {
    std::fs::remove_file(beside(folder)).unwrap();
}

fn beside(folder: &Folder) -> std::path::PathBuf {
    folder.data.parent().unwrap().join("film.mkv")
}

pub(crate) fn ballast(folder: &Folder) -> u64 {
    std::fs::metadata(folder.data.join("ballast")).map_or(0, |found| found.len())
}

/// The keeper makes it beside the work; a ledger that never gets one fails the test by never going on.
pub(crate) fn wait_for_ballast(folder: &Folder) {
    while ballast(folder) == 0 {
        assert!(Path::new(&folder.data).exists());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
