//! Two processes and one data folder.

use std::process::{Command, Stdio};

use laci_tests::driver::{Outcome, Trouble};

use crate::shop::{Shop, at, first_run};

fn signal(pid: u32, name: &str) -> Outcome {
    let status =
        Command::new("kill").args([name, &pid.to_string()]).stdin(Stdio::null()).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::new(format!("kill {name} {pid}: {status}")))
    }
}

#[test]
fn a_verb_says_busy_when_the_window_does_not_answer() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    let (exit, stats) = shop.verb(&["ledger", "stats"], "")?;
    assert_eq!(exit, 0, "the window answers: {stats}");

    let pid = window.process()?.ok_or_else(|| Trouble::new("the window is gone"))?;
    signal(pid, "-STOP")?;
    let busy = shop.verb(&["ledger", "stats"], "");
    signal(pid, "-CONT")?;
    let (exit, busy) = busy?;
    assert_eq!((exit, &busy["error"]["code"]), (3, &"ledger_busy".into()), "{busy}");

    let (exit, stats) = shop.verb(&["ledger", "verify"], "")?;
    assert_eq!(exit, 0, "and answers again: {stats}");
    Ok(())
}

#[test]
fn a_second_copy_of_the_window_says_why_it_cannot_open() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    let second = shop.window()?;
    let told = second.wait_for(&at("refused"))?.text()?;
    assert!(told.contains("Laci"), "a sentence, not a crash: {told}");
    let (exit, stats) = shop.verb(&["ledger", "stats"], "")?;
    assert_eq!(exit, 0, "the first copy still answers: {stats}");
    second.kill()?;
    let (exit, stats) = shop.verb(&["ledger", "stats"], "")?;
    assert_eq!(exit, 0, "and after the second is gone: {stats}");
    assert!(window.process()?.is_some());
    Ok(())
}
