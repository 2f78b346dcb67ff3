//! A shop of its own in a temporary folder.

use super::files::Files;
use super::verb::Verb;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The owner's PIN of every shop here.
pub const PIN: &str = "739184";
/// What the played gateway takes as its key unless told otherwise.
pub const KEY: &str = "kunci-latihan";
const PASSPHRASE: &str = "frasa sandi toko";

/// A data folder, the folder of its high-water files, and nothing else of this machine.
pub struct Shop {
    dir: TempDir,
}

impl Shop {
    /// Nothing there yet.
    ///
    /// # Panics
    /// If there is no temporary folder.
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Set up, with a PIN and the shop's own QRIS. Made once by the program itself, then copied.
    ///
    /// # Panics
    /// If the program cannot set a shop up.
    pub fn set_up() -> Self {
        let shop = Self::empty();
        shop.make();
        shop
    }

    /// Sets an empty one up.
    ///
    /// # Panics
    /// If the program cannot set a shop up.
    pub fn make(&self) {
        static FIRST: OnceLock<Files> = OnceLock::new();
        let first = FIRST.get_or_init(|| {
            let shop = Self::empty();
            let init = ["init", "--shop", "Toko Uji", "--owner-pin"];
            shop.laci(&init).line(&format!("pin={PIN}")).end().done();
            shop.laci(&["qris", "own", &vector("baseline static")]).end().done();
            Files::of(shop.path())
        });
        first.put(self.path());
    }

    /// Set up, with a Kropay at `url` called `kropay`.
    ///
    /// # Panics
    /// If the program refuses it.
    pub fn with_gateway(url: &str) -> Self {
        Self::with_options(url, &[])
    }

    /// The same with further options, as `K=V`.
    ///
    /// # Panics
    /// If the program refuses it.
    pub fn with_options(url: &str, options: &[&str]) -> Self {
        let shop = Self::set_up();
        shop.add_gateway("kropay", url, options, KEY);
        shop
    }

    /// # Panics
    /// If the program refuses it.
    pub fn add_gateway(&self, name: &str, url: &str, options: &[&str], key: &str) {
        self.add_kind("kropay", name, url, options, key);
    }

    /// A gateway of any kind.
    ///
    /// # Panics
    /// If the program refuses it.
    pub fn add_kind(&self, kind: &str, name: &str, url: &str, options: &[&str], key: &str) {
        let mut arguments = vec!["gateway", "add", kind, "--name", name, "--base-url", url];
        for option in ["min_recheck_ms=0"].iter().chain(options) {
            arguments.extend(["--option", option]);
        }
        arguments.push("--secrets");
        self.laci(&arguments).line(&format!("api_key={key}")).end().done();
    }

    /// A verb on this shop, asked as an owner's script would: with `--json`, PIN and passphrase.
    pub fn laci(&self, arguments: &[&str]) -> Verb {
        self.laci_below(&[], arguments)
    }

    /// The same, started by another program.
    pub fn laci_below(&self, wrapper: &[&str], arguments: &[&str]) -> Verb {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        Verb::below(wrapper, self.dir.path(), &arguments)
            .variable("LACI_DATA", self.data())
            .variable("XDG_STATE_HOME", self.state())
            .variable("LACI_PASSPHRASE", PASSPHRASE)
            .variable("LACI_PIN", PIN)
    }

    /// A verb of nobody's: no PIN, no passphrase, so that no secret can be read and no gateway asked.
    pub fn locked(&self, arguments: &[&str]) -> Verb {
        self.laci(arguments).without("LACI_PASSPHRASE").without("LACI_PIN")
    }

    /// Where everything of this shop lies.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("toko")
    }

    pub fn database(&self) -> PathBuf {
        self.data().join("laci.db")
    }

    pub fn state(&self) -> PathBuf {
        self.dir.path().join("state")
    }

    /// The receipts that were written, by file name. What a kill left half written under a hidden name is none.
    ///
    /// # Panics
    /// If a folder cannot be read.
    pub fn receipts(&self) -> Vec<String> {
        let mut names = Files::of(&self.data().join("receipts")).names();
        names.retain(|name| !name.starts_with('.'));
        names
    }

    /// All payments, the newest first.
    ///
    /// # Panics
    /// If the program does not list them.
    pub fn payments(&self) -> Vec<Value> {
        let list = self.locked(&["payment", "list", "--limit", "500"]).end().done();
        list["payments"].as_array().cloned().unwrap_or_default()
    }

    /// How many entries of each type the log holds.
    ///
    /// # Panics
    /// If the program does not count them.
    pub fn entries(&self) -> BTreeMap<String, u64> {
        let stats = self.locked(&["ledger", "stats"]).end().done();
        let types = stats["by_type"].as_object().cloned().unwrap_or_default();
        types.into_iter().filter_map(|(name, n)| Some((name, n.as_u64()?))).collect()
    }

    /// The ledger is whole, by its own check.
    ///
    /// # Panics
    /// If it is not.
    pub fn must_be_whole(&self) {
        let verdict = self.locked(&["ledger", "verify"]).end().done();
        assert_eq!(verdict["ok"], true, "the ledger is whole: {verdict}");
    }
}

/// A payload of the shared vectors, by the beginning of its note.
///
/// # Panics
/// If there is no such vector.
pub fn vector(note: &str) -> String {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let found = vectors.iter().find(|v| v["note"].as_str().is_some_and(|n| n.starts_with(note)));
    let payload = found.and_then(|v| v["payload"].as_str()).expect("a vector of this note");
    payload.to_owned()
}

const VECTORS: &str =
    include_str!("../../src-tauri/crates/laci-qris/tests/fixtures/qris_synthetic.json");
