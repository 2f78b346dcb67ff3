//! Which crate may know which, and who alone may name a library: architecture rules 1 and 3.
//! A manifest says what a crate can reach; the text is read as well, because a re-export needs no manifest line.

use super::{Source, assert_none, metadata, sources};

/// One line of a manifest.
#[derive(Clone, Debug)]
struct Dependency {
    from: String,
    to: String,
    only_for_tests: bool,
}

/// `core <- {ledger, gateway, receipt, hub} <- till <- shell`; qris is a leaf; the sandbox knows only qris.
const MAY_KNOW: [(&str, &[&str]); 10] = [
    ("laci-core", &[]),
    ("laci-qris", &[]),
    ("laci-ledger", &["laci-core"]),
    ("laci-gateway", &["laci-core", "laci-qris"]),
    ("laci-receipt", &["laci-core", "laci-qris"]),
    ("laci-hub", &["laci-core"]),
    ("laci-sandbox", &["laci-qris"]),
    ("laci-listener", &[]),
    (
        "laci-till",
        &["laci-core", "laci-qris", "laci-ledger", "laci-gateway", "laci-receipt", "laci-hub"],
    ),
    ("laci", &["laci-core", "laci-qris", "laci-till", "laci-sandbox", "laci-listener"]),
];
/// Tests of these may play a gateway; what is shipped may not.
const MAY_TEST_WITH_SANDBOX: [&str; 2] = ["laci-gateway", "laci-till"];
/// They look at the house from outside, and nothing in it looks at them.
const OUTSIDE: [&str; 2] = ["laci-tests", "xtask"];
/// A library and the packages that name it: one, but where the same is served for two reasons.
const ALONE: [(&str, &[&str]); 9] = [
    ("rusqlite", &["laci-ledger"]),
    ("reqwest", &["laci-gateway"]),
    ("tauri", &["laci"]),
    ("tauri-build", &["laci"]),
    ("keyring", &["laci"]),
    ("tokio-postgres", &["laci-hub"]),
    ("axum", &["laci-sandbox", "laci-listener"]),
    ("hyper", &["laci-listener"]),
    ("hyper-util", &["laci-listener"]),
];

fn broken_by_manifests(dependencies: &[Dependency]) -> Vec<String> {
    dependencies.iter().filter_map(broken_by).collect()
}

fn broken_by(dependency: &Dependency) -> Option<String> {
    let Dependency { from, to, only_for_tests } = dependency;
    let (from, to) = (from.as_str(), to.as_str());
    if let Some((_, owners)) = ALONE.iter().find(|(library, _)| *library == to) {
        let only = owners.join(" and ");
        return (!owners.contains(&from)).then(|| format!("{from} names {to}; only {only} may"));
    }
    let is_ours = MAY_KNOW.iter().any(|(name, _)| *name == to) || OUTSIDE.contains(&to);
    if !is_ours {
        return None;
    }
    if OUTSIDE.contains(&to) {
        return Some(format!("{from} depends on {to}, which is outside the house"));
    }
    if OUTSIDE.contains(&from) {
        return None;
    }
    let Some((_, may)) = MAY_KNOW.iter().find(|(name, _)| *name == from) else {
        return Some(format!("{from} is a new crate: say in this test what it may know"));
    };
    let for_tests =
        *only_for_tests && to == "laci-sandbox" && MAY_TEST_WITH_SANDBOX.contains(&from);
    (!may.contains(&to) && !for_tests).then(|| format!("{from} depends on {to}"))
}

/// Words that only one folder's sources may hold, outside comments. Where: any of the folders; except: the owner.
struct Words {
    words: &'static [&'static str],
    scanned: &'static str,
    owner: &'static str,
    why: &'static str,
}

const CRATES: &str = "src-tauri/crates/";
const SPOKEN: [Words; 6] = [
    Words {
        words: &["rusqlite::"],
        scanned: "src-tauri/",
        owner: "src-tauri/crates/laci-ledger/",
        why: "only laci-ledger speaks SQL",
    },
    Words {
        words: &["reqwest::"],
        scanned: "src-tauri/",
        owner: "src-tauri/crates/laci-gateway/",
        why: "only laci-gateway reaches the network",
    },
    Words {
        words: &["tauri::", "keyring::"],
        scanned: CRATES,
        owner: "none",
        why: "only the shell knows the window and the keyring",
    },
    Words {
        words: &["@tauri-apps"],
        scanned: "ui/src/",
        owner: "ui/src/lib/ipc.ts",
        why: "one door between window and Rust",
    },
    Words {
        words: &[
            "::now(",
            "now_utc(",
            "now_local(",
            "Uuid::new_v4",
            "Uuid::now_v7",
            "getrandom",
            "rand::",
            "thread::sleep",
        ],
        scanned: "src-tauri/crates/laci-core/",
        owner: "none",
        why: "time, ids and randomness are passed into core",
    },
    Words {
        words: &["std::fs", "std::net", "std::env", "std::process", "tokio", "async fn"],
        scanned: "src-tauri/crates/laci-core/",
        owner: "none",
        why: "core does no IO",
    },
];
/// Money never passes through these.
const FLOATS: [&str; 2] = ["f32", "f64"];
const WITHOUT_FLOATS: [&str; 2] = ["src-tauri/crates/laci-core/", "src-tauri/crates/laci-ledger/"];

