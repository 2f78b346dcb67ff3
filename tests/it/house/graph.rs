//! Imports as a graph, and its circles. Absent on purpose: where the imports come from.

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use std::collections::BTreeMap;

/// One import: who imports, and what; `line` is what was written, for the person who mends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) line: String,
}

impl Import {
    pub(crate) fn new(from: &str, to: &str, line: &str) -> Self {
        Self { from: from.into(), to: to.into(), line: line.into() }
    }
}

/// Each circle as its members with an arrow between them.
pub(crate) fn circles(imports: &[Import]) -> Vec<String> {
    let mut graph = DiGraphMap::<&str, ()>::new();
    for Import { from, to, .. } in imports {
        graph.add_edge(from, to, ());
    }
    let mut found = Vec::new();
    for mut group in tarjan_scc(&graph) {
        let is_circle = group.len() > 1 || graph.contains_edge(group[0], group[0]);
        if is_circle {
            group.sort_unstable();
            let inside = |import: &&Import| {
                group.contains(&import.from.as_str()) && group.contains(&import.to.as_str())
            };
            found.push(arrows(imports.iter().filter(inside)));
        }
    }
    found.sort_unstable();
    found
}

/// Each arrow once, with one line that draws it.
fn arrows<'a>(imports: impl Iterator<Item = &'a Import>) -> String {
    let mut drawn = BTreeMap::new();
    for import in imports {
        drawn.entry((&import.from, &import.to)).or_insert(&import.line);
    }
    let arrows = drawn.iter().map(|((from, to), line)| format!("{from} -> {to} ({line})"));
    arrows.collect::<Vec<_>>().join("\n    ")
}

#[test]
fn a_circle_is_found_and_a_diamond_is_none() {
    let imports = |pairs: &[(&str, &str)]| -> Vec<Import> {
        pairs.iter().map(|(from, to)| Import::new(from, to, "line")).collect()
    };
    let diamond = imports(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]);
    assert!(circles(&diamond).is_empty(), "two ways to one module are no circle");
    let around = imports(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]);
    let found = circles(&around);
    assert_eq!(found.len(), 1, "one circle: {found:?}");
    assert_eq!(
        found[0].matches(" (line)").count(),
        3,
        "a, b and c are on the way round, d is not: {found:?}"
    );
}
