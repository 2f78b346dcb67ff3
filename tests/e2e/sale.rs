//! One QRIS sale in the real window, from the first start to the receipt, with both windows and other programs' eyes.

use std::time::{Duration, Instant};

use laci_tests::driver::{Key, Outcome, PATIENCE, Session, Trouble, pdf_text, qr_in};

use crate::shop::{PIN, Shop, add_gateway, ask_for_qris, at, first_run, paid_row, trouble};

/// A shop that is set up and has its gateway, with its window open.
fn ready(shop: &Shop) -> Outcome<Session> {
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add_gateway(shop)?;
    Ok(window)
}

/// What a scanner reads off a picture of the current window.
fn scanned(shop: &Shop, window: &Session, name: &str) -> Outcome<String> {
    window.wait_until("a scanner reads the QR", PATIENCE, || {
        let picture = shop.path(&format!("{name}.png"));
        std::fs::write(&picture, window.picture()?)?;
        Ok(qr_in(&picture)?.into_iter().next())
    })
}

#[test]
fn a_sale_from_the_first_start_to_the_receipt() -> Outcome {
    let shop = Shop::open()?;
    let window = ready(&shop)?;
    let main = window.window()?;

    ask_for_qris(&window, &["5", "0", "000"])?;
    window.wait_for(&at("qr-sheet"))?;
    let total = rupiah(&window.wait_for(&at("qr-total"))?.text()?)?;
    let state = window.wait_for_text(&at("qr-state"), "BELUM LUNAS")?;
    assert!(state.contains("BELUM LUNAS"), "an unpaid QR says so");
    let payload = scanned(&shop, &window, "main")?;
    assert_eq!(tag_54(&payload)?, total, "the QR's amount is the total on the screen");
    assert!(total > 50_000, "the gateway's own code is part of the total");
    let unique = rupiah(&window.wait_for(&at("qr-unique"))?.text()?)?;
    assert_eq!(50_000 + unique, total, "the unique code is a line of its own");

    open_customers_window(&window)?;
    window.switch_to_the_one("the customer's", |_, url| url.contains("customer"))?;
    window.wait_for(&at("customer-pay"))?;
    let customers = scanned(&shop, &window, "customer")?;
    assert_eq!(customers, payload, "both windows show one QR");
    window.switch_to(&main)?;

    let polls = shop.sandbox()?.bills()[0].polls;
    let paid_at = Instant::now();
    let reference = shop.customer_pays()?;
    let said = window.wait_for_text(&at("paid"), "LUNAS")?;
    let took = paid_at.elapsed();
    assert!(said.contains("LUNAS"));
    assert_eq!(rupiah(&window.wait_for(&at("paid-total"))?.text()?)?, total);
    let asked = shop.sandbox()?.bills()[0].polls - polls;
    assert!(asked <= 1, "LUNAS came within one poll, not {asked} (after {took:?})");
    window.switch_to_the_one("the customer's", |_, url| url.contains("customer"))?;
    window.wait_for(&at("customer-paid"))?;
    window.switch_to(&main)?;

    let text = receipt(&shop)?;
    for part in ["Toko Uji Coba", "A01-0001", "50.000", &grouped(total), "LUNAS", &reference] {
        assert!(text.contains(part), "the receipt names {part:?}:\n{text}");
    }
    window.wait_for(&at("pay-qris"))?;
    window.click(&at("nav-history"))?;
    let row = paid_row(&window)?;
    assert!(row.contains("A01-0001"), "the sale stands in the history: {row}");
    Ok(())
}

fn open_customers_window(window: &Session) -> Outcome {
    window.execute("window.__TAURI_INTERNALS__.invoke('customer_window', { input: {} })", &[])?;
    Ok(())
}

