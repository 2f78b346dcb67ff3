//! Two processes and one data folder.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use laci_tests::driver::{Outcome, Trouble};

use serde_json::Value;

use crate::shop::{Shop, add_gateway, at, first_run};

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

#[test]
fn verbs_at_once_through_the_window_are_one_sale_and_their_paths_are_the_callers() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add_gateway(&shop)?;
    let asked = ["charge", "--amount", "10000", "--gateway", "kropay", "--order", "P-1"];
    let answers: Vec<Outcome<(i32, Value)>> = std::thread::scope(|scope| {
        let verbs: Vec<_> = (0..4).map(|_| scope.spawn(|| shop.verb(&asked, ""))).collect();
        verbs.into_iter().filter_map(|verb| verb.join().ok()).collect()
    });
    assert_eq!(answers.len(), 4);
    let mut ids = BTreeSet::new();
    for answer in answers {
        let (exit, charged) = answer?;
        assert_eq!(exit, 0, "{charged}");
        ids.insert(charged["payment"]["id"].to_string());
    }
    assert_eq!(ids.len(), 1, "one payment: {ids:?}");
    let bills = shop.sandbox()?.bills();
    assert_eq!((bills.len(), bills[0].creates), (1, 1), "one bill, asked for once");

    shop.customer_pays()?;
    let (_, synced) = shop.verb(&["sync", "--until-idle", "20"], "")?;
    assert_eq!(synced["unsent"], 0, "{synced}");
    let (exit, said) =
        shop.verb(&["receipt", "A01-0001", "--format", "pdf", "--out", "struk.pdf"], "")?;
    assert_eq!(exit, 0, "{said}");
    let there = shop.path("struk.pdf");
    assert!(
        there.is_file(),
        "written where the verb was called, not where the window runs: {said}"
    );
    Ok(())
}
