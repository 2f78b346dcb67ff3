//! Pictures of money that comes another way: twice, without a sale, told by a phone.

use laci_tests::driver::{Key, Outcome, PATIENCE, Session, Trouble};

use super::Album;
use super::shop::{
    PIN, Shop, add_gateway, ask_for_qris, at, close, first_run, open_first, trouble,
};

/// What a bank gives out; the amounts are no sale's.
const STATEMENT: &str = "Tanggal;Keterangan;Kredit\n\
    2026-11-20 09:12;QRIS PEMBAYARAN;35.012\n\
    2026-11-20 10:40;QRIS PEMBAYARAN;120.045\n";

pub(crate) fn the_money(album: &Album<'_>) -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    album.fit(&window)?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add_gateway(&shop)?;
    paid_twice(album, &window, &shop)?;
    without_a_sale(album, &window, &shop)?;
    the_receiver(album, &window)?;
    close(window)?;
    later(album)
}

/// In a shop of its own: the gateway that comes back knows no bill, and would name one twice.
fn later(album: &Album<'_>) -> Outcome {
    let mut shop = Shop::open()?;
    let window = shop.window()?;
    album.fit(&window)?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add_gateway(&shop)?;
    let address = shop.cut_the_network().ok_or_else(|| Trouble::new("it was cut already"))?;
    window.wait_for(&at("nav-sell"))?.click()?;
    window.wait_for(&at("pay-other"))?;
    for key in ["7", "5", "000"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.click(&at("pay-other"))?;
    window.wait_for(&at("way-kropay/qris"))?.click()?;
    let later = window.wait_for(&at("charge-later"))?;
    if later.property("checked")? != serde_json::Value::Bool(true) {
        later.click()?;
    }
    album.keep(&window, "bayar-nanti")?;
    window.click(&at("charge-ok"))?;
    window.wait_for(&at("later-total"))?;
    album.keep(&window, "menunggu-internet")?;
    shop.mend_the_network(address)?;
    window.wait_for(&at("send"))?.click()?;
    window.wait_for(&at("send-text"))?;
    album.keep(&window, "kirim-whatsapp")?;
    window.press(Key::Escape)?;
    close(window)
}

fn paid_twice(album: &Album<'_>, window: &Session, shop: &Shop) -> Outcome {
    ask_for_qris(window, &["2", "5", "000"])?;
    window.wait_for(&at("qr-total"))?;
    window.press(Key::Escape)?;
    window.wait_for(&at("pay-cash"))?.click()?;
    window.wait_for(&at("cash-quick-0"))?.click()?;
    window.click(&at("cash-finish"))?;
    window.wait_for_text(&at("paid"), "LUNAS")?;
    shop.customer_pays()?;
    window.wait_for(&at("nav-history"))?.click()?;
    window.wait_until("the second payment is seen", PATIENCE, || {
        open_first(window, "history-row")?;
        Ok(window.find(&at("paid-twice")).ok().map(drop))
    })?;
    album.keep(window, "lunas-ganda")
}

fn without_a_sale(album: &Album<'_>, window: &Session, shop: &Shop) -> Outcome {
    let file = shop.path("mutasi.csv");
    std::fs::write(&file, STATEMENT).map_err(trouble)?;
    let file = file.to_string_lossy();
    let (exit, said) = shop.verb(&["statement", "import", &file], &format!("pin={PIN}\n"))?;
    if exit != 0 {
        return Err(Trouble::new(said.to_string()));
    }
    window.wait_for(&at("nav-inbox"))?.click()?;
    window.wait_for(&at("inbox-item"))?;
    open_first(window, "inbox-item")?;
    window.wait_for(&at("inbox-panel"))?;
    album.keep(window, "uang-masuk")?;
    window.click(&at("inbox-match"))?;
    window.wait_for(&at("inbox-match-dialog"))?;
    album.keep(window, "uang-masuk-cocokkan")?;
    window.press(Key::Escape)
}

fn the_receiver(album: &Album<'_>, window: &Session) -> Outcome {
    window.wait_for(&at("nav-settings"))?.click()?;
    window.wait_for(&at("tab-listen"))?.click()?;
    window.wait_for(&at("listen-on"))?.click()?;
    window.wait_for(&at("listen-port"))?;
    album.keep(window, "penerima")?;
    window.click(&at("relay-make"))?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.wait_for(&at("relay-qr"))?;
    album.keep(window, "penerus-hp")?;
    window.click(&at("relay-done"))
}