/// The receipt's text, once it is there; written by the program itself.
fn receipt(shop: &Shop) -> Outcome<String> {
    let end = Instant::now() + PATIENCE;
    loop {
        for day in std::fs::read_dir(shop.data().join("receipts")).into_iter().flatten().flatten() {
            for file in std::fs::read_dir(day.path())?.flatten() {
                if file.path().extension().is_some_and(|ending| ending == "pdf") {
                    return pdf_text(&file.path());
                }
            }
        }
        if Instant::now() > end {
            return Err(Trouble::new("no receipt was written"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn grouped(amount: u64) -> String {
    format!("{}.{:03}", amount / 1000, amount % 1000)
}

#[test]
fn a_killed_program_still_watches_what_was_open() -> Outcome {
    let shop = Shop::open()?;
    let window = ready(&shop)?;
    ask_for_qris(&window, &["2", "5", "000"])?;
    window.wait_for(&at("qr-total"))?;
    window.kill()?;

    let again = shop.window()?;
    again.wait_for(&at("pay-qris"))?;
    again.wait_for_text(&at("tray-waiting"), "1")?;
    shop.customer_pays()?;
    again.click(&at("nav-history"))?;
    paid_row(&again)?;
    assert_eq!(shop.sandbox()?.bills()[0].creates, 1, "nothing was charged twice");
    Ok(())
}

#[test]
fn without_the_network_the_own_qris_is_shown_and_confirmed_by_a_person() -> Outcome {
    let mut shop = Shop::open()?;
    let window = ready(&shop)?;
    shop.cut_the_network();
    ask_for_qris(&window, &["3", "4", "5", "00"])?;
    window.wait_for_text(&at("qr-state"), "BELUM TERVERIFIKASI")?;
    let total = rupiah(&window.wait_for(&at("qr-total"))?.text()?)?;
    assert!(total < 34_500, "the own QRIS takes its code off the price");
    let payload = scanned(&shop, &window, "offline")?;
    assert_eq!(tag_54(&payload)?, total);

    window.click(&at("confirm-manual"))?;
    window.wait_for(&at("confirm-reason"))?.type_text("terlihat di aplikasi QRIS toko")?;
    window.wait_for(&at("confirm-pin"))?.type_text("000000")?;
    window.click(&at("confirm-ok"))?;
    window.wait_for_text(&at("notice"), "PIN")?;
    window.wait_for(&at("confirm-pin"))?.clear()?;
    window.wait_for(&at("confirm-pin"))?.type_text(PIN)?;
    window.click(&at("confirm-ok"))?;
    window.wait_for(&at("paid"))?;
    let text = receipt(&shop)?;
    assert!(text.contains("DIKONFIRMASI"), "the receipt says whose word it was:\n{text}");
    Ok(())
}

#[test]
fn a_double_press_is_one_payment() -> Outcome {
    let shop = Shop::open()?;
    let window = ready(&shop)?;
    ask_for_qris(&window, &["1", "0", "000"])?;
    window.press(Key::F(9))?;
    window.wait_for(&at("qr-total"))?;
    let bills = shop.sandbox()?.bills();
    assert_eq!(bills.len(), 1, "one bill");
    assert_eq!(bills[0].creates, 1, "one create");
    let (_, list) = shop.verb(&["payment", "list"], "")?;
    assert_eq!(list["payments"].as_array().map(Vec::len), Some(1), "{list}");
    Ok(())
}

/// `Rp 50.347` -> 50347.
fn rupiah(text: &str) -> Outcome<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().map_err(|_| Trouble::new(format!("no amount in {text:?}")))
}

/// Tag 54 of a payload, read by its own few lines: ours must not judge itself.
fn tag_54(payload: &str) -> Outcome<u64> {
    let mut rest = payload;
    while let (Some(id), Some(length)) = (rest.get(..2), rest.get(2..4)) {
        let length: usize = length.parse().map_err(trouble)?;
        let value = rest.get(4..4 + length).ok_or_else(|| Trouble::new("a cut payload"))?;
        if id == "54" {
            return value.parse().map_err(trouble);
        }
        rest = &rest[4 + length..];
    }
    Err(Trouble::new(format!("no amount in {payload}")))
}

#[test]
fn notes_and_coins_with_change() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    for key in ["6", "9", "4", "5", "0"] {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.press(Key::F(8))?;
    window.wait_for_text(&at("cash-due"), "69.400")?;
    window.wait_for_text(&at("cash-rounding"), "50")?;
    window.type_keys("60000")?;
    window.wait_for_text(&at("cash-change"), "9.400")?;
    window.press(Key::Enter)?;
    window.wait_for_text(&at("cash-tendered"), "60.000")?;
    window.press(Key::Delete)?;
    window.type_keys("100000")?;
    window.wait_for_text(&at("cash-change"), "30.600")?;
    window.press(Key::Enter)?;
    window.wait_for_text(&at("paid-change"), "30.600")?;
    window.wait_for(&at("pay-qris"))?;
    window.click(&at("nav-history"))?;
    let row = paid_row(&window)?;
    assert!(row.contains("Tunai") && row.contains("69.400"), "{row}");
    let (_, list) = shop.verb(&["payment", "list"], "")?;
    assert_eq!(
        list["payments"].as_array().map(Vec::len),
        Some(1),
        "too little took nothing: {list}"
    );
    Ok(())
}
