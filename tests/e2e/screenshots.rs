//! Pictures of the real window for docs/screenshots: each screen in two sizes and both themes, led there as a cashier
//! would. Started by `cargo xtask screenshots`, which gives it a screen; its one argument is the folder.

#[path = "album_day.rs"]
mod album_day;
#[path = "album_gateways.rs"]
mod album_gateways;
#[path = "album_money.rs"]
mod album_money;
#[path = "shop.rs"]
#[allow(dead_code, reason = "the scenarios need more of it")]
mod shop;

use laci_tests::driver::{Key, Outcome, PATIENCE, Rect, Session, Trouble};
use serde_json::json;
use shop::{
    PIN, Shop, add_gateway, ask_for_qris, at, close, from_the_sticker_on, paid_row, put_back,
    to_the_sticker,
};
use std::path::{Path, PathBuf};

/// The two smallest screens that a till is drawn for, in CSS pixels.
const SIZES: [(i64, i64); 2] = [(1366, 768), (1024, 768)];
/// The values of `data-theme`.
const THEMES: [&str; 2] = ["terang", "gelap"];

fn main() -> Outcome {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| Trouble::new("screenshots <folder>"))?;
    std::fs::create_dir_all(&folder)?;
    // One kind of pictures alone: `screenshots <folder> day`.
    let only = std::env::args().nth(2);
    for size in SIZES {
        let album = Album { folder: &folder, size };
        match only.as_deref() {
            Some("day") => {
                album_day::a_day(&album)?;
                continue;
            }
            Some("gateways") => {
                album_gateways::the_gateways(&album)?;
                continue;
            }
            Some("money") => {
                album_money::the_money(&album)?;
                continue;
            }
            Some(_) | None => {}
        }
        let mut shop = Shop::open()?;
        let window = shop.window()?;
        album.fit(&window)?;
        first_days(&album, &window, &shop)?;
        without_network(&album, &window, &mut shop)?;
        close(window)?;
        an_old_file(&album, &shop)?;
        a_new_computer(&album, &shop)?;
        album_day::a_day(&album)?;
        album_gateways::the_gateways(&album)?;
        album_money::the_money(&album)?;
    }
    Ok(())
}

/// Where pictures of one size go.
struct Album<'a> {
    folder: &'a Path,
    size: (i64, i64),
}

impl Album<'_> {
    fn fit(&self, window: &Session) -> Outcome {
        let (width, height) = self.size;
        window.set_rect(Rect { x: 0, y: 0, width, height })
    }

    /// The current window in both themes.
    fn keep(&self, window: &Session, name: &str) -> Outcome {
        let (width, height) = self.size;
        drawn(window)?;
        for theme in THEMES.iter().rev() {
            window.execute(SET_THEME, &[json!(theme)])?;
            painted(window)?;
            let file = self.folder.join(format!("{name}-{width}x{height}-{theme}.png"));
            std::fs::write(&file, window.picture()?)?;
            println!("{}", file.display());
        }
        Ok(())
    }
}

/// Waits until letters and pictures are there: what was just opened is drawn without them first.
fn drawn(window: &Session) -> Outcome {
    let script = "return document.fonts.status === 'loaded' && \
                  [...document.images].every((image) => image.complete && image.naturalWidth > 0)";
    window.wait_until("everything is drawn", PATIENCE, || {
        Ok((window.execute(script, &[])? == json!(true)).then_some(()))
    })
}

/// Sets a theme, and notes when two frames were drawn with it.
const SET_THEME: &str = "document.documentElement.dataset.theme = arguments[0];
    window.painted = false;
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => (window.painted = true), 200)));";

/// A picture taken at once would show the frame before.
fn painted(window: &Session) -> Outcome {
    window.wait_until("the change is painted", PATIENCE, || {
        Ok((window.execute("return window.painted", &[])? == json!(true)).then_some(()))
    })
}

