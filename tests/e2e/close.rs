//! The window is closed while a customer can still pay.

use std::time::{Duration, Instant};

use laci_tests::driver::{Outcome, Session, Trouble};

use crate::shop::{Shop, TITLE, add_gateway, ask_for_qris, at, first_run, paid_row};

fn gone(window: &Session) -> Outcome {
    let end = Instant::now() + Duration::from_secs(10);
    while window.process()?.is_some() {
        if Instant::now() > end {
            return Err(Trouble::new("the program is still there"));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

#[test]
fn closing_asks_while_a_qr_is_on_offer_and_nothing_is_lost() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    add_gateway(&shop)?;
    ask_for_qris(&window, &["2", "5", "000"])?;
    window.wait_for(&at("qr-total"))?;

    window.press_close(TITLE)?;
    window.wait_for_text(&at("close-dialog"), "Masih ada 1 QRIS")?;
    window.click(&at("close-stay"))?;
    window.wait_for(&at("qr-total"))?;
    // Within ten seconds of the question the cashier means it.
    window.press_close(TITLE)?;
    gone(&window)?;

    shop.customer_pays()?;
    let again = shop.window()?;
    again.wait_for(&at("pay-qris"))?;
    again.click(&at("nav-history"))?;
    paid_row(&again)?;
    assert_eq!(shop.sandbox()?.bills()[0].creates, 1, "nothing was charged twice");
    // Nothing is on offer any more: no question.
    again.press_close(TITLE)?;
    gone(&again)
}
