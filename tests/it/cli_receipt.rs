//! `laci receipt`: text, PDF, and copies that are counted.

use crate::cli_world::{paid_sale, sandbox};
use laci_tests::driver::pdf_text;
use laci_tests::laci::{Files, Shop};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_sale_has_a_receipt_in_every_form() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let paid = paid_sale(&shop, &sandbox, "12500");
    let text_of = |more: &[&str]| {
        let asked: Vec<&str> =
            ["receipt", "A01-0001"].into_iter().chain(more.iter().copied()).collect();
        shop.laci(&asked).end().done()
    };
    let original = text_of(&[]);
    assert_eq!(
        (&original["file"], &original["copy"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    for columns in ["32", "42", "48"] {
        let said = text_of(&["--columns", columns]);
        let text = said["text"].as_str().unwrap();
        for wanted in ["TOKO UJI", "A01-0001", "12.500", paid["gateway_id"].as_str().unwrap()] {
            assert!(
                text.to_uppercase().contains(wanted),
                "'{wanted}' on {columns} columns: {text}"
            );
        }
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= columns.parse().unwrap(), "{widest} on {columns} columns: {text}");
        assert!(!text.contains("SALINAN"), "the original: {text}");
    }
    text_of(&["--columns", "32", "--copy"]);
    shop.laci(&["receipt", "A01-0001", "--columns", "40"]).end().refused(3, "receipt_columns");
    let by_id = shop.laci(&["receipt", paid["sale_id"].as_str().unwrap()]).end().done();
    assert_eq!(by_id["text"], original["text"], "named by its id, the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pdf_holds_the_sale_and_copies_count_up() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let paid = paid_sale(&shop, &sandbox, "12500");
    let pdf = |more: &[&str]| {
        let asked: Vec<&str> = ["receipt", "A01-0001", "--format", "pdf"]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let made = shop.laci(&asked).end().done();
        let file = made["file"].as_str().unwrap().to_owned();
        (pdf_text(Path::new(&file)).expect("pdftotext reads it"), made, file)
    };
    let (text, made, _) = pdf(&[]);
    assert_eq!(made["copy"], serde_json::Value::Null, "the original");
    for wanted in ["A01-0001", "12.500", paid["gateway_id"].as_str().unwrap()] {
        assert!(text.contains(wanted), "'{wanted}' in {text}");
    }
    let written = Files::of(&shop.data().join("receipts"));
    assert_eq!(written.names(), ["A01-0001.pdf"], "where the worker had put it, the same name");
    for nth in 1..=2 {
        let (text, made, _) = pdf(&["--copy"]);
        assert_eq!(made["copy"], nth);
        assert!(text.contains(&format!("SALINAN ke-{nth}")), "{text}");
    }
    let text_copy = shop.laci(&["receipt", "A01-0001", "--copy"]).end().done();
    assert_eq!(text_copy["copy"], 3, "all forms count together");
    assert!(text_copy["text"].as_str().unwrap().contains("SALINAN ke-3"), "{text_copy}");
    assert_eq!(shop.entries()["receipt_copied"], 3, "each in the log");
    let other = shop.path().join("struk/lain.pdf");
    let (_, _, file) = pdf(&["--out", other.to_str().unwrap()]);
    assert_eq!(Path::new(&file), other, "where it was asked for");
    let after = Files::of(&shop.data().join("receipts"));
    assert_eq!(
        after.0.get(written.0.keys().next().unwrap()),
        written.0.values().next(),
        "the original stays as it was"
    );
}

#[test]
fn nothing_is_printed_of_what_is_not_paid() {
    let shop = Shop::set_up();
    let payment = crate::cli_world::own_payment(&shop, "5000");
    for format in ["text", "pdf"] {
        let asked = ["receipt", "A01-0001", "--format", format, "--copy"];
        shop.laci(&asked).end().refused(3, "sale_not_paid");
    }
    assert!(shop.receipts().is_empty(), "no file");
    assert!(!shop.entries().contains_key("receipt_copied"), "no copy was counted: {payment}");
}
