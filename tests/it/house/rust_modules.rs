//! Which module of a crate uses which, read from the syntax trees. A module is a file. A path is followed through
//! re-exports to the file that defines the name, so that a crate's front page hides no circle. Code for tests does not count,
//! and a module may use its own parents and children: the rule is about neighbours, at every level of the tree.

use super::graph::Import;
use super::{metadata, root};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::{Visit, visit_item_use, visit_macro, visit_path};

/// A module's place in its crate: `[]` is the root, `["sale", "start"]` is `crate::sale::start`.
type Place = Vec<String>;

/// One file, as the names and paths in it.
#[derive(Default)]
struct Module {
    /// Names defined here.
    items: BTreeSet<String>,
    /// Names brought in by `use`, with the path each stands for.
    uses: BTreeMap<String, Vec<String>>,
    /// Paths whose names are all brought in.
    globs: Vec<Vec<String>>,
    /// Every path that starts inside the crate, as written.
    paths: BTreeSet<Vec<String>>,
}

type Tree = BTreeMap<Place, Module>;

/// The imports between neighbours of every library and program in the workspace.
pub(crate) fn of_workspace() -> Vec<(String, Vec<Import>)> {
    let mut found = Vec::new();
    for package in metadata()["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            let file = PathBuf::from(target["src_path"].as_str().unwrap_or_default());
            let name =
                format!("{} ({})", package["name"].as_str().unwrap_or_default(), target["kind"][0]);
            let mut read = |path: &Path| std::fs::read_to_string(path).ok();
            found.push((name, imports(&tree(&file, &mut read))));
        }
    }
    assert!(found.len() > 10, "the crates of {} are seen", root().display());
    found
}

/// Reads a crate from its root file on, by the `mod` lines.
fn tree(root_file: &Path, read: &mut dyn FnMut(&Path) -> Option<String>) -> Tree {
    let mut tree = Tree::new();
    let mut waiting = vec![(Place::new(), root_file.to_path_buf(), true)];
    while let Some((place, file, owns_folder)) = waiting.pop() {
        let text = read(&file).expect("every `mod` line has its file");
        let syntax = syn::parse_file(&text).expect("cargo built this file");
        let folder = if owns_folder {
            file.parent().map(Path::to_path_buf)
        } else {
            Some(file.with_extension(""))
        };
        let folder = folder.unwrap_or_default();
        for (child, path) in child_modules(&syntax.items) {
            let below = [place.clone(), vec![child.clone()]].concat();
            if let Some(path) = path {
                let beside = file.parent().map(|folder| folder.join(path));
                waiting.push((below, beside.unwrap_or_default(), true));
                continue;
            }
            let flat = folder.join(format!("{child}.rs"));
            let own = folder.join(&child).join("mod.rs");
            let next =
                if read(&flat).is_some() { (below, flat, false) } else { (below, own, true) };
            waiting.push(next);
        }
        let mut reader = Reader::default();
        reader.visit_file(&syntax);
        tree.insert(place, reader.module);
    }
    tree
}

/// The names of the child modules, each with its `#[path]` if it has one.
fn child_modules(items: &[syn::Item]) -> Vec<(String, Option<String>)> {
    let mut names = Vec::new();
    for item in items {
        if let syn::Item::Mod(module) = item
            && module.content.is_none()
            && !is_for_tests(&module.attrs)
        {
            names.push((module.ident.to_string(), path_of(&module.attrs)));
        }
    }
    names
}

fn path_of(attributes: &[syn::Attribute]) -> Option<String> {
    let named = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    match &named.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string();
        text == "# [test]" || text.contains("cfg (test)") || text.contains("cfg (all (test")
    })
}

/// Collects one file's names and paths.
#[derive(Default)]
struct Reader {
    module: Module,
    /// How many inline modules deep; `super` leaves these first.
    inline: usize,
}

impl Reader {
    fn note(&mut self, path: Vec<String>) {
        if let Some(path) = self.without_inline(path) {
            self.module.paths.insert(path);
        }
    }

    /// A path as it would be written in the file's own outermost scope.
    fn without_inline(&self, mut path: Vec<String>) -> Option<Vec<String>> {
        let mut leaves = self.inline;
        while leaves > 0 && path.first().is_some_and(|first| first == "super") {
            path.remove(0);
            leaves -= 1;
        }
        (path.len() > 1 || path.first().is_some_and(|first| first != "self")).then_some(path)
    }

