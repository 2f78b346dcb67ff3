//! A sale through Paydigital, played over HTTP: form bodies, its own unique code, two fields called `status`.

use laci_tests::laci::{KEY, PIN, Shop};

use crate::cli_world::{payload, sandbox, tag};

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_is_charged_and_paid_with_the_gateways_own_code() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    let url = sandbox.base_url("paydigital").expect("it is played");
    let add = |options: &[&str]| {
        let mut asked = vec![
            "gateway",
            "add",
            "paydigital",
            "--name",
            "paydigital",
            "--base-url",
            url.as_str(),
        ];
        for option in options {
            asked.extend(["--option", option]);
        }
        asked.push("--secrets");
        shop.laci(&asked).line(&format!("pin={PIN}")).line(&format!("api_key={KEY}")).end()
    };
    add(&[]).refused(3, "option_invalid");
    add(&["store_id=1", "min_recheck_ms=0"]).done();
    shop.laci(&["gateway", "check", "paydigital"]).end().done();

    let charge = ["charge", "--amount", "50000", "--gateway", "paydigital"];
    let payment = shop.laci(&charge).end().payment();
    let (total, code) =
        (payment["total"].as_i64().unwrap(), payment["unique_code"].as_i64().unwrap());
    assert_eq!(payment["state"], "pending", "the answer's own `status` is no payment: {payment}");
    assert!(total == 50_000 + code && code > 0, "{payment}");
    assert_eq!(tag(payload(&payment), "54").as_deref(), Some(total.to_string().as_str()));

    let id = payment["id"].as_str().unwrap();
    assert_eq!(shop.laci(&["payment", "check", id]).end().payment()["state"], "pending");
    sandbox.pay(payment["gateway_id"].as_str().unwrap()).expect("the bill is there");
    let paid = shop.laci(&["payment", "check", id]).end().payment();
    assert_eq!((&paid["state"], &paid["received"]), (&"paid".into(), &total.into()), "{paid}");
    let report = shop.locked(&["report"]).end().done();
    assert_eq!(
        (&report["totals"]["turnover"], &report["totals"]["unique_code"]),
        (&50_000.into(), &code.into())
    );
    shop.must_be_whole();
}
