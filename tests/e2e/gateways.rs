//! The collecting gateways in the real window: each set up in its form, charged by "Cara lain", shown in its own way, paid.
//! And the orders of the WhatsApp store.

use laci_tests::driver::{Outcome, PATIENCE, Session, Trouble, qr_in};

use crate::shop::{PIN, Shop, at, first_run, open_first};

/// A kind with what its form needs: `field-<name>` and the text to type.
const FORMS: [(&str, &[(&str, &str)]); 4] = [
    ("paydigital", &[("store_id", "1")]),
    ("bayargg", &[("ovo_number", "081200000099")]),
    ("kropay", &[]),
    ("midtrans", &[("app_code", laci_sandbox::APP_CODE)]),
];

fn approve(window: &Session) -> Outcome {
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))
}

/// As an owner does it: the form, the key, the PIN, the test of the connection.
fn add(shop: &Shop, window: &Session, kind: &str, fields: &[(&str, &str)]) -> Outcome {
    window.wait_for(&at("nav-settings"))?.click()?;
    window.wait_for(&at("tab-gateway"))?.click()?;
    window.wait_for(&at("gateway-new"))?.click()?;
    window.wait_for(&at(&format!("kind-{kind}")))?.click()?;
    let url = shop.sandbox()?.base_url(kind).ok_or_else(|| Trouble::new("it is not played"))?;
    window.wait_for(&at("gateway-address"))?.type_text(&url)?;
    window.wait_for_text(&at("gateway-http"), "tanpa enkripsi")?;
    for (name, text) in [("api_key", "kunci-latihan")].iter().chain(fields) {
        window.wait_for(&at(&format!("field-{name}")))?.type_text(text)?;
    }
    window.click(&at("gateway-save"))?;
    approve(window)?;
    window.wait_for(&at("gateway-panel"))?;
    window.click(&at("gateway-check"))?;
    window.wait_until("the connection is tested", PATIENCE, || {
        let panel = window.find(&at("gateway-panel"))?.text()?;
        Ok(panel.contains("Kunci diterima").then_some(()))
    })?;
    let source = window.source()?;
    assert!(!source.contains("kunci-latihan"), "the key never comes back to the window");
    Ok(())
}

/// "Cara lain": the amount, the way, Buat tagihan.
fn charge(window: &Session, way: &str) -> Outcome {
    window.wait_for(&at("nav-sell"))?.click()?;
    window.wait_for(&at("pay-other"))?;
    for key in ["5", "0", "000"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.click(&at("pay-other"))?;
    window.wait_for(&at(&format!("way-{way}")))?.click()?;
    window.click(&at("charge-ok"))?;
    window.wait_for(&at("qr-sheet")).map(drop)
}

fn paid(shop: &Shop, window: &Session) -> Outcome {
    shop.customer_pays()?;
    window.wait_for_text(&at("paid"), "LUNAS")?;
    window.wait_for(&at("pay-qris")).map(drop)
}

fn scanned(shop: &Shop, window: &Session) -> Outcome<String> {
    window.wait_until("a scanner reads the symbol", PATIENCE, || {
        let picture = shop.path("symbol.png");
        std::fs::write(&picture, window.picture()?)?;
        Ok(qr_in(&picture)?.into_iter().next())
    })
}

fn ready(shop: &Shop) -> Outcome<Session> {
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    for (kind, fields) in FORMS {
        add(shop, &window, kind, fields)?;
    }
    Ok(window)
}

#[test]
fn each_gateway_collects_in_its_own_way() -> Outcome {
    let shop = Shop::open()?;
    let window = ready(&shop)?;
    for kind in ["paydigital", "kropay"] {
        charge(&window, &format!("{kind}/qris"))?;
        window.wait_for(&at("qr-total"))?;
        let payload = scanned(&shop, &window)?;
        let bill =
            shop.sandbox()?.bills().into_iter().next().ok_or_else(|| Trouble::new("none"))?;
        assert_eq!(payload, bill.qris_string, "{kind}: the gateway's own QRIS");
        paid(&shop, &window)?;
    }
    // Its document gives no QR: the page is a link, and says that it is one.
    charge(&window, "bayargg/qris")?;
    window.wait_for(&at("qr-link"))?;
    let link = scanned(&shop, &window)?;
    assert!(link.starts_with("http") && link.contains("/bayar/"), "{link}");
    paid(&shop, &window)?;
    charge(&window, "bayargg/ovo")?;
    let account = window.wait_for(&at("transfer-account"))?.text()?;
    assert_eq!(account.replace(' ', ""), "081200000099");
    let bill = shop.sandbox()?.bills().into_iter().next().ok_or_else(|| Trouble::new("none"))?;
    let shown = window.wait_for(&at("transfer-amount"))?.text()?;
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits, bill.total_amount.to_string(), "exactly the bill's total");
    paid(&shop, &window)?;
    // A link of the provider's test world says that no money is real.
    charge(&window, "midtrans/snap")?;
    window.wait_for(&at("qr-link"))?;
    window.wait_for(&at("sandbox-banner"))?;
    let link = scanned(&shop, &window)?;
    assert!(link.starts_with("https://app.sandbox.midtrans.com/"), "{link}");
    paid(&shop, &window)?;
    let (_, report) = shop.verb(&["report"], &format!("pin={PIN}\n"))?;
    assert_eq!(report["totals"]["turnover"], 250_000, "{report}");
    Ok(())
}

#[test]
fn orders_of_the_whatsapp_store_are_handed_over_and_cancelled() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add(&shop, &window, "bayargg", &[])?;
    window.wait_for(&at("nav-orders"))?.click()?;
    window.wait_for(&at("order-row"))?;
    window.wait_for(&at("orders-search"))?.type_text("WA260329-A1B2")?;
    window.wait_until("one order is found", PATIENCE, || {
        Ok((window.find_all(&at("order-row"))?.len() == 1).then_some(()))
    })?;
    open_first(&window, "order-row")?;
    window.wait_for_text(&at("order-panel"), "Rahim")?;
    window.click(&at("order-complete"))?;
    status_says(&window, "Selesai")?;
    let (_, found) = shop.verb(&["wa", "orders", "--search", "WA260329-A1B2"], "")?;
    assert_eq!(found["orders"][0]["status"], "completed", "{found}");

    window.find(&at("orders-search"))?.clear()?;
    window.wait_for(&at("orders-search"))?.type_text("WA260329-C3D4")?;
    window.wait_for_text(&at("order-row"), "C3D4")?;
    open_first(&window, "order-row")?;
    window.wait_for_text(&at("order-panel"), "Sari")?;
    window.click(&at("order-cancel"))?;
    window.wait_for(&at("order-cancel-ok"))?.click()?;
    approve(&window)?;
    status_says(&window, "Dibatalkan")?;
    let (_, found) = shop.verb(&["wa", "orders", "--search", "WA260329-C3D4"], "")?;
    assert_eq!(found["orders"][0]["status"], "cancelled", "{found}");
    Ok(())
}

/// By its content: the driver takes a text that could be cut off for one that is not shown.
fn status_says(window: &Session, word: &str) -> Outcome {
    window.wait_until(&format!("the order is {word}"), PATIENCE, || {
        let said = window.find(&at("order-status"))?.property("textContent")?;
        Ok(said.as_str().is_some_and(|text| text.contains(word)).then_some(()))
    })
}
