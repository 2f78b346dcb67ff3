//! A ledger that was lost, cut or put back: the window says so, and a backup takes its place.

use laci_tests::driver::{Outcome, PATIENCE, Session, Trouble};

use crate::shop::{PIN, Shop, ask_for_qris, at, close, first_run, put_back};

const NEW_PIN: &str = "314159";

/// Asks for one more QRIS on the shop's own sticker, leaves it open, and tells the sale's number.
fn one_sale(shop: &Shop, window: &Session) -> Outcome<String> {
    ask_for_qris(window, &["1", "5", "000"])?;
    window.wait_for(&at("qr-total"))?;
    window.click(&at("next-customer"))?;
    window.wait_for(&at("pay-qris"))?;
    let (_, list) = shop.verb(&["payment", "list"], "")?;
    let number = list["payments"][0]["sale_number"].as_str();
    number.map(str::to_owned).ok_or_else(|| Trouble::new(format!("no sale: {list}")))
}

/// By hand in the settings, to the usual place beside the data folder.
fn back_up(window: &Session) -> Outcome {
    window.click(&at("nav-settings"))?;
    window.click(&at("tab-backup"))?;
    window.wait_for(&at("backup-now"))?;
    window.click(&at("backup-now"))?;
    window.wait_for(&at("backup-made"))?;
    window.click(&at("nav-sell"))?;
    window.wait_for(&at("pay-qris")).map(drop)
}

/// The only backup of the list, which is then read whole.
fn choose(window: &Session) -> Outcome {
    window.wait_for(&at("restore-file"))?;
    window.click(&at("restore-file"))
}

/// A computer that sold once and backed up; its files are all that is left.
fn an_old_computer() -> Outcome<Shop> {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    one_sale(&shop, &window)?;
    back_up(&window)?;
    close(window)?;
    Ok(shop)
}

fn set_a_new_pin(window: &Session) -> Outcome {
    window.wait_for(&at("new-pin-about"))?;
    window.wait_for(&at("pin"))?.type_text(NEW_PIN)?;
    window.wait_for(&at("pin-again"))?.type_text(NEW_PIN)?;
    window.click(&at("new-pin-save"))?;
    window.wait_for(&at("pay-qris")).map(drop)
}

#[test]
fn a_file_older_than_its_anchor_opens_the_recovery_screen() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    let first = one_sale(&shop, &window)?;
    assert!(first.contains("A01-0001"), "{first}");
    let old = shop.path("lama.laci");
    let (exit, said) = shop.verb(&["ledger", "backup", &old.to_string_lossy()], "")?;
    assert_eq!(exit, 0, "{said}");
    one_sale(&shop, &window)?;
    back_up(&window)?;
    close(window)?;
    put_back(&shop, &old)?;

    let window = shop.window()?;
    window.wait_for(&at("recovery"))?;
    window.wait_for_text(&at("notice"), "pernah ada")?;
    window.click(&at("recovery-check"))?;
    window.wait_for(&at("verdict-problem"))?;
    window.click(&at("recovery-again"))?;
    window.wait_for(&at("recovery"))?;

    window.click(&at("recovery-choose"))?;
    window.wait_for(&at("restore-current"))?;
    window.click(&at("restore-current"))?;
    window.wait_for_text(&at("restore-lost"), "catatan yang pernah ada")?;
    window.click(&at("restore-file"))?;
    window.wait_for(&at("restore-nothing-lost"))?;
    window.click(&at("restore-run"))?;
    window.wait_for_text(&at("restored-replaced"), "replaced")?;
    window.click(&at("restored-ok"))?;
    window.wait_for(&at("pay-qris"))?;
    let next = one_sale(&shop, &window)?;
    assert!(next.contains("A01.2-"), "a new epoch's number: {next}");
    let (_, list) = shop.verb(&["payment", "list"], "")?;
    assert_eq!(list["payments"].as_array().map(Vec::len), Some(3), "{list}");
    let (exit, judged) = shop.verb(&["ledger", "verify"], "")?;
    assert_eq!(exit, 0, "{judged}");
    Ok(())
}

