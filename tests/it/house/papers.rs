//! What a newcomer and a CI rely on: the README's two commands, the CI's entry, a lock file that any registry serves, and
//! nothing that is true on one machine only.

use super::{Source, assert_none, root, sources};
use serde_json::Value;

/// Put together here so that this file does not hold them itself.
fn machine_paths() -> Vec<String> {
    ["home", "root", "work", "Users"].iter().map(|folder| format!("/{folder}/")).collect()
}

fn of_one_machine(sources: &[Source]) -> Vec<String> {
    let paths = machine_paths();
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            // A path starts a word; one inside a longer word, or an address, is none.
            let is_path = |at: usize| {
                !line[..at].ends_with(|c: char| c.is_alphanumeric() || "./-_}".contains(c))
            };
            if paths.iter().any(|path| line.match_indices(path.as_str()).any(|(at, _)| is_path(at)))
            {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    found
}

fn registries(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let words: &[&str] = if source.path.ends_with("package-lock.json") {
            &["\"resolved\": \"http"]
        } else if source.ends_with_any(&[".npmrc", "config.toml", "pip.conf"]) {
            &["registry=", "registry =", "index-url", "[source", "replace-with"]
        } else {
            &[]
        };
        for (number, line) in source.text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word))
                && !line.contains("omit-lockfile-registry-resolved")
            {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    found
}

/// Optional packages that the lock names without holding them, as npm writes it when its registry lacks one: with such a
/// file `npm ci` refuses to start, everywhere.
fn not_locked(lock: &str) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).expect("package-lock.json is JSON");
    let packages = lock["packages"].as_object().expect("a lock file of version 3");
    let mut found = Vec::new();
    for (path, package) in packages {
        for name in
            package["optionalDependencies"].as_object().into_iter().flat_map(|all| all.keys())
        {
            if !packages.keys().any(|key| key.ends_with(&format!("node_modules/{name}"))) {
                found.push(format!("{name}, wanted by {path}"));
            }
        }
    }
    found
}

#[test]
fn the_npm_lock_is_whole() {
    let lock = std::fs::read_to_string(root().join("ui/package-lock.json")).expect("a lock file");
    assert_none(&not_locked(&lock), "`npm ci` would refuse the lock file, for it lacks:");
    let broken = r#"{"packages":{"node_modules/a":{"optionalDependencies":{"a-linux":"1","a-win":"1"}},"node_modules/a-linux":{}}}"#;
    assert_eq!(not_locked(broken), ["a-win, wanted by node_modules/a"], "the missing one is found");
}

#[test]
fn nothing_is_true_on_one_machine_only() {
    assert_none(&of_one_machine(&sources()), "a path of one machine:");
}

#[test]
fn the_lock_files_name_no_registry() {
    assert_none(
        &registries(&sources()),
        "where a registry is reached is each machine's own affair:",
    );
}

#[test]
fn the_readme_names_its_two_commands() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README");
    for command in ["cargo xtask run", "cargo xtask test"] {
        assert!(readme.contains(command), "README.md must name `{command}`");
    }
}

#[test]
fn the_ci_runs_every_test() {
    let entry = root().join(".ci/run");
    let text = std::fs::read_to_string(&entry).expect(".ci/run");
    assert!(
        text.lines().any(|line| line.starts_with("exec cargo xtask test")),
        "CI runs what a person runs"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&entry).expect(".ci/run").permissions().mode();
        assert_eq!(mode & 0o111, 0o111, ".ci/run has its run bits");
    }
}

#[test]
fn a_machine_s_traces_are_found() {
    let path = format!("let x = \"{}ani/laci\";", machine_paths()[0]);
    assert_eq!(of_one_machine(&[Source::new("a.rs", &path)]).len(), 1, "a person's folder");
    let fine =
        format!("src{}a.rs and https://example.id{}b", machine_paths()[2], machine_paths()[1]);
    assert_none(&of_one_machine(&[Source::new("a.md", &fine)]), "a part of a longer path is none:");
    let lock = "  \"resolved\": \"https://npm.example.id/x/-/x-1.0.0.tgz\",\n";
    assert_eq!(
        registries(&[Source::new("ui/package-lock.json", lock)]).len(),
        1,
        "a registry's host"
    );
    let npmrc = [Source::new(
        "ui/.npmrc",
        "omit-lockfile-registry-resolved=true\nregistry=https://npm.example.id\n",
    )];
    assert_eq!(registries(&npmrc).len(), 1, "the option is fine, the address is not");
}
