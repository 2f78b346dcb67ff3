//! People at the real window: who signs in, who is locked out, and how a lost PIN is got round.

use laci_tests::driver::{Outcome, PATIENCE, Session, Trouble};

use crate::shop::{PIN, Shop, at, first_run};

pub(crate) const SARI: &str = "246810";
pub(crate) const DEWI: &str = "135791";

/// Somebody new, by a verb beside the window.
pub(crate) fn hire(shop: &Shop, name: &str, role: &str, pin: &str) -> Outcome {
    let add = ["people", "add", "--name", name, "--role", role];
    let (exit, added) = shop.verb(&add, &format!("pin={PIN}\nnew_pin={pin}\n"))?;
    assert_eq!(exit, 0, "{added}");
    Ok(())
}

/// Chooses a name on the lock screen and types the PIN.
fn try_pin(window: &Session, name: &str, pin: &str) -> Outcome {
    window.wait_for(&at("lock"))?;
    if let Ok(back) = window.find(&at("lock-back")) {
        back.click()?;
    }
    window.wait_for(&at("lock-person"))?;
    let tiles = window.find_all(&at("lock-person"))?;
    let names = tiles.iter().map(|tile| tile.property("textContent"));
    let names = names.collect::<Outcome<Vec<_>>>()?;
    let is_named = |text: &serde_json::Value| text.as_str().is_some_and(|text| text.contains(name));
    let at_name = names.iter().position(is_named);
    let tile = at_name.and_then(|place| tiles.get(place));
    tile.ok_or_else(|| Trouble::new(format!("no tile for {name}: {names:?}")))?.click()?;
    window.wait_for(&at("lock-pin"))?.type_text(pin)
}

pub(crate) fn sign_in(window: &Session, name: &str, pin: &str) -> Outcome {
    try_pin(window, name, pin)?;
    window.wait_for(&at("nav-sell")).map(drop)
}

#[test]
fn a_lock_out_and_a_recovery_code() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    window.click(&at("nav-settings"))?;
    window.click(&at("tab-people"))?;
    window.click(&at("recovery-make"))?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.wait_for(&at("recovery-done"))?;
    let codes: Vec<String> = {
        let found = window.find_all(&at("recovery-one"))?;
        found.iter().map(|code| code.text()).collect::<Outcome<_>>()?
    };
    assert_eq!(codes.len(), 8, "{codes:?}");
    window.click(&at("recovery-done"))?;

    window.wait_for(&at("person-add"))?;
    window.click(&at("person-add"))?;
    window.wait_for(&at("person-name"))?.type_text("Sari")?;
    window.click(&at("person-role-cashier"))?;
    window.wait_for(&at("person-pin"))?.type_text(SARI)?;
    window.wait_for(&at("person-pin-again"))?.type_text(SARI)?;
    window.click(&at("person-save"))?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;

    // Two with a PIN: from now on the window asks who is there.
    for _ in 1..=5 {
        try_pin(&window, "Pemilik", "000000")?;
        window.wait_for_text(&at("lock-problem"), "PIN salah")?;
    }
    try_pin(&window, "Pemilik", PIN)?;
    window.wait_for_text(&at("lock-problem"), "dikunci")?;
    sign_in(&window, "Sari", SARI)?;
    window.wait_until("the strip says who sits there", PATIENCE, || {
        let name = window.find(&at("strip-cashier"))?.property("textContent")?;
        Ok(name.as_str().is_some_and(|name| name.contains("Sari")).then_some(()))
    })?;
    window.click(&at("nav-lock"))?;

    window.wait_for(&at("lock-recovery"))?;
    window.click(&at("lock-recovery"))?;
    let typed = codes[3].to_lowercase();
    window.wait_for(&at("recovery-code"))?.type_text(&typed)?;
    window.wait_for(&at("pin"))?.type_text("606060")?;
    window.wait_for(&at("pin-again"))?.type_text("606060")?;
    window.click(&at("recovery-save"))?;
    window.wait_for(&at("nav-sell"))?;
    let (exit, rebuilt) = shop.verb(&["ledger", "rebuild"], "pin=606060\n")?;
    assert_eq!(exit, 0, "the new PIN holds: {rebuilt}");
    let (_, feed) = shop.verb(&["feed", "--notable"], "")?;
    let kinds: Vec<_> =
        feed["items"].as_array().into_iter().flatten().map(|i| i["kind"].clone()).collect();
    assert!(kinds.contains(&"recovery_used".into()), "{kinds:?}");
    assert_eq!(kinds.iter().filter(|kind| **kind == "pin_failed").count(), 5, "{kinds:?}");
    Ok(())
}