fn broken_by_words(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.ends_with_any(&[".rs", ".ts", ".svelte"])) {
        for (number, line) in source.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let place = format!("{}:{}", source.path, number + 1);
            for rule in &SPOKEN {
                let is_scanned =
                    source.path.starts_with(rule.scanned) && !source.path.starts_with(rule.owner);
                if let (true, Some(word)) =
                    (is_scanned, rule.words.iter().find(|word| names(code, word)))
                {
                    broken.push(format!("{place} says {word}: {}", rule.why));
                }
            }
            if source.is_below(&WITHOUT_FLOATS) && FLOATS.iter().any(|float| names(code, float)) {
                broken.push(format!("{place} holds a float: money is whole rupiah"));
            }
        }
    }
    broken
}

/// Whether `word` stands in the code and is not the end of a longer name.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_') || word.starts_with("::")
    })
}

fn dependencies() -> Vec<Dependency> {
    let metadata = metadata();
    let mut all = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for to in package["dependencies"].as_array().into_iter().flatten() {
            all.push(Dependency {
                from: package["name"].as_str().unwrap_or_default().into(),
                to: to["name"].as_str().unwrap_or_default().into(),
                only_for_tests: to["kind"] == "dev",
            });
        }
    }
    assert!(all.len() > 40, "cargo metadata lists the manifests' lines");
    all
}

#[test]
fn no_crate_knows_what_it_must_not() {
    assert_none(&broken_by_manifests(&dependencies()), "a wall between crates is crossed:");
}

#[test]
fn no_source_says_what_its_crate_must_not() {
    assert_none(&broken_by_words(&sources()), "a wall is crossed in a source:");
}

/// Each wall crossed once: on top of the real manifests, exactly the crossing is found.
#[test]
fn a_crossed_wall_is_found_in_the_manifests() {
    let crossings = [
        ("laci-core", "laci-qris", false),
        ("laci-qris", "laci-core", false),
        ("laci-ledger", "laci-gateway", false),
        ("laci-gateway", "laci-receipt", false),
        ("laci-receipt", "laci-ledger", false),
        ("laci-hub", "laci-ledger", false),
        ("laci-ledger", "laci-qris", false),
        ("laci-sandbox", "laci-core", false),
        ("laci-gateway", "laci-sandbox", false),
        ("laci-receipt", "laci-sandbox", true),
        ("laci-gateway", "laci-till", true),
        ("laci-till", "laci", false),
        ("laci", "laci-ledger", false),
        ("laci", "laci-tests", true),
        ("laci-till", "rusqlite", false),
        ("laci-tests", "rusqlite", true),
        ("laci-sandbox", "reqwest", true),
        ("laci-till", "tauri", false),
        ("laci-till", "keyring", false),
        ("laci-notes", "laci-core", false),
        ("laci-listener", "laci-till", false),
        ("laci-listener", "laci-core", true),
        ("laci-till", "laci-listener", false),
        ("laci-till", "axum", false),
    ];
    let real = dependencies();
    for (from, to, only_for_tests) in crossings {
        let mut with_one = real.clone();
        with_one.push(Dependency { from: from.into(), to: to.into(), only_for_tests });
        let found = broken_by_manifests(&with_one);
        assert_eq!(found.len(), 1, "{from} -> {to} must be found, and nothing else: {found:?}");
        assert!(found[0].contains(from), "{from} must be named: {found:?}");
    }
    let allowed =
        Dependency { from: "laci-till".into(), to: "laci-sandbox".into(), only_for_tests: true };
    assert!(broken_by(&allowed).is_none(), "a test of the till may play a gateway");
}

#[test]
fn a_crossed_wall_is_found_in_the_text() {
    let crossings = [
        ("src-tauri/src/commands.rs", "let c = rusqlite::Connection::open(p)?;"),
        ("src-tauri/crates/laci-till/src/lib.rs", "use reqwest::Client;"),
        ("src-tauri/crates/laci-sandbox/src/lib.rs", "reqwest::get(url)"),
        ("src-tauri/crates/laci-till/src/lib.rs", "use tauri::Emitter;"),
        ("src-tauri/crates/laci-ledger/src/lib.rs", "keyring::Entry::new(a, b)"),
        ("ui/src/screens/sell/Sell.svelte", "import { invoke } from \"@tauri-apps/api/core\";"),
        ("src-tauri/crates/laci-core/src/sale.rs", "let at = SystemTime::now();"),
        ("src-tauri/crates/laci-core/src/id.rs", "Uuid::now_v7()"),
        ("src-tauri/crates/laci-core/src/id.rs", "std::fs::read(path)"),
        ("src-tauri/crates/laci-ledger/src/lib.rs", "let x: f64 = 1.0;"),
    ];
    for (path, line) in crossings {
        assert_eq!(broken_by_words(&[Source::new(path, line)]).len(), 1, "{path}: {line}");
    }
    let fine = [
        ("src-tauri/crates/laci-ledger/src/lib.rs", "use rusqlite::Connection;"),
        ("src-tauri/crates/laci-till/src/lib.rs", "// tauri::Emitter is the shell's"),
        ("src-tauri/src/lib.rs", "tauri::Builder::default()"),
        ("ui/src/lib/ipc.ts", "import { invoke } from \"@tauri-apps/api/core\";"),
        ("src-tauri/crates/laci-core/src/hash.rs", "let buf256 = leaf64;"),
    ];
    for (path, line) in fine {
        assert_none(&broken_by_words(&[Source::new(path, line)]), "nothing is crossed here:");
    }
}
