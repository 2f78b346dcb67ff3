//! Money that comes another way than it was asked for: by the next gateway, twice, told by a phone.

use std::net::TcpListener;

use laci_sandbox::{Fault, Operation};
use laci_tests::driver::{Key, Outcome, PATIENCE, Session, Trouble, qr_in};
use serde_json::Value;

use crate::shop::{PIN, Shop, ask_for_qris, at, first_run, open_first, trouble};

/// By a verb beside the window, with what the owner says that it costs.
fn add(shop: &Shop, kind: &str, name: &str, options: &[&str]) -> Outcome {
    let url = shop.sandbox()?.base_url(kind).ok_or_else(|| Trouble::new("it is not played"))?;
    let mut arguments = vec!["gateway", "add", kind, "--name", name, "--base-url", url.as_str()];
    for option in options {
        arguments.extend(["--option", option]);
    }
    arguments.push("--secrets");
    let (exit, added) = shop.verb(&arguments, &format!("pin={PIN}\napi_key=kunci-latihan\n"))?;
    assert_eq!(exit, 0, "{added}");
    Ok(())
}

/// Every payment, the newest first.
fn payments(shop: &Shop) -> Outcome<Vec<Value>> {
    let (exit, list) = shop.verb(&["payment", "list"], "")?;
    assert_eq!(exit, 0, "{list}");
    list["payments"].as_array().cloned().ok_or_else(|| Trouble::new(format!("no list: {list}")))
}

fn scanned(shop: &Shop, window: &Session) -> Outcome<String> {
    window.wait_until("a scanner reads the QR", PATIENCE, || {
        let picture = shop.path("symbol.png");
        std::fs::write(&picture, window.picture()?)?;
        Ok(qr_in(&picture)?.into_iter().next())
    })
}

#[test]
fn the_next_gateway_is_asked_before_a_qr_was_shown() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add(&shop, "kropay", "murah", &["cost_bps=10"])?;
    add(&shop, "paydigital", "mahal", &["cost_bps=70", "store_id=1"])?;
    // The cheaper one is down, for its create and for the one more try that its document allows.
    shop.sandbox()?.set_fault(Operation::Create, Fault::Status { status: 503 }, 2);

    ask_for_qris(&window, &["5", "0", "000"])?;
    window.wait_for(&at("qr-total"))?;
    let payload = scanned(&shop, &window)?;
    let bills = shop.sandbox()?.bills();
    assert_eq!(bills.len(), 1, "one bill for one sale");
    assert_eq!(payload, bills[0].qris_string, "the second gateway's own QRIS");
    let asked: Vec<Value> =
        payments(&shop)?.iter().map(|payment| payment["gateway"].clone()).collect();
    assert_eq!(asked, ["mahal", "murah"], "the newest first");

    shop.customer_pays()?;
    window.wait_for_text(&at("paid"), "LUNAS")?;
    let sale = payments(&shop)?[0]["sale_id"].clone();
    assert!(payments(&shop)?.iter().all(|payment| payment["sale_id"] == sale), "one sale");
    Ok(())
}

#[test]
fn a_qr_that_is_paid_after_the_cash_is_a_second_payment() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add(&shop, "kropay", "kropay", &[])?;
    ask_for_qris(&window, &["2", "5", "000"])?;
    window.wait_for(&at("qr-total"))?;
    // "Saya bayar tunai saja": back to the cart, and the notes.
    window.press(Key::Escape)?;
    window.wait_for(&at("pay-cash"))?.click()?;
    window.wait_for(&at("cash-quick-0"))?.click()?;
    window.click(&at("cash-finish"))?;
    window.wait_for_text(&at("paid"), "LUNAS")?;
    let covered = payments(&shop)?;
    assert_eq!(covered.len(), 2, "{covered:?}");
    assert_eq!(shop.sandbox()?.bills()[0].creates, 1);

    // Then the customer's phone sends it all the same.
    shop.customer_pays()?;
    window.wait_for(&at("nav-history"))?.click()?;
    window.wait_until("the second payment is seen", PATIENCE, || {
        let second = payments(&shop)?;
        let flagged = |payment: &Value| {
            payment["flags"].as_array().is_some_and(|all| all.iter().any(|f| f == "duplicate"))
        };
        Ok(second.iter().any(flagged).then_some(()))
    })?;
    window.wait_for_text(&at("history-row"), "GANDA")?;
    // The task that it leaves: the money goes back, and that is recorded with the sale.
    window.wait_until("the notice with its button", PATIENCE, || {
        open_first(&window, "history-row")?;
        Ok(window.find(&at("twice-return")).ok().map(drop))
    })?;
    window.click(&at("twice-return"))?;
    window.wait_for(&at("refund-reason"))?.type_text("dibayar dua kali")?;
    window.click(&at("refund-ok"))?;
    approve(&window)?;
    window.wait_for_text(&at("twice-settled"), "sudah dikembalikan")?;
    Ok(())
}