/// From the first start to a paid sale.
fn first_days(album: &Album<'_>, window: &Session, shop: &Shop) -> Outcome {
    window.wait_for(&at("shop-name"))?;
    album.keep(window, "mulai")?;
    to_the_sticker(window)?;
    let photo = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sticker-tilted.jpg");
    window.find(&at("qris-file"))?.type_text(photo)?;
    window.wait_for(&at("qris-merchant"))?;
    album.keep(window, "stiker")?;
    from_the_sticker_on(window)?;
    add_gateway(shop)?;
    for key in ["7", "5", "00", "add", "1", "1", "5", "00", "add", "3", "1", "000"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    album.keep(window, "jual")?;
    window.press(Key::F(8))?;
    window.wait_for(&at("cash-quick-1"))?.click()?;
    album.keep(window, "tunai")?;
    window.press(Key::Escape)?;
    ask_for_qris(window, &[])?;
    window.wait_for(&at("qr-total"))?;
    album.keep(window, "qris")?;
    window.press_close("Laci")?;
    window.wait_for(&at("close-dialog"))?;
    album.keep(window, "tutup")?;
    window.click(&at("close-stay"))?;

    let main = window.window()?;
    window.execute("window.__TAURI_INTERNALS__.invoke('customer_window', { input: {} })", &[])?;
    window.switch_to_the_one("the customer's", |_, url| url.contains("customer"))?;
    album.fit(window)?;
    window.wait_for(&at("customer-pay"))?;
    album.keep(window, "pelanggan")?;
    window.switch_to(&main)?;

    shop.customer_pays()?;
    window.wait_for(&at("paid"))?;
    album.keep(window, "lunas")?;
    window.wait_for(&at("pay-qris"))?;
    window.click(&at("nav-history"))?;
    paid_row(window)?;
    window.wait_for(&at("history-detail"))?;
    album.keep(window, "riwayat")?;
    window.click(&at("nav-settings"))?;
    window.wait_for(&at("gateway-card"))?;
    album.keep(window, "pengaturan")?;
    window.click(&at("tab-shop"))?;
    window.wait_for(&at("limit-panel"))?;
    album.keep(window, "toko")?;
    let old = shop.path("lama.laci");
    shop.verb(&["ledger", "backup", &old.to_string_lossy()], "")?;
    window.click(&at("tab-backup"))?;
    window.wait_for(&at("backup-now"))?.click()?;
    window.wait_for(&at("backup-made"))?;
    window.execute(OWNERS_DRIVE, &[])?;
    album.keep(window, "cadangan")
}

/// The folders of a scenario have other names each time; a picture shows an owner's.
const OWNERS_DRIVE: &str = r"
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      texts.currentNode.data = texts.currentNode.data
        .replace(/\/\S+-cadangan/g, '/media/flashdisk/laci')
        .replace(/\/\S+\/toko\//g, '~/laci/');
    }";

/// An old copy was put in the ledger's place: what the window says, and the way back.
fn an_old_file(album: &Album<'_>, shop: &Shop) -> Outcome {
    put_back(shop, &shop.path("lama.laci"))?;
    let window = shop.window()?;
    album.fit(&window)?;
    window.wait_for(&at("recovery"))?.click()?;
    album.keep(&window, "pemulihan")?;
    window.click(&at("recovery-choose"))?;
    window.wait_for(&at("restore-file"))?.click()?;
    window.wait_for(&at("restore-facts"))?;
    window.execute(OWNERS_DRIVE, &[])?;
    album.keep(&window, "pulihkan")?;
    close(window)
}

/// The old computer's drive in a new one: found at the first run, restored, a new PIN, and a sale in cash.
fn a_new_computer(album: &Album<'_>, old: &Shop) -> Outcome {
    let new = Shop::open()?;
    std::fs::rename(old.path("toko-cadangan"), new.path("toko-cadangan"))?;
    let window = new.window()?;
    album.fit(&window)?;
    window.wait_for(&at("backups-found"))?;
    album.keep(&window, "mulai-cadangan")?;
    window.click(&at("start-restore"))?;
    window.wait_for(&at("restore-file"))?.click()?;
    window.wait_for(&at("restore-facts"))?;
    window.click(&at("restore-run"))?;
    window.wait_for(&at("restored-ok"))?;
    album.keep(&window, "dipulihkan")?;
    window.click(&at("restored-ok"))?;
    window.wait_for(&at("new-pin"))?;
    album.keep(&window, "pin-baru")?;
    window.find(&at("pin"))?.type_text(PIN)?;
    window.find(&at("pin-again"))?.type_text(PIN)?;
    window.click(&at("new-pin-save"))?;
    window.wait_for(&at("pay-qris"))?;
    for key in ["6", "9", "4", "5", "0"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.press(Key::F(8))?;
    window.wait_for(&at("cash-quick-4"))?.click()?;
    window.click(&at("cash-finish"))?;
    window.wait_for(&at("paid-change"))?;
    album.keep(&window, "lunas-tunai")?;
    window.wait_for(&at("pay-qris"))?;
    window.click(&at("nav-history"))?;
    paid_row(&window)?;
    window.wait_for(&at("history-detail"))?;
    album.keep(&window, "riwayat-tunai")
}

fn without_network(album: &Album<'_>, window: &Session, shop: &mut Shop) -> Outcome {
    shop.cut_the_network();
    window.click(&at("nav-sell"))?;
    window.wait_for(&at("pay-qris"))?;
    ask_for_qris(window, &["3", "4", "5", "00"])?;
    window.wait_for(&at("confirm-manual"))?;
    album.keep(window, "tanpa-internet")
}
