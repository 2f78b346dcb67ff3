//! The house rules of docs/ARCHITECTURE.md, held by tests. Each rule is a pure function over what was read from the
//! repository and returns what breaks it, so that a second test can break it in memory and see it found.

mod circles;
mod graph;
mod papers;
mod recipe;
mod rust_modules;
mod sizes;
mod ui_imports;
mod walls;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the repository: its path from the root with forward slashes, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    pub(crate) fn is_below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    pub(crate) fn ends_with_any(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// The clone in which cargo started this test; the one in which it was built may share the target folder.
pub(crate) fn root() -> PathBuf {
    let here =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here).join("..")
}

/// Every text file that git holds or would take, except what is generated or invented as input.
pub(crate) fn sources() -> Vec<Source> {
    const NOT_WRITTEN_HERE: [&str; 3] = ["/generated/", "/fixtures/", "/vendor/"];
    let list = said(Command::new("git").arg("-C").arg(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]));
    let mut sources = Vec::new();
    for path in list.split('\0').filter(|path| !path.is_empty()) {
        let written_here = !NOT_WRITTEN_HERE.iter().any(|part| path.contains(part));
        // A picture is no text; a file that is deleted but not yet staged is no file.
        if let (true, Ok(text)) = (written_here, std::fs::read_to_string(root().join(path))) {
            sources.push(Source { path: path.into(), text });
        }
    }
    assert!(sources.len() > 50, "the scan sees the repository, not an empty folder");
    sources
}

/// What cargo knows about the packages of this workspace, without a network.
pub(crate) fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root());
    serde_json::from_str(&said(&mut command)).expect("cargo metadata is JSON")
}

fn said(command: &mut Command) -> String {
    let out = command.output().expect("git and cargo are there");
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("paths and JSON are UTF-8")
}

/// Fails with every line of what was found.
#[track_caller]
pub(crate) fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}
