//! Imports as a graph, and its circles. Absent on purpose: where the imports come from.

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

/// One import: who imports, and what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Each circle as its members with an arrow between them.
pub(crate) fn circles(imports: &[Import]) -> Vec<String> {
    let mut graph = DiGraphMap::<&str, ()>::new();
    for Import { from, to } in imports {
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
            let arrows: Vec<String> =
                imports.iter().filter(inside).map(|i| format!("{} -> {}", i.from, i.to)).collect();
            found.push(arrows.join(", "));
        }
    }
    found.sort_unstable();
    found
}

#[test]
fn a_circle_is_found_and_a_diamond_is_none() {
    let imports = |pairs: &[(&str, &str)]| -> Vec<Import> {
        pairs.iter().map(|(from, to)| Import { from: (*from).into(), to: (*to).into() }).collect()
    };
    let diamond = imports(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]);
    assert!(circles(&diamond).is_empty(), "two ways to one module are no circle");
    let around = imports(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]);
    assert_eq!(
        circles(&around),
        ["a -> b, b -> c, c -> a"],
        "the way round is named, d is not on it"
    );
}