    fn note_use(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: String| [before.to_vec(), vec![name]].concat();
        match tree {
            syn::UseTree::Path(path) => self.note_use(&path.tree, &with(path.ident.to_string())),
            syn::UseTree::Name(name) => {
                self.bind(&name.ident.to_string(), with(name.ident.to_string()))
            }
            syn::UseTree::Rename(rename) => {
                self.bind(&rename.rename.to_string(), with(rename.ident.to_string()))
            }
            syn::UseTree::Glob(_) => {
                self.note(before.to_vec());
                self.module.globs.push(before.to_vec());
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.note_use(item, before))
            }
        }
    }

    fn bind(&mut self, name: &str, mut path: Vec<String>) {
        let mut name = name.to_owned();
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
            name = path.last().cloned().unwrap_or_default();
        }
        self.note(path.clone());
        self.module.uses.insert(name, path);
    }
}

impl<'ast> Visit<'ast> for Reader {
    #[expect(clippy::wildcard_enum_match_arm, reason = "syn may learn new kinds of item")]
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (attributes, name): (&[syn::Attribute], Option<&syn::Ident>) = match item {
            syn::Item::Const(i) => (&i.attrs, Some(&i.ident)),
            syn::Item::Enum(i) => (&i.attrs, Some(&i.ident)),
            syn::Item::Fn(i) => (&i.attrs, Some(&i.sig.ident)),
            syn::Item::Macro(i) => (&i.attrs, i.ident.as_ref()),
            syn::Item::Mod(i) => (&i.attrs, None),
            syn::Item::Static(i) => (&i.attrs, Some(&i.ident)),
            syn::Item::Struct(i) => (&i.attrs, Some(&i.ident)),
            syn::Item::Trait(i) => (&i.attrs, Some(&i.ident)),
            syn::Item::Type(i) => (&i.attrs, Some(&i.ident)),
            syn::Item::Impl(i) => (&i.attrs, None),
            syn::Item::Use(i) => (&i.attrs, None),
            _ => (&[], None),
        };
        if is_for_tests(attributes) {
            return;
        }
        if let Some(name) = name {
            self.module.items.insert(name.to_string());
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.content.is_some() {
            self.inline += 1;
            syn::visit::visit_item_mod(self, item);
            self.inline -= 1;
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_use(&item.tree, &[]);
        visit_item_use(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.note(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit_path(self, path);
    }

    /// What a macro is given is no syntax yet, so its paths are read from the words.
    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        let text = found.tokens.to_string();
        for start in ["crate ::", "super ::"] {
            for (at, _) in text.match_indices(start) {
                let words = text[at..].split([' ', ',', '(', ')', '{', '}', '<', '>', ';']);
                let names = words.take_while(|w| {
                    *w == "::" || w.starts_with(|c: char| c.is_alphabetic() || c == '_')
                });
                self.note(names.filter(|word| *word != "::").map(String::from).collect());
            }
        }
        visit_macro(self, found);
    }
}

/// The imports of a crate, each between two neighbours that hold who imports and what.
fn imports(tree: &Tree) -> Vec<Import> {
    let mut imports = BTreeSet::new();
    for (place, module) in tree {
        for path in &module.paths {
            if let Some(to) = resolve(tree, place, path, 0) {
                let line = format!("{} says {}", shown(place), path.join("::"));
                imports.extend(between_neighbours(place, &to, &line));
            }
        }
    }
    imports.into_iter().collect()
}

/// `a::b` using `a::c::d` is `a::b -> a::c`; a module and its own parent or child are no neighbours.
fn between_neighbours(from: &[String], to: &[String], line: &str) -> Option<Import> {
    let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    (from.len() > shared && to.len() > shared)
        .then(|| Import::new(&shown(&from[..=shared]), &shown(&to[..=shared]), line))
}

fn shown(place: &[String]) -> String {
    format!("crate::{}", place.join("::"))
}

/// The module that defines what `path`, written in `place`, means; `None` if that is outside the crate.
fn resolve(tree: &Tree, place: &Place, path: &[String], hops: usize) -> Option<Place> {
    const HOPS_MAX: usize = 16;
    if hops > HOPS_MAX {
        return None;
    }
    let mut at = place.clone();
    let mut rest = path;
    match rest.first()?.as_str() {
        "crate" => (at, rest) = (Place::new(), &rest[1..]),
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|first| first == "super") {
                at.pop()?;
                rest = &rest[1..];
            }
        }
        first => {
            let module = tree.get(place)?;
            let is_child = tree.contains_key(&[place.clone(), vec![first.to_owned()]].concat());
            // A name that `use` brought in was noted there already.
            if !is_child || module.uses.contains_key(first) {
                return None;
            }
        }
    }
    walk(tree, at, rest, hops)
}

