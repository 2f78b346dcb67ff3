//! No circle of imports, neither between the modules of a crate nor between the files of the front end.

use super::graph::circles;
use super::{assert_none, rust_modules, sources, ui_imports};

#[test]
fn no_modules_of_a_crate_run_in_a_circle() {
    let mut found = Vec::new();
    for (name, imports) in rust_modules::of_workspace() {
        found.extend(circles(&imports).into_iter().map(|circle| format!("{name}:\n    {circle}")));
    }
    assert_none(&found, "modules import each other in a circle:");
}

#[test]
fn no_files_of_the_front_end_run_in_a_circle() {
    assert_none(&circles(&ui_imports::imports(&sources())), "files import each other in a circle:");
}
