//! Practice: a whole sale without a shop, a network or money, and nothing of it in the shop's books.

use laci_tests::driver::Outcome;

use crate::shop::{Shop, ask_for_qris, at, first_run, paid_row};

#[test]
fn a_sale_is_practised_before_there_is_a_shop() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    window.click(&at("practice"))?;
    window.wait_for_text(&at("practice-banner"), "MODE LATIHAN")?;
    ask_for_qris(&window, &["1", "5", "000"])?;
    window.wait_for_text(&at("qr-state"), "BELUM LUNAS")?;
    window.wait_for_text(&at("practice-banner"), "bukan uang sungguhan")?;
    window.click(&at("practice-pay"))?;
    window.wait_for_text(&at("paid"), "LUNAS")?;
    window.click(&at("next-sale"))?;
    window.click(&at("nav-history"))?;
    paid_row(&window)?;

    window.click(&at("practice-leave"))?;
    window.wait_for(&at("shop-name"))?;
    assert!(!shop.data().join("laci.db").exists(), "practice makes no shop");
    first_run(&window, &laci_sandbox::practice_sticker())?;
    let (_, list) = shop.verb(&["payment", "list"], "")?;
    assert_eq!(list["payments"].as_array().map(Vec::len), Some(0), "and leaves no sale: {list}");
    Ok(())
}
