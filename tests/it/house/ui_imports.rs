//! What the files of the front end import from each other; imports of types count, since they bind files as well.

use super::Source;
use super::graph::Import;
use std::collections::BTreeSet;

/// Every import between two files below ui/src. An address outside of it, such as a package's, is left out.
pub(crate) fn imports(sources: &[Source]) -> Vec<Import> {
    let of_front = |source: &&Source| {
        source.path.starts_with("ui/src/") && source.ends_with_any(&[".ts", ".svelte", ".js"])
    };
    let files: BTreeSet<&str> =
        sources.iter().filter(of_front).map(|source| source.path.as_str()).collect();
    let mut imports = BTreeSet::new();
    for source in sources.iter().filter(of_front) {
        for address in addresses(&source.text) {
            if let Some(to) = resolve(&source.path, address, &files) {
                imports.insert(Import::new(&source.path, &to, address));
            }
        }
    }
    imports.into_iter().collect()
}

/// The quoted text after `from`, `import` and `import(`.
fn addresses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut before = String::new();
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = &rest[at..=at];
        before.push_str(&rest[..at]);
        let Some(length) = rest[at + 1..].find(quote) else { break };
        let quoted = &rest[at + 1..at + 1 + length];
        let lead = before.trim_end().trim_end_matches('(').trim_end();
        if !quoted.contains('\n')
            && (ends_with_word(lead, "from") || ends_with_word(lead, "import"))
        {
            found.push(quoted);
        }
        // An apostrophe in a sentence opens no text: go on just behind it if what followed ran over the line.
        let step = if quoted.contains('\n') { at + 1 } else { at + length + 2 };
        before.clear();
        rest = &rest[step..];
    }
    found
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|before| {
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
    })
}

fn resolve(from: &str, address: &str, files: &BTreeSet<&str>) -> Option<String> {
    let path = if let Some(rest) = address.strip_prefix("$lib/") {
        format!("ui/src/lib/{rest}")
    } else if address.starts_with('.') {
        join(from.rsplit_once('/')?.0, address)?
    } else {
        return None;
    };
    let without_js = path.strip_suffix(".js").unwrap_or(&path);
    let candidates = [
        path.clone(),
        format!("{without_js}.ts"),
        format!("{path}.ts"),
        format!("{path}.svelte"),
        format!("{path}/index.ts"),
    ];
    candidates.into_iter().find(|candidate| files.contains(candidate.as_str()))
}

fn join(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn every_way_to_import_is_seen() {
    let a = "import { b } from './b';\nimport type {\n  C,\n} from \"../lib/c\";\nexport * from '$lib/d';\n\
             const e = await import('./E.svelte');\nimport './f.js';\nconst text = 'from nowhere'; // it's not './g'\n";
    let files = [
        ("ui/src/x/a.ts", a),
        ("ui/src/x/b.ts", ""),
        ("ui/src/lib/c.ts", ""),
        ("ui/src/lib/d/index.ts", ""),
        ("ui/src/x/E.svelte", "<script>import A from \"./a\";</script>"),
        ("ui/src/x/f.ts", ""),
        ("ui/src/x/g.ts", ""),
    ];
    let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
    let found = imports(&sources);
    let of_a: Vec<&str> =
        found.iter().filter(|i| i.from.ends_with("a.ts")).map(|i| i.to.as_str()).collect();
    assert_eq!(
        of_a,
        [
            "ui/src/lib/c.ts",
            "ui/src/lib/d/index.ts",
            "ui/src/x/E.svelte",
            "ui/src/x/b.ts",
            "ui/src/x/f.ts"
        ],
        "a sentence with a quoted path is no import"
    );
    assert_eq!(super::graph::circles(&found).len(), 1, "a.ts and E.svelte import each other");
}
