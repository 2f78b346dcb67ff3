//! What the owner changes in the settings holds at the counter.

use laci_tests::driver::Outcome;

use crate::shop::{PIN, Shop, ask_for_qris, at, first_run};

#[test]
fn the_limit_per_payment() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    window.click(&at("nav-settings"))?;
    window.click(&at("tab-shop"))?;
    window.wait_for(&at("limit"))?.type_text("Rp 50.000")?;
    window.click(&at("limit-save"))?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.wait_for_text(&at("limit-now"), "50.000")?;

    window.click(&at("nav-sell"))?;
    window.wait_for(&at("pay-qris"))?;
    ask_for_qris(&window, &["5", "0", "0", "0", "1"])?;
    window.wait_for_text(&at("notice"), "Di atas batas")?;
    window.click(&at("cart-line"))?;
    window.click(&at("line-remove"))?;
    ask_for_qris(&window, &["5", "0", "000"])?;
    window.wait_for(&at("qr-total"))?;
    let (_, list) = shop.verb(&["payment", "list"], "")?;
    assert_eq!(
        list["payments"].as_array().map(Vec::len),
        Some(1),
        "the refused one is none: {list}"
    );
    Ok(())
}

#[test]
fn a_backup_goes_to_the_owners_drive() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    window.click(&at("nav-settings"))?;
    window.click(&at("tab-backup"))?;
    window.wait_for(&at("backup-beside"))?;
    let drive = shop.path("flashdisk");
    window.wait_for(&at("backup-folder-new"))?.type_text(&drive.to_string_lossy())?;
    window.click(&at("backup-folder-set"))?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.wait_for_text(&at("backup-folder"), "flashdisk")?;
    window.click(&at("backup-now"))?;
    window.wait_for(&at("backup-made"))?;
    let made: Vec<_> = std::fs::read_dir(&drive)?.flatten().map(|file| file.path()).collect();
    assert_eq!(made.len(), 1, "one file, whole: {made:?}");
    let (exit, judged) = shop.verb(&["ledger", "verify"], "")?;
    assert_eq!(exit, 0, "selling went on beside it: {judged}");

    let other = Shop::open()?;
    let (exit, restored) = other.verb(&["ledger", "restore", &made[0].to_string_lossy()], "")?;
    assert_eq!(exit, 0, "another computer goes on with it: {restored}");
    assert_eq!(restored["epoch"], 2);
    Ok(())
}
