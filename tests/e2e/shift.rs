//! A cashier's day in the real window: the float, a sale in cash, cash out with somebody's word, a blind count, the Z.

use laci_tests::driver::{Key, Outcome, PATIENCE, Session, pdf_text};

use crate::shop::{PIN, Shop, at, first_run};

#[test]
fn a_shift_from_its_float_to_its_z() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    window.click(&at("nav-shift"))?;
    window.wait_for(&at("shift-open"))?;
    window.type_keys("200000")?;
    window.click(&at("shift-open"))?;
    window.wait_for(&at("count-lock"))?;
    window.wait_for_text(&at("strip"), "Shift 1")?;

    sold_in_cash(&window)?;
    cash_out(&window)?;
    counted_blind(&window)?;

    window.click(&at("shift-close"))?;
    window.wait_for_text(&at("shift-closed"), "Z-000001")?;
    window.click(&at("shift-done"))?;
    window.wait_for(&at("shift-open"))?;
    the_z(&shop)?;
    // A backup follows each close by itself.
    let backups = shop.path("toko-cadangan");
    window.wait_until("a backup after the close", PATIENCE, || {
        let made = std::fs::read_dir(&backups).map_or(0, |files| files.flatten().count());
        Ok((made > 0).then_some(()))
    })
}

/// 50.000, paid exactly.
fn sold_in_cash(window: &Session) -> Outcome {
    window.click(&at("nav-sell"))?;
    window.wait_for(&at("key-5"))?;
    for key in ["5", "0", "000"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.press(Key::F(8))?;
    window.wait_for(&at("cash-quick-0"))?;
    window.click(&at("cash-quick-0"))?;
    window.wait_for(&at("cash-finish"))?;
    window.click(&at("cash-finish"))?;
    window.wait_for_text(&at("paid"), "LUNAS")?;
    window.wait_for(&at("nav-shift")).map(drop)
}

fn cash_out(window: &Session) -> Outcome {
    window.click(&at("nav-shift"))?;
    window.wait_for(&at("shift-more"))?;
    window.click(&at("shift-more"))?;
    window.wait_for(&at("cash-out"))?;
    window.click(&at("cash-out"))?;
    window.wait_for(&at("cash-amount"))?.type_text("20000")?;
    window.wait_for(&at("cash-reason"))?.type_text("parkir dan galon")?;
    window.click(&at("cash-ok"))?;
    // Cash out is not a cashier's alone.
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.wait_for_text(&at("cash-moved"), "20.000")?;
    window.click(&at("cash-close"))
}

fn counted_blind(window: &Session) -> Outcome {
    // 200.000 + 50.000 - 20.000 = 230.000 must lie there; one note of 5.000 is missing.
    let page = window.source()?;
    assert!(!page.contains("230.000"), "the count is blind");
    window.click(&at("piece-note_100000"))?;
    window.type_keys("2")?;
    window.click(&at("piece-note_20000"))?;
    window.type_keys("1")?;
    window.click(&at("piece-note_5000"))?;
    window.type_keys("1")?;
    window.wait_for_text(&at("count-total"), "225.000")?;
    window.click(&at("count-lock"))?;
    window.wait_for_text(&at("difference"), "5.000")?;
    window.wait_for_text(&at("difference-word"), "KURANG")?;
    window.wait_for(&at("difference-reason"))?.type_text("salah kembalian").map(drop)
}

/// What the ledger and the paper say.
fn the_z(shop: &Shop) -> Outcome {
    let (_, z) = shop.verb(&["shift", "z"], "")?;
    let z = &z["shift"];
    assert_eq!((&z["expected"], &z["counted"]), (&230_000.into(), &225_000.into()), "{z}");
    assert_eq!((&z["difference"], &z["reason"]), (&(-5_000).into(), &"salah kembalian".into()));
    let date = z["date"].as_str().unwrap_or_default();
    let file = shop.data().join("receipts").join(date).join("Z-000001.pdf");
    let text = pdf_text(&file)?;
    for part in ["LAPORAN Z", "Z-000001", "Modal awal", "230.000", "225.000", "-5.000"] {
        assert!(text.contains(part), "the paper says {part:?}:\n{text}");
    }
    Ok(())
}