#[test]
fn a_sale_without_internet_gets_its_link_once_the_gateway_answers() -> Outcome {
    let mut shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add(&shop, "bayargg", "bayar", &[])?;
    let address = shop.cut_the_network().ok_or_else(|| Trouble::new("it was cut already"))?;
    for key in ["5", "0", "000"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.click(&at("pay-other"))?;
    window.wait_for(&at("way-bayar/qris"))?.click()?;
    let later = window.wait_for(&at("charge-later"))?;
    if later.property("checked")? != Value::Bool(true) {
        later.click()?;
    }
    window.click(&at("charge-ok"))?;
    window.wait_for(&at("later-total"))?;
    assert_eq!(payments(&shop)?[0]["later"]["waiting"], true);

    shop.mend_the_network(address)?;
    window.wait_for(&at("qr-link"))?;
    let bills = shop.sandbox()?.bills();
    assert_eq!((bills.len(), bills[0].creates), (1, 1), "one link, asked for once");
    window.click(&at("send"))?;
    let said = window.wait_for(&at("send-text"))?.text()?;
    assert!(said.contains("50.") && said.contains("/bayar/"), "{said}");
    window.press(Key::Escape)?;
    shop.customer_pays()?;
    window.wait_for_text(&at("paid"), "LUNAS").map(drop)
}

/// As an owner does it: the listener for this computer, on a port that is free, and the phone's token.
fn relay(window: &Session) -> Outcome<(String, String)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    window.wait_for(&at("nav-settings"))?.click()?;
    window.wait_for(&at("tab-listen"))?.click()?;
    window.wait_for(&at("listen-on"))?.click()?;
    let field = window.wait_for(&at("listen-port"))?;
    field.clear()?;
    field.type_text(&port.to_string())?;
    window.click(&at("listen-save"))?;
    approve(window)?;
    window.wait_for(&at("listen-saved"))?;
    window.click(&at("relay-make"))?;
    approve(window)?;
    window.wait_for(&at("relay-qr"))?;
    let address = window.wait_for(&at("relay-address"))?.text()?;
    let token = window.wait_for(&at("relay-token-text"))?.text()?;
    Ok((address, token))
}

fn approve(window: &Session) -> Outcome {
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))
}

// The phone's own clock, beside the till's.
#[expect(clippy::disallowed_methods)]
fn phones_clock_ms() -> Outcome<i64> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(now.map_err(trouble)?.as_millis()).map_err(trouble)
}

#[test]
fn a_phone_turns_a_sale_without_internet_paid() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    let (address, token) = relay(&window)?;
    let set_up = scanned(&shop, &window)?;
    assert!(set_up.contains(&token), "the phone reads the token off the screen");
    window.click(&at("relay-done"))?;

    window.wait_for(&at("nav-sell"))?.click()?;
    window.wait_for(&at("pay-qris"))?;
    ask_for_qris(&window, &["5", "0", "000"])?;
    window.wait_for(&at("qr-total"))?;
    let open = payments(&shop)?;
    assert_eq!((&open[0]["state"], &open[0]["gateway"]), (&"unverified".into(), &Value::Null));
    let text = format!("Pembayaran Rp {} diterima", open[0]["total"]);
    let told = serde_json::json!({ "at": phones_clock_ms()?, "text": text, "app": "merchant" });
    let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
    let said = window.wait_until("somebody listens", PATIENCE, || {
        let sent = agent.post(&address).header("Authorization", format!("Bearer {token}"));
        Ok(sent.send_json(&told).ok())
    })?;
    assert_eq!(said.status(), 200);
    window.wait_for_text(&at("paid"), "LUNAS")?;
    let paid = payments(&shop)?;
    assert_eq!((paid.len(), &paid[0]["state"]), (1, &"paid".into()));
    Ok(())
}
