//! `cargo xtask <command>`: everything that a person or a CI does with this project, in Rust, so that no second
//! build language is needed. Absent on purpose: any rule about money, and any list of checks that is not run by `test`.

mod bench;
mod counts;
mod display;
mod front;
mod generate;
mod icons;
mod place;
mod process;
mod prove;
mod run;
mod screenshots;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "cargo xtask <command>

  run [arguments]  install what the system lacks, build, and open the till
  test             every check and every test, the real window's included
  gen              write ui/src/generated again from the Rust types
  prove            the long proofs, with their figures
  bench            the benchmarks, and the comparison with the JavaScript peers
  screenshots      pictures of the real window into docs/screenshots
  icons            draw every icon size again from icons/icon.svg";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match command.as_str() {
        "run" => run::run(&rest),
        "test" => test::run(),
        "gen" => generate::run(),
        "prove" => prove::run(),
        "bench" => bench::run(),
        "screenshots" => screenshots::run(),
        "icons" => icons::run(),
        "" | "help" | "-h" | "--help" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no command '{other}'\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            if !sentence.is_empty() {
                eprintln!("xtask: {sentence}");
            }
            ExitCode::FAILURE
        }
    }
}
