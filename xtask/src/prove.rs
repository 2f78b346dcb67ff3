//! `cargo xtask prove`: the proofs that take too long for every change, and print figures. docs/PROOFS.md keeps the last
//! ones. Absent on purpose: anything that a shop's trust rests on alone; a shorter form of each of these is in `test`.

use crate::place::cargo;
use crate::process::{Done, run as run_program};
use crate::system;

struct Proof {
    about: &'static str,
    package: &'static str,
    /// The tests' names begin so.
    tests: &'static str,
    variables: &'static [(&'static str, &'static str)],
}

const PROOFS: [Proof; 4] = [
    Proof {
        about: "the exhaustive model of a sale with two ways, a crash, and an impatient cashier",
        package: "laci-core",
        tests: "model",
        variables: &[],
    },
    Proof {
        about: "every order and repetition of up to six pieces of evidence",
        package: "laci-core",
        tests: "attempt_order",
        variables: &[],
    },
    Proof {
        about: "a thousand open payments over an hour",
        package: "laci-till",
        tests: "load",
        variables: &[],
    },
    Proof {
        about: "the gateways' books and ours after 10,000 random runs with faults",
        package: "laci-till",
        tests: "matrix::runs",
        variables: &[("LACI_RUNS", "10000")],
    },
];

pub(crate) fn run() -> Done {
    system::ensure(&[system::BUILD])?;
    for Proof { about, package, tests, variables } in PROOFS {
        println!("\n== {about}");
        let mut test = cargo();
        test.args(["test", "--package", package, "--test", "it", "--", tests, "--nocapture"]);
        run_program(test.envs(variables.iter().copied()))?;
    }
    Ok(())
}