fn walk(tree: &Tree, mut at: Place, path: &[String], hops: usize) -> Option<Place> {
    for (index, name) in path.iter().enumerate() {
        let below = [at.clone(), vec![name.clone()]].concat();
        if tree.contains_key(&below) {
            at = below;
            continue;
        }
        let module = tree.get(&at)?;
        if module.items.contains(name) {
            return Some(at);
        }
        if let Some(target) = module.uses.get(name) {
            let whole = [target.clone(), path[index + 1..].to_vec()].concat();
            // What is re-exported from another crate is defined nowhere here.
            return resolve(tree, &at, &whole, hops + 1);
        }
        let through = |glob: &Vec<String>| {
            let found = resolve(tree, &at, &[glob.clone(), vec![name.clone()]].concat(), hops + 1)?;
            tree.get(&found)?.items.contains(name).then_some(found)
        };
        return module.globs.iter().find_map(through).or(Some(at));
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::super::graph::circles;
    use super::*;

    fn imports_of(files: &[(&str, &str)]) -> Vec<Import> {
        let mut read = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            found.map(|(_, text)| (*text).to_owned())
        };
        imports(&tree(Path::new("lib.rs"), &mut read))
    }

    fn arrows(imports: &[Import]) -> Vec<String> {
        imports.iter().map(|i| format!("{} -> {}", i.from, i.to)).collect()
    }

    #[test]
    fn a_re_export_does_not_hide_a_circle() {
        let found = imports_of(&[
            ("lib.rs", "mod a; mod b; pub use a::A; pub use b::*;"),
            ("a.rs", "use crate::B; pub struct A(B);"),
            ("b/mod.rs", "mod deep; pub use deep::B;"),
            ("b/deep.rs", "pub struct B; fn f(_: super::super::A) {}"),
        ]);
        assert_eq!(
            arrows(&found),
            ["crate::a -> crate::b", "crate::b -> crate::a"],
            "both ways are seen"
        );
        assert_eq!(circles(&found).len(), 1, "and they are a circle");
    }

    #[test]
    fn paths_in_code_and_in_macros_count_and_tests_do_not() {
        let found = imports_of(&[
            ("lib.rs", "mod a; mod b; mod c; mod d;"),
            (
                "a.rs",
                "fn f() { crate::b::g(); assert!(matches!(1, crate::c::ONE)); }\n#[cfg(test)] mod tests { use crate::d::D; }",
            ),
            ("b.rs", "pub fn g() {}"),
            ("c.rs", "pub const ONE: i32 = 1; mod inner { use super::super::b::g; }"),
            ("d.rs", "pub struct D; #[test] fn t() { crate::a::f(); }"),
        ]);
        let wanted = ["crate::a -> crate::b", "crate::a -> crate::c", "crate::c -> crate::b"];
        assert_eq!(arrows(&found), wanted, "`super` inside an inline module means the file first");
    }

    #[test]
    fn parents_and_children_are_no_neighbours() {
        let found = imports_of(&[
            ("lib.rs", "mod a; use a::x::X; pub struct Root(X);"),
            ("a/mod.rs", "pub mod x; mod y; pub struct Shared; fn f() { x::g() }"),
            ("a/x.rs", "use super::Shared; use super::y::Y; pub struct X; pub fn g() {}"),
            ("a/y.rs", "use crate::Root; pub struct Y;"),
        ]);
        assert_eq!(arrows(&found), ["crate::a::x -> crate::a::y"], "only x and y are neighbours");
    }
}
