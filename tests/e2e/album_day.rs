//! Pictures of a day with people: the lock, a shift from its float to its Z, cash out, the feed.

use laci_tests::driver::{Key, Outcome, Session};

use super::Album;
use super::shop::{PIN, Shop, at, close, first_run};

const SARI: &str = "246810";
const DEWI: &str = "135791";

/// A picture holds no code, not even one that opens nothing any more.
const NO_CODE: &str = r"
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      texts.currentNode.data = texts.currentNode.data.replace(/\b\w{4}(-\w{4}){3}\b/g, 'XXXX-XXXX-XXXX-XXXX');
    }";

pub(crate) fn a_day(album: &Album<'_>) -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    album.fit(&window)?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    people(album, &window, &shop)?;
    the_shift(album, &window)?;
    the_close(album, &window)?;
    the_feed(album, &window)?;
    close(window)
}

fn approve(window: &Session) -> Outcome {
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))
}

fn people(album: &Album<'_>, window: &Session, shop: &Shop) -> Outcome {
    window.click(&at("nav-settings"))?;
    window.click(&at("tab-people"))?;
    window.wait_for(&at("recovery-make"))?.click()?;
    approve(window)?;
    window.wait_for(&at("recovery-done"))?;
    window.execute(NO_CODE, &[])?;
    album.keep(window, "kode-pemulihan")?;
    window.click(&at("recovery-done"))?;
    for (name, role, pin) in [("Dewi", "supervisor", DEWI), ("Sari", "cashier", SARI)] {
        let add = ["people", "add", "--name", name, "--role", role];
        shop.verb(&add, &format!("pin={PIN}\nnew_pin={pin}\n"))?;
    }
    window.wait_for(&at("lock-person"))?;
    album.keep(window, "kunci")?;
    sign_in(window, "Pemilik", PIN)?;
    window.wait_for(&at("nav-settings"))?.click()?;
    window.wait_for(&at("tab-people"))?.click()?;
    window.wait_for(&at("person-row"))?;
    album.keep(window, "orang")?;
    window.click(&at("person-add"))?;
    window.wait_for(&at("person-name"))?.type_text("Budi")?;
    album.keep(window, "orang-baru")?;
    window.press(Key::Escape)?;
    window.click(&at("nav-lock"))?;
    sign_in(window, "Sari", SARI)
}

fn sign_in(window: &Session, name: &str, pin: &str) -> Outcome {
    window.wait_for(&at("lock-person"))?;
    for tile in window.find_all(&at("lock-person"))? {
        let says = tile.property("textContent")?;
        if says.as_str().is_some_and(|text| text.contains(name)) {
            tile.click()?;
            break;
        }
    }
    window.wait_for(&at("lock-pin"))?.type_text(pin)?;
    window.wait_for(&at("nav-sell")).map(drop)
}

fn the_shift(album: &Album<'_>, window: &Session) -> Outcome {
    window.click(&at("nav-shift"))?;
    window.wait_for(&at("shift-open"))?;
    window.type_keys("500000")?;
    album.keep(window, "buka-kasir")?;
    window.click(&at("shift-open"))?;
    window.wait_for(&at("count-lock"))?;
    for keys in [["6", "9", "4", "5", "0"], ["1", "2", "5", "0", "0"]] {
        window.click(&at("nav-sell"))?;
        for key in keys {
            window.wait_for(&at(&format!("key-{key}")))?.click()?;
        }
        window.press(Key::F(8))?;
        window.wait_for(&at("cash-quick-0"))?.click()?;
        window.click(&at("cash-finish"))?;
        window.wait_for(&at("paid"))?;
        window.wait_for(&at("nav-shift"))?;
    }
    window.click(&at("nav-shift"))?;
    window.wait_for(&at("shift-more"))?.click()?;
    window.wait_for(&at("cash-out"))?;
    album.keep(window, "kas-dan-shift")?;
    window.click(&at("cash-out"))?;
    window.wait_for(&at("cash-amount"))?.type_text("73500")?;
    window.wait_for(&at("cash-reason"))?.type_text("galon, parkir")?;
    window.click(&at("cash-ok"))?;
    window.wait_for(&at("confirm-pin"))?;
    album.keep(window, "persetujuan")?;
    window.wait_for(&at("pin-person"))?.click()?;
    approve(window)?;
    window.wait_for(&at("cash-moved"))?;
    album.keep(window, "kas-keluar")?;
    window.click(&at("cash-close"))
}

fn the_close(album: &Album<'_>, window: &Session) -> Outcome {
    for (piece, count) in
        [("note_100000", "4"), ("note_50000", "2"), ("note_5000", "1"), ("coin_500", "6")]
    {
        window.wait_for(&at(&format!("piece-{piece}")))?.click()?;
        window.type_keys(count)?;
    }
    album.keep(window, "tutup-kasir-hitung")?;
    window.click(&at("count-lock"))?;
    window.wait_for(&at("difference"))?;
    window
        .wait_for(&at("difference-reason"))?
        .type_text("Salah kembalian, pelanggan sudah pergi")?;
    album.keep(window, "tutup-kasir")?;
    window.click(&at("shift-close"))?;
    window.wait_for(&at("shift-closed"))?;
    window.execute(super::OWNERS_DRIVE, &[])?;
    album.keep(window, "laporan-z")?;
    window.click(&at("shift-done"))
}

fn the_feed(album: &Album<'_>, window: &Session) -> Outcome {
    window.wait_for(&at("nav-settings"))?.click()?;
    window.wait_for(&at("tab-feed"))?.click()?;
    approve(window)?;
    window.wait_for(&at("feed-row"))?;
    album.keep(window, "kegiatan")
}
