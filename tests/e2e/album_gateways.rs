//! Pictures of the gateways: their settings, the ways to charge, links and transfers, the WhatsApp store's orders.

use laci_tests::driver::{Key, Outcome, Session, Trouble};

use super::Album;
use super::shop::{PIN, Shop, at, close, first_run, open_first};

const KINDS: [(&str, &[&str]); 5] = [
    ("paydigital", &["store_id=1"]),
    ("bayargg", &["ovo_number=081200000099"]),
    ("kropay", &[]),
    ("midtrans", &["app_code=laci-latihan"]),
    ("digiswitch", &["username=laci-latihan"]),
];

pub(crate) fn the_gateways(album: &Album<'_>) -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    album.fit(&window)?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    for (kind, options) in KINDS {
        add(&shop, kind, options)?;
        shop.verb(&["gateway", "check", kind], "")?;
    }
    the_settings(album, &window)?;
    the_ways(album, &window, &shop)?;
    the_orders(album, &window)?;
    close(window)
}

fn add(shop: &Shop, kind: &str, options: &[&str]) -> Outcome {
    let url = shop.sandbox()?.base_url(kind).ok_or_else(|| Trouble::new("it is not played"))?;
    let mut asked = vec!["gateway", "add", kind, "--name", kind, "--base-url", url.as_str()];
    for option in options {
        asked.extend(["--option", option]);
    }
    asked.push("--secrets");
    let (exit, added) = shop.verb(&asked, &format!("pin={PIN}\napi_key=kunci-latihan\n"))?;
    if exit == 0 { Ok(()) } else { Err(Trouble::new(added.to_string())) }
}

fn the_settings(album: &Album<'_>, window: &Session) -> Outcome {
    window.wait_for(&at("nav-settings"))?.click()?;
    window.wait_for(&at("tab-gateway"))?.click()?;
    window.wait_for(&at("gateway-panel"))?;
    window.click(&at("gateway-check"))?;
    window.wait_for_text(&at("gateway-panel"), "Kunci diterima")?;
    album.keep(window, "gateway")?;
    window.click(&at("gateway-new"))?;
    window.wait_for(&at("kind-midtrans"))?.click()?;
    window.wait_for(&at("gateway-address"))?.type_text("http://192.168.1.7:5000")?;
    window.wait_for(&at("gateway-http"))?;
    album.keep(window, "gateway-midtrans")?;
    window.click(&at("kind-bayargg"))?;
    window.wait_for(&at("field-ovo_number"))?;
    album.keep(window, "gateway-bayargg")?;
    window.click(&at("kind-digiswitch"))?;
    window.wait_for(&at("gateway-bills"))?;
    album.keep(window, "gateway-digiswitch")
}

fn begin(window: &Session, way: &str) -> Outcome {
    window.wait_for(&at("nav-sell"))?.click()?;
    window.wait_for(&at("pay-other"))?;
    for key in ["7", "5", "0", "000"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.click(&at("pay-other"))?;
    window.wait_for(&at(&format!("way-{way}")))?.click()
}

fn the_ways(album: &Album<'_>, window: &Session, shop: &Shop) -> Outcome {
    begin(window, "bayargg/ovo")?;
    window.click(&at("extra-open"))?;
    window.wait_for(&at("field-file_id"))?;
    album.keep(window, "cara-lain")?;
    window.click(&at("charge-ok"))?;
    window.wait_for(&at("transfer-account"))?;
    album.keep(window, "ovo")?;
    shop.customer_pays()?;
    window.wait_for(&at("paid"))?;
    window.wait_for(&at("pay-qris"))?;
    begin(window, "midtrans/snap")?;
    window.click(&at("charge-ok"))?;
    window.wait_for(&at("qr-link"))?;
    album.keep(window, "tautan")?;
    shop.customer_pays()?;
    window.wait_for(&at("paid"))?;
    window.wait_for(&at("pay-qris")).map(drop)
}

fn the_orders(album: &Album<'_>, window: &Session) -> Outcome {
    window.wait_for(&at("nav-orders"))?.click()?;
    open_first(window, "order-row")?;
    window.wait_for(&at("order-items"))?;
    album.keep(window, "pesanan")?;
    window.press(Key::Escape)
}
