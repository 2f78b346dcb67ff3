//! Files and functions that one can read at once, nothing left half done, no test switched off.

use super::{Source, assert_none, sources};
use syn::spanned::Spanned;
use syn::visit::Visit;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const CODE: [&str; 4] = [".rs", ".ts", ".svelte", ".css"];

fn long_files(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.ends_with_any(&CODE)) {
        let lines = source.text.lines().count();
        if lines > FILE_LINES_MAX {
            found.push(format!("{}: {lines} lines", source.path));
        }
    }
    found
}

fn long_functions(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        if source.path.ends_with(".rs") {
            found.extend(long_in_rust(source));
        } else if source.path.starts_with("ui/") && source.ends_with_any(&[".ts", ".svelte"]) {
            found.extend(long_in_script(source));
        }
    }
    found
}

fn long_in_rust(source: &Source) -> Vec<String> {
    let mut lengths = Lengths::default();
    match syn::parse_file(&source.text) {
        Ok(file) => lengths.visit_file(&file),
        Err(e) => return vec![format!("{}: {e}", source.path)],
    }
    lengths.into_found(&source.path)
}

#[derive(Default)]
struct Lengths(Vec<(String, usize, usize)>);

impl Lengths {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (start, end) = (signature.span().start().line, block.span().end().line);
        self.0.push((signature.ident.to_string(), start, end + 1 - start));
    }

    fn into_found(self, path: &str) -> Vec<String> {
        let long = self.0.into_iter().filter(|(_, _, lines)| *lines > FUNCTION_LINES_MAX);
        long.map(|(name, start, lines)| format!("{path}:{start} {name}: {lines} lines")).collect()
    }
}

impl<'ast> Visit<'ast> for Lengths {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.measure(&item.sig, block);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

/// A function starts at its first line and ends at the first line after it that is no deeper.
fn long_in_script(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate().filter(|(_, line)| opens_function(line)) {
        let ends = |other: &&str| !other.trim().is_empty() && depth(other) <= depth(line);
        let length = 2 + lines[start + 1..].iter().take_while(|other| !ends(other)).count();
        if length > FUNCTION_LINES_MAX {
            found.push(format!("{}:{} {}: {length} lines", source.path, start + 1, line.trim()));
        }
    }
    found
}

fn opens_function(line: &str) -> bool {
    let line = line.trim();
    let is_named = [
        "function ",
        "async function ",
        "export function ",
        "export async function ",
        "export default function",
    ]
    .iter()
    .any(|start| line.starts_with(start));
    let is_arrow = line.ends_with("=> {")
        && ["const ", "let ", "export const "].iter().any(|start| line.starts_with(start));
    is_named || is_arrow
}

/// Put together here so that this file does not hold them itself.
fn left_overs() -> [String; 8] {
    let bang = |name: &str| format!("{name}!(");
    [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["XX", "X"].concat(),
        bang("todo"),
        bang("unimplemented"),
        bang("dbg"),
        ["console", ".log("].concat(),
        ["debug", "ger;"].concat(),
    ]
}

fn switches() -> Vec<String> {
    let mut all = vec![["#[", "ignore"].concat(), ["should", "_panic"].concat()];
    for name in ["it", "test", "describe"] {
        for off in ["skip", "only", "todo"] {
            all.push(format!("{name}.{off}("));
        }
    }
    all
}

fn holding(sources: &[Source], endings: &[&str], words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.ends_with_any(endings)) {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| stands_alone(line, word)) {
                found.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    found
}

fn stands_alone(line: &str, word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let after = line[at + word.len()..].chars().next();
        let open_end = word.ends_with(|c: char| !c.is_alphanumeric());
        !is_part(line[..at].chars().next_back()) && (open_end || !is_part(after))
    })
}

#[test]
fn files_and_functions_are_short() {
    let sources = sources();
    assert_none(&long_files(&sources), "files over 400 lines: each holds a second thing");
    assert_none(&long_functions(&sources), "functions over 70 lines:");
}

#[test]
fn nothing_is_left_half_done() {
    let scripts = [".rs", ".ts", ".svelte", ".js", ".mjs", ".css"];
    assert_none(&holding(&sources(), &scripts, &left_overs()), "left-overs in shipped code:");
}

#[test]
fn no_test_is_switched_off() {
    assert_none(
        &holding(&sources(), &[".rs", ".ts", ".svelte"], &switches()),
        "tests switched off or weakened:",
    );
}

#[test]
fn what_is_too_long_or_left_over_is_found() {
    let body = "    x();\n".repeat(FUNCTION_LINES_MAX);
    let rust =
        Source::new("src-tauri/src/a.rs", &format!("impl A {{\nfn long() {{\n{body}}}\n}}\n"));
    let script = Source::new(
        "ui/src/a.ts",
        &format!("export function long() {{\n{body}}}\nconst short = () => {{\n}};\n"),
    );
    assert_eq!(long_functions(&[rust]).len(), 1, "72 lines in Rust");
    assert_eq!(
        long_functions(&[script]).len(),
        1,
        "72 lines in TypeScript, and the short one is not named"
    );
    assert_eq!(
        long_files(&[Source::new("ui/src/a.css", &"a\n".repeat(401))]).len(),
        1,
        "401 lines"
    );
    let text =
        format!("// {} later\n#[{}]\nlet mastodon = 1;", left_overs()[0], ["ign", "ore"].concat());
    let source = [Source::new("xtask/src/a.rs", &text)];
    assert_eq!(holding(&source, &[".rs"], &left_overs()).len(), 1, "the note, not the animal");
    assert_eq!(holding(&source, &[".rs"], &switches()).len(), 1, "the switched-off test");
}
