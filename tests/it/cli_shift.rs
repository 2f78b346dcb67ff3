//! A day by verbs: a shift with cash in and out, X, the close, Z, and the report.

use laci_tests::laci::{Answer, Shop};
use serde_json::Value;

use crate::cli_world::own_payment;

fn shift(shop: &Shop, more: &[&str]) -> Answer {
    let asked: Vec<&str> = ["shift"].into_iter().chain(more.iter().copied()).collect();
    shop.locked(&asked).end()
}

fn cash(shop: &Shop, amount: &str) {
    shop.locked(&["charge", "--amount", amount, "--cash", amount]).end().payment();
}

#[test]
fn a_shift_is_opened_read_and_closed_without_a_pin() {
    let shop = Shop::set_up();
    shift(&shop, &["x"]).refused(3, "shift_not_open");
    shift(&shop, &["close", "--counted", "0"]).refused(3, "shift_not_open");
    shift(&shop, &["open", "--float", "-1"]).refused(3, "amount_negative");
    let opened = shift(&shop, &["open", "--float", "500000"]).done();
    assert_eq!(
        (&opened["shift"]["number"], &opened["shift"]["float"]),
        (&1.into(), &500_000.into())
    );
    shift(&shop, &["open", "--float", "1"]).refused(3, "shift_open");
    cash(&shop, "70000");
    own_payment(&shop, "34500");
    shift(&shop, &["in", "--amount", "100000", "--reason", "uang receh", "--owner"]).done();
    for guarded in [["out", "--amount", "73500"], ["setor", "--amount", "200000"]] {
        let asked: Vec<&str> = guarded.into_iter().chain(["--reason", "uji"]).collect();
        shift(&shop, &asked).refused(3, "pin_required");
        let asked: Vec<&str> = ["shift"].into_iter().chain(asked).collect();
        shop.laci(&asked).end().done();
    }
    let x = shift(&shop, &["x"]).done();
    let expected = 500_000 + 70_000 + 100_000 - 73_500 - 200_000;
    assert_eq!(
        (&x["shift"]["expected"], &x["shift"]["turnover"]),
        (&expected.into(), &70_000.into())
    );
    assert_eq!(x["shift"]["report"]["open"]["unverified"]["count"], 1, "{x}");
    let close = ["close", "--counted", "396000", "--reason", "kembalian"];
    let closed = shift(&shop, &close).done();
    let z = &closed["shift"];
    assert_eq!((&z["z"], &z["difference"]), (&"Z-000001".into(), &(-500).into()), "{z}");
    assert_eq!(shift(&shop, &["z"]).done()["shift"]["hash"], z["hash"]);
    assert_eq!(shift(&shop, &["z", "1"]).done()["shift"]["hash"], z["hash"]);
    shift(&shop, &["z", "2"]).refused(3, "shift_unknown");
    let file = z["file"].as_str().expect("the slip's PDF");
    assert!(std::path::Path::new(file).exists(), "{file}");
    shop.must_be_whole();
}

#[test]
fn zs_are_chained_and_numbered_without_gaps() {
    let shop = Shop::set_up();
    let mut previous = "0".repeat(64);
    for n in 1..=3 {
        shift(&shop, &["open", "--float", "0"]).done();
        cash(&shop, "10000");
        let z = shift(&shop, &["close", "--counted", "10000"]).done()["shift"].clone();
        assert_eq!(z["z"], format!("Z-{n:06}"));
        assert_eq!(z["previous"], Value::from(previous.clone()));
        previous = z["hash"].as_str().unwrap().to_owned();
    }
    let list = shift(&shop, &["list"]).done();
    assert_eq!(list["shifts"].as_array().map(Vec::len), Some(3));
    let text = shop.path().join("z.txt");
    assert!(!text.exists());
}

#[test]
fn a_report_has_every_promised_field_and_no_unpaid_sale() {
    let shop = Shop::set_up();
    cash(&shop, "12000");
    own_payment(&shop, "98765");
    for period in [&["--period", "today"][..], &["--period", "all"], &["--period", "week"], &[]] {
        let asked: Vec<&str> = ["report"].into_iter().chain(period.iter().copied()).collect();
        let report = shop.locked(&asked).end().done();
        for field in [
            "totals",
            "by_hour",
            "by_day",
            "by_method",
            "by_gateway",
            "by_product",
            "by_cashier",
            "cash",
        ] {
            assert!(!report[field].is_null(), "{field}: {report}");
        }
        assert_eq!(report["totals"]["turnover"], 12_000);
        assert!(!report.to_string().contains("987"), "{report}");
    }
    shop.locked(&["report", "--date", "20-11-2026"]).end().refused(3, "period_wrong");
    shop.locked(&["report", "--from", "2026-01-01"]).end().refused(2, "usage");
    let file = shop.path().join("laporan.csv");
    let asked = ["report", "--period", "all", "--format", "csv", "--out", file.to_str().unwrap()];
    shop.locked(&asked).end().done();
    let csv = std::fs::read_to_string(file).unwrap();
    assert!(csv.contains("totals,turnover,,1,12000"), "{csv}");
}

#[test]
fn people_sell_under_their_name_and_the_feed_says_who() {
    let shop = Shop::set_up();
    let add = ["people", "add", "--name", "Sari"];
    shop.locked(&add).line("new_pin=246810").end().refused(3, "pin_required");
    shop.laci(&add).line("new_pin=246810").end().done();
    let asked = ["charge", "--amount", "15000", "--cash", "15000"];
    let sari =
        |pin: &str| shop.laci(&asked).variable("LACI_PERSON", "sari").variable("LACI_PIN", pin);
    sari("111111").end().refused(3, "pin_wrong");
    sari("246810").end().payment();
    let report = shop.locked(&["report"]).end().done();
    assert_eq!(report["by_cashier"][0]["name"], "Sari", "{report}");
    let feed = shop.locked(&["feed"]).end().done();
    let kinds: Vec<_> =
        feed["items"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert!(
        kinds.contains(&&"pin_failed".into()) && kinds.contains(&&"person_set".into()),
        "{kinds:?}"
    );
    let remove = ["people", "remove", "Sari"];
    shop.laci(&remove)
        .without("LACI_PIN")
        .line("person=Sari")
        .line("pin=246810")
        .end()
        .refused(3, "pin_required");
    shop.laci(&remove).end().done();
    shop.laci(&["people", "remove", "Pemilik"]).end().refused(3, "last_owner");
}
