//! Notes and coins by a verb: done at once, with change, or nothing is recorded.

use laci_tests::laci::Shop;

fn charge(shop: &Shop, amount: &str, tendered: &str, order: &str) -> laci_tests::laci::Answer {
    shop.locked(&["charge", "--amount", amount, "--cash", tendered, "--order", order]).end()
}

#[test]
fn a_sale_in_cash_is_paid_at_once_and_only_once() {
    let shop = Shop::set_up();
    let before = shop.entries();
    let short = charge(&shop, "69450", "69399", "K-1");
    let error = short.refused(3, "cash_too_little");
    assert!(error["message"].as_str().unwrap().contains("kurang Rp 1."), "{error}");
    assert_eq!(shop.entries(), before, "nothing was recorded");

    let paid = charge(&shop, "69450", "100000", "K-1").payment();
    assert_eq!((&paid["state"], &paid["total"]), (&"paid".into(), &69_400.into()), "{paid}");
    assert_eq!(paid["unique_code"], 0, "rounding is no unique code: {paid}");
    let cash = &paid["cash"];
    assert_eq!((&cash["rounding"], &cash["change"]), (&(-50).into(), &30_600.into()), "{paid}");
    assert_eq!(charge(&shop, "69450", "70000", "K-1").payment()["id"], paid["id"]);
    assert_eq!(shop.entries()["sale_recorded"], 1);

    let number = paid["sale_number"].as_str().unwrap();
    let file = shop.path().join("struk.txt");
    let receipt = ["receipt", number, "--format", "text", "--out", file.to_str().unwrap()];
    shop.locked(&receipt).end().done();
    let text = std::fs::read_to_string(file).unwrap();
    for row in ["DIBAYAR TUNAI", "Pembulatan", "Uang diterima", "Kembalian", "30.600"] {
        assert!(text.contains(row), "{row}: {text}");
    }
    shop.must_be_whole();

    let folder = shop.path().join("ekspor");
    shop.laci(&["ledger", "export", folder.to_str().unwrap()]).end().done();
    let payments = std::fs::read_to_string(folder.join("payments.csv")).unwrap();
    assert!(payments.contains(",cash,,,,69450,,-50,100000,69400,"), "{payments}");
}
