//! docs/ADDING-A-GATEWAY.md, done: a toy gateway is added to a copy of the house by one folder, its bodies and one line,
//! and everything else of the copy stays as it is.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::root;

const CRATES: [&str; 3] = ["laci-core", "laci-qris", "laci-gateway"];
const KINDS: &str = "src-tauri/crates/laci-gateway/src/provider/mod.rs";

#[test]
fn a_sixth_gateway_is_a_folder_and_a_line() {
    let copy = tempfile::tempdir().expect("a folder");
    let house = copy.path();
    copy_house(house);
    let before = crates_of(house);
    let toy = root().join("tests/fixtures/toy_gateway");
    put(&toy.join("toy"), &house.join("src-tauri/crates/laci-gateway/src/provider/toy"));
    add_its_line(&house.join(KINDS));
    let after = crates_of(house);
    let changed: Vec<&PathBuf> =
        after.iter().filter(|file| !before.contains(file)).map(|(path, _)| path).collect();
    let inside = |path: &&&PathBuf| path.starts_with("laci-gateway/src/provider/toy");
    let outside: Vec<&&PathBuf> = changed.iter().filter(|path| !inside(path)).collect();
    assert_eq!(outside, [&&PathBuf::from("laci-gateway/src/provider/mod.rs")], "and nothing else");
    let lines = std::fs::read_to_string(house.join(KINDS)).expect("it is there");
    assert_eq!(lines.matches("toy").count(), 2, "its module, and its place in the list");
    run_its_tests(&toy, house);
}

/// The workspace with the three crates that a gateway needs, and a package for the toy's tests.
fn copy_house(house: &Path) {
    let whole = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let (workspace, rest) = whole.split_once("\n[package]\n").expect("a root package");
    let profiles = rest.find("\n[profile.dev]\n").map(|at| &rest[at..]).expect("profiles");
    let tables: Vec<&str> = workspace
        .lines()
        .filter(|line| !line.starts_with("default-members"))
        .map(|line| {
            if line.starts_with("members") {
                "members = [\"src-tauri/crates/*\", \"check\"]"
            } else {
                line
            }
        })
        .collect();
    let release = profiles.find("\n[profile.dev.package").map_or(profiles, |at| &profiles[..at]);
    write(&house.join("Cargo.toml"), &format!("{}\n{release}\n", tables.join("\n")));
    std::fs::copy(root().join("Cargo.lock"), house.join("Cargo.lock")).expect("the lock");
    for name in CRATES {
        let from = root().join("src-tauri/crates").join(name);
        let to = house.join("src-tauri/crates").join(name);
        put(&from.join("src"), &to.join("src"));
        let manifest = std::fs::read_to_string(from.join("Cargo.toml")).expect("a manifest");
        // Their own tests are not run here, and would build half the house.
        let kept = manifest.split("\n[dev-dependencies]").next().unwrap_or_default();
        write(&to.join("Cargo.toml"), kept);
    }
    let check = "[package]\nname = \"check\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nlaci-core.workspace = true\nlaci-gateway.workspace = true\n";
    write(&house.join("check/Cargo.toml"), check);
    write(&house.join("check/src/lib.rs"), "");
}

/// The recipe's one line, which is two: the module and its place in the list.
fn add_its_line(kinds: &Path) {
    let text = std::fs::read_to_string(kinds).expect("the list");
    let text = text.replacen("mod paydigital;\n", "mod paydigital;\nmod toy;\n", 1);
    let end = text.find("];").expect("the list's end");
    write(kinds, &format!("{}    toy::KIND,\n{}", &text[..end], &text[end..]));
}

fn run_its_tests(toy: &Path, house: &Path) {
    put(&toy.join("bodies"), &house.join("check/tests/bodies"));
    std::fs::copy(toy.join("toy.rs"), house.join("check/tests/toy.rs")).expect("its tests");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let answer = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--package", "check", "--test", "toy"])
        .current_dir(house)
        .env("CARGO_TARGET_DIR", target.join("recipe"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    let (out, err) =
        (String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
    assert!(answer.status.success(), "{out}\n{err}");
    assert!(out.contains("2 passed; 0 failed"), "{out}");
}

fn put(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            put(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// Every file of the copied crates with its bytes.
fn crates_of(house: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(folder: &Path, below: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = below.join(entry.file_name());
            if entry.file_type().expect("a kind").is_dir() {
                walk(&entry.path(), &path, found);
            } else {
                found.push((path, std::fs::read(entry.path()).expect("bytes")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&house.join("src-tauri/crates"), Path::new(""), &mut found);
    found
}