#[test]
fn a_new_computer_goes_on_from_the_owners_drive() -> Outcome {
    let old = an_old_computer()?;

    let new = Shop::open()?;
    let drive = new.path("flashdisk");
    std::fs::rename(old.path("toko-cadangan"), &drive)?;
    let window = new.window()?;
    window.wait_for(&at("start-restore"))?;
    window.click(&at("start-restore"))?;
    window.wait_for(&at("restore-folder"))?.type_text(&drive.to_string_lossy())?;
    window.click(&at("restore-find"))?;
    choose(&window)?;
    window.wait_for(&at("restore-unseen"))?;
    window.wait_for_text(&at("restore"), "Toko Uji Coba")?;
    window.click(&at("restore-run"))?;
    window.click(&at("restored-ok"))?;

    // The old PIN's pepper stayed behind in the old computer's keyring.
    set_a_new_pin(&window)?;
    one_sale(&new, &window)?;
    let (_, list) = new.verb(&["payment", "list"], "")?;
    let id = list["payments"][0]["id"].as_str().ok_or_else(|| Trouble::new("no payment"))?;
    let confirm = ["payment", "confirm", id, "--reason", "dilihat di ponsel"];
    let (exit, refused) = new.verb(&confirm, &format!("pin={PIN}\n"))?;
    assert_eq!(exit, 3, "the old PIN: {refused}");
    let (exit, confirmed) = new.verb(&confirm, &format!("pin={NEW_PIN}\n"))?;
    assert_eq!(exit, 0, "{confirmed}");
    Ok(())
}

#[test]
fn a_computer_that_has_begun_anew_goes_on_from_the_old_ledger() -> Outcome {
    let old = an_old_computer()?;

    // The drive is found only after the new computer was set up, with a PIN of its own.
    let new = Shop::open()?;
    let window = new.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    std::fs::rename(old.path("toko-cadangan"), new.path("toko-cadangan"))?;
    window.click(&at("nav-settings"))?;
    window.click(&at("tab-backup"))?;
    window.wait_for(&at("restore-open"))?;
    window.click(&at("restore-open"))?;
    choose(&window)?;
    window.wait_for_text(&at("restore-other"), "buku lain")?;
    window.click(&at("restore-run"))?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.click(&at("restored-ok"))?;
    set_a_new_pin(&window)?;
    let (exit, rebuilt) = new.verb(&["ledger", "rebuild"], &format!("pin={NEW_PIN}\n"))?;
    assert_eq!(exit, 0, "the owner is let in again: {rebuilt}");
    Ok(())
}

#[test]
fn a_lost_file_is_restored_and_a_restore_can_be_stopped() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    one_sale(&shop, &window)?;
    back_up(&window)?;

    // A whole ledger is replaced by its owner only.
    window.click(&at("nav-settings"))?;
    window.click(&at("restore-open"))?;
    choose(&window)?;
    window.wait_for(&at("restore-nothing-lost"))?;
    window.click(&at("restore-run"))?;
    window.wait_for(&at("confirm-pin"))?.type_text("000000")?;
    window.click(&at("confirm-ok"))?;
    window.wait_for(&at("restore-problem"))?;
    window.click(&at("restore-back"))?;
    window.wait_for(&at("backup-now"))?;
    close(window)?;

    for file in ["laci.db", "laci.db-wal", "laci.db-shm"] {
        let file = shop.data().join(file);
        if file.exists() {
            std::fs::remove_file(file)?;
        }
    }
    let window = shop.window()?;
    window.wait_for(&at("backups-found"))?;
    window.click(&at("start-restore"))?;
    choose(&window)?;
    window.wait_for(&at("restore-facts"))?;
    window.click(&at("restore-run"))?;
    window.click(&at("restored-ok"))?;
    // The same computer has the secrets still, so the PIN holds.
    window.wait_for(&at("pay-qris"))?;
    window.click(&at("nav-history"))?;
    window.wait_until("the old sale is there", PATIENCE, || {
        Ok(window.find(&at("history-row"))?.text()?.contains("A01-0001").then_some(()))
    })
}
